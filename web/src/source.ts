// Where answers come from: a server, or the module in this browser. Both have one face, so that no
// view knows which it is.
import {
  type Address,
  Api,
  answerOf,
  type Beside,
  type Identity,
  Problem,
  type Sending,
} from "./api.ts";
import { toolsAt } from "./assets.ts";
import { frame, headerText } from "./core.ts";
import type {
  Call,
  Format,
  Loaded,
  Note,
  Plan,
  PlanRequest,
  Question,
  Reply,
  Settings,
  Side,
  Verdict,
} from "./wire.gen.ts";
import type { Outcome, Task } from "./worker.ts";

/** How much of a file has been read, as a share of 1. */
export type Progress = (share: number) => void;

/** A campaign before it is sent. */
export type DryRun = Pick<Sending, "matched" | "to_send" | "left_out" | "samples" | "counts">;

/** What a view asks. */
export interface Source {
  readonly kind: "server" | "browser";
  /** The module that answers. */
  about(): Promise<Identity>;
  /** How the shop's book is read; what is absent is the default. */
  settings(): Promise<Settings>;
  /** Replaces them; what is absent becomes the default. */
  setSettings(settings: Settings): Promise<void>;
  /** The reply's JSON, byte for byte as the module wrote it. */
  askText(asOf: string, question: Question, beside?: Beside): Promise<string>;
  /** Adds the facts of a file. */
  load(file: Blob, name: string, progress: Progress): Promise<Loaded>;
  /** Who would be sent what, and why the others get nothing. Nothing is sent. */
  dryRun(request: PlanRequest): Promise<DryRun>;
  /** Sends; absent where nothing can leave. */
  send?(request: PlanRequest): Promise<Sending>;
  /** Says whether two contacts are one person. */
  judge(a: Side, b: Side, verdict: Verdict): Promise<void>;
  /** Calls a route of the shop on its server; absent without one. */
  call?<T>(method: string, route: string, body?: unknown): Promise<T>;
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
  setSettings = async (settings: Settings) => {
    await this.#api.setSettings(settings);
  };
  askText = (asOf: string, question: Question, beside?: Beside) =>
    this.#api.askText(asOf, question, beside);
  dryRun = (request: PlanRequest) => this.#api.send(request, true);
  send = (request: PlanRequest) => this.#api.send(request, false);
  judge = (a: Side, b: Side, verdict: Verdict) => this.#api.judge(a, b, verdict);
  call = <T>(method: string, route: string, body?: unknown) =>
    this.#api.call<T>(method, route, body);

  load = (file: Blob, name: string) => this.#api.load(file, name);

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
  readonly #assets: string;
  #settings: Settings;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #running: Promise<void> | undefined;
  #next = 1;

  /** `assets` is the folder of okaeri-worker.js and okaeri.wasm: they are fetched at first use. */
  constructor(assets: string, settings: Settings = {}) {
    this.#assets = assets;
    this.#settings = settings;
  }

  /** One whose module runs already. */
  static async start(assets: string, settings: Settings = {}): Promise<LocalSource> {
    const source = new LocalSource(assets, settings);
    await source.#started();
    return source;
  }

  settings = async () => this.#settings;

  /** The module checks them; where it refuses, the old ones hold. */
  async setSettings(settings: Settings): Promise<void> {
    await this.#call({ call: "configure", settings });
    this.#settings = settings;
  }

  async about(): Promise<Identity> {
    const answer = await this.#call({ call: "about" });
    if (answer.is !== "about") throw new Problem("bad_call", `unexpected answer ${answer.is}`);
    const digest = await this.#task((id) => ({ id, do: "digest" }));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return { version: answer.version, abi: answer.abi, sha256 };
  }

