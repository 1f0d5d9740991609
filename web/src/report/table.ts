// A report's table: declared by its columns, sorted by any of them, opened by its figures.
import { html, LitElement, nothing } from "lit";
import { csvFile, download } from "../csv.ts";
import { type Desk, define } from "../desk.ts";
import { roam, sortHead } from "../parts.ts";
import { sorted } from "../shape.ts";
import { words } from "../text/reports/kit.ts";
import type { Cell } from "../wire.gen.ts";
import { type Column, csvHeads, csvValues, isNumeric, type Row, written } from "./cells.ts";
import { learn, nameOf } from "./people.ts";

/** One table on a page. */
export interface Sheet {
  /** The answer's table, whose numbers are opened. */
  table: string;
  title?: string;
  hint?: string;
  /** Columns that tell a row, in the table's order. */
  keys: readonly string[];
  columns: readonly Column[];
  /** Rows made by the page; those of the answer's table when absent. */
  rows?: readonly Row[];
  /** Whether the numbers of a row open customers; those of every row when absent. */
  opens?(row: Row): boolean;
  /** Where a row's numbers are counted, when that is not its own table and key. */
  behind?(row: Row, column: Column): { table: string; key: Cell[]; more?: object } | undefined;
  /** The order at first; as they came when absent. */
  sort?: { by: string; ascending: boolean };
}

/** Opens the customers whom a number of a row counts. */
export type OpenRow = (
  table: string,
  key: Cell[],
  measure: string | undefined,
  said: string,
  more?: object,
) => void;

const PAGE = 100;

class ReportTable extends LitElement {
  static override properties = {
    desk: { attribute: false },
    sheet: { attribute: false },
    rows: { attribute: false },
    past: { attribute: false },
    compared: {},
    open: { attribute: false },
    file: {},
    sort: { state: true },
    shown: { state: true },
  };
  declare desk: Desk;
  declare sheet: Sheet;
  declare rows: readonly Row[];
  /** Rows of the day to compare with. */
  declare past: readonly Row[];
  /** That day, `YYYY-MM-DD`; empty without one. */
  declare compared: string;
  declare open: OpenRow;
  /** Name of the file that it is saved as. */
  declare file: string;
  declare sort: { by: string; ascending: boolean } | undefined;
  declare shown: number;

  constructor() {
    super();
    this.shown = PAGE;
    this.past = [];
    this.compared = "";
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  get #w() {
    return words[this.desk.lang];
  }

