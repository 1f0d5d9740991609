// Runs the module off the page's thread. A message is one of `Task`; each gets one `Outcome`, and a
// load of a file tells before that its file is read.
import { frame, Instance } from "./core.ts";
import type { Load } from "./wire.gen.ts";

export type Task =
  | { id: number; do: "start"; module: string }
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

let instance: Instance | undefined;
// Tasks are done one after the other: a question waits for the file before it.
let turn: Promise<void> = Promise.resolve();

async function load(task: Task & { do: "load" }, running: Instance): Promise<Reply> {
  const bytes = new Uint8Array(await task.file.arrayBuffer());
  scope.postMessage({ id: task.id, read: bytes.length / 2 });
  return running.call(frame({ call: "load", ...task.load }, bytes));
}

async function perform(task: Task): Promise<Reply> {
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
