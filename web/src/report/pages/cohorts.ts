// Who still buys: customers by the month of the first order, and the periods since.
import { html, nothing } from "lit";
import { grouped } from "../../shape.ts";
import { words } from "../../text/reports/cohorts.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, opening, rate } from "../cells.ts";
import { type Control, days, type Params } from "../controls.ts";
import { heatTable } from "../heat.ts";
import { lines } from "../lines.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

type Shown = "bought" | "still";
interface Cell {
  k: number;
  closed: number;
  retention: number | null;
  retention_low: number | null;
  retention_high: number | null;
  still_share: number | null;
  still_low: number | null;
  still_high: number | null;
}
type Cohort = Cell & {
  cohort: number;
  customers: number;
  bought: number;
  still: number;
  is_closed: number;
};

/** The period that is spoken of, or the last one that is known. */
const WATCHED = 3;
/** Months of first orders in the picture, and columns. */
const [LINES, COLUMNS] = [24, 13];
/** Cohorts of fewer are not named as the best or worst. */
const LEAST = 30;

class Cohorts extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question({ shown: _shown, lines: _lines, ...asked }: Params): Question {
    const { period_days, ...rest } = asked;
    const days = rest.period === "months" || period_days === undefined ? {} : { period_days };
    return { kind: "cohorts", ...rest, ...days } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const isMonths = this.choices?.params?.period === "months";
    const periodDays = days(this.kit, "period_days", w.periodDays, 30, [7, 366]);
    return [
      {
        kind: "choice",
        name: "period",
        label: w.period,
        options: [
          ["days", w.periods.days],
          ["months", w.periods.months],
        ],
        value: "days",
      },
      ...(isMonths ? [] : [periodDays]),
      {
        kind: "choice",
        name: "shown",
        label: w.shown,
        options: [
          ["bought", w.bought],
          ["still", w.still],
        ],
        value: "bought",
      },
      {
        kind: "choice",
        name: "lines",
        label: w.lines,
        options: [
          ["short", w.short],
          ["all", w.all],
        ],
        value: "short",
      },
    ];
  }

  get #shown(): Shown {
    return this.choices?.params?.shown === "still" ? "still" : "bought";
  }

  /** The share that is on show, and its interval. */
  #share(row: Cell) {
    return this.#shown === "still"
      ? { y: row.still_share, low: row.still_low, high: row.still_high }
      : { y: row.retention, low: row.retention_low, high: row.retention_high };
  }

  /** A period in words: days since the first order, or months. */
  #period(answer: Answered, k: number): string {
    const { f } = this.desk;
    const { period, period_days = 30 } = answer.question as {
      period?: string;
      period_days?: number;
    };
    return period === "months"
      ? this.w.month(k, f.count(k))
      : this.w.dayRange(f.count(k * period_days), f.count((k + 1) * period_days - 1));
  }

  #watched(answer: Answered): Cell | undefined {
    return answer
      .rows<Cell>("cohorts_all")
      .filter(({ k }) => k > 0 && k <= WATCHED)
      .at(-1);
  }

  protected override says(answer: Answered) {
    const { f, t } = this.desk;
    const row = this.#watched(answer);
    if (!row) return this.w.saysOpen;
    const { y, low, high } = this.#share(row);
    const say = this.#shown === "still" ? this.w.saysStill : this.w.says;
    return say(
      this.#period(answer, row.k),
      f.share(y ?? 0),
      this.kit.range(f.share(low ?? 0), f.share(high ?? 1)),
      t.people(f.count(row.closed)),
    );
  }

  protected override todo(answer: Answered) {
    const { f } = this.desk;
    const k = this.#watched(answer)?.k;
    const known = answer
      .rows<Cohort>("cohorts")
      .filter((row) => row.k === k && row.is_closed && row.customers >= LEAST)
      .toSorted((a, b) => (this.#share(a).y ?? 0) - (this.#share(b).y ?? 0));
    const [worst, best] = [known[0], known.at(-1)];
    if (!worst || !best || worst === best) return this.w.todoNone;
    const said = (row: Cohort) =>
      this.w.cohortOf(f.month(row.cohort), f.share(this.#share(row).y ?? 0));
    return this.w.todo(said(best), said(worst));
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const all = answer.rows<Cell>("cohorts_all");
    const isShort = this.choices?.params?.lines !== "all";
    const title = w[this.#shown];
    const body = this.#heat(answer, all, isShort);
    return [
      { title: w.heat(title), hint: this.#shown === "still" ? w.stillHint : w.boughtHint, body },
      {
        title: w.curve(title),
        hint: w.curveHint,
        body:
          all.length > 2
            ? lines(desk, {
                label: w.chart,
                lines: [
                  {
                    name: title,
                    colour: "repeat",
                    points: all
                      .filter(({ k }) => k > 0)
                      .map((row) => ({ x: row.k, ...this.#share(row) })),
                  },
                ],
                write: f.percent,
                writeX: (k) => this.#period(answer, k),
                writeXShort: (k) => w.k(f.count(k)),
              })
            : nothing,
      },
    ];
  }

  #heat(answer: Answered, all: readonly Cell[], isShort: boolean) {
    const { w, desk } = this;
    const { f } = desk;
    const shown = this.#shown;
    const cohorts = grouped(answer.rows<Cohort>("cohorts"), (row) => row.cohort).reverse();
    const listed = isShort ? cohorts.slice(0, LINES) : cohorts;
    const most = isShort ? COLUMNS : Number.POSITIVE_INFINITY;
    const width = Math.min(Math.max(...listed.map(([, list]) => list.length), 0), most);
    const open = (row: Cohort) =>
      answer.opens(
        row[shown],
        "cohorts",
        [row.cohort, row.k],
        shown,
        `${f.month(row.cohort)}・${this.#period(answer, row.k)}・${w[shown]}`,
      );
    const size = ([cohort, list]: [number, Cohort[]]) => {
      const said = `${f.month(cohort)}・${w.customers}`;
      const go = answer.open("cohort_members", [cohort], "customers", said);
      return html`<button class="link num" @click=${go}>${f.count(list[0]?.customers ?? 0)}</button>`;
    };
    // Everybody bought in the first period: its darkness would hide the others.
    const shades = listed.flatMap(([, list]) =>
      list.filter(({ k }) => k > 0).map((row) => this.#share(row).y ?? 0),
    );
    return heatTable(desk, {
      caption: w.caption,
      heads: [w.cohort, w.customers],
      columns: Array.from({ length: width }, (_, k) => w.k(f.count(k))),
      lines: [
        {
          name: w.whole,
          plain: [""],
          cells: all.slice(0, width).map((row) => ({
            value: this.#share(row).y,
            words: f.percent(this.#share(row).y ?? 0),
          })),
        },
        ...listed.map((cohort) => ({
          name: f.month(cohort[0]),
          plain: [size(cohort)],
          cells: cohort[1].slice(0, width).map((row) => {
            const { y } = this.#share(row);
            const words = y === null ? f.count(row[shown]) : f.percent(y);
            return { value: y, words, pending: y === null, open: open(row) };
          }),
        })),
      ],
      most: Math.max(...shades, 0.01),
      even: true,
    });
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w } = this;
    const period: Column = {
      name: "k",
      label: w.periodHead,
      format: "text",
      write: (value) => this.#period(answer, Number(value)),
    };
    const rates: Column[] = [
      rate("retention", w.boughtRate),
      {
        name: "still_share",
        label: w.stillRate,
        format: "rate",
        low: "still_low",
        high: "still_high",
      },
    ];
    return [
      {
        table: "cohorts_all",
        title: w.allTable,
        hint: w.allHint,
        keys: ["k"],
        behind: ({ k = null }) => ({ table: "cohorts", key: [null, k] }),
        columns: [
          period,
          opening("closed", w.closed),
          opening("closed_bought", w.bought),
          opening("closed_still", w.still),
          ...rates,
        ],
      },
      {
        table: "cohorts",
        title: w.table,
        keys: ["cohort", "k"],
        behind: ({ cohort = null }, { name }) =>
          name === "customers" ? { table: "cohort_members", key: [cohort] } : undefined,
        columns: [
          { name: "cohort", label: w.cohort, format: "month" },
          period,
          opening("customers", w.customers),
          opening("closed", w.closed),
          ...(["bought", "still"] as const).map(
            (name): Column => ({
              ...opening(name, w[name]),
              pending: (row) => row.is_closed === 0,
            }),
          ),
          ...rates,
        ],
        sort: { by: "cohort", ascending: false },
      },
    ];
  }
}

page("cohorts", Cohorts);
