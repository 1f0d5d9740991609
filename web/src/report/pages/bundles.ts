// Pieces of a product bought at once, what a discount by pieces would change, and pairs for sets.
import { words } from "../../text/reports/bundles.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { type Column, count, money, opening, type Row } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Control, Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Product {
  group: Cell;
  part: string;
  customers: number;
  multi_customers: number;
  multi_rate: number | null;
  multi_low: number | null;
  multi_high: number | null;
  margin_change: number | null;
}
interface Quantity {
  quantity: number;
  orders: number;
}
interface Pair {
  a: Cell;
  b: Cell;
  customers: number;
  together_share: number | null;
}
interface Step {
  pieces: number;
  percent: number;
}

/** Products in the picture. */
const MOST = 15;
/** So many pieces and more are together. */
const PIECES_MAX = 6;
const LADDER: readonly Step[] = [
  { pieces: 2, percent: 10 },
  { pieces: 3, percent: 15 },
];

class Bundles extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question({ two, three, ...asked }: Params): Question {
    const changed = two !== undefined || three !== undefined;
    const [first, second] = this.#steps;
    const ladder = [
      { pieces: 2, percent: Number(two ?? first) },
      { pieces: 3, percent: Number(three ?? second) },
    ];
    return { kind: "bundles", ...asked, ...(changed ? { ladder } : {}) } as Question;
  }

  /** The discount of the shop's settings, in percent from two and from three pieces. */
  get #steps(): [number, number] {
    const ladder = this.desk.settings.bundle_ladder ?? LADDER;
    const at = (pieces: number) =>
      ladder.filter((step) => step.pieces <= pieces).at(-1)?.percent ?? 0;
    return [at(2), at(3)];
  }

  #ladder(answer: Answered): readonly Step[] {
    const { ladder } = answer.question as unknown as { ladder?: Step[] };
    return ladder ?? this.desk.settings.bundle_ladder ?? LADDER;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const [two, three] = this.#steps;
    const percent = { kind: "number", unit: w.percent, min: 0, max: 100 } as const;
    return [
      { ...percent, name: "two", label: w.two, value: two },
      { ...percent, name: "three", label: w.three, value: three },
      { ...percent, name: "uplift_percent", label: w.uplift, value: 10 },
    ];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !answer.rows("bundle_products").length;
  }

  #products(answer: Answered): Product[] {
    return answer.rows<Product>("bundle_products").filter(({ part }) => part === "group");
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const { w } = this;
    const best = this.#products(answer).toSorted(
      (a, b) => (b.multi_low ?? 0) - (a.multi_low ?? 0),
    )[0];
    const change = answer
      .rows<Product>("bundle_products")
      .reduce((sum, row) => sum + (row.margin_change ?? 0), 0);
    const ladder = this.#ladder(answer)
      .map(({ pieces, percent }) => w.step(f.count(pieces), f.percent(percent / 100)))
      .join(w.and);
    if (!best) return "";
    return w.says(
      answer.desk.product(best.group),
      f.share(best.multi_rate ?? 0),
      t.people(f.count(best.multi_customers)),
      ladder,
      signed(f.money(Math.round(change)), change),
    );
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const best = this.#products(answer).toSorted(
      (a, b) => (b.margin_change ?? 0) - (a.margin_change ?? 0),
    )[0];
    const isGain = (best?.margin_change ?? 0) > 0;
    const first =
      best && isGain
        ? this.w.todo(answer.desk.product(best.group), f.money(Math.round(best.margin_change ?? 0)))
        : this.w.todoNone;
    const [pair] = answer.rows<Pair>("bundle_pairs");
    if (!pair) return first;
    const said = this.w.pair(
      answer.desk.product(pair.a),
      answer.desk.product(pair.b),
      t.people(f.count(pair.customers)),
      f.percent(pair.together_share ?? 0),
    );
    return this.kit.text(first, said);
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { t, f } = desk;
    const bars = this.#products(answer)
      .toSorted((a, b) => b.customers - a.customers)
      .slice(0, MOST)
      .map((row) => {
        const name = answer.desk.product(row.group);
        return {
          name,
          value: row.multi_rate,
          low: row.multi_low,
          high: row.multi_high,
          note: t.people(f.count(row.customers)),
          open: answer.opens(
            row.multi_customers,
            "bundle_products",
            [row.group],
            "multi_customers",
            `${name}・${w.multi}`,
          ),
        };
      });
    const orders = Array.from({ length: PIECES_MAX }, (_, i) =>
      answer
        .rows<Quantity>("bundle_quantities")
        .filter(({ quantity }) => quantity === i + 1)
        .reduce((sum, row) => sum + row.orders, 0),
    );
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: whiskers(desk, { label: w.chart, bars, write: f.percent }),
      },
      {
        title: w.quantities,
        hint: w.quantitiesHint,
        body: columns(desk, {
          label: w.quantitiesChart,
          series: [{ name: w.ordersHead, colour: "repeat" }],
          groups: orders.map((n, i) => ({
            name: w.pieces(f.count(i + 1), i + 1 === PIECES_MAX),
            values: [n],
          })),
          write: (n) => w.orders(f.count(n)),
          writeShort: f.count,
          rest: 0,
        }),
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w, desk } = this;
    const opens = (row: Row) => row.part !== "rest";
    const product: Column = {
      name: "group",
      label: w.product,
      format: "product",
      write: (value, row) => (row.part === "rest" ? w.rest : answer.desk.product(value)),
    };
    return [
      {
        table: "bundle_products",
        title: w.table,
        hint: w.tableHint,
        keys: ["group"],
        opens,
        columns: [
          product,
          count("customers", w.customers, "customers"),
          count("multi_customers", w.multi, "multi_customers"),
          {
            name: "multi_rate",
            label: w.multiRate,
            format: "percent",
            low: "multi_low",
            high: "multi_high",
          },
          money("given_away", w.given),
          money("sales_change", w.salesChange),
          money("margin_change", w.marginChange),
          {
            name: "break_even_uplift",
            label: w.breakEven,
            format: "percent",
            write: (value) =>
              typeof value === "number" && value <= 1 ? desk.f.percent(value) : w.never,
          },
          count("orders", w.ordersHead),
          count("multi_orders", w.multiOrders),
          count("pieces", w.piecesHead),
          money("sales", w.sales),
        ],
      },
      ...(answer.rows("bundle_pairs").length
        ? [
            {
              table: "bundle_pairs",
              title: w.pairs,
              hint: w.pairsHint,
              keys: ["a", "b"],
              columns: [
                { name: "a", label: w.a, format: "product" },
                { name: "b", label: w.b, format: "product" },
                opening("customers", w.both),
                { name: "together_share", label: w.together, format: "percent" },
              ],
            } satisfies Sheet,
          ]
        : []),
    ];
  }
}

/** A gain has its sign too. */
const signed = (said: string, value: number): string => (value > 0 ? `+${said}` : said);

page("bundles", Bundles);
