// Contracts by the deliveries that they completed, and what became of them.
import { nothing } from "lit";
import { grouped } from "../../shape.ts";
import { words } from "../../text/reports/contract-flow.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { type Column, opening, rate } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Control, Params } from "../controls.ts";
import { heatTable } from "../heat.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Cycle {
  cycle: number;
  reached: number;
  went_on: number;
  cancelled_after: number;
  pending: number;
  completed_after: number;
  rate: number | null;
  retention: number | null;
}
type Begun = Cycle & { month: number };

const PARTS = ["went_on", "cancelled_after", "pending", "completed_after"] as const;
/** Cycles in the pictures, and months in the second. */
const [CYCLES, MONTHS] = [12, 12];

class ContractFlow extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "contract_flow", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const number = { kind: "number", max: 240 } as const;
    return [
      {
        kind: "choice",
        name: "unit",
        label: w.unit,
        options: [
          ["contract", w.units.contract],
          ["customer", w.units.customer],
        ],
        value: "contract",
      },
      { kind: "product", name: "product", label: w.product },
      { ...number, name: "months", label: w.months, unit: w.month, min: 0, value: 0 },
      { ...number, name: "cycles", label: w.cycles, unit: w.times, min: 1, value: 24 },
    ];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !answer.rows("statuses").length;
  }

  /** How many, of what is counted. */
  #count(answer: Answered): (n: number) => string {
    const isPeople = (answer.question as unknown as Params).unit === "customer";
    const say = isPeople ? this.w.people : this.w.count;
    return (n) => say(this.desk.f.count(n));
  }

  #cycle = (n: unknown): string => this.w.cycle(this.desk.f.count(Number(n)));

  #worst(answer: Answered): Cycle | undefined {
    return answer
      .rows<Cycle>("cycles")
      .filter(({ cycle, cancelled_after }) => cycle > 0 && cancelled_after > 0)
      .toSorted((a, b) => b.cancelled_after - a.cancelled_after)[0];
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const worst = this.#worst(answer);
    if (!worst) return this.w.saysNone;
    return this.w.says(
      f.count(worst.cycle),
      this.#count(answer)(worst.cancelled_after),
      f.share(worst.rate ?? 0),
      f.share(1 - (worst.rate ?? 0)),
    );
  }

  protected override todo(answer: Answered) {
    const { f } = this.desk;
    const worst = this.#worst(answer);
    if (!worst) return "";
    const [most] = answer
      .rows<{ reason: string | null; units: number; share: number }>("reasons")
      .filter(({ reason }) => reason)
      .toSorted((a, b) => b.units - a.units);
    return this.w.todo(f.count(worst.cycle), most?.reason ?? "", most ? f.percent(most.share) : "");
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const cycles = answer
      .rows<Cycle>("cycles")
      .filter(({ cycle, reached }) => cycle > 0 && cycle <= CYCLES && reached > 0);
    const labels = [w.wentOn, w.after, w.pending, w.completed];
    const bars = columns(desk, {
      label: w.chart,
      kind: "whole",
      series: [
        { name: w.wentOn, colour: "repeat" },
        { name: w.after, colour: "new" },
        { name: w.pending, colour: "guest" },
        { name: w.completed, colour: "green" },
      ],
      groups: cycles.map((row) => ({
        name: this.#cycle(row.cycle),
        values: PARTS.map((part) => row[part]),
        opens: PARTS.map((part, i) =>
          answer.opens(
            row[part],
            "cycles",
            [row.cycle],
            part,
            `${this.#cycle(row.cycle)}・${labels[i]}`,
          ),
        ),
      })),
      write: this.#count(answer),
      writeShort: f.count,
      rest: 0,
    });
    return [
      { title: w.picture, hint: w.pictureHint, body: cycles.length ? bars : nothing },
      { title: w.heat, hint: w.heatHint, body: this.#heat(answer) },
    ];
  }

  #heat(answer: Answered) {
    const { w, desk } = this;
    const { f } = desk;
    const months = grouped(answer.rows<Begun>("cycles_by_month"), ({ month }) => month);
    const numbers = Array.from({ length: CYCLES }, (_, i) => i + 1);
    return heatTable(desk, {
      caption: w.heatCaption,
      heads: [w.begun, this.#isPeople(answer) ? w.customers : w.contracts],
      columns: numbers.map(this.#cycle),
      even: true,
      most: 1,
      lines: months.slice(-MONTHS).map(([month, rows]) => ({
        name: f.month(month),
        plain: [f.count(rows[0]?.reached ?? 0)],
        cells: numbers.map((cycle) => {
          const row = rows.find((one) => one.cycle === cycle);
          const waits = rows.some((one) => one.cycle < cycle && one.pending > 0);
          return {
            value: row?.retention ?? null,
            words: row?.retention == null ? "–" : f.percent(row.retention),
            pending: !row || waits,
            open: answer.opens(
              row?.reached ?? 0,
              "cycles_by_month",
              [month, cycle],
              "reached",
              `${f.month(month)}・${this.#cycle(cycle)}`,
            ),
          };
        }),
      })),
    });
  }

  #isPeople(answer: Answered): boolean {
    return (answer.question as unknown as Params).unit === "customer";
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w } = this;
    const cycle: Column = { name: "cycle", label: w.head, format: "text", write: this.#cycle };
    const kinds: Column[] = [
      opening("units", this.#isPeople(answer) ? w.customers : w.units_),
      { name: "share", label: w.share, format: "percent" },
      { name: "mean_cycles", label: w.meanCycles, format: "number" },
    ];
    const named = (
      table: string,
      title: string,
      keys: string[],
      list: Column[],
      sort?: Sheet["sort"],
    ): Sheet[] =>
      answer.rows(table).length
        ? [{ table, title, keys, columns: list, ...(sort ? { sort } : {}) }]
        : [];
    const words = (name: string, label: string, said: Record<string, string>): Column => ({
      name,
      label,
      format: "text",
      write: (value: Cell) => said[String(value)] ?? String(value),
    });
    return [
      {
        table: "cycles",
        title: w.table,
        hint: w.tableHint,
        keys: ["cycle"],
        rows: answer.rows("cycles").filter((row) => Number(row.cycle) > 0),
        columns: [
          cycle,
          opening("reached", w.reached),
          opening("went_on", w.wentOn),
          opening("cancelled_after", w.after),
          opening("pending", w.pending),
          opening("completed_after", w.completed),
          rate("rate", w.rate),
          { name: "retention", label: w.retention, format: "rate" },
          opening("customers", w.customers),
        ],
      },
      ...named("statuses", w.statuses, ["status"], [words("status", w.status, w.states), ...kinds]),
      ...named(
        "reasons",
        w.reasons,
        ["reason"],
        [
          {
            name: "reason",
            label: w.reason,
            format: "text",
            write: (value) => (value ? String(value) : w.noReason),
          },
          ...kinds,
        ],
        { by: "units", ascending: false },
      ),
      ...named(
        "skips",
        w.skips,
        ["cycle"],
        [
          cycle,
          opening("customers", w.customers),
          opening("contracts", w.contracts),
          opening("skips", w.skipped),
        ],
      ),
      ...named(
        "cycle_changes",
        w.changes,
        ["cycle", "change"],
        [
          cycle,
          words("change", w.change, w.changesOf),
          opening("customers", w.customers),
          opening("changes", w.changed),
        ],
      ),
    ];
  }
}

page("contract-flow", ContractFlow);
