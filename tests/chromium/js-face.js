// The module by its JS face, in a worker that takes the messages of the widget's (web/src/worker.ts).
import init, { callBytes } from "/okaeri.js";

self.onmessage = async ({ data: { id, ...task } }) => {
  try {
    if (task.do === "start") await init({ module_or_path: task.module });
    const frame = task.do === "start" ? new Uint8Array() : callBytes(task.frame);
    self.postMessage({ id, frame }, [frame.buffer]);
  } catch (cause) {
    self.postMessage({ id, trap: String(cause) });
  }
};
