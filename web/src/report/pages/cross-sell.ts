// What sells together: rules with how sure they are.
import { over } from "../../shape.ts";
import { words } from "../../text/reports/cross-sell.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { opening, type Row } from "../cells.ts";
import type { Control, Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Rule {
  left1: Cell;
  left2: Cell;
  left3: Cell;
  right: Cell;
  count: number;
  left_count: number;
  right_count: number;
  baskets: number;
  confidence: number;
  confidence_low: number;
  lift: number;
}

/** Where a rule or set has no further product. */
const NONE = -1;
/** Rules in the picture. */
const MOST = 12;
const LEFT = ["left1", "left2", "left3"] as const;
const SET = ["product1", "product2", "product3", "product4"] as const;

class CrossSell extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    const asked = { ...params };
    if (asked.unit === "order") delete asked.window_days;
    return { kind: "cross_sell", ...asked } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const isOrder = this.choices?.params?.unit === "order";
    const number = { kind: "number", min: 1 } as const;
    return [
      {
        kind: "choice",
        name: "unit",
        label: w.unit,
        options: [
          ["customer", w.units.customer],
          ["order", w.units.order],
        ],
        value: "customer",
      },
      ...(isOrder
        ? []
        : [
            {
              ...number,
              name: "window_days",
              label: w.window,
              unit: w.days,
              max: 3650,
              value: 180,
            },
          ]),
      { kind: "product", name: "product", label: w.left },
      { ...number, name: "min_count", label: w.minCount, max: 100_000, value: 5 },
      {
        kind: "number",
        name: "min_lift",
        label: w.minLift,
        unit: w.times,
        min: 0,
        max: 100,
        step: 0.1,
        value: 1.2,
      },
      { ...number, name: "max_items", label: w.maxItems, unit: w.items, max: 3, value: 2 },
    ];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !answer.rows<{ baskets: number }>("baskets")[0]?.baskets;
  }

  /** Names of the products in these columns. */
  #names(answer: Answered, row: object, columns: readonly string[]): string[] {
    const cells = row as Row;
    return columns
      .map((name) => cells[name])
      .filter((code) => code !== NONE && code !== undefined)
      .map((code) => answer.desk.product(code ?? null));
  }

  #left(answer: Answered, rule: Rule): string {
    return this.#names(answer, rule, LEFT).map(this.w.product).join(this.w.and);
  }

  /** The rule that is spoken of: the one with the greatest lift for certain. */
  #best(answer: Answered): Rule | undefined {
    const sure = ({ confidence_low: low, right_count, baskets }: Rule) =>
      over(low, over(right_count, baskets));
    return answer.rows<Rule>("rules").toSorted((a, b) => sure(b) - sure(a))[0];
  }

  #isOrder(answer: Answered): boolean {
    return (answer.question as unknown as Params).unit === "order";
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const best = this.#best(answer);
    if (!best) return this.w.saysNone;
    const say = this.#isOrder(answer) ? this.w.saysOrder : this.w.says;
    return say(
      this.#left(answer, best),
      answer.desk.product(best.right),
      f.share(best.confidence),
      f.share(best.confidence_low),
      f.share(over(best.right_count, best.baskets)),
      f.ratio(best.lift),
    );
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const best = this.#best(answer);
    if (!best) return this.w.todoNone;
    const [left, right] = [this.#left(answer, best), answer.desk.product(best.right)];
    return this.#isOrder(answer)
      ? this.w.todoOrder(left, right)
      : this.w.todo(left, right, t.people(f.count(best.left_count - best.count)));
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const bars = answer
      .rows<Rule>("rules")
      .slice(0, MOST)
      .map((rule) => {
        const right = answer.desk.product(rule.right);
        const name = `${this.#names(answer, rule, LEFT).join(" + ")} → ${right}`;
        const key = [...LEFT.map((one) => rule[one]), rule.right];
        return {
          name,
          value: rule.confidence,
          low: rule.confidence_low,
          high: rule.confidence,
          note: w.lift(f.ratio(rule.lift)),
          open: answer.opens(rule.count, "rules", key, "count", name),
        };
      });
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: whiskers(desk, { label: w.chart, bars, write: f.percent }),
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w, desk } = this;
    const { f } = desk;
    const [all] = answer.rows<{ baskets: number; least: number }>("baskets");
    return [
      {
        table: "rules",
        title: w.rules,
        hint: w.rulesHint(f.count(all?.baskets ?? 0), f.count(all?.least ?? 0)),
        keys: [...LEFT, "right"],
        columns: [
          {
            name: "left1",
            label: w.leftHead,
            format: "product",
            write: (_, row) => this.#names(answer, row, LEFT).join(" + "),
          },
          { name: "right", label: w.rightHead, format: "product" },
          opening("count", w.count),
          opening("left_count", w.leftCount),
          opening("right_count", w.rightCount),
          { name: "confidence", label: w.confidence, format: "percent" },
          { name: "confidence_low", label: w.confidenceLow, format: "percent" },
          { name: "lift", label: w.liftHead, format: "number" },
          { name: "support", label: w.support, format: "rate" },
        ],
      },
      {
        table: "sets",
        title: w.sets,
        keys: [...SET],
        columns: [
          {
            name: "product1",
            label: w.set,
            format: "product",
            write: (_, row) => this.#names(answer, row, SET).join(" + "),
          },
          opening("count", w.setCount),
          { name: "support", label: w.support, format: "rate" },
        ],
      },
    ];
  }
}

page("cross-sell", CrossSell);
