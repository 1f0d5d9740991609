// A list of customers: conditions as chips, sorting, pages, a selection, CSV and mail.
import { html, nothing } from "lit";
import { type Desk, define, type Leaf, View } from "../desk.ts";
import { everybody, exportCustomers } from "../export.ts";
import { head, sortHead } from "../parts.ts";
import { textOfFilter } from "../report/segments/from-filter.ts";
import { ask } from "../source.ts";
import { words } from "../text/reports/expected.ts";
import type {
  Condition,
  CustomerRow,
  CustomerSort,
  Customers,
  Filter,
  Scope,
} from "../wire.gen.ts";
import { cellAdvice, cellName, conditionWords, isSaid, saySegment } from "../words.ts";
import "./condition.ts";

const PAGE = 50;
const FIRST: Leaf = { sort: "amount", ascending: false, offset: 0 };

class CustomerList extends View {
  static override properties = {
    ...View.properties,
    filter: { attribute: false },
    leaf: { attribute: false },
    scope: { attribute: false },
    page: { state: true },
    busy: { state: true },
    picked: { state: true },
    exporting: { state: true },
  };
  declare filter: Filter;
  declare leaf: Leaf | undefined;
  /** Which orders count. */
  declare scope: Scope;
  declare page: Customers | undefined;
  /** Which part of the list `page` is; while another is asked for, the old one stands. */
  #shown: Leaf = FIRST;
  declare busy: boolean;
  declare picked: ReadonlySet<string>;
  declare exporting: boolean;
  #asked = "";

  constructor() {
    super();
    this.picked = new Set();
    this.busy = this.exporting = false;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("filter") || changed.has("scope")) this.picked = new Set();
    const key = JSON.stringify([this.filter, this.#leaf, this.scope]);
    const before = changed.get("desk") as Desk | undefined;
    const isOther = before && before.tables !== this.desk.tables;
    if (key !== this.#asked || isOther) void this.#ask(key);
    if (changed.has("filter")) void this.#learn();
  }

  /** Learns the sentences of segments that nobody has said yet; without them their text stands. */
  async #learn(): Promise<void> {
    const { desk, filter } = this;
    for (const one of filter) {
      if (one.in !== "segment" || !one.text || isSaid(one.text)) continue;
      const question = { kind: "segment", text: one.text, limit: 0 } as const;
      const found = await ask(desk.source, desk.asOf, question, "segment").catch(() => undefined);
      if (found?.sentence) saySegment(one.text, found.sentence);
      this.requestUpdate();
    }
  }

  get #leaf(): Leaf {
    return this.leaf ?? FIRST;
  }

  #turn(part: Partial<Leaf>): void {
    this.desk.turn({ ...this.#leaf, ...part });
    this.querySelector("section")?.scrollIntoView({ block: "nearest" });
  }

  async #ask(key: string): Promise<void> {
    this.#asked = key;
    this.busy = true;
    const { filter, desk, scope } = this;
    const leaf = this.#leaf;
    const question = { kind: "customers", filter, ...leaf, limit: PAGE } as const;
    await this.attempt(async () => {
      const beside = scope === "all" ? {} : { scope };
      const page = await ask(desk.source, desk.asOf, question, "customers", beside);
      if (key !== this.#asked) return;
      this.#shown = leaf;
      this.page = page;
    });
    if (key === this.#asked) this.busy = false;
  }

  /** Whether the rows on show come with what is expected of them. */
  get #isForecast(): boolean {
    return Boolean(this.page?.customers.some(({ forecast }) => forecast));
  }

  /** What to do for a group that is a cell of the matrix. */
  get #advice(): string {
    const [only, more] = this.filter;
    const isCell = only?.in === "cells" && !more;
    return isCell ? cellAdvice(this.desk, only.freq ?? 0, only.rec ?? 0) : "";
  }

