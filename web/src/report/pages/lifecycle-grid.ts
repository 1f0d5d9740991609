// Customers by number of orders and days since the last, in a grid as fine as one likes; each cell
// beside that of an earlier day where there is one.
import { words } from "../../text/reports/lifecycle-grid.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, money, opening } from "../cells.ts";
import type { Control, Params } from "../controls.ts";
import { heatTable } from "../heat.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Cell {
  freq: number;
  rec: number;
  customers: number;
  amount: number;
  orders_from: number;
  orders_to: number | null;
  days_from: number;
  days_to: number | null;
  customer_share: number | null;
}

/** Bounds by name; those of the shop's settings have none. */
const GRIDS: Record<string, { orders?: number[]; days?: number[]; fit?: true }> = {
  fit: { fit: true },
  food: { orders: [2, 4], days: [30, 90] },
  cpm: { orders: [2, 4], days: [120, 239] },
  fine: { orders: [2, 3, 4, 5, 6], days: [30, 60, 90, 120, 180, 365] },
};
/** The share of customers in the first column that a shop should have (E-commer). */
const ACTIVE = 0.3;

class LifecycleGrid extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question({ grid }: Params): Question {
    return { kind: "lifecycle_grid", ...GRIDS[String(grid)] } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const names = ["shop", ...Object.keys(GRIDS)];
    return [
      {
        kind: "choice",
        name: "grid",
        label: w.grid,
        options: names.map((name) => [name, w.grids[name] ?? name] as const),
        value: "shop",
      },
    ];
  }

  #orders(row: Cell): string {
    const { f } = this.desk;
    const to = row.orders_to === null ? null : f.count(row.orders_to);
    return this.w.orders(f.count(row.orders_from), to);
  }

  #days(row: Cell): string {
    const { f } = this.desk;
    const to = row.days_to === null ? null : f.count(row.days_to);
    return this.w.days(f.count(row.days_from), to);
  }

  #name(row: Cell): string {
    return `${this.#orders(row)}・${this.#days(row)}`;
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const first = answer.rows<Cell>("grid").filter(({ rec }) => rec === 1);
    const [row] = first;
    if (!row) return "";
    const share = first.reduce((sum, one) => sum + (one.customer_share ?? 0), 0);
    return this.w.says(this.#days(row), f.percent(share), f.percent(ACTIVE), share >= ACTIVE);
  }

  protected override todo(answer: Answered) {
    const { f, t } = this.desk;
    const rows = answer.rows<Cell>("grid");
    const last = Math.max(...rows.map(({ rec }) => rec));
    // The most frequent buyers who begin to drift: the row and the column before the last ones.
    const open = rows.filter(({ freq, rec }) => freq > 1 && rec > 1 && rec < last);
    const customers = open.reduce((sum, row) => sum + row.customers, 0);
    return customers ? this.w.todo(t.people(f.count(customers))) : this.w.todoNone;
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const rows = answer.rows<Cell>("grid");
    const before = answer.before<Cell>("grid");
    const cell = (row: Cell) => {
      const past = before.find((one) => one.freq === row.freq && one.rec === row.rec);
      const name = this.#name(row);
      return {
        value: row.customers,
        words: f.count(row.customers),
        small: past ? this.kit.before(f.count(past.customers)) : f.percent(row.customer_share ?? 0),
        open: answer.opens(row.customers, "grid", [row.freq, row.rec], "customers", name),
      };
    };
    const lines = rows.filter(({ rec }) => rec === 1);
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: heatTable(desk, {
          caption: w.caption,
          heads: [w.ordersHead],
          columns: rows.filter(({ freq }) => freq === 1).map((row) => this.#days(row)),
          lines: lines.map((line) => ({
            name: this.#orders(line),
            cells: rows.filter(({ freq }) => freq === line.freq).map(cell),
          })),
        }),
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    const said = (name: string, label: string, write: (row: Cell) => string): Column => ({
      name,
      label,
      format: "text",
      write: (_, row) => write(row as unknown as Cell),
    });
    return [
      {
        table: "grid",
        title: w.table,
        keys: ["freq", "rec"],
        columns: [
          said("freq", w.ordersHead, (row) => this.#orders(row)),
          said("rec", w.daysHead, (row) => this.#days(row)),
          opening("customers", w.customers),
          { name: "customer_share", label: w.share, format: "percent" },
          opening("orders", w.orderCount),
          money("amount", w.amount),
          { name: "amount_share", label: w.amountShare, format: "percent" },
        ],
      },
    ];
  }
}

page("lifecycle-grid", LifecycleGrid);
