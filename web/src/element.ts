// `<okaeri-widget>`: attributes in, views out. It chooses the source, asks the dashboard once for
// each day and source, and hands everything to one view at a time.
import { html, LitElement, nothing } from "lit";
import { isDay, isoOf, monthBefore, todayIn } from "./calendar.ts";
import { type Desk, define, type Route, type ViewName } from "./desk.ts";
import { formats, type Lang } from "./format.ts";
import { rows, type SummaryRow } from "./shape.ts";
import { ask, LocalSource, type Progress, RemoteSource, type Source } from "./source.ts";
import { figureStyles } from "./styles/figures.ts";
import { frameStyles } from "./styles/frame.ts";
import { listStyles } from "./styles/lists.ts";
import { tokens } from "./styles/tokens.ts";
import { en } from "./text/en.ts";
import { ja } from "./text/ja.ts";
import "./views/overview.ts";
import type { Filter, LifecycleBounds, Loaded, Order, Settings } from "./wire.gen.ts";
import { problemWords } from "./words.ts";

const MENU: [keyof typeof ja.groups, ViewName[]][] = [
  ["shop", ["overview", "months"]],
  ["people", ["cells", "rfm", "decile", "customers"]],
  ["repeat", ["cohort", "f2", "flow"]],
  ["goods", ["products", "pairs"]],
  ["facts", ["load"]],
];

// Long tables are asked for their greatest rows; whole, they would have millions.
const TOP = 300;
const LIFECYCLE: Required<LifecycleBounds> = {
  promising_orders: 2,
  constant_orders: 4,
  active_days: 90,
  drowsy_days: 180,
};

/** What a widget draws from one source on one day. */
type Facts = Pick<Desk, "tables" | "before" | "asOf"> & {
  names: Record<string, string>;
  settings: Settings;
};

export class OkaeriWidget extends LitElement {
  static override styles = [tokens, frameStyles, listStyles, figureStyles];
  static override properties = {
    host: {},
    shop: {},
    token: {},
    lang: {},
    theme: { reflect: true },
    asOf: { attribute: "as-of" },
    assets: {},
    settings: { attribute: false },
    orders: { attribute: false },
    route: { state: true },
    facts: { state: true },
    failure: { state: true },
    busy: { state: true },
    mailTo: { state: true },
  };
  declare host: string;
  declare shop: string;
  declare token: string;
  declare lang: string;
  declare theme: "auto" | "light" | "dark";
  declare asOf: string;
  /** Folder of okaeri-worker.js and okaeri.wasm; where this script came from, unless told. */
  declare assets: string;
  declare settings: Settings | undefined;
  declare orders: Order[] | undefined;
  declare route: Route;
  declare facts: Facts | undefined;
  declare failure: unknown;
  declare busy: boolean;
  declare mailTo: Filter | undefined;
  #source: Source | undefined;
  #past: Route[] = [];
  #asked = 0;

  constructor() {
    super();
    this.lang = "ja";
    this.theme = "auto";
    this.host = this.shop = this.token = this.asOf = "";
    this.assets = new URL(".", import.meta.url).href;
    this.route = { view: "overview" };
    this.busy = false;
  }

  /** Takes in a file through the present source; without one, in this browser. */
  async loadFile(file: Blob, progress: Progress = () => {}): Promise<Loaded> {
    this.#source ??= await LocalSource.start(this.assets, this.settings);
    const name = file instanceof File ? file.name : "orders.csv";
    const loaded = await this.#source.load(file, name, progress);
    await this.refresh();
    return loaded;
  }

  /** The source of the figures; for a page that wants to ask on its own. */
  get source(): Source | undefined {
    return this.#source;
  }

  /** The day of the figures on show. */
  get shownAsOf(): string {
    return this.facts?.asOf ?? this.asOf;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("orders") && this.orders) void this.#takeOrders(this.orders);
    else if (["host", "shop", "token"].some((name) => changed.has(name))) this.#connect();
    else if (changed.has("asOf") && this.#source) void this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move within the page takes it out and in again; its facts stay.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#source?.close();
      this.#source = undefined;
      this.facts = undefined;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.#source) this.#connect();
  }

