// What the first order was, a gift or for own use, and what the second.
import { over } from "../../shape.ts";
import { words } from "../../text/reports/gift-flow.ts";
import type { Question } from "../../wire.gen.ts";
import { money, named, opening } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Flow {
  first: "own" | "gift";
  second: "none" | "own" | "gift";
  customers: number;
}

const [FIRSTS, SECONDS] = [["gift", "own"] as const, ["own", "gift", "none"] as const];

class GiftFlow extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "gift_flow", ...params } as Question;
  }

  /** How many had this first order and this second, or any. */
  #count(answer: Answered, first: string, second?: string): number {
    return answer
      .rows<Flow>("gift_flow")
      .filter((row) => row.first === first && (!second || row.second === second))
      .reduce((sum, { customers }) => sum + customers, 0);
  }

  /** Where nobody began with a gift, the others are spoken of. */
  #first(answer: Answered): "gift" | "own" {
    return this.#count(answer, "gift") ? "gift" : "own";
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const first = this.#first(answer);
    const all = this.#count(answer, first);
    const came = all - this.#count(answer, first, "none");
    const other = this.#count(answer, first, first === "gift" ? "own" : "gift");
    const share = (n: number, of: number) =>
      this.w.part(t.people(f.count(n)), f.share(over(n, of)));
    const say = first === "gift" ? this.w.says : this.w.saysOwn;
    return say(t.people(f.count(all)), share(came, all), share(other, came));
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const without = this.#count(answer, "gift", "none");
    return without ? this.w.todo(t.people(f.count(without))) : this.w.todoOwn;
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const groups = FIRSTS.filter((first) => this.#count(answer, first)).map((first) => {
      const values = SECONDS.map((second) => this.#count(answer, first, second));
      return {
        name: this.kit.report(w.first, w.firsts[first] ?? first),
        short: w.firsts[first] ?? first,
        values,
        opens: SECONDS.map((second, i) =>
          answer.opens(
            values[i] ?? 0,
            "gift_flow",
            [first, second],
            "customers",
            `${w.firsts[first]} → ${w.seconds[second]}`,
          ),
        ),
      };
    });
    const series = [
      { name: w.seconds.own ?? "", colour: "repeat" },
      { name: w.seconds.gift ?? "", colour: "violet" },
      { name: w.seconds.none ?? "", colour: "guest" },
    ] as const;
    const write = (n: number) => desk.t.people(desk.f.count(n));
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: columns(desk, { label: w.chart, kind: "whole", series, groups, write, rest: 0 }),
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    return [
      {
        table: "gift_flow",
        title: w.table,
        keys: ["first", "second"],
        columns: [
          named("first", w.first, w.firsts),
          named("second", w.second, w.seconds),
          opening("customers", w.customers),
          { name: "rate", label: w.rate, format: "percent" },
          { name: "mean_days", label: w.meanDays, format: "days" },
          money("amount", w.amount),
        ],
      },
    ];
  }
}

page("gift-flow", GiftFlow);
