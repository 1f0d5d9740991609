// `<okaeri-widget>`: attributes in, views and events out. It chooses the source, asks the dashboard
// once for each day and source, and hands everything to one view at a time.
import { html, LitElement, nothing } from "lit";
import { type Address, Problem } from "./api.ts";
import { isDay, isoOf, monthBefore, todayIn } from "./calendar.ts";
import { type Desk, define, type Intake, type Route } from "./desk.ts";
import { formats, type Lang } from "./format.ts";
import { problem } from "./parts.ts";
import type { OkaeriEvents, OkaeriWidgetElement } from "./public.ts";
import { rows, type SummaryRow } from "./shape.ts";
import { top } from "./shell.ts";
import "./menu.ts";
import { ask, LocalSource, type Progress, RemoteSource, type Source } from "./source.ts";
import { fetchMail, fetchView, stage } from "./stage.ts";
import { figureStyles } from "./styles/figures.ts";
import { frameStyles } from "./styles/frame.ts";
import { listStyles } from "./styles/lists.ts";
import { reportStyles } from "./styles/reports.ts";
import { tokens } from "./styles/tokens.ts";
import { en } from "./text/en.ts";
import { ja } from "./text/ja.ts";
import type { Filter, LifecycleBounds, Loaded, Order, Settings } from "./wire.gen.ts";
import { codeOf } from "./words.ts";

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

// Before there is a single order.
const NOTHING: Facts = { tables: {}, before: {}, asOf: "", names: {}, settings: {} };

export class OkaeriWidget extends LitElement implements OkaeriWidgetElement {
  static override styles = [tokens, frameStyles, listStyles, figureStyles, reportStyles];
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
    intake: { state: true },
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
  declare assets: string;
  declare settings: Settings | undefined;
  declare orders: Order[] | undefined;
  declare route: Route;
  declare facts: Facts | undefined;
  declare intake: Intake | undefined;
  declare failure: unknown;
  declare busy: boolean;
  declare mailTo: Filter | undefined;
  #source: Source | undefined;
  /** What the source was made for. */
  #address: Address | undefined;
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

  async loadFile(file: Blob, progress: Progress = () => {}): Promise<Loaded> {
    // A page may hand a file over before the widget is drawn for the first time.
    const source = this.#source ?? this.#connect(true);
    const name = file instanceof File ? file.name : "orders.csv";
    this.intake = { name };
    try {
      const loaded = await source.load(file, name, (share) => {
        progress(share);
        this.intake = { name, share };
      });
      this.intake = { name, loaded };
      if (loaded.rejected_count && this.route.view !== "load") this.#go({ view: "load" });
      await this.refresh();
      return loaded;
    } catch (cause) {
      this.intake = { name, failure: cause };
      if (this.route.view !== "load") this.#go({ view: "load" });
      this.#report(cause);
      throw cause;
    }
  }

  get source(): Source | undefined {
    return this.#source;
  }

  get shownAsOf(): string {
    return this.facts?.asOf || this.asOf;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    const { host, shop, token } = this.#address ?? {};
    const isElsewhere = host !== this.host || shop !== this.shop;
    if ((changed.has("orders") || changed.has("settings")) && this.orders) this.#takeOrders();
    else if (isElsewhere || token !== this.token) this.#connect(isElsewhere);
    else if (changed.has("asOf") && this.facts) void this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move within the page takes it out and in again; its facts stay.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.#source) this.#connect(true);
  }

