// Where answers come from: a server, or the module in this browser. Both have one face, so that no
// view knows which it is.
import { type Address, Api, answerOf, type Identity, Problem, type Sent } from "./api.ts";
import { toolsAt } from "./assets.ts";
import { frame, headerText } from "./core.ts";
import type {
  Call,
  Format,
  Loaded,
  Plan,
  PlanRequest,
  Question,
  Reply,
  Settings,
} from "./wire.gen.ts";
import type { Outcome, Task } from "./worker.ts";

/** Bytes read of a file, as a share of 1. */
export type Progress = (share: number) => void;

/** What a view asks. */
export interface Source {
  readonly kind: "server" | "browser";
  /** The module that answers. */
  about(): Promise<Identity>;
  /** How the shop's book is read; what is absent is the default. */
  settings(): Promise<Settings>;
  /** The reply's JSON, byte for byte as the module wrote it. */
  askText(asOf: string, question: Question): Promise<string>;
  /** Adds the facts of a file. */
  load(file: Blob, name: string, progress: Progress): Promise<Loaded>;
  /** Who would be sent what. */
  plan(request: PlanRequest): Promise<Plan>;
  /** Sends; absent where nothing can leave. */
  send?(request: PlanRequest): Promise<Sent>;
  close(): void;
}

/** Answers of a server. */
export class RemoteSource implements Source {
  readonly kind = "server";
  readonly #api: Api;

  constructor(at: Address) {
    this.#api = new Api(at);
  }

  about = () => this.#api.about();
  settings = () => this.#api.settings();
  askText = (asOf: string, question: Question) => this.#api.askText(asOf, question);
  plan = (request: PlanRequest) => this.#api.plan(request);
  send = (request: PlanRequest) => this.#api.send(request);

  async load(file: Blob, name: string, progress: Progress): Promise<Loaded> {
    const loaded = await this.#api.load(file, name);
    progress(1);
    return loaded;
  }

  close(): void {}
}

/** The format of a file, by its name. */
export function formatOf(name: string): Format {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const known: Record<string, Format> = {
    json: "json",
    ndjson: "ndjson",
    jsonl: "ndjson",
    arrow: "arrow_lines",
    arrows: "arrow_lines",
  };
  return known[ending] ?? "csv";
}

type Pending = {
  done: (frame: Uint8Array) => void;
  failed: (cause: Error) => void;
  read?: (bytes: number) => void;
};

/** Answers of the module in a worker of this page. Nothing leaves the browser. */
export class LocalSource implements Source {
  readonly kind = "browser";
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #module: string;
  readonly #settings: Settings;
  #next = 1;

  private constructor(worker: Worker, module: string, settings: Settings) {
    this.#settings = settings;
    this.#worker = worker;
    this.#module = module;
    worker.onmessage = ({ data }: MessageEvent<Outcome>) => this.#receive(data);
    worker.onerror = (event) => this.#fail(new Problem("worker", event.message || "worker failed"));
  }

  /** Starts a module. `assets` is the folder of okaeri-worker.js and okaeri.wasm. */
  static async start(assets: string, settings: Settings = {}): Promise<LocalSource> {
    const { worker, module } = toolsAt(assets);
    const source = new LocalSource(worker, module, settings);
    await source.#task((id) => ({ id, do: "start", module }));
    await source.#call({ call: "configure", settings });
    return source;
  }

  settings = async () => this.#settings;

  async about(): Promise<Identity> {
    const [answer, file] = await Promise.all([
      this.#call({ call: "about" }),
      fetch(this.#module).then((response) => response.arrayBuffer()),
    ]);
    if (answer.is !== "about") throw new Problem("bad_call", `unexpected answer ${answer.is}`);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return { version: answer.version, abi: answer.abi, sha256 };
  }

  async askText(as_of: string, question: Question): Promise<string> {
    return headerText(await this.#frame({ call: "ask", as_of, question }));
  }

  async plan(request: PlanRequest): Promise<Plan> {
    const answer = await this.#call({ call: "plan", ...request });
    if (answer.is !== "plan") throw new Problem("bad_call", `unexpected answer ${answer.is}`);
    return answer;
  }

  async load(file: Blob, name: string, progress: Progress): Promise<Loaded> {
    const load = { format: formatOf(name) };
    const reply = await this.#task(
      (id) => ({ id, do: "load", file, load }),
      (read) => progress(file.size ? read / file.size : 1),
    );
    const answer = answerOf(JSON.parse(headerText(reply)) as Reply);
    if (answer.is !== "loaded") throw new Problem("bad_call", `unexpected answer ${answer.is}`);
    progress(1);
    return answer;
  }

  close(): void {
    this.#worker.terminate();
    this.#fail(new Problem("closed", "the module was closed"));
  }

  async #call(call: Call) {
    return answerOf(JSON.parse(headerText(await this.#frame(call))) as Reply);
  }

  #frame(call: Call): Promise<Uint8Array> {
    return this.#task((id) => ({ id, do: "call", frame: frame(call) }));
  }

  #task(task: (id: number) => Task, read?: (bytes: number) => void): Promise<Uint8Array> {
    const id = this.#next++;
    return new Promise((done, failed) => {
      this.#pending.set(id, { done, failed, read });
      this.#worker.postMessage(task(id));
    });
  }

  #receive(outcome: Outcome): void {
    const pending = this.#pending.get(outcome.id);
    if (!pending) return;
    if ("read" in outcome) {
      pending.read?.(outcome.read);
      return;
    }
    this.#pending.delete(outcome.id);
    if ("frame" in outcome) pending.done(outcome.frame);
    else pending.failed(new Problem("module", outcome.trap));
  }

  #fail(cause: Problem): void {
    for (const pending of this.#pending.values()) pending.failed(cause);
    this.#pending.clear();
  }
}

/** The answer of a kind, or a thrown problem. */
export async function ask<K extends "tables" | "customers" | "customer" | "review">(
  source: Source,
  asOf: string,
  question: Question,
  is: K,
) {
  const answer = answerOf(JSON.parse(await source.askText(asOf, question)) as Reply);
  if (answer.is !== is) throw new Problem("bad_call", `unexpected answer ${answer.is}`);
  return answer as Extract<typeof answer, { is: K }>;
}
