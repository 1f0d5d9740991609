// The host's `/v1`: the only file that fetches from a server.
import type {
  Answer,
  Content,
  LeftOut,
  Loaded,
  PlanRequest,
  Question,
  Reply,
  Scope,
  Settings,
  Side,
  Verdict,
} from "./wire.gen.ts";

/** A call that did not work, in words for a person. */
export class Problem extends Error {
  readonly code: string;
  readonly at: string | undefined;

  constructor(code: string, message: string, at?: string | null) {
    super(message);
    this.code = code;
    this.at = at ?? undefined;
  }
}

/** What may come with any question. */
export interface Beside {
  /** Another day: each table of that day comes too, as `…_before`. */
  compare?: string;
  /** Which orders count. */
  scope?: Scope;
}

/** What a module is, wherever it runs. */
export interface Identity {
  version: string;
  abi: number;
  /** SHA-256 of okaeri.wasm in hex. */
  sha256: string;
}

/** A campaign: what it would be, or what became of it. */
export interface Sending {
  campaign: string;
  matched: number;
  to_send: number;
  /** Mails put into the outbox now. */
  added: number;
  left_out: LeftOut[];
  /** The first mails, whole; in a dry run. */
  samples: { customer: string; to: string; content: Content }[];
  /** All deliveries of the campaign by state, earlier ones included. */
  counts: Record<string, number>;
}

/** Where the host is, whose facts, and the key to them. */
export interface Address {
  host: string;
  shop: string;
  token: string;
}

// A server that is asked too fast says when to come again; up to so many seconds we do.
const WAIT_MAX = 5;
const TRIES = 3;

const KIND: Record<string, string> = {
  csv: "text/csv",
  ndjson: "application/x-ndjson",
  jsonl: "application/x-ndjson",
  json: "application/json",
  arrow: "application/vnd.apache.arrow.stream",
};

/** The content type of a file, by its name. */
export function contentType(name: string): string {
  return KIND[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "text/csv";
}

/** The answer in a reply, or its error thrown. */
export function answerOf(reply: Reply): Answer {
  if ("error" in reply) throw new Problem(reply.error.code, reply.error.message, reply.error.at);
  return reply.answer;
}

/** A shop on a host. */
export class Api {
  readonly #at: Address;

  constructor(at: Address) {
    this.#at = { ...at, host: at.host.replace(/\/+$/, "") };
  }

  async about(): Promise<Identity> {
    const about = await this.#json<{ version: string; abi: number; module_sha256: string }>(
      `${this.#at.host}/v1/about`,
      { method: "GET" },
    );
    return { version: about.version, abi: about.abi, sha256: about.module_sha256 };
  }

  /** The reply as the module wrote it. */
  async askText(as_of: string, question: Question, beside: Beside = {}): Promise<string> {
    return (await this.#shop("POST", "ask", { as_of, ...beside, question })).text();
  }

  /** Any route of the shop. */
  async call<T>(method: string, route: string, body?: unknown): Promise<T> {
    const response = await this.#shop(method, route, body);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  /** The shop's settings, whole. */
  settings(): Promise<Settings> {
    return this.call("GET", "settings");
  }

  /** Replaces the shop's settings; what is absent becomes the default. */
  setSettings(settings: Settings): Promise<Settings> {
    return this.call("PUT", "settings", settings);
  }

  async load(file: Blob, name: string): Promise<Loaded> {
    const answer = answerOf(
      await this.#json<Reply>(this.#path("orders"), {
        method: "POST",
        headers: { "content-type": contentType(name) },
        body: file,
      }),
    );
    if (answer.is !== "loaded") throw new Problem("bad_call", `unexpected answer ${answer.is}`);
    return answer;
  }

  /** Looks at a campaign, or hands it to the outbox. */
  send(plan: PlanRequest, dry_run: boolean): Promise<Sending> {
    return this.call("POST", "deliveries", { plan, dry_run });
  }

  /** Says whether two contacts are one person. */
  async judge(a: Side, b: Side, verdict: Verdict): Promise<void> {
    const said = { a: a.contact, b: b.contact, a_shop: a.shop, b_shop: b.shop, verdict };
    await this.call("POST", "judgements", said);
  }

  #shop(method: string, route: string, body?: unknown): Promise<Response> {
    const headers = { "content-type": "application/json" };
    const sent = body === undefined ? {} : { headers, body: JSON.stringify(body) };
    return this.#fetch(this.#path(route), { method, ...sent });
  }

  #path(route: string): string {
    return `${this.#at.host}/v1/shops/${encodeURIComponent(this.#at.shop)}/${route}`;
  }

  async #json<T>(url: string, init: RequestInit): Promise<T> {
    return (await this.#fetch(url, init)).json() as Promise<T>;
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#at.token) headers.set("authorization", `Bearer ${this.#at.token}`);
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(url, { ...init, headers }).catch((cause) => {
        throw new Problem("unreachable", String(cause), url);
      });
      if (response.ok) return response;
      // A call refused for haste was not begun, so it may be made again.
      const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
      if (response.status === 429 && tries < TRIES && wait <= WAIT_MAX) {
        await new Promise((go) => setTimeout(go, wait * 1000));
        continue;
      }
      const body = (await response.json().catch(() => null)) as Reply | null;
      if (body && "error" in body) answerOf(body);
      throw new Problem(`http_${response.status}`, response.statusText, url);
    }
  }
}
