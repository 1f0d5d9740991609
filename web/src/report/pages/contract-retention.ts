// How long contracts last: what happened, what is expected, and what is still to come of them.
import { nothing } from "lit";
import { words } from "../../text/reports/contract-retention.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, count, money, named, opening, rate } from "../cells.ts";
import type { Control, Params } from "../controls.ts";
import { lines } from "../lines.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Forecast {
  cycle: number;
  survival: number | null;
  survival_low: number | null;
  survival_high: number | null;
  sbg: number | null;
  bdw: number | null;
}
interface Day {
  day: number;
  survival: number | null;
  survival_low: number | null;
  survival_high: number | null;
}
interface Check {
  cycle: number;
  actual: number | null;
  sbg: number | null;
  bdw: number | null;
}

const MODELS = ["sbg", "bdw"] as const;
/** The delivery that is spoken of, where contracts have got so far. */
const SPOKEN = 6;

class ContractRetention extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "contract_retention", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const number = { kind: "number", max: 240 } as const;
    return [
      { kind: "product", name: "product", label: w.product },
      { ...number, name: "months", label: w.months, unit: w.month, min: 0, value: 0 },
      { ...number, name: "ahead", label: w.ahead, unit: w.times, min: 1, max: 120, value: 24 },
    ];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !answer.rows("cycles").length;
  }

  #known(answer: Answered) {
    return answer.rows<Forecast>("forecast").filter(({ survival }) => survival !== null);
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const known = this.#known(answer);
    const said = known.findLast(({ cycle }) => cycle <= SPOKEN && cycle > 1);
    if (!said) return this.w.saysNone;
    const ages = answer.rows<{ contracts: number; residual_sum: number | null }>("ages");
    const sum = (of: (row: (typeof ages)[number]) => number) =>
      ages.reduce((all, row) => all + of(row), 0);
    return this.w.says(
      f.share(said.survival ?? 0),
      this.kit.range(f.share(said.survival_low ?? 0), f.share(said.survival_high ?? 1)),
      f.count(said.cycle),
      f.money(Math.round(sum((row) => row.residual_sum ?? 0))),
      f.count(sum((row) => row.contracts)),
    );
  }

  protected override todo(answer: Answered) {
    const { f } = this.desk;
    const known = this.#known(answer);
    const losses = known.slice(1).map((row, i) => ({
      cycle: row.cycle,
      loss: (known[i]?.survival ?? 1) - (row.survival ?? 0),
    }));
    const [worst] = losses.toSorted((a, b) => b.loss - a.loss);
    return worst && worst.loss > 0
      ? this.w.todo(f.count(worst.cycle - 1), f.count(worst.cycle), f.share(worst.loss))
      : this.w.todoNone;
  }

  #cycle = (n: unknown): string => this.w.cycle(this.desk.f.count(Number(n)));

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const rows = answer.rows<Forecast>("forecast");
    const days = answer.rows<Day>("days");
    const check = answer.rows<Check>("holdout");
    const modelled = (list: readonly (Forecast | Check)[]) =>
      MODELS.filter((model) => list.some((row) => row[model] !== null)).map((model) => ({
        name: w.models[model] ?? model,
        dashed: true,
        points: list.map((row) => ({ x: row.cycle, y: row[model] })),
      }));
    const axis = { write: f.percent, writeX: this.#cycle, writeXShort: f.count };
    const curve = lines(desk, {
      label: w.chart,
      max: 1,
      lines: [
        {
          name: w.actual,
          colour: "repeat",
          points: rows.map((row) => ({
            x: row.cycle,
            y: row.survival,
            low: row.survival_low,
            high: row.survival_high,
          })),
        },
        ...modelled(rows),
      ],
      ...axis,
    });
    return [
      { title: w.picture, hint: w.pictureHint, body: rows.length ? curve : nothing },
      {
        title: w.days,
        hint: w.daysHint,
        body: days.length
          ? lines(desk, {
              label: w.daysChart,
              max: 1,
              lines: [
                {
                  name: w.actual,
                  colour: "repeat",
                  points: days.map((row) => ({
                    x: row.day,
                    y: row.survival,
                    low: row.survival_low,
                    high: row.survival_high,
                  })),
                },
              ],
              write: f.percent,
              writeX: (day) => w.day(f.count(day)),
            })
          : nothing,
      },
      {
        title: w.holdout,
        hint: w.holdoutHint,
        body: check.length
          ? lines(desk, {
              label: w.holdoutChart,
              lines: [
                {
                  name: w.actual,
                  colour: "repeat",
                  points: check.map((row) => ({ x: row.cycle, y: row.actual })),
                },
                ...modelled(check),
              ],
              ...axis,
            })
          : nothing,
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    const cycle: Column = { name: "cycle", label: w.head, format: "text", write: this.#cycle };
    const rest: Column[] = [
      money("mean_amount", w.meanAmount),
      { name: "remaining_cycles", label: w.remaining, format: "number" },
      money("residual_value", w.residual),
    ];
    return [
      {
        table: "ages",
        title: w.ages,
        hint: w.agesHint,
        keys: ["cycle"],
        columns: [
          cycle,
          opening("customers", w.customers),
          opening("contracts", w.contracts),
          ...rest,
          money("residual_sum", w.residualSum),
        ],
      },
      {
        table: "by_product",
        title: w.products,
        keys: ["product"],
        columns: [
          { name: "product", label: w.productHead, format: "product" },
          opening("customers", w.customers),
          opening("contracts", w.contracts),
          { name: "reach_3", label: w.reach3, format: "percent" },
          { name: "reach_6", label: w.reach6, format: "percent" },
          { name: "reach_12", label: w.reach12, format: "percent" },
          ...rest,
        ],
      },
      {
        table: "cycles",
        title: w.table,
        hint: w.tableHint,
        keys: ["cycle"],
        behind: ({ cycle = null }, { name }) => ({
          table: name === "decided" ? "decisions" : "cycles",
          key: [cycle],
        }),
        columns: [
          cycle,
          opening("customers", w.customers),
          opening("contracts", w.contracts),
          opening("decided", w.decided),
          opening("cancelled", w.cancelled),
          opening("waiting", w.waiting),
          opening("completed", w.completed),
          rate("survival", w.survival),
        ],
      },
      {
        table: "models",
        title: w.modelTable,
        hint: w.modelHint,
        keys: ["model"],
        columns: [
          named("model", w.model, w.models),
          {
            name: "is_shown",
            label: w.shown,
            format: "text",
            write: (value) => (value ? w.isShown : ""),
          },
          { name: "holdout_error", label: w.error, format: "percent" },
          count("aic", w.aic),
        ],
      },
    ];
  }
}

page("contract-retention", ContractRetention);
