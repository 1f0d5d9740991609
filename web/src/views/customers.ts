// A list of customers: conditions as chips, sorting, pages, a selection, CSV and mail.
import { html, nothing } from "lit";
import { define, View } from "../desk.ts";
import { exportCustomers } from "../export.ts";
import { head, sortHead } from "../parts.ts";
import { ask } from "../source.ts";
import type { Condition, CustomerRow, CustomerSort, Customers, Filter } from "../wire.gen.ts";
import { cellName, conditionWords, problemWords } from "../words.ts";

const PAGE = 50;

class CustomerList extends View {
  static override properties = {
    ...View.properties,
    filter: { attribute: false },
    page: { state: true },
    failure: { state: true },
    sort: { state: true },
    ascending: { state: true },
    offset: { state: true },
    picked: { state: true },
    exporting: { state: true },
  };
  declare filter: Filter;
  declare page: Customers | undefined;
  declare failure: unknown;
  declare sort: CustomerSort;
  declare ascending: boolean;
  declare offset: number;
  declare picked: ReadonlySet<string>;
  declare exporting: boolean;
  #asked = "";

  constructor() {
    super();
    this.sort = "amount";
    this.ascending = false;
    this.offset = 0;
    this.picked = new Set();
    this.exporting = false;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("filter")) {
      this.offset = 0;
      this.picked = new Set();
    }
    const { filter, sort, ascending, offset, desk } = this;
    const key = JSON.stringify([filter, sort, ascending, offset, desk.asOf]);
    if (key !== this.#asked || changed.get("desk")) void this.#ask(key);
  }

  async #ask(key: string): Promise<void> {
    this.#asked = key;
    const { filter, sort, ascending, offset, desk } = this;
    try {
      const question = { kind: "customers", filter, sort, ascending, offset, limit: PAGE } as const;
      const page = await ask(desk.source, desk.asOf, question, "customers");
      if (key !== this.#asked) return;
      this.page = page;
      this.failure = undefined;
    } catch (cause) {
      if (key === this.#asked) this.failure = cause;
    }
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
      nothing,
      html`<button class="button" ?disabled=${nobody || this.exporting} @click=${this.#export}>
          ${this.exporting ? c.exporting(f.count(page?.total ?? 0)) : t.exportCsv}
        </button>
        <button class="button main" ?disabled=${nobody} @click=${() => this.desk.mail(this.#chosen)}>${t.send}</button>`,
    )}
      <section class="card stack">
        ${this.#chips()} ${this.failure ? html`<p role="alert" class="down">${problemWords(t, this.failure).says}</p>` : nothing}
        ${
          this.picked.size
            ? html`<div class="row" role="status">
              <strong>${c.selected(t.people(f.count(this.picked.size)))}</strong>
              <button class="link" @click=${() => this.#pick([])}>${c.clear}</button>
              <button class="link" @click=${() => this.#pick([])}>${c.selectAll(t.people(f.count(page?.total ?? 0)))}</button>
            </div>`
            : nothing
        }
        ${page ? (nobody ? html`<p class="soft">${c.none}</p>` : this.#table(page)) : nothing}
      </section>`;
  }

  #export = async (): Promise<void> => {
    this.exporting = true;
    try {
      await exportCustomers(this.desk, this.#chosen, "customers");
    } catch (cause) {
      this.failure = cause;
    } finally {
      this.exporting = false;
    }
  };

  #pick(keys: Iterable<string>): void {
    this.picked = new Set(keys);
  }

  #replace(filter: Filter): void {
    this.desk.open(filter);
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
      </div>
      <form class="row" @submit=${(event: SubmitEvent) => this.#search(event, add)}>
        <input name="words" type="search" aria-label=${c.search} placeholder=${c.search} size="30" />
        <button class="button">${c.searchGo}</button>
        <select aria-label=${c.add} @change=${(event: Event) => this.#add(event, add)}>
          <option value="">＋ ${c.add}</option>
          ${[1, 2, 3].flatMap((freq) =>
            [1, 2, 3].map(
              (rec) =>
                html`<option value=${JSON.stringify({ in: "cells", freq, rec })}>${c.fields.cells}: ${cellName(this.desk, freq, rec)}</option>`,
            ),
          )}
          ${(
            [
              { in: "orders", min: 2 },
              { in: "orders", min: 1, max: 1 },
              { in: "amount", min: 10000 },
              { in: "amount", min: 50000 },
              { in: "f2", converted: false },
              { in: "decile", decile: 1 },
              { in: "mailable" },
            ] satisfies Condition[]
          ).map(
            (condition) =>
              html`<option value=${JSON.stringify(condition)}>${conditionWords(this.desk, condition)}</option>`,
          )}
        </select>
      </form>`;
  }

  #search(event: SubmitEvent, add: (condition: Condition) => void): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const contains = String(new FormData(form).get("words") ?? "").trim();
    form.reset();
    if (contains) add({ in: "text", contains });
  }

  #add(event: Event, add: (condition: Condition) => void): void {
    const select = event.target as HTMLSelectElement;
    const { value } = select;
    select.value = "";
    if (value) add(JSON.parse(value) as Condition);
  }