  async askText(as_of: string, question: Question, beside: Beside = {}): Promise<string> {
    return headerText(await this.#frame({ call: "ask", as_of, ...beside, question }));
  }

  /** What the module makes of a campaign: whole, without what a server adds to each mail. */
  async plan(request: PlanRequest): Promise<Plan> {
    const answer = await this.#call({ call: "plan", ...request });
    if (answer.is !== "plan") throw new Problem("bad_call", `unexpected answer ${answer.is}`);
    return answer;
  }

  async dryRun(request: PlanRequest): Promise<DryRun> {
    const { deliveries, ...plan } = await this.plan(request);
    return { ...plan, samples: deliveries, counts: {} };
  }

  async load(file: Blob, name: string, progress: Progress): Promise<Loaded> {
    const load = { format: formatOf(name) };
    const reply = await this.#task(
      (id) => ({ id, do: "load", file, load }),
      (read) => progress(file.size ? read / file.size : 1),
    );
    const answer = answerOf(JSON.parse(headerText(reply)) as Reply);
    if (answer.is !== "loaded") throw new Problem("bad_call", `unexpected answer ${answer.is}`);
    return answer;
  }

  async judge(a: Side, b: Side, verdict: Verdict): Promise<void> {
    const at = new Date().toISOString();
    const [a_shop, b_shop] = [a.shop, b.shop];
    const said = { a: a.contact, b: b.contact, a_shop, b_shop, verdict, at };
    const fact = JSON.stringify({ fact: "judgement", ...said });
    await this.load(new Blob([fact]), "judgement.ndjson", () => {});
  }

  close(): void {
    this.#stop(new Problem("closed", "the module was closed"));
  }

  #started(): Promise<void> {
    this.#running ??= this.#start().catch((cause) => {
      this.#stop(new Problem("closed", String(cause)));
      throw cause;
    });
    return this.#running;
  }

  async #start(): Promise<void> {
    const { worker, module } = toolsAt(this.#assets);
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Outcome>) => this.#receive(data);
    worker.onerror = ({ message }) => this.#stop(new Problem("worker", message || "worker failed"));
    await this.#post((id) => ({ id, do: "start", module }));
    const configure: Call = { call: "configure", settings: this.#settings };
    const reply = await this.#post((id) => ({ id, do: "call", frame: frame(configure) }));
    answerOf(JSON.parse(headerText(reply)) as Reply);
  }

  async #call(call: Call) {
    return answerOf(JSON.parse(headerText(await this.#frame(call))) as Reply);
  }

  #frame(call: Call): Promise<Uint8Array> {
    return this.#task((id) => ({ id, do: "call", frame: frame(call) }));
  }

  async #task(task: (id: number) => Task, read?: (bytes: number) => void): Promise<Uint8Array> {
    await this.#started();
    return this.#post(task, read);
  }

  #post(task: (id: number) => Task, read?: (bytes: number) => void): Promise<Uint8Array> {
    const id = this.#next++;
    return new Promise((done, failed) => {
      this.#pending.set(id, { done, failed, read });
      this.#worker?.postMessage(task(id));
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

  /** Ends the worker; the next call starts another, which knows no facts. */
  #stop(cause: Problem): void {
    this.#worker?.terminate();
    this.#worker = this.#running = undefined;
    for (const pending of this.#pending.values()) pending.failed(cause);
    this.#pending.clear();
  }
}

type Kind =
  | "tables"
  | "customers"
  | "customer"
  | "review"
  | "segment"
  | "segment_overlap"
  | "segment_words"
  | "segment_attributes";

/** The answer of a kind with its notes, or a thrown problem. */
export async function askAll<K extends Kind>(
  source: Source,
  asOf: string,
  question: Question,
  is: K,
  beside?: Beside,
) {
  const reply = JSON.parse(await source.askText(asOf, question, beside)) as Reply;
  const answer = answerOf(reply);
  if (answer.is !== is) throw new Problem("bad_call", `unexpected answer ${answer.is}`);
  const notes: Note[] = "notes" in reply ? reply.notes : [];
  return { answer: answer as Extract<typeof answer, { is: K }>, notes };
}

/** The answer of a kind, or a thrown problem. */
export async function ask<K extends Kind>(
  source: Source,
  asOf: string,
  question: Question,
  is: K,
  beside?: Beside,
) {
  return (await askAll(source, asOf, question, is, beside)).answer;
}