  #sorted(): readonly Row[] {
    const { by, ascending } = this.sort ?? this.sheet.sort ?? { by: "", ascending: true };
    const column = this.sheet.columns.find(({ name }) => name === by);
    if (!column) return this.rows;
    const value = (row: Row): Cell => {
      const cell = row[by] ?? null;
      if (column.format === "product") return this.desk.product(cell);
      return (column.format === "customer" && nameOf(this.desk, cell)) || cell;
    };
    const known = this.rows.filter((row) => row[by] !== null && row[by] !== undefined);
    const rest = this.rows.filter((row) => row[by] === null || row[by] === undefined);
    const placed = known.map((row) => ({ row, at: value(row) }));
    return [...sorted(placed, "at", ascending).map(({ row }) => row), ...rest];
  }

  override updated(): void {
    // Without names keys stand: what failed is tried again with the next rows.
    this.#learn(() => this.#sorted().slice(0, this.shown)).then(
      (found) => found && this.requestUpdate(),
      () => {},
    );
  }

  /** Looks up the names of customers in these rows. */
  async #learn(rows: () => readonly Row[]): Promise<boolean> {
    const column = this.sheet.columns.find(({ format }) => format === "customer");
    if (!column) return false;
    return learn(
      this.desk,
      rows().map((row) => row[column.name] ?? null),
    );
  }

  #key(row: Row): Cell[] {
    return this.sheet.keys.map((name) => row[name] ?? null);
  }

  override render() {
    const { sheet, desk, rows } = this;
    const list = this.#sorted();
    const isTall = rows.length > 15;
    const isPending = rows.some((row) => sheet.columns.some((column) => column.pending?.(row)));
    const isOpen = sheet.columns.some(({ opens }) => opens);
    const w = this.#w;
    const before = new Map(this.past.map((row) => [JSON.stringify(this.#key(row)), row]));
    const hasMore = list.length > this.shown;
    return html`<div class="card-head">
        <h3>${sheet.title ?? nothing}</h3>
        <button class="button" ?disabled=${!rows.length} @click=${this.#save}>${desk.t.exportCsv}</button>
      </div>
      ${sheet.hint ? html`<p class="small">${sheet.hint}</p>` : nothing}
      <div class="scroll ${isTall ? "tall" : ""}" tabindex=${isTall ? 0 : nothing} role=${isTall ? "group" : nothing} aria-label=${isTall ? (sheet.title ?? desk.t.figures) : nothing}>
        <table class="report" @keydown=${roam}>
          <caption>${isOpen ? desk.t.clickHint : ""} ${isPending ? w.pendingHint : ""}
            ${this.compared ? w.comparedTo(desk.f.day(this.compared)) : ""}</caption>
          <thead><tr>${sheet.columns.map((column) => this.#head(column))}</tr></thead>
          <tbody>${list
            .slice(0, this.shown)
            .map((row, i) => this.#row(row, i, before.get(JSON.stringify(this.#key(row)))))}</tbody>
        </table>
      </div>
      ${
        hasMore
          ? html`<div class="pager"><span class="small">${w.rows(desk.f.count(this.shown), desk.f.count(list.length))}</span>
            <button class="button" @click=${this.#more}>${w.more(desk.f.count(Math.min(PAGE, list.length - this.shown)))}</button></div>`
          : nothing
      }`;
  }

  #head(column: Column) {
    const { by, ascending } = this.sort ?? this.sheet.sort ?? { by: "", ascending: true };
    const state = by !== column.name ? "none" : ascending ? "ascending" : "descending";
    const numeric = isNumeric(column);
    const turn = () => {
      const first = !numeric;
      this.sort = { by: column.name, ascending: by === column.name ? !ascending : first };
      this.shown = PAGE;
    };
    return sortHead(column.label, state, turn, numeric);
  }

  #row(row: Row, i: number, before: Row | undefined) {
    const { desk, sheet } = this;
    const w = this.#w;
    const first = sheet.columns.findIndex((column) => column.opens);
    return html`<tr>${sheet.columns.map((column, at) => {
      const { text, small, isPending } = written(desk, w, column, row);
      const numeric = isNumeric(column);
      const value = row[column.name];
      const act = column.act?.(row) ?? this.#customer(column, row);
      const mayOpen = column.opens && (sheet.opens?.(row) ?? true);
      const isOpen = mayOpen && typeof value === "number" && value > 0;
      const was =
        before && numeric && !sheet.keys.includes(column.name)
          ? written(desk, w, column, before).text
          : undefined;
      const isPerson = column.format === "customer";
      const inside = html`${
        isOpen
          ? html`<button class="link num" tabindex=${i === 0 && at === first ? 0 : -1} @click=${() => this.#open(column, row)}>${text}</button>`
          : act
            ? html`<button class="link" tabindex=${i === 0 && first < 0 ? 0 : -1} @click=${act}>${text}</button>`
            : text
      }${small ? html`${isPerson ? nothing : html`<br />`}<small>${small}</small>` : nothing}${was !== undefined ? html`<br /><small>${w.before(was)}</small>` : nothing}`;
      const body = isPerson ? html`<span class="person">${inside}</span>` : inside;
      return at === 0
        ? html`<th scope="row" class=${numeric ? "keep num" : ""}>${body}</th>`
        : html`<td class="${numeric ? "num" : ""} ${column.isLong ? "long" : ""} ${isPending ? "open-month" : ""}">${body}</td>`;
    })}</tr>`;
  }

  #customer({ format, name }: Column, row: Row): (() => void) | undefined {
    const key = format === "customer" ? String(row[name] ?? "") : "";
    return key ? () => this.desk.go({ view: "customer", key }) : undefined;
  }

  #open(column: Column, row: Row): void {
    const { sheet, desk } = this;
    const w = this.#w;
    const names = sheet.columns.filter(({ name }) => sheet.keys.includes(name));
    const said = [...names.map((name) => written(desk, w, name, row).text), column.label];
    const measure = column.opens === true ? undefined : column.opens;
    const behind = sheet.behind?.(row, column);
    const { table, key } = behind ?? { table: sheet.table, key: this.#key(row) };
    this.open(table, key, measure, said.join("・"), behind?.more);
  }

  #more = (): void => {
    this.shown += PAGE;
  };

  #save = async (): Promise<void> => {
    const { desk, sheet } = this;
    const w = this.#w;
    await this.#learn(() => this.rows).catch(desk.report);
    const heads = sheet.columns.flatMap((column) => csvHeads(column, w));
    const before = new Map(this.past.map((row) => [JSON.stringify(this.#key(row)), row]));
    const kept = sheet.columns.filter(
      (column) => this.compared && isNumeric(column) && !sheet.keys.includes(column.name),
    );
    const lines = this.#sorted().map((row) => {
      const was = before.get(JSON.stringify(this.#key(row))) ?? {};
      return [
        ...sheet.columns.flatMap((column) => csvValues(desk, column, row)),
        ...kept.map((column) => csvValues(desk, column, was)[0] ?? null),
      ];
    });
    const more = kept.map((column) => w.beforeHead(column.label, this.compared));
    download(csvFile([...heads, ...more], lines), `${this.file}.csv`);
  };
}

define("okaeri-report-table", ReportTable);
