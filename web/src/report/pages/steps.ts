// What became of the customers after each order: gone on, waiting or lapsed.
import { nothing } from "lit";
import { over } from "../../shape.ts";
import { words } from "../../text/reports/steps.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, opening, rate } from "../cells.ts";
import { columns } from "../columns.ts";
import { type Control, counting, days, type Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Step {
  step: number;
  customers: number;
  converted: number;
  waiting: number;
  lapsed: number;
  closed: number;
  in_time: number;
  rate: number | null;
}

const PARTS = ["converted", "waiting", "lapsed"] as const;

class Steps extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "steps", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      days(this.kit, "lapse_days", w.lapse, 60),
      { kind: "number", name: "steps", label: w.steps, unit: w.times, min: 1, max: 50, value: 10 },
      { kind: "product", name: "product", label: w.product },
      {
        kind: "choice",
        name: "subject",
        label: w.subject,
        options: (["all", "one_time", "subscription"] as const).map((one) => [
          one,
          w.subjects[one],
        ]),
        value: "all",
      },
      counting(this.kit),
    ];
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const [first] = answer.rows<Step>("steps");
    if (!first) return nothing;
    const gone = t.people(f.count(first.converted));
    const share = f.share(over(first.converted, first.customers));
    const days = f.count(this.number("lapse_days", answer));
    if (first.rate === null) return this.w.saysOpen(gone, share, days);
    const [closed, inTime] = [first.closed, first.in_time].map((n) => t.people(f.count(n)));
    return this.w.says(closed ?? "", inTime ?? "", f.share(first.rate), days, gone);
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const worst = answer.rows<Step>("steps").toSorted((a, b) => b.lapsed - a.lapsed)[0];
    if (!worst?.lapsed) return this.w.todoNone;
    return this.w.todo(this.w.lastStep(f.count(worst.step)), t.people(f.count(worst.lapsed)));
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { t, f } = desk;
    const groups = answer.rows<Step>("steps").map((row) => {
      const name = w.step(f.count(row.step));
      return {
        name,
        values: PARTS.map((part) => row[part]),
        opens: PARTS.map((part) =>
          answer.opens(row[part], "steps", [row.step], part, `${name}・${w[part]}`),
        ),
      };
    });
    const series = [
      { name: w.converted, colour: "repeat" },
      { name: w.waiting, colour: "guest" },
      { name: w.lapsed, colour: "new" },
    ] as const;
    const write = (value: number) => t.people(f.count(value));
    return [
      {
        title: w.picture,
        body: columns(desk, { label: w.chart, kind: "whole", series, groups, write, rest: 0 }),
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    const step: Column = {
      name: "step",
      label: w.head,
      format: "text",
      write: (value) => w.step(String(value)),
    };
    const figures: Column[] = [
      opening("customers", w.customers),
      opening("converted", w.converted),
      opening("waiting", w.waiting),
      opening("lapsed", w.lapsed),
      opening("closed", w.closed),
      opening("in_time", w.inTime),
      rate("rate", w.rate),
      { name: "mean_days", label: w.meanDays, format: "days" },
    ];
    const cohort: Column = { name: "cohort", label: w.cohort, format: "month" };
    return [
      {
        table: "steps",
        title: w.table,
        hint: w.tableHint,
        keys: ["step"],
        columns: [step, ...figures],
      },
      {
        table: "steps_by_cohort",
        title: w.cohorts,
        keys: ["cohort", "step"],
        columns: [cohort, step, ...figures],
        sort: { by: "cohort", ascending: false },
      },
    ];
  }
}

page("steps", Steps);
