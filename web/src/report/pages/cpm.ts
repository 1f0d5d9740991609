// Customers by level, and whether they still buy: the portfolio, its months and who moved.
import { nothing } from "lit";
import { grouped } from "../../shape.ts";
import { words } from "../../text/reports/cpm.ts";
import type { Question } from "../../wire.gen.ts";
import { bubbles } from "../bubbles.ts";
import { type Column, money, named, opening } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Control, Params } from "../controls.ts";
import { heatTable } from "../heat.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Group {
  group: string;
  customers: number;
  amount: number;
  customer_share: number | null;
  amount_share: number | null;
  mean_amount: number | null;
}
interface Month {
  month: number;
  group: string;
  customers: number;
}
interface Rate {
  step: string;
  customers: number;
  reached: number;
  rate: number | null;
  target: number;
}
interface Move {
  before: string;
  group: string;
  customers: number;
}
interface Bound {
  bound: string;
  value: number;
  source: string;
}

const LEVELS = ["first", "toddler", "steady", "trend", "loyal"] as const;
const COLOURS = ["new", "olive", "blue", "violet", "repeat"] as const;
const STATES = ["active", "lapsed"] as const;

class Cpm extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "cpm";

  protected override question(params: Params): Question {
    return { kind: "cpm", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const presets = ["ltv_lab", "seven_aov", "fit", "own"] as const;
    return [
      {
        kind: "choice",
        name: "preset",
        label: w.preset,
        options: presets.map((preset) => [preset, w.presets[preset]] as const),
        value: this.desk.settings.cpm?.preset ?? "ltv_lab",
      },
    ];
  }

  #name(group: unknown): string {
    return this.w.groups[String(group)] ?? String(group);
  }

  protected override isEmpty(answer: Answered): boolean {
    return answer.rows<Group>("cpm").every(({ customers }) => customers === 0);
  }

  protected override says(answer: Answered) {
    const { f, t } = this.desk;
    const row = answer.rows<Group>("cpm").find(({ group }) => group === "loyal_active");
    if (!row) return nothing;
    return this.w.says(
      t.people(f.count(row.customers)),
      f.share(row.customer_share ?? 0),
      f.share(row.amount_share ?? 0),
    );
  }

  protected override todo(answer: Answered) {
    const { f, t } = this.desk;
    const [worst] = answer
      .rows<Rate>("cpm_rates")
      .flatMap((row) => (row.rate === null ? [] : [{ ...row, missing: row.target - row.rate }]))
      .toSorted((a, b) => b.missing - a.missing);
    if (!worst) return this.w.todoNone;
    const step = this.w.steps[worst.step] ?? worst.step;
    if (worst.missing <= 0) return this.w.todoMet;
    return this.w.todo(
      step,
      f.percent(worst.rate ?? 0),
      f.percent(worst.target),
      t.people(f.count(worst.customers - worst.reached)),
    );
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w } = this;
    const months = this.desk.f.count(this.desk.settings.cpm?.transition_months ?? 6);
    return [
      { title: w.portfolio, hint: w.portfolioHint, body: this.#portfolio(answer) },
      { title: w.history, hint: w.historyHint, body: this.#history(answer) },
      { title: w.rates, hint: w.ratesHint(months), body: this.#rates(answer) },
      { title: w.moves, hint: w.movesHint(months), body: this.#moves(answer) },
    ];
  }

  #portfolio(answer: Answered) {
    const { w, desk } = this;
    const { f, t } = desk;
    const rows = answer.rows<Group>("cpm");
    return bubbles(desk, {
      label: w.portfolioChart,
      columns: LEVELS.map((level) => w.levels[level]),
      rows: STATES.map((state) => w.states[state]),
      bubbles: rows.map((row) => {
        const name = this.#name(row.group);
        return {
          column: LEVELS.findIndex((one) => row.group.startsWith(one)),
          row: STATES.findIndex((one) => row.group.endsWith(one)),
          name,
          size: row.customers,
          depth: row.mean_amount ?? 0,
          short: f.count(row.customers),
          says: w.bubble(
            t.people(f.count(row.customers)),
            f.share(row.customer_share ?? 0),
            f.money(Math.round(row.mean_amount ?? 0)),
          ),
          open: answer.opens(row.customers, "cpm", [row.group], "customers", name),
        };
      }),
    });
  }

  #history(answer: Answered) {
    const { w, desk } = this;
    const { f, t } = desk;
    const months = grouped(answer.rows<Month>("cpm_history"), (row) => row.month);
    if (months.length < 2) return nothing;
    return columns(desk, {
      label: w.historyChart,
      series: [
        ...LEVELS.map((level, i) => ({ name: w.levels[level], colour: COLOURS[i] })),
        { name: w.states.lapsed, colour: "guest" as const },
      ],
      groups: months.map(([month, list]) => {
        const of = (group: string) => list.find((row) => row.group === group)?.customers ?? 0;
        return {
          name: f.month(month),
          short: f.monthShort(month),
          values: [
            ...LEVELS.map((level) => of(`${level}_active`)),
            LEVELS.reduce((sum, level) => sum + of(`${level}_lapsed`), 0),
          ],
          opens: [
            ...LEVELS.map((level) => {
              const group = `${level}_active`;
              const said = `${f.month(month)}・${this.#name(group)}`;
              return answer.opens(of(group), "cpm_history", [month, group], "customers", said);
            }),
            // All that had lapsed by then, whatever their level.
            answer.open("cpm_history", [month], "away", `${f.month(month)}・${w.states.lapsed}`),
          ],
        };
      }),
      write: (n) => t.people(f.count(n)),
      writeShort: f.count,
    });
  }

  #rates(answer: Answered) {
    const { w, desk } = this;
    const { f, t } = desk;
    return columns(desk, {
      label: w.ratesChart,
      kind: "grouped",
      series: [
        { name: w.actual, colour: "repeat" },
        { name: w.target, colour: "guest" },
      ],
      rest: 0,
      groups: answer.rows<Rate>("cpm_rates").map((row, i) => {
        const name = w.steps[row.step] ?? row.step;
        return {
          name,
          short: w.levels[LEVELS[i] ?? "first"],
          values: [(row.rate ?? 0) * 100, row.target * 100],
          note: w.rateNote(t.people(f.count(row.customers)), t.people(f.count(row.reached))),
          opens: [answer.opens(row.reached, "cpm_rates", [row.step], "reached", name), undefined],
        };
      }),
      write: (n) => f.percent(n / 100),
    });
  }

  #moves(answer: Answered) {
    const { w, desk } = this;
    const { f } = desk;
    const moves = answer.rows<Move>("cpm_transitions");
    if (!moves.length) return nothing;
    const groups = STATES.flatMap((state) => LEVELS.map((level) => `${level}_${state}`));
    const used = groups.filter((group) => moves.some((row) => row.group === group));
    const before = [...groups, "not_yet_customer"];
    return heatTable(desk, {
      caption: desk.t.clickHint,
      heads: [w.before],
      columns: used.map((group) => this.#name(group)),
      lines: before
        .filter((from) => moves.some((row) => row.before === from))
        .map((from) => ({
          name: this.#name(from),
          cells: used.map((group) => {
            const n =
              moves.find((row) => row.before === from && row.group === group)?.customers ?? 0;
            const said = w.move(this.#name(from), this.#name(group));
            return {
              value: n,
              words: n ? f.count(n) : "\u00a0",
              open: answer.opens(n, "cpm_transitions", [from, group], "customers", said),
            };
          }),
        })),
    });
  }

  protected override sheets(): readonly Sheet[] {
    const { w, desk } = this;
    const { f } = desk;
    const group: Column = {
      name: "group",
      label: w.group,
      format: "text",
      write: (value) => this.#name(value),
    };
    return [
      {
        table: "cpm",
        title: w.portfolioTable,
        keys: ["group"],
        columns: [
          group,
          opening("customers", w.customers),
          { name: "customer_share", label: w.share, format: "percent" },
          money("amount", w.amount),
          { name: "amount_share", label: w.amountShare, format: "percent" },
          money("mean_amount", w.meanAmount),
          { name: "mean_tenure_days", label: w.tenure, format: "days" },
          { name: "mean_recency_days", label: w.recency, format: "days" },
        ],
      },
      {
        table: "cpm_rates",
        title: w.rates,
        keys: ["step"],
        columns: [
          named("step", w.step, w.steps),
          opening("customers", w.wasThere),
          opening("reached", w.reached),
          { name: "rate", label: w.actual, format: "percent" },
          { name: "target", label: w.target, format: "percent" },
        ],
      },
      {
        table: "cpm_history",
        title: w.historyTable,
        keys: ["month", "group"],
        sort: { by: "month", ascending: false },
        columns: [
          { name: "month", label: w.month, format: "month" },
          group,
          opening("customers", w.customers),
          opening("entered", w.entered),
          opening("new", w.new),
          opening("promoted", w.promoted),
          opening("lapsed", w.lapsed),
          opening("revived", w.revived),
        ],
      },
      {
        table: "cpm_bounds",
        title: w.bounds,
        hint: w.boundsHint,
        keys: ["bound"],
        columns: [
          named("bound", w.bound, w.boundOf),
          {
            name: "value",
            label: w.value,
            format: "text",
            write: (value, row) => this.#bound(row as unknown as Bound, Number(value)),
          },
          named("source", w.source, w.sources),
          {
            name: "fitted_by",
            label: w.fitted,
            format: "text",
            write: (value, row) =>
              value === null ? "–" : this.#bound(row as unknown as Bound, Number(value)),
          },
        ],
      },
      {
        table: "cpm_rules",
        title: w.rules,
        hint: w.rulesHint,
        keys: ["level"],
        columns: [
          {
            name: "level",
            label: w.level,
            format: "text",
            write: (value) => w.levels[String(value) as (typeof LEVELS)[number]] ?? String(value),
          },
          {
            name: "orders_min",
            label: w.ordersMin,
            format: "text",
            write: (n) => f.count(Number(n)),
          },
          { name: "tenure_days_min", label: w.tenureMin, format: "days" },
          money("amount_min", w.amountMin),
        ],
      },
    ];
  }

  #bound({ bound }: Bound, value: number): string {
    const { f } = this.desk;
    return bound === "amount"
      ? f.money(Math.round(value))
      : this.kit.days(f.count(Math.round(value)));
  }
}

page("cpm", Cpm);
