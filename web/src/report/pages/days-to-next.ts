// Days from one purchase to the next, with those who still wait, and when to write.
import { html, nothing } from "lit";
import { grouped } from "../../shape.ts";
import { words } from "../../text/reports/days-to-next.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { type Column, opening, type Row } from "../cells.ts";
import { columns } from "../columns.ts";
import { type Control, counting, days, type Params } from "../controls.ts";
import { lines } from "../lines.ts";
import { axisStep } from "../scale.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

type By = "product" | "month" | "shop";
type Of = Partial<Record<By, Cell>>;
type Point = Of & {
  day: number;
  at_risk: number;
  events: number;
  waiting: number;
  share: number;
  low: number | null;
  high: number | null;
};
type Quantile = Of & {
  share: number;
  day: number | null;
  day_low: number | null;
  day_high: number | null;
};
type Peak = Of & {
  send_day: number | null;
  peak_day: number | null;
  from_day: number | null;
  to_day: number | null;
  sure: number | null;
  state: string;
};
type Bin = Of & { days_from: number; customers: number; gaps: number };

const BIN_DAYS = 30;
/** Bins in the picture; later ones are in the table alone. */
const BINS = 24;
/** A peak is spoken of as one when chance alone seldom makes it. */
const SURE = 0.9;
/** Bands of more curves than these hide each other. */
const BANDS = 2;