  /** Forgets: nothing of one shop may be seen under the name of another. */
  #leave(): void {
    this.#asked += 1;
    this.#source?.close();
    this.#source = this.facts = this.intake = this.failure = this.mailTo = undefined;
    this.#past = [];
    this.busy = false;
    const { route } = this;
    if (route.view.startsWith("customer")) this.route = { view: "overview" };
    else if (route.view === "report") this.route = { view: "report", page: route.page };
  }

  #connect(isElsewhere: boolean): Source {
    if (isElsewhere) this.#leave();
    const { host, shop, token } = this;
    this.#address = { host, shop, token };
    const source = shop
      ? new RemoteSource({ host: host || location.origin, shop, token })
      : new LocalSource(this.assets, this.settings);
    this.#source = source;
    if (shop) void this.refresh();
    return source;
  }

  #takeOrders(): void {
    this.#leave();
    const { host, shop, token } = this;
    this.#address = { host, shop, token };
    this.#source = new LocalSource(this.assets, this.settings);
    const file = new File([JSON.stringify(this.orders)], "orders.json");
    // What became of it is on show.
    this.loadFile(file).catch(() => {});
  }

  /** Asks everything anew. */
  async refresh(): Promise<void> {
    const source = this.#source;
    if (!source) return;
    const turn = ++this.#asked;
    this.busy = true;
    this.failure = undefined;
    try {
      const facts = await this.#ask(source);
      if (turn !== this.#asked) return;
      this.facts = facts;
      this.#tell("okaeri-facts", { asOf: facts.asOf, source: source.kind });
    } catch (cause) {
      if (turn !== this.#asked) return;
      this.failure = cause;
      this.#report(cause);
    } finally {
      if (turn === this.#asked) this.busy = false;
    }
  }

  async #ask(source: Source): Promise<Facts> {
    const settings = await source.settings();
    const asOf = isDay(this.asOf) ? this.asOf : await this.#lastDay(source, settings);
    const month = monthBefore(asOf);
    const [now, cells, months] = await Promise.all([
      ask(source, asOf, { kind: "dashboard", top: TOP }, "tables"),
      ask(source, month, { kind: "cells" }, "tables"),
      ask(source, month, { kind: "months" }, "tables"),
    ]);
    const before = { ...cells.tables, ...months.tables };
    return { tables: now.tables, before, asOf, settings, names: now.product_names ?? {} };
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

  #tell<K extends keyof OkaeriEvents>(name: K, detail: OkaeriEvents[K]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #report = (cause: unknown): void => {
    const message = cause instanceof Error ? cause.message : String(cause);
    this.#tell("okaeri-problem", { code: codeOf(cause), message });
  };

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
      setTimeout(() => this.renderRoot.querySelector<HTMLElement>(".stage h2")?.focus(), 0);
    });
  }

  /** Fetches code that is not there yet; a server that is away is a problem like any other. */
  #fetch(code: Promise<unknown>): void {
    code.catch((cause) => {
      this.failure = new Problem("unreachable", String(cause));
      this.#report(this.failure);
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
      settings: facts.settings,
      shop: this.shop,
      intake: this.intake,
      product: (code) => facts.names[String(code)] ?? String(code ?? t.unknownProduct),
      go: this.#go,
      turn: (leaf) => {
        if (this.route.view === "customers") this.route = { ...this.route, leaf };
      },
      choose: (choices) => {
        if (this.route.view === "report") this.route = { ...this.route, choices };
      },
      open: (filter, scope = "all") =>
        this.#go({ view: "customers", filter, ...(scope === "all" ? {} : { scope }) }),
      mail: (filter) => {
        this.mailTo = filter;
      },
      judge: async (link, verdict) => {
        await source.judge(link.a, link.b, verdict);
        await this.refresh();
      },
      load: this.#take,
      configure: async (settings) => {
        await source.setSettings(settings);
        await this.refresh();
      },
      report: this.#report,
    };
  }

  /** A file from the reader's hand: the import shows what becomes of it. */
  #take = (file: File): void => {
    if (this.route.view !== "load") this.#go({ view: "load" });
    this.loadFile(file).catch(() => {});
  };

  /** A file dropped beside the import is no reason to leave the page. */
  #drop = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const file = event.type === "drop" ? event.dataTransfer.files[0] : undefined;
    if (!file) return;
    // What goes to a server is dropped on purpose: on the import's own field.
    if (this.#source?.kind === "browser") this.#take(file);
    else this.#go({ view: "load" });
  };

  protected override render() {
    const t = this.lang === "en" ? en : ja;
    return html`<div lang=${this.lang === "en" ? "en" : "ja"} @dragover=${this.#drop} @drop=${this.#drop}>
      ${top(t, this.shop, this.#source, this.shownAsOf, (day) => {
        this.asOf = day;
      })}
      <div class="busy" ?data-on=${this.busy}></div>
      <div class="body">
        <okaeri-menu .t=${t} .lang=${this.lang === "en" ? "en" : "ja"} .route=${this.route} .go=${this.#go}></okaeri-menu>
        <section class="stage" aria-label=${t.figures} aria-busy=${this.busy}>${this.#main(t)}</section>
      </div>
    </div>`;
  }

  #main(t: typeof ja) {
    const { failure, facts, route } = this;
    const source = this.#source;
    if (failure) return problem(t, failure, () => this.refresh());
    if (!source || (!facts && source.kind === "server")) {
      return html`<div class="notice" role="status"><p class="soft">${t.loading}</p></div>`;
    }
    const desk = this.#desk(source, facts ?? NOTHING);
    const [summary] = rows<SummaryRow>(desk.tables.summary);
    if (!summary?.orders && route.view !== "load" && route.view !== "settings") {
      this.#fetch(fetchView({ view: "load" }));
      return html`${
        facts
          ? html`<div class="notice slim"><p class="says">${t.empty(desk.f.day(facts.asOf))}</p><p class="soft">${t.emptyHint}</p></div>`
          : nothing
      }${stage(desk, { view: "load" })}`;
    }
    this.#fetch(fetchView(route));
    if (this.mailTo) this.#fetch(fetchMail());
    const isDeeper =
      route.view === "customer" || (route.view === "customers" && route.filter.length);
    return html`${
      isDeeper && this.#past.length
        ? html`<button class="link back" @click=${this.#back}>← ${t.back}</button>`
        : nothing
    }
    ${stage(desk, route)}
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
}

define("okaeri-widget", OkaeriWidget);
