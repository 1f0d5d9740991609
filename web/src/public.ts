// What a page that embeds the widget may rely on. `okaeri-widget.d.ts` is made from this file.
import type { Loaded, Order, Question, Scope, Settings } from "./wire.gen.ts";

/** Where a widget's answers come from. */
export interface OkaeriSource {
  readonly kind: "server" | "browser";
  /** The reply to a question as JSON text, byte for byte as the module wrote it. */
  askText(
    asOf: string,
    question: Question,
    beside?: { compare?: string; scope?: Scope },
  ): Promise<string>;
}

/** `<okaeri-widget>`. Attributes have the names of the properties, and `as-of`. */
export interface OkaeriWidgetElement extends HTMLElement {
  /** Address of the server, such as `https://okaeri.example.jp`; empty: the page's own. */
  host: string;
  /** Id of the shop on the server. Empty: the widget works alone, in this browser. */
  shop: string;
  /** A token of the shop. Set another when `okaeri-problem` says `unauthorized`. */
  token: string;
  /** `ja`, the default, or `en`. */
  lang: string;
  /** `auto`, the default, follows the reader's system. */
  theme: "auto" | "light" | "dark";
  /** Day of the figures, `YYYY-MM-DD`. Empty: the last day with an order, at most today. */
  asOf: string;
  /** Folder of okaeri-worker.js and okaeri.wasm; where the widget came from unless set. */
  assets: string;
  /** How orders in this browser are read; a server has settings of its own. */
  settings: Settings | undefined;
  /** Orders to be read in this browser. Setting them leaves the server. */
  orders: Order[] | undefined;
  /** Where the answers come from, once there is something to ask. */
  readonly source: OkaeriSource | undefined;
  /** Day of the figures on show. */
  readonly shownAsOf: string;
  /**
   * Takes in a file (a cart's CSV, canonical JSON or NDJSON) through the present source; without a
   * server it stays in this browser. Rejects with an `Error` that has a `code`.
   */
  loadFile(file: Blob, progress?: (share: number) => void): Promise<Loaded>;
  /** Asks everything anew. */
  refresh(): Promise<void>;
}

/** Events by name, with their `detail`. They bubble and cross shadow roots. */
export interface OkaeriEvents {
  /** The figures of a day are on show. */
  "okaeri-facts": { asOf: string; source: "server" | "browser" };
  /**
   * Something did not work. `code` is the server's or the module's (`unauthorized`, `forbidden`,
   * `unknown_format`, …), or `unreachable`, `worker`, `module`, `http_…`, `unexpected`.
   */
  "okaeri-problem": { code: string; message: string };
}

declare global {
  interface HTMLElementTagNameMap {
    "okaeri-widget": OkaeriWidgetElement;
  }
  interface GlobalEventHandlersEventMap {
    "okaeri-facts": CustomEvent<OkaeriEvents["okaeri-facts"]>;
    "okaeri-problem": CustomEvent<OkaeriEvents["okaeri-problem"]>;
  }
}