  /** What the buttons act on: the picked ones, or all who match. */
  get #chosen(): Filter {
    return this.picked.size ? [{ in: "keys", keys: [...this.picked] }] : this.filter;
  }

  override render() {
    const { t, f } = this.desk;
    const c = t.customers;
    const { page } = this;
    const says = page
      ? c.says(
          t.people(f.count(page.total)),
          f.money(page.amount),
          t.people(f.count(page.mailable)),
        )
      : t.loading;
    const nobody = !page?.total;
    return html`${head(
      t.views.customers,
      says,
      this.#advice || nothing,
      html`<button class="button" ?disabled=${nobody || this.exporting} @click=${this.#export}>
          ${this.exporting ? c.exporting(t.people(f.count(this.picked.size || (page?.total ?? 0)))) : t.exportCsv}
        </button>
        <button class="button main" ?disabled=${nobody} @click=${this.#mail}>${t.send}</button>`,
    )}
      <section class="card stack" aria-busy=${this.busy}>
        ${this.#chips()} ${this.problem(() => this.#ask(this.#asked))}
        ${
          this.picked.size
            ? html`<div class="row" role="status">
              <strong>${c.selected(t.people(f.count(this.picked.size)))}</strong>
              <button class="link" @click=${() => this.#pick([])}>${c.clear}</button>
            </div>`
            : nothing
        }
        ${page ? (nobody ? html`<p class="soft">${c.none}</p>` : this.#table(page)) : nothing}
      </section>`;
  }

  #export = async (): Promise<void> => {
    this.exporting = true;
    await this.attempt(() => exportCustomers(this.desk, this.#chosen, "customers", this.scope));
    this.exporting = false;
  };

  /** A campaign knows no scope: those whom it leaves are handed over by their keys. */
  #mail = async (): Promise<void> => {
    if (this.scope === "all" || this.picked.size) return this.desk.mail(this.#chosen);
    await this.attempt(async () => {
      const found = await everybody(this.desk, this.filter, this.scope);
      this.desk.mail([{ in: "keys", keys: found.map(({ key }) => key) }]);
    });
  };

  #pick(keys: Iterable<string>): void {
    this.picked = new Set(keys);
  }

  #replace(filter: Filter): void {
    this.desk.open(filter, this.scope);
  }

  #chips() {
    const { t } = this.desk;
    const c = t.customers;
    const add = (condition: Condition) => this.#replace([...this.filter, condition]);
    return html`<div class="chips">
        ${
          this.filter.length
            ? this.filter.map((condition, at) => {
                const words = conditionWords(this.desk, condition);
                return html`<span class="chip">${words}
                  <button aria-label=${c.remove(words)} @click=${() => this.#replace(this.filter.filter((_, i) => i !== at))}>×</button>
                </span>`;
              })
            : html`<span class="badge plain bare">${c.everyone}</span>`
        }
        ${
          this.scope === "all"
            ? nothing
            : html`<span class="chip">${t.filter.scope[this.scope]}
              <button aria-label=${c.remove(t.filter.scope[this.scope])} @click=${() => this.desk.open(this.filter)}>×</button></span>`
        }
      </div>
      <div class="row filters">
      <form class="row" role="search" @submit=${(event: SubmitEvent) => this.#search(event, add)}>
        <input name="words" type="search" aria-label=${c.search} placeholder=${c.search} size="30" />
        <button class="button">${c.searchGo}</button>
      </form>
      ${
        this.#isForecast
          ? nothing
          : html`<button class="link" @click=${() => this.#turn({ sort: "forecast", ascending: false, offset: 0 })}>${words[this.desk.lang].sort}</button>`
      }
      ${this.#segment()}
      <okaeri-condition .desk=${this.desk} @add=${(event: CustomEvent<Condition>) => add(event.detail)}></okaeri-condition>
      </div>`;
  }

  /** The way to a segment of the same customers, where it can be written. */
  #segment() {
    const { desk, scope } = this;
    const text = scope === "all" ? textOfFilter(this.filter, desk.f) : undefined;
    if (!text) return nothing;
    const go = () => desk.go({ view: "report", page: "segments", choices: { params: { text } } });
    return html`<button class="link" @click=${go}>${desk.t.customers.asSegment}</button>`;
  }

  #search(event: SubmitEvent, add: (condition: Condition) => void): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const contains = String(new FormData(form).get("words") ?? "").trim();
    form.reset();
    if (contains) add({ in: "text", contains });
  }

  #head(words: string, sort: CustomerSort) {
    const { sort: by, ascending } = this.#shown;
    const state = by !== sort ? "none" : ascending ? "ascending" : "descending";
    return sortHead(words, state, () =>
      this.#turn({ sort, ascending: by === sort && !ascending, offset: 0 }),
    );
  }

  #table(page: Customers) {
    const { t, f } = this.desk;
    const c = t.customers;
    const keys = page.customers.map((row) => row.key);
    const w = words[this.desk.lang];
    const all = keys.every((key) => this.picked.has(key));
    const { offset } = this.#shown;
    const last = Math.min(offset + PAGE, page.total);
    return html`<div class="scroll"><table>
        <caption class="unseen">${t.views.customers}</caption>
        <thead><tr>
          <td><input type="checkbox" aria-label=${c.selectPage} .checked=${all} @change=${() =>
            this.#pick(all ? [] : [...this.picked, ...keys])} /></td>
          <th scope="col">${c.name}</th>
          ${this.#head(c.orders, "orders")} ${this.#head(c.amount, "amount")}
          ${this.#head(c.first, "first_day")} ${this.#head(c.last, "last_day")}
          ${this.#isForecast ? html`${this.#head(w.valueHead, "forecast")} ${this.#head(w.aliveHead, "alive")}` : nothing}
          <th scope="col">${c.cell}</th><th scope="col">${c.rfm}</th>
          ${this.#isForecast ? nothing : html`<th scope="col" class="num">${c.decile}</th>`}<th scope="col">${c.mail}</th>
        </tr></thead>
        <tbody>${page.customers.map((row) => this.#row(row))}</tbody>
      </table></div>
      <div class="pager">
        <span class="small">${c.page(f.count(offset + 1), f.count(last), f.count(page.total))}</span>
        <button class="button" ?disabled=${offset === 0} @click=${() => this.#turn({ offset: Math.max(offset - PAGE, 0) })}>${c.prev}</button>
        <button class="button" ?disabled=${last >= page.total} @click=${() => this.#turn({ offset: offset + PAGE })}>${c.next}</button>
      </div>`;
  }

  #row(row: CustomerRow) {
    const { t, f } = this.desk;
    const c = t.customers;
    const name = row.name || c.nameless;
    const toggle = () => {
      const next = new Set(this.picked);
      if (!next.delete(row.key)) next.add(row.key);
      this.picked = next;
    };
    return html`<tr>
      <td><input type="checkbox" aria-label=${c.select(name)} .checked=${this.picked.has(row.key)} @change=${toggle} /></td>
      <th scope="row"><span class="person">
        <button class="link" @click=${() => this.desk.go({ view: "customer", key: row.key })}>${name}</button>
        <small>${t.list([row.prefecture, row.email ?? row.phone])}</small>
      </span></th>
      <td class="num">${f.count(row.orders)}</td>
      <td class="num">${f.money(row.amount)}</td>
      <td class="num">${f.dayShort(row.first_day)}</td>
      <td class="num">${f.dayShort(row.last_day)}<br /><small>${c.days(f.count(row.recency_days))}</small></td>
      ${
        this.#isForecast
          ? html`<td class="num">${row.forecast ? f.money(row.forecast.value) : "–"}</td>
            <td class="num">${row.forecast ? f.percent(row.forecast.alive) : "–"}</td>`
          : nothing
      }
      <td class="keep">${cellName(this.desk, row.cell[0] ?? 0, row.cell[1] ?? 0)}</td>
      <td class="keep">${row.rfm.join("-")}</td>
      ${this.#isForecast ? nothing : html`<td class="num">${row.decile}</td>`}
      <td><span class="badge ${row.mailable ? "good" : "plain"}">${row.mailable ? c.mailYes : c.mailNo}</span></td>
    </tr>`;
  }
}

define("okaeri-customers", CustomerList);