  #connect(): void {
    if (!this.shop) return;
    this.#source?.close();
    const { host, shop, token } = this;
    this.#source = new RemoteSource({ host: host || location.origin, shop, token });
    void this.refresh();
  }

  async #takeOrders(orders: Order[]): Promise<void> {
    this.#source?.close();
    this.#source = undefined;
    await this.#try(async () => {
      await this.loadFile(new File([JSON.stringify(orders)], "orders.json"));
    });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    const turn = ++this.#asked;
    this.busy = true;
    this.failure = undefined;
    try {
      await act();
    } catch (cause) {
      if (turn === this.#asked) this.failure = cause;
    } finally {
      if (turn === this.#asked) this.busy = false;
    }
  }

  /** Asks everything anew. */
  refresh(): Promise<void> {
    return this.#try(async () => {
      const source = this.#source;
      if (!source) return;
      const turn = this.#asked;
      const settings = await source.settings();
      const asOf = isDay(this.asOf) ? this.asOf : await this.#lastDay(source, settings);
      const month = monthBefore(asOf);
      const [now, cells, months] = await Promise.all([
        ask(source, asOf, { kind: "dashboard", top: TOP }, "tables"),
        ask(source, month, { kind: "cells" }, "tables"),
        ask(source, month, { kind: "months" }, "tables"),
      ]);
      if (turn !== this.#asked) return;
      const before = { ...cells.tables, ...months.tables };
      this.facts = { tables: now.tables, before, asOf, settings, names: now.product_names ?? {} };
      this.dispatchEvent(new CustomEvent("okaeri-facts", { bubbles: true, composed: true }));
    });
  }

  /** The last day with an order, but no later than today: old files are seen as they were. */
  async #lastDay(source: Source, settings: Settings): Promise<string> {
    const today = todayIn(settings.time_zone ?? "Asia/Tokyo");
    const answer = await ask(source, today, { kind: "summary" }, "tables");
    const [summary] = rows<SummaryRow>(answer.tables.summary);
    if (!summary?.orders) return today;
    const last = isoOf(summary.last_day);
    return last.localeCompare(today) < 0 ? last : today;
  }

  #go = (route: Route): void => {
    this.#past.push(this.route);
    this.route = route;
    this.#arrive();
  };

  #back = (): void => {
    this.route = this.#past.pop() ?? { view: "overview" };
    this.#arrive();
  };

  #arrive(): void {
    void this.updateComplete.then(() => {
      // Scripts that read the page begin at the new view's heading.
      setTimeout(() => this.renderRoot.querySelector<HTMLElement>("main h2")?.focus(), 0);
      // On a narrow screen the menu is one line that scrolls.
      const current = this.renderRoot.querySelector<HTMLElement>('[aria-current="page"]');
      const menu = current?.closest("nav");
      if (!current || !menu) return;
      menu.scrollLeft += current.getBoundingClientRect().left - menu.clientWidth / 3;
    });
  }

  #desk(source: Source, facts: Facts): Desk {
    const lang: Lang = this.lang === "en" ? "en" : "ja";
    const t = lang === "en" ? en : ja;
    return {
      lang,
      t,
      f: formats(lang, facts.settings.currency ?? "JPY"),
      source,
      asOf: facts.asOf,
      tables: facts.tables,
      before: facts.before,
      lifecycle: { ...LIFECYCLE, ...facts.settings.lifecycle },
      shop: this.shop,
      product: (code) => facts.names[String(code)] ?? String(code ?? t.unknownProduct),
      go: this.#go,
      open: (filter) => this.#go({ view: "customers", filter }),
      mail: (filter) => {
        this.mailTo = filter;
      },
      load: (file, progress) => this.loadFile(file, progress),
    };
  }

  protected override render() {
    const t = this.lang === "en" ? en : ja;
    const { view } = this.route;
    return html`<div lang=${this.lang === "en" ? "en" : "ja"}>
      <div class="top">
        <span class="brand">${MARK}${t.brand}${
          this.shop ? html`<span class="shop">${this.shop}</span>` : nothing
        }</span>
        <span class="spring"></span>
        ${
          this.#source
            ? html`<span class="badge ${this.#source.kind === "browser" ? "good" : ""}"
                >${this.#source.kind === "browser" ? t.inBrowser : t.onServer}</span
              >`
            : nothing
        }
        <label title=${t.asOfHint}
          >${t.asOf}<input
            type="date"
            .value=${this.shownAsOf}
            @change=${(event: Event) => {
              this.asOf = (event.target as HTMLInputElement).value;
            }}
        /></label>
      </div>
      <div class="busy" ?data-on=${this.busy}></div>
      <div class="body">
        <nav class="menu" aria-label=${t.menu}>
          ${MENU.map(
            ([group, views]) => html`<section>
              <h3>${t.groups[group]}</h3>
              <ul>
                ${views.map(
                  (name) => html`<li>
                    <button
                      aria-current=${name === view ? "page" : "false"}
                      @click=${() =>
                        this.#go(
                          name === "customers"
                            ? { view: name, filter: [] }
                            : ({ view: name } as Route),
                        )}
                    >
                      ${t.views[name]}
                    </button>
                  </li>`,
                )}
              </ul>
            </section>`,
          )}
        </nav>
        <main aria-busy=${this.busy}>${this.#main(t)}</main>
      </div>
    </div>`;
  }

  #main(t: typeof ja) {
    if (this.failure) {
      const { says, detail } = problemWords(t, this.failure);
      return html`<div class="notice bad" role="alert">
        <p class="says">${says}</p>
        ${detail ? html`<p class="small">${detail}</p>` : nothing}
        <button class="button" @click=${() => this.refresh()}>${t.retry}</button>
      </div>`;
    }
    const source = this.#source;
    const facts = this.facts;
    if (!source || !facts) {
      return html`<div class="notice" role="status">
        <p class="soft">${source || this.busy ? t.loading : t.noSource}</p>
      </div>`;
    }
    const desk = this.#desk(source, facts);
    const [summary] = rows<SummaryRow>(facts.tables.summary);
    if (!summary?.orders && this.route.view !== "load") {
      return html`<div class="notice">
        <p class="says">${t.empty}</p>
        <p class="soft">${t.emptyHint}</p>
        <button class="button main" @click=${() => this.#go({ view: "load" })}>
          ${t.views.load}
        </button>
      </div>`;
    }
    return html`${
      this.route.view === "customer"
        ? html`<button class="link" @click=${this.#back}>← ${t.back}</button>`
        : nothing
    }
    ${this.#view(desk)}
    ${
      this.mailTo
        ? html`<okaeri-mail
            .desk=${desk}
            .filter=${this.mailTo}
            @close=${() => {
              this.mailTo = undefined;
            }}
          ></okaeri-mail>`
        : nothing
    }`;
  }

  #view(desk: Desk) {
    const { route } = this;
    if (this.mailTo) void import("./views/mail.ts");
    switch (route.view) {
      case "overview":
        return html`<okaeri-overview .desk=${desk}></okaeri-overview>`;
      case "months":
        void import("./views/months.ts");
        return html`<okaeri-months .desk=${desk}></okaeri-months>`;
      case "cells":
        void import("./views/cells.ts");
        return html`<okaeri-cells .desk=${desk}></okaeri-cells>`;
      case "rfm":
        void import("./views/rfm.ts");
        return html`<okaeri-rfm .desk=${desk}></okaeri-rfm>`;
      case "decile":
        void import("./views/decile.ts");
        return html`<okaeri-decile .desk=${desk}></okaeri-decile>`;
      case "cohort":
        void import("./views/cohort.ts");
        return html`<okaeri-cohort .desk=${desk}></okaeri-cohort>`;
      case "f2":
        void import("./views/f2.ts");
        return html`<okaeri-f2 .desk=${desk}></okaeri-f2>`;
      case "flow":
        void import("./views/flow.ts");
        return html`<okaeri-flow .desk=${desk}></okaeri-flow>`;
      case "products":
        void import("./views/products.ts");
        return html`<okaeri-products .desk=${desk}></okaeri-products>`;
      case "pairs":
        void import("./views/pairs.ts");
        return html`<okaeri-pairs .desk=${desk}></okaeri-pairs>`;
      case "customers":
        void import("./views/customers.ts");
        return html`<okaeri-customers .desk=${desk} .filter=${route.filter}></okaeri-customers>`;
      case "customer":
        void import("./views/customer.ts");
        return html`<okaeri-customer .desk=${desk} .key=${route.key}></okaeri-customer>`;
      case "load":
        void import("./views/load.ts");
        return html`<okaeri-load .desk=${desk}></okaeri-load>`;
    }
  }
}

// A noren, the shop curtain that greets those who return.
const MARK = html`<svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
  <rect x="1" y="3" width="20" height="2.4" rx="1.2" fill="currentColor"></rect>
  <path
    d="M3 7h5v11.2a.8.8 0 0 1-.8.8H3.8a.8.8 0 0 1-.8-.8zM9 7h4v9.2a.8.8 0 0 1-.8.8H9.8a.8.8 0 0 1-.8-.8zM14 7h5v11.2a.8.8 0 0 1-.8.8h-3.4a.8.8 0 0 1-.8-.8z"
    fill="currentColor"
  ></path>
</svg>`;

define("okaeri-widget", OkaeriWidget);
