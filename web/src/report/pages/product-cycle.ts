// Days from one purchase of a product to the next, and what is bought after it.
import { words } from "../../text/reports/product-cycle.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { opening } from "../cells.ts";
import { type Control, days, type Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Cycle {
  product: Cell;
  repeaters: number;
  gaps: number;
  p25: number | null;
  median: number | null;
  p75: number | null;
  follow_up_day: number | null;
}

/** Products in the picture. */
const MOST = 15;

class ProductCycle extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "product_cycle", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      days(this.kit, "lead_days", w.lead, 7, [0, 365]),
      {
        kind: "number",
        name: "min_gaps",
        label: w.min,
        unit: w.times,
        min: 1,
        max: 10_000,
        value: 5,
      },
    ];
  }

  /** Products whose days are known, those bought again most often first. */
  #known(answer: Answered): Cycle[] {
    return answer
      .rows<Cycle>("product_cycle")
      .filter(({ median }) => median !== null)
      .toSorted((a, b) => b.gaps - a.gaps);
  }

  /** A subscription comes on its day without a word: the first product whose days differ. */
  #spoken(answer: Answered): Cycle | undefined {
    const known = this.#known(answer);
    return known.find(({ p25, p75 }) => p25 !== p75) ?? known[0];
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const most = this.#spoken(answer);
    if (!most) return this.w.saysNone;
    return this.w.says(
      answer.desk.product(most.product),
      f.count(most.median ?? 0),
      f.count(most.p25 ?? 0),
      f.count(most.p75 ?? 0),
      f.count(most.gaps),
    );
  }

  protected override todo(answer: Answered) {
    const most = this.#spoken(answer);
    if (!most || most.follow_up_day === null) return "";
    const day = this.desk.f.count(most.follow_up_day ?? 0);
    return this.w.todo(answer.desk.product(most.product), day);
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const bars = this.#known(answer)
      .slice(0, MOST)
      .map((row) => {
        const name = answer.desk.product(row.product);
        return {
          name,
          value: row.median,
          low: row.p25,
          high: row.p75,
          note: w.timesOf(f.count(row.gaps)),
          open: answer.opens(
            row.repeaters,
            "product_cycle",
            [row.product],
            "repeaters",
            `${name}・${w.repeaters}`,
          ),
        };
      });
    const write = (n: number) => w.daysOf(f.count(Math.round(n)));
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: whiskers(desk, { label: w.chart, bars, write }),
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    return [
      {
        table: "product_cycle",
        title: w.table,
        hint: w.tableHint,
        keys: ["product"],
        sort: { by: "gaps", ascending: false },
        columns: [
          { name: "product", label: w.product, format: "product" },
          opening("buyers", w.buyers),
          opening("repeaters", w.repeaters),
          opening("gaps", w.gaps),
          { name: "median", label: w.median, format: "days", low: "p25", high: "p75" },
          {
            name: "km_median",
            label: w.kmMedian,
            format: "days",
            low: "km_low",
            high: "km_high",
          },
          { name: "follow_up_day", label: w.followUp, format: "days" },
        ],
      },
      {
        table: "product_next",
        title: w.nextTable,
        hint: w.nextHint,
        keys: ["product", "next"],
        columns: [
          { name: "product", label: w.product, format: "product" },
          { name: "next", label: w.next, format: "product" },
          opening("customers", w.customers),
          { name: "share", label: w.share, format: "percent" },
        ],
      },
    ];
  }
}

page("product-cycle", ProductCycle);
