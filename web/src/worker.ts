// Runs the module off the page's thread. A message is one of `Task`; each gets one `Outcome`, and a
// load of a file tells before that its file is read.
import { frame, headerText, Instance } from "./core.ts";
import type { Load } from "./wire.gen.ts";

export type Task =
  | { id: number; do: "start"; module: string }
  | { id: number; do: "digest" }
  | { id: number; do: "call"; frame: Uint8Array<ArrayBuffer> }
  | { id: number; do: "load"; file: Blob; load: Load };

export type Outcome =
  | { id: number; frame: Uint8Array<ArrayBuffer> }
  | { id: number; read: number }
  | { id: number; trap: string };

const scope = self as unknown as {
  postMessage(message: Outcome, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Task>) => void) | null;
};

type Reply = Uint8Array<ArrayBuffer>;

/** Bytes of a file that the module takes in at once, and after which it is told how far it is. */
const PIECE = 4 << 20;

let instance: Instance | undefined;
// The file that runs, kept for its digest.
let file: Response | undefined;
// Tasks are done one after the other: a question waits for the file before it.
let turn: Promise<void> = Promise.resolve();

/** A file crosses in pieces, so that one larger than the memory can; an Arrow stream comes whole. */
async function load({ id, file, load }: Task & { do: "load" }, running: Instance): Promise<Reply> {
  const length = load.format.startsWith("arrow") ? file.size : PIECE;
  for (let at = 0; ; at += length) {
    const bytes = new Uint8Array(await file.slice(at, at + length).arrayBuffer());
    const more = at + length < file.size;
    scope.postMessage({ id, read: at + bytes.length });
    const reply = running.call(frame({ call: "load", ...load, more }, bytes));
    if (!more || headerText(reply).startsWith('{"error"')) return reply;
  }
}

async function start(address: string): Promise<Reply> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  file = response.clone();
  instance = await Instance.start(response);
  return instance.call(frame({ call: "about" }));
}

/** SHA-256 of the file that runs. Pages without TLS have no `subtle`: then it is empty. */
async function digest(): Promise<Reply> {
  const bytes = await file?.clone().arrayBuffer();
  const hash = bytes && (await crypto.subtle?.digest("SHA-256", bytes));
  return new Uint8Array(hash ?? new ArrayBuffer(0));
}

async function perform(task: Task): Promise<Reply> {
  if (task.do === "start") return start(task.module);
  if (!instance) throw new Error("the module is not loaded");
  if (task.do === "digest") return digest();
  return task.do === "call" ? instance.call(task.frame) : load(task, instance);
}

scope.onmessage = ({ data: task }) => {
  turn = turn.then(async () => {
    try {
      const reply = await perform(task);
      scope.postMessage({ id: task.id, frame: reply }, [reply.buffer]);
    } catch (cause) {
      // What a trap leaves behind cannot be trusted.
      instance = undefined;
      scope.postMessage({ id: task.id, trap: String(cause) });
    }
  });
};
