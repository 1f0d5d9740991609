// Runs the module off the page's thread. A message is one of `Task`; each gets one `Outcome`, and a
// load of a file tells its progress before.
import { frame, headerText, Instance } from "./core.ts";
import type { Load } from "./wire.gen.ts";

export type Task =
  | { id: number; do: "start"; module: string }
  | { id: number; do: "call"; frame: Uint8Array<ArrayBuffer> }
  | { id: number; do: "load"; file: Blob; load: Load };

export type Outcome =
  | { id: number; frame: Uint8Array<ArrayBuffer> }
  | { id: number; read: number }
  | { id: number; trap: string };

// A file crosses in pieces of this size, so that a large one never lies in memory whole.
const PIECE = 4 << 20;

const scope = self as unknown as {
  postMessage(message: Outcome, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Task>) => void) | null;
};

let instance: Instance | undefined;
// Tasks are done one after the other: a load of several calls must not be split by another task.
let turn: Promise<void> = Promise.resolve();

async function load(
  task: Task & { do: "load" },
  running: Instance,
): Promise<Uint8Array<ArrayBuffer>> {
  const { file, load } = task;
  let at = 0;
  for (;;) {
    const end = Math.min(at + PIECE, file.size);
    const piece = new Uint8Array(await file.slice(at, end).arrayBuffer());
    const more = end < file.size;
    const reply = running.call(frame({ call: "load", ...load, more }, piece));
    if (!more || headerText(reply).startsWith('{"error"')) return reply;
    at = end;
    scope.postMessage({ id: task.id, read: at });
  }
}

async function perform(task: Task): Promise<Uint8Array<ArrayBuffer>> {
  if (task.do === "start") {
    instance = await Instance.start(fetch(task.module));
    return instance.call(frame({ call: "about" }));
  }
  if (!instance) throw new Error("the module is not loaded");
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
