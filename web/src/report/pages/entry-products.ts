// Products that customers begin with, by what followed.
import { words } from "../../text/reports/entry-products.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { type Column, money, opening, rate } from "../cells.ts";
import type { Control, Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Whole {
  customers: number;
  closed_180: number;
  f2_180: number;
  closed_365: number;
  rate_180: number | null;
  rate_180_low: number | null;
  rate_180_high: number | null;
  ltv_365: number | null;
}
type Entry = Whole & { product: Cell; rank_f2: number | null; rank_ltv: number | null };

/** Products in a picture. */
const MOST = 12;

class EntryProducts extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "entry_products", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      {
        kind: "number",
        name: "min_customers",
        label: w.min,
        unit: w.people,
        min: 1,
        max: 10_000,
        value: 30,
      },
    ];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !answer.rows<Whole>("entry_all")[0]?.customers;
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const [best] = answer.rows<Entry>("entry_products").filter(({ rank_f2 }) => rank_f2 === 1);
    const whole = answer.rows<Whole>("entry_all")[0]?.rate_180 ?? 0;
    if (!best) return this.w.saysNone;
    const low = best.rate_180_low ?? 0;
    const say = low > whole ? this.w.says : this.w.saysBelow;
    return say(
      answer.desk.product(best.product),
      f.share(best.rate_180 ?? 0),
      f.share(low),
      f.share(whole),
    );
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const ranked = answer.rows<Entry>("entry_products").filter((row) => row.rank_f2 !== null);
    const best = ranked.find(({ rank_f2 }) => rank_f2 === 1);
    const whole = answer.rows<Whole>("entry_all")[0]?.rate_180 ?? 0;
    if (!best) return "";
    const name = answer.desk.product(best.product);
    // What lies below the shop's rate for certain; of these, where most people begin.
    const worst = ranked
      .filter((row) => row !== best && (row.rate_180_high ?? 1) < whole)
      .toSorted((a, b) => b.customers - a.customers)[0];
    return worst
      ? this.w.todo(
          answer.desk.product(worst.product),
          t.people(f.count(worst.customers)),
          f.share(worst.rate_180 ?? 0),
          name,
        )
      : this.w.todoBest(name);
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { t, f } = desk;
    const [whole] = answer.rows<Whole>("entry_all");
    const ranked = (by: "rank_f2" | "rank_ltv") =>
      answer
        .rows<Entry>("entry_products")
        .filter((row) => row[by] !== null)
        .toSorted((a, b) => (a[by] ?? 0) - (b[by] ?? 0))
        .slice(0, MOST);
    const opens = (row: Entry, measure: "f2_180" | "closed_365", said: string) => {
      const name = answer.desk.product(row.product);
      return answer.opens(
        row[measure],
        "entry_products",
        [row.product],
        measure,
        `${name}・${said}`,
      );
    };
    const reference = (value: number | null | undefined) =>
      value ? { reference: { value, name: w.whole } } : {};
    const f2 = ranked("rank_f2").map((row) => ({
      name: answer.desk.product(row.product),
      value: row.rate_180,
      low: row.rate_180_low,
      high: row.rate_180_high,
      note: t.people(f.count(row.closed_180)),
      open: opens(row, "f2_180", w.rate180),
    }));
    const ltv = ranked("rank_ltv").map((row) => ({
      name: answer.desk.product(row.product),
      value: row.ltv_365,
      colour: "green" as const,
      note: t.people(f.count(row.closed_365)),
      open: opens(row, "closed_365", w.ltv365),
    }));
    return [
      {
        title: w.f2,
        hint: w.f2Hint,
        body: whiskers(desk, {
          label: w.f2Chart,
          bars: f2,
          write: f.percent,
          ...reference(whole?.rate_180),
        }),
      },
      {
        title: w.ltv,
        hint: w.ltvHint,
        body: whiskers(desk, {
          label: w.ltvChart,
          bars: ltv,
          write: (n) => f.money(Math.round(n)),
          ...reference(whole?.ltv_365),
        }),
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    const figures: Column[] = [
      opening("customers", w.customers),
      { name: "share", label: w.share, format: "percent" },
      rate("rate_90", w.rate90),
      opening("closed_180", w.closed180),
      opening("f2_180", w.bought180),
      rate("rate_180", w.rate180),
      rate("rate_f3", w.rate3),
      money("first_mean", w.firstMean),
      {
        name: "ltv_365",
        label: w.ltv365,
        format: "money",
        pending: (row) => row.closed_365 === 0,
      },
    ];
    const rank = (name: string, label: string): Column => ({ name, label, format: "count" });
    return [
      {
        table: "entry_products",
        title: w.table,
        hint: w.tableHint,
        keys: ["product"],
        columns: [
          { name: "product", label: w.product, format: "product" },
          rank("rank_f2", w.rankF2),
          rank("rank_ltv", w.rankLtv),
          ...figures,
        ],
      },
      { table: "entry_all", title: w.wholeTable, keys: [], columns: figures },
    ];
  }
}

page("entry-products", EntryProducts);
