// Customers by LTV rank, and by the rule that gave it.
import { over } from "../../shape.ts";
import { words } from "../../text/reports/ltv-ranks.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, money, named, opening, type Row } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Control, Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Rank {
  rank: string;
  customers: number;
  amount: number;
  share: number;
}

/** Reasons whose figure and bound are money. */
const MONEY = ["amount", "forecast", "forecast_potential"];

class LtvRanks extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "ltv";

  protected override question({ forecast, ...asked }: Params): Question {
    const tried = forecast === "no" ? { forecast: false } : {};
    return { kind: "ltv_ranks", ...asked, ...tried } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      {
        kind: "choice",
        name: "forecast",
        label: w.forecast,
        options: [
          ["yes", w.forecasts.yes],
          ["no", w.forecasts.no],
        ],
        value: "yes",
      },
    ];
  }

  #rank(answer: Answered, name: string): Rank | undefined {
    return answer.rows<Rank>("ltv_ranks").find(({ rank }) => rank === name);
  }

  #amount(answer: Answered): number {
    return answer.rows<Rank>("ltv_ranks").reduce((sum, row) => sum + row.amount, 0);
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const high = this.#rank(answer, "high");
    if (!high?.customers) return this.w.saysNone;
    return this.w.says(
      t.people(f.count(high.customers)),
      f.share(high.share),
      f.share(over(high.amount, this.#amount(answer))),
    );
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const potential = this.#rank(answer, "potential");
    return potential?.customers
      ? this.w.todo(t.people(f.count(potential.customers)))
      : this.w.todoNone;
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const all = this.#amount(answer);
    const groups = answer.rows<Rank>("ltv_ranks").map((row) => {
      const name = w.ranks[row.rank] ?? row.rank;
      return {
        name,
        values: [row.share * 100, over(row.amount, all) * 100],
        open: answer.opens(row.customers, "ltv_ranks", [row.rank], "customers", name),
      };
    });
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: columns(desk, {
          label: w.chart,
          kind: "grouped",
          series: [
            { name: w.peopleShare, colour: "repeat" },
            { name: w.amountShare, colour: "green" },
          ],
          groups,
          write: (n) => desk.f.percent(n / 100),
          rest: 0,
        }),
      },
    ];
  }

  #figure(row: Row, value: unknown): string {
    const { f } = this.desk;
    const n = Number(value ?? 0);
    return MONEY.includes(String(row.reason)) ? f.money(Math.round(n)) : f.count(Math.round(n));
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    const rank: Column = named("rank", w.rank, w.ranks);
    const customers: Column = opening("customers", w.customers);
    const amount: Column = money("amount", w.amount);
    return [
      {
        table: "ltv_ranks",
        title: w.table,
        keys: ["rank"],
        columns: [
          rank,
          customers,
          { name: "share", label: w.share, format: "percent" },
          amount,
          opening("subscribers", w.subscribers),
        ],
      },
      {
        table: "ltv_reasons",
        title: w.reasons,
        hint: w.reasonsHint,
        keys: ["rank", "reason", "bound"],
        columns: [
          rank,
          {
            name: "reason",
            label: w.reason,
            format: "text",
            isLong: true,
            write: (value, row) =>
              w.reasonOf[String(value)]?.(this.#figure(row, row.bound)) ?? String(value),
          },
          customers,
          amount,
          {
            name: "mean_figure",
            label: w.meanFigure,
            format: "number",
            write: (value, row) =>
              row.reason === "none" || row.reason === "cancelled" ? "–" : this.#figure(row, value),
          },
        ],
      },
    ];
  }
}

page("ltv-ranks", LtvRanks);
