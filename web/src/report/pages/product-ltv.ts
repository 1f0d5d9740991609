// Later purchases of one product, and what a buyer of it spends.
import { nothing } from "lit";
import { type ProductRow, rows } from "../../shape.ts";
import { words } from "../../text/reports/product-ltv.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { type Column, opening, type Row, rate } from "../cells.ts";
import { columns } from "../columns.ts";
import { type Control, days, type Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Purchase {
  purchase: number;
  customers: number;
  closed: number;
  buyers: number;
  rate: number | null;
  rate_low: number | null;
  rate_high: number | null;
  mean_days: number | null;
  ltv: number | null;
}

class ProductLtv extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "product_ltv", product: this.#most, ...params } as Question;
  }

  /** The product with which it begins: the one with the most customers. */
  get #most(): Cell {
    const list = rows<ProductRow>(this.desk.tables.products);
    return list.toSorted((a, b) => b.customers - a.customers)[0]?.product_id ?? null;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      { kind: "product", name: "product", label: w.product, value: this.#most },
      days(this.kit, "days", w.days, 365),
      {
        kind: "number",
        name: "purchases",
        label: w.purchases,
        unit: w.times,
        min: 2,
        max: 20,
        value: 6,
      },
    ];
  }

  #purchases(answer: Answered): Purchase[] {
    return answer.rows<Purchase>("product_ltv");
  }

  #name(answer: Answered): string {
    return answer.desk.product((answer.question as unknown as { product: Cell }).product);
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const list = this.#purchases(answer);
    const [, second] = list;
    const days = f.count(this.number("days", answer));
    const name = this.#name(answer);
    if (!second?.closed) return this.w.saysOpen(name, days);
    return this.w.says(
      name,
      t.people(f.count(second.closed)),
      days,
      f.share(second.rate ?? 0),
      this.kit.range(f.share(second.rate_low ?? 0), f.share(second.rate_high ?? 1)),
      f.money(Math.round(list.at(-1)?.ltv ?? 0)),
    );
  }

  protected override todo(answer: Answered) {
    const { f } = this.desk;
    const list = this.#purchases(answer);
    const [first, second] = list;
    if (!first?.closed || second?.mean_days == null) return this.w.todoOpen;
    const money = (n: number | null | undefined) => f.money(Math.round(n ?? 0));
    return this.w.todo(
      f.count(Math.round(second.mean_days)),
      money(first.ltv),
      money(list.at(-1)?.ltv),
    );
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { t, f } = desk;
    const list = this.#purchases(answer);
    const step = (row: Purchase) => w.purchase(f.count(row.purchase));
    const opens = (row: Purchase) =>
      answer.opens(
        row.buyers,
        "product_ltv",
        [row.purchase],
        "buyers",
        `${step(row)}・${w.buyers}`,
      );
    if (!list[0]?.closed) return [{ body: nothing }];
    return [
      {
        title: w.rate,
        hint: w.rateHint,
        body: whiskers(desk, {
          label: w.rateChart,
          bars: list.map((row) => ({
            name: step(row),
            value: row.rate,
            low: row.rate_low,
            high: row.rate_high,
            note: t.people(f.count(row.buyers)),
            open: opens(row),
          })),
          write: f.percent,
          max: 1,
        }),
      },
      {
        title: w.ltv,
        hint: w.ltvHint,
        body: columns(desk, {
          label: w.ltvChart,
          series: [{ name: w.total, colour: "green" }],
          groups: list.map((row) => ({
            name: step(row),
            values: [row.ltv ?? 0],
            open: opens(row),
          })),
          write: (n) => f.money(Math.round(n)),
          writeShort: f.moneyShort,
        }),
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w, desk } = this;
    const isOpen = (row: Row) => row.closed === 0;
    const purchase: Column = {
      name: "purchase",
      label: w.head,
      format: "text",
      write: (value) => w.purchase(desk.f.count(Number(value))),
    };
    const figures: Column[] = [
      opening("customers", w.customers),
      opening("closed", w.closed),
      { name: "buyers", label: w.buyers, format: "count", opens: "buyers", pending: isOpen },
      rate("rate", w.rate),
      { name: "mean_days", label: w.meanDays, format: "days" },
      { name: "amount", label: w.amount, format: "money", pending: isOpen },
      { name: "ltv", label: w.total, format: "money", pending: isOpen },
    ];
    return [
      {
        table: "product_ltv",
        title: w.table,
        keys: ["purchase"],
        columns: [purchase, ...figures],
      },
      {
        table: "product_ltv_by_cohort",
        title: w.cohorts,
        hint: w.cohortsHint,
        keys: ["cohort", "purchase"],
        sort: { by: "cohort", ascending: false },
        columns: [{ name: "cohort", label: w.cohort, format: "month" }, purchase, ...figures],
      },
    ];
  }
}

page("product-ltv", ProductLtv);
