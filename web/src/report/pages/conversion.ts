// From one purchase to the next within a number of days: F2 and its kin.
import { nothing } from "lit";
import { grouped, over } from "../../shape.ts";
import { words } from "../../text/reports/conversion.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, opening, type Row, rate } from "../cells.ts";
import { type Control, counting, type Params } from "../controls.ts";
import { heatTable } from "../heat.ts";
import { lines } from "../lines.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Cell {
  within_days: number;
  closed: number;
  converted: number;
  rate: number | null;
  rate_low: number | null;
  rate_high: number | null;
}
type Step = Cell & { step: number };
type Cohort = Cell & { cohort: number; customers: number; is_closed: number };

/** The window that is spoken of at first. */
const WATCHED = 60;
const WINDOWS = [30, 60, 90, 120, 180, 360] as const;
/** Months in the picture. */
const MONTHS = 24;

class Conversion extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question({ shown: _shown, ...asked }: Params): Question {
    return { kind: "conversion", ...asked } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      {
        kind: "choice",
        name: "shown",
        label: w.window,
        options: WINDOWS.map((days) => [String(days), w.within(String(days))] as const),
        value: String(WATCHED),
      },
      { kind: "number", name: "steps", label: w.steps, unit: w.times, min: 1, max: 50, value: 10 },
      { kind: "product", name: "product", label: w.product },
      counting(this.kit),
    ];
  }

  get #window(): number {
    return Number(this.choices?.params?.shown ?? WATCHED);
  }

  #first(answer: Answered): Step[] {
    return answer.rows<Step>("conversion").filter(({ step }) => step === 1);
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const found = this.#first(answer).find(({ within_days }) => within_days === this.#window);
    if (!found) return nothing;
    const days = f.count(found.within_days);
    return found.rate === null
      ? this.w.saysOpen(days)
      : this.w.says(
          days,
          f.share(found.rate),
          this.kit.range(f.share(found.rate_low ?? 0), f.share(found.rate_high ?? 1)),
          t.people(f.count(found.closed)),
          t.people(f.count(found.converted)),
        );
  }

  protected override todo(answer: Answered) {
    const { f } = this.desk;
    // Where at least half of those who ever come back within the longest window have come back.
    const known = this.#first(answer).filter(({ rate }) => rate);
    const last = known.at(-1);
    const half = known.find(({ rate }) => (rate ?? 0) * 2 >= (last?.rate ?? 0));
    if (!last || !half || half === last) return this.w.todoOpen;
    return this.w.todo(
      f.count(last.within_days),
      f.percent(Math.min(over(half.rate ?? 0, last.rate ?? 0), 1)),
      f.count(half.within_days),
    );
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const step = (row: Step) => w.step(f.count(row.step), f.count(row.step + 1));
    const within = WINDOWS.map((days) => w.within(f.count(days)));
    const cell = (row: Cell | undefined, open: () => void) => ({
      value: row?.rate ?? null,
      words: row?.rate != null ? f.share(row.rate) : "–",
      ...(row?.rate != null
        ? { small: this.kit.range(f.percent(row.rate_low ?? 0), f.percent(row.rate_high ?? 1)) }
        : {}),
      pending: row?.rate == null,
      open: row?.converted ? open : undefined,
    });
    const rows = answer.rows<Step>("conversion");
    const steps = heatTable(desk, {
      caption: w.caption,
      heads: [w.head],
      columns: within,
      lines: grouped(rows, (row) => row.step).map(([, list]) => ({
        name: list[0] ? step(list[0]) : "",
        cells: list.map((row) =>
          cell(
            row,
            answer.open(
              "conversion",
              [row.step, row.within_days],
              "converted",
              `${step(row)}・${w.within(f.count(row.within_days))}`,
            ),
          ),
        ),
      })),
      even: true,
    });
    const cohorts = answer
      .rows<Cohort>("conversion_by_cohort")
      .filter(({ within_days }) => within_days === this.#window)
      .slice(-MONTHS);
    const points = cohorts.map((row) => ({
      x: row.cohort,
      y: row.rate,
      low: row.rate_low,
      high: row.rate_high,
      open: answer.opens(
        row.converted,
        "conversion_by_cohort",
        [row.cohort, row.within_days],
        "converted",
        w.converted,
      ),
    }));
    const name = w.within(f.count(this.#window));
    return [
      { title: w.heat, hint: w.heatHint, body: steps },
      {
        title: w.months(name),
        hint: w.monthsHint,
        body: points.some(({ y }) => y !== null)
          ? lines(desk, {
              label: w.chart,
              lines: [{ name, colour: "repeat", points }],
              write: f.share,
              writeX: f.month,
              writeXShort: f.monthShort,
            })
          : nothing,
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w, desk } = this;
    const { f } = desk;
    const window: Column = {
      name: "within_days",
      label: w.window,
      format: "text",
      write: (value) => w.within(f.count(Number(value))),
    };
    const figures: Column[] = [
      opening("closed", w.closed),
      opening("converted", w.converted),
      rate("rate", w.rate),
    ];
    const shown = this.#window;
    return [
      {
        table: "conversion_by_cohort",
        title: w.cohorts(w.within(f.count(shown))),
        hint: w.cohortsHint,
        keys: ["cohort", "within_days"],
        rows: answer.rows("conversion_by_cohort").filter((row) => row.within_days === shown),
        columns: [
          { name: "cohort", label: w.cohort, format: "month" },
          opening("customers", w.customers),
          ...figures.map((column) =>
            column.name === "converted"
              ? { ...column, pending: (row: Row) => row.is_closed === 0 }
              : column,
          ),
        ],
        sort: { by: "cohort", ascending: false },
      },
      {
        table: "conversion",
        title: w.table,
        keys: ["step", "within_days"],
        columns: [
          {
            name: "step",
            label: w.head,
            format: "text",
            write: (value) => w.step(f.count(Number(value)), f.count(Number(value) + 1)),
          },
          window,
          opening("reached", w.reached),
          ...figures,
        ],
      },
    ];
  }
}

page("conversion", Conversion);