class DaysToNext extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question({ shown: _shown, ...asked }: Params): Question {
    return { kind: "days_to_next", ...asked } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      {
        kind: "number",
        name: "from_order",
        label: w.from,
        unit: w.fromUnit,
        min: 0,
        max: 50,
        value: 1,
      },
      {
        kind: "choice",
        name: "by",
        label: w.by,
        options: (["", "product", "month", "shop"] as const).map((by) => [by, w.bys[by]] as const),
        value: "",
      },
      days(this.kit, "lead_days", w.lead, 7, [0, 365]),
      { kind: "product", name: "product", label: w.product },
      {
        kind: "choice",
        name: "shown",
        label: w.shown,
        options: (["180", "365", "all"] as const).map((to) => [to, w.showns[to]] as const),
        value: "365",
      },
      counting(this.kit),
    ];
  }

  #by(answer: Answered): By | undefined {
    return (answer.question as { by?: By }).by;
  }

  /** A group's name. */
  #name(answer: Answered, row: Of): string {
    const by = this.#by(answer);
    const value = by && row[by];
    if (value === undefined || value === null) return this.w.everybody;
    if (value === -1) return this.w.none;
    return by === "product"
      ? answer.desk.product(value)
      : by === "month"
        ? this.desk.f.month(Number(value))
        : String(value);
  }

  /** From which purchase days count. */
  #since(answer: Answered): string {
    return this.w.since(this.number("from_order", answer));
  }

  protected override says(answer: Answered) {
    const { w } = this;
    const { f } = this.desk;
    const peaks = answer.rows<Peak>("peak");
    const since = this.#since(answer);
    const [peak] = peaks;
    if (peaks.length > 1) {
      const known = peaks.flatMap((row) =>
        row.send_day === null
          ? []
          : [w.sendOf(this.#name(answer, row), f.count(Math.max(row.send_day, 1)))],
      );
      return known.length ? w.saysBy(known.join(w.comma)) : w.saysNoneBy;
    }
    if (!peak) return nothing;
    if (peak.send_day !== null && peak.peak_day !== null) {
      return w.says(since, f.count(Math.max(peak.send_day, 1)), f.count(peak.peak_day));
    }
    const median = answer.rows<Quantile>("quantiles").find(({ share }) => share === 0.5);
    return median?.day != null
      ? w.saysMedian(since, f.count(median.day))
      : w.saysFew(since, w.states[peak.state] ?? "");
  }

  protected override todo(answer: Answered) {
    const { w } = this;
    const { f } = this.desk;
    const peaks = answer.rows<Peak>("peak");
    if (peaks.length > 1) return w.todoBy;
    const [peak] = peaks;
    if (peak?.sure == null) return w.todoFew;
    if (peak.sure < SURE) return w.todoFlat;
    if (peak.state === "first") return w.todoFirst;
    return w.todo(f.count(peak.from_day ?? 0), f.count(peak.to_day ?? 0));
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w } = this;
    return [
      { title: w.curve, hint: w.curveHint, body: this.#curve(answer) },
      { title: w.histogram, hint: w.histogramHint, body: this.#histogram(answer) },
    ];
  }

  #curve(answer: Answered) {
    const { w, desk } = this;
    const { f } = desk;
    const shown = String(this.choices?.params?.shown ?? "365");
    const end = shown === "all" ? Number.POSITIVE_INFINITY : Number(shown);
    const by = this.#by(answer);
    const points = answer.rows<Point>("curve").filter(({ day }) => day <= end);
    const curves = grouped(points, (row) => (by ? row[by] : null));
    const last = Math.max(...points.map(({ day }) => day), 0);
    const step = Math.max(axisStep(last), 1);
    const ticks = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
    const [peak] = answer.rows<Peak>("peak");
    const send =
      curves.length === 1 && peak?.send_day != null
        ? [{ x: peak.send_day, name: w.markSend(f.count(peak.send_day)) }]
        : [];
    const quantiles = answer
      .rows<Quantile>("quantiles")
      .flatMap(({ share, day }) =>
        curves.length === 1 && day !== null
          ? [{ x: day, name: w.markShare(f.percent(share), f.count(day)) }]
          : [],
      );
    return html`${lines(desk, {
      label: w.chart,
      lines: curves.map(([, list]) => ({
        name: list[0] ? this.#name(answer, list[0]) : "",
        step: true,
        points: list.map((row) => ({
          x: row.day,
          y: row.share,
          low: curves.length > BANDS ? null : row.low,
          high: curves.length > BANDS ? null : row.high,
        })),
      })),
      marks: [...send, ...quantiles].filter(({ x }) => x <= last),
      write: f.percent,
      writeX: (day) => w.after(f.count(day)),
      writeXShort: (day) => this.kit.days(f.count(day)),
      ticks,
      height: 320,
    })}`;
  }

  #histogram(answer: Answered) {
    const { w, desk } = this;
    const { f, t } = desk;
    const by = this.#by(answer);
    const bins = answer.rows<Bin>("lead_time");
    if (!bins.length) return nothing;
    const groups = grouped(bins, (row) => (by ? row[by] : null));
    const last = Math.min(Math.max(...bins.map((row) => row.days_from)), (BINS - 1) * BIN_DAYS);
    const name = (from: number) => w.bin(f.count(from), f.count(from + BIN_DAYS - 1));
    return columns(desk, {
      label: w.histogramChart,
      touching: true,
      series: groups.map(([, list]) => ({ name: list[0] ? this.#name(answer, list[0]) : "" })),
      rest: 0,
      groups: Array.from({ length: last / BIN_DAYS + 1 }, (_, i) => {
        const from = i * BIN_DAYS;
        const found = groups.map(([, list]) => list.find((row) => row.days_from === from));
        return {
          name: name(from),
          short: f.count(from),
          values: found.map((row) => row?.customers ?? 0),
          opens: found.map((row, at) =>
            answer.opens(
              row?.customers ?? 0,
              "lead_time",
              by ? [groups[at]?.[0] ?? null, from] : [from],
              "customers",
              name(from),
            ),
          ),
        };
      }),
      write: (n) => t.people(f.count(n)),
      writeShort: f.count,
    });
  }

  /** One row a group: how many, its quartiles and when to write. */
  #summary(answer: Answered): Row[] {
    const by = this.#by(answer);
    const of = (row: Of): Cell => (by ? (row[by] ?? null) : null);
    const quantiles = answer.rows<Quantile>("quantiles");
    const curve = answer.rows<Point>("curve");
    return answer.rows<Peak>("peak").map((peak) => {
      const own = curve.filter((row) => of(row) === of(peak));
      const day = (share: number) =>
        quantiles.find((row) => of(row) === of(peak) && row.share === share);
      const sum = (name: "events" | "waiting") => own.reduce((all, row) => all + row[name], 0);
      const [q25, q50, q75] = [0.25, 0.5, 0.75].map(day);
      return {
        ...(by ? { [by]: of(peak) } : {}),
        converted: sum("events"),
        waiting: sum("waiting"),
        q25: q25?.day ?? null,
        q50: q50?.day ?? null,
        q50_low: q50?.day_low ?? null,
        q50_high: q50?.day_high ?? null,
        q75: q75?.day ?? null,
        peak_day: peak.peak_day,
        send_day: peak.send_day,
        sure: peak.sure,
        state: peak.state,
      };
    });
  }

  /** Rows of the curve, each with the first of its days. */
  #rows(answer: Answered): Row[] {
    const by = this.#by(answer);
    const rows = answer.rows<Point>("curve");
    return rows.map((row, i) => {
      const before = rows[i - 1];
      const goes = before && (!by || before[by] === row[by]);
      return { ...row, from: goes ? before.day + 1 : 0 };
    });
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w, desk } = this;
    const by = this.#by(answer);
    const group: Column[] = by
      ? [
          {
            name: by,
            label: w.bys[by],
            format: "text",
            write: (_, row) => this.#name(answer, row as Of),
          },
        ]
      : [];
    const keys = by ? [by] : [];
    const day = (name: string, label: string): Column => ({ name, label, format: "days" });
    const isRepeated = this.number("from_order", answer) === 0;
    const opens = (measure: string) => (isRepeated ? {} : { opens: measure });
    return [
      {
        table: "gaps",
        title: w.table,
        hint: isRepeated ? w.tableHintAll : w.tableHint,
        keys,
        rows: this.#summary(answer),
        columns: [
          ...group,
          // Of every purchase these are purchases, not customers: they open nobody.
          { name: "converted", label: w.converted, format: "count", ...opens("converted") },
          { name: "waiting", label: w.waiting, format: "count", ...opens("waiting") },
          day("q25", w.quantile(desk.f.percent(0.25))),
          { ...day("q50", w.quantile(desk.f.percent(0.5))), low: "q50_low", high: "q50_high" },
          day("q75", w.quantile(desk.f.percent(0.75))),
          day("peak_day", w.peak),
          {
            ...day("send_day", w.send),
            write: (value, row) =>
              value === null
                ? (w.states[String(row.state)] ?? "–")
                : this.kit.days(desk.f.count(Number(value))),
          },
          { name: "sure", label: w.sure, format: "percent" },
        ],
      },
      {
        table: "lead_time",
        title: w.histogramTable,
        hint: w.histogramHint,
        keys: [...keys, "days_from"],
        columns: [
          ...group,
          {
            name: "days_from",
            label: w.bins,
            format: "text",
            write: (value) =>
              w.bin(desk.f.count(Number(value)), desk.f.count(Number(value) + BIN_DAYS - 1)),
          },
          opening("customers", w.customers),
          opening("gaps", w.gaps),
        ],
      },
      {
        table: "curve",
        title: w.curveTable,
        hint: w.curveTableHint,
        keys: [...keys, "day"],
        rows: this.#rows(answer),
        // A row counts the days after the row before it; who was still there then, all days after.
        behind: ({ from, day, ...row }, { name }) => ({
          table: "gaps",
          key: by ? [row[by] ?? null] : [],
          more: { days_min: from, ...(name === "at_risk" ? {} : { days_max: day }) },
        }),
        columns: [
          ...group,
          {
            name: "day",
            label: w.day,
            format: "text",
            write: (value) => this.kit.days(desk.f.count(Number(value))),
          },
          {
            name: "at_risk",
            label: w.atRisk,
            format: "count",
            ...(isRepeated ? {} : { opens: true }),
          },
          { name: "events", label: w.events, format: "count", ...opens("converted") },
          { name: "waiting", label: w.stopped, format: "count", ...opens("waiting") },
          { name: "share", label: w.share, format: "rate", low: "low", high: "high" },
        ],
      },
    ];
  }
}

page("days-to-next", DaysToNext);
