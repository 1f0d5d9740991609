// Products by new and repeat buyers, under each meaning of "new".
import { words } from "../../text/reports/product-repeat.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { count, money, opening } from "../cells.ts";
import type { Control, Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Product {
  product: Cell;
  buyers: number;
  new_buyers: number;
  repeaters: number;
  closed: number;
  sales: number;
  repeat_share: number | null;
  rate: number | null;
  rate_low: number | null;
  rate_high: number | null;
  ltv_all: number | null;
}

const SHOWN = ["rate", "repeat_share", "ltv_all"] as const;
type Shown = (typeof SHOWN)[number];
/** Products in the picture. */
const MOST = 15;

class ProductRepeat extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question({ shown: _shown, ...asked }: Params): Question {
    if (asked.new !== "window_new") delete asked.window_days;
    return { kind: "product_repeat", ...asked } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const days = { kind: "number", unit: w.dayUnit, max: 3650 } as const;
    const isWindow = this.choices?.params?.new === "window_new";
    return [
      {
        kind: "choice",
        name: "new",
        label: w.define,
        options: Object.entries(w.definitions),
        value: "store_first",
      },
      ...(isWindow
        ? [{ ...days, name: "window_days", label: w.window, min: 1, value: 365 } as const]
        : []),
      { ...days, name: "days", label: w.days, min: 0, value: 0 },
      { ...days, name: "ltv_days", label: w.ltvDays, min: 1, value: 365 },
      {
        kind: "choice",
        name: "shown",
        label: w.shown,
        options: SHOWN.map((one) => [one, w.picture[one] ?? one] as const),
        value: "rate",
      },
    ];
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const best = answer
      .rows<Product>("product_repeat")
      .filter(({ repeaters }) => repeaters > 0)
      .toSorted((a, b) => (b.rate_low ?? 0) - (a.rate_low ?? 0))[0];
    if (!best) return this.w.saysNone;
    return this.w.says(
      answer.desk.product(best.product),
      t.people(f.count(best.buyers)),
      f.share(best.rate ?? 0),
      this.kit.range(f.share(best.rate_low ?? 0), f.share(best.rate_high ?? 1)),
    );
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const most = answer
      .rows<Product>("product_repeat")
      .toSorted((a, b) => b.new_buyers - a.new_buyers)[0];
    if (!most?.new_buyers) return "";
    return this.w.todo(
      answer.desk.product(most.product),
      t.people(f.count(most.new_buyers)),
      f.share(most.rate ?? 0),
    );
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { t, f } = desk;
    const shown = String(this.choices?.params?.shown ?? "rate") as Shown;
    const measure = { rate: "repeaters", repeat_share: "repeat_buyers", ltv_all: "closed" }[shown];
    const label = { rate: w.repeaters, repeat_share: w.repeatBuyers, ltv_all: w.closed }[shown];
    const bars = answer
      .rows<Product & Record<string, number>>("product_repeat")
      .toSorted((a, b) => b.sales - a.sales)
      .slice(0, MOST)
      .map((row) => {
        const name = answer.desk.product(row.product);
        return {
          name,
          value: row[shown],
          ...(shown === "rate" ? { low: row.rate_low, high: row.rate_high } : {}),
          note: t.people(f.count(shown === "ltv_all" ? row.closed : row.buyers)),
          open: answer.opens(
            row[measure] ?? 0,
            "product_repeat",
            [row.product],
            measure,
            `${name}・${label}`,
          ),
        };
      });
    const write = shown === "ltv_all" ? (n: number) => f.money(Math.round(n)) : f.percent;
    return [
      {
        title: w.picture[shown] ?? "",
        hint: this.kit.text(w.hint[shown] ?? "", w.greatest),
        body: whiskers(desk, { label: w.chart(w.picture[shown] ?? ""), bars, write }),
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    const definition = String(this.choices?.params?.new ?? "store_first");
    return [
      {
        table: "product_repeat",
        title: w.table,
        hint: this.kit.text(w.definitionHints[definition] ?? "", w.tableHint),
        keys: ["product"],
        sort: { by: "sales", ascending: false },
        columns: [
          { name: "product", label: w.product, format: "product" },
          opening("buyers", w.buyers),
          opening("repeaters", w.repeaters),
          { name: "rate", label: w.rate, format: "percent", low: "rate_low", high: "rate_high" },
          opening("new_buyers", w.newBuyers),
          opening("repeat_buyers", w.repeatBuyers),
          money("sales", w.sales),
          money("new_sales", w.newSales),
          money("repeat_sales", w.repeatSales),
          money("guest_sales", w.guestSales),
          { name: "repeat_share", label: w.share, format: "percent" },
          count("orders", w.orders),
          opening("new_orders", w.newOrders),
          opening("repeat_orders", w.repeatOrders),
          count("guest_orders", w.guestOrders),
          opening("units", w.units),
          opening("closed", w.closed),
          {
            name: "ltv_product",
            label: w.ltvProduct,
            format: "money",
            pending: (row) => row.closed === 0,
          },
          { name: "ltv_all", label: w.ltvAll, format: "money", pending: (row) => row.closed === 0 },
        ],
      },
    ];
  }
}

page("product-repeat", ProductRepeat);