  #head(words: string, sort: CustomerSort) {
    const is = this.sort === sort;
    const state = is ? (this.ascending ? "ascending" : "descending") : "none";
    return sortHead(words, state, () => {
      this.ascending = is ? !this.ascending : false;
      this.sort = sort;
      this.offset = 0;
    });
  }

  #table(page: Customers) {
    const { t, f } = this.desk;
    const c = t.customers;
    const keys = page.customers.map((row) => row.key);
    const all = keys.every((key) => this.picked.has(key));
    const last = Math.min(this.offset + PAGE, page.total);
    return html`<div class="scroll"><table>
        <caption class="unseen">${t.views.customers}</caption>
        <thead><tr>
          <td><input type="checkbox" aria-label=${c.selectPage} .checked=${all} @change=${() =>
            this.#pick(all ? [] : [...this.picked, ...keys])} /></td>
          <th scope="col">${c.name}</th>
          ${this.#head(c.orders, "orders")} ${this.#head(c.amount, "amount")}
          ${this.#head(c.first, "first_day")} ${this.#head(c.last, "last_day")}
          <th scope="col">${c.cell}</th><th scope="col">${c.rfm}</th>
          <th scope="col" class="num">${c.decile}</th><th scope="col">${c.mail}</th>
        </tr></thead>
        <tbody>${page.customers.map((row) => this.#row(row))}</tbody>
      </table></div>
      <div class="pager">
        <span class="small">${c.page(f.count(this.offset + 1), f.count(last), f.count(page.total))}</span>
        <button class="button" ?disabled=${this.offset === 0} @click=${() => {
          this.offset = Math.max(this.offset - PAGE, 0);
        }}>${c.prev}</button>
        <button class="button" ?disabled=${last >= page.total} @click=${() => {
          this.offset += PAGE;
        }}>${c.next}</button>
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
        <small>${[row.prefecture, row.email ?? row.phone].filter(Boolean).join("・")}</small>
      </span></th>
      <td class="num">${f.count(row.orders)}</td>
      <td class="num">${f.money(row.amount)}</td>
      <td class="num">${row.first_day}</td>
      <td class="num">${row.last_day}<br /><small>${c.days(f.count(row.recency_days))}</small></td>
      <td>${cellName(this.desk, row.cell[0] ?? 0, row.cell[1] ?? 0)}</td>
      <td>${row.rfm.join("-")}</td>
      <td class="num">${row.decile}</td>
      <td><span class="badge ${row.mailable ? "good" : "plain"}">${row.mailable ? c.mailYes : c.mailNo}</span></td>
    </tr>`;
  }
}

define("okaeri-customers", CustomerList);
