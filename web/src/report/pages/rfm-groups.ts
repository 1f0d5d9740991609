// Named groups of RFM scores, and who moved between them since an earlier day.
import { html, nothing } from "lit";
import { monthBefore } from "../../calendar.ts";
import { words } from "../../text/reports/rfm-groups.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, money, named, opening } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Control, Params } from "../controls.ts";
import { heatTable } from "../heat.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { type Bar, whiskers } from "../whiskers.ts";

interface Group {
  group: string;
  customers: number;
  amount: number;
  customer_share: number | null;
  amount_share: number | null;
}
interface Move {
  before: string;
  group: string;
  customers: number;
}
interface AxisMove {
  axis: string;
  move: string;
  customers: number;
}

const GROUPS = [
  "vip",
  "loyal",
  "promising",
  "new",
  "cooling",
  "at_risk_high_value",
  "at_risk",
  "lost",
] as const;
/** Groups whom a message now may keep. */
const AT_RISK = "at_risk_high_value";
const AXES = ["recency", "frequency", "monetary"] as const;
const MOVES = ["up", "same", "down"] as const;

class RfmGroups extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "rfm";

  protected override question({ bounds, since, ...asked }: Params): Question {
    const mode =
      bounds === "settings" || bounds === "general" || bounds === "consumable"
        ? { mode: "threshold", ...(bounds === "settings" ? {} : { preset: bounds }) }
        : {};
    const day = since === undefined ? monthBefore(this.desk.asOf, 3) : since;
    return { kind: "rfm_groups", ...asked, ...mode, ...(day ? { since: day } : {}) } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const bounds = ["quantile", "settings", "general", "consumable"] as const;
    return [
      {
        kind: "choice",
        name: "bounds",
        label: w.bounds,
        options: bounds.map((one) => [one, w.boundsOf[one]] as const),
        value: "quantile",
      },
      { kind: "day", name: "since", label: w.since, value: monthBefore(this.desk.asOf, 3) },
    ];
  }

  protected override isEmpty(answer: Answered): boolean {
    return answer.rows<Group>("rfm_groups").every(({ customers }) => customers === 0);
  }

  #name(group: unknown): string {
    return this.w.groups[String(group)] ?? String(group);
  }

  protected override says(answer: Answered) {
    const { f, t } = this.desk;
    const row = answer.rows<Group>("rfm_groups").find(({ group }) => group === "vip");
    if (!row) return nothing;
    return this.w.says(
      t.people(f.count(row.customers)),
      f.share(row.customer_share ?? 0),
      f.share(row.amount_share ?? 0),
    );
  }

  protected override todo(answer: Answered) {
    const { f, t } = this.desk;
    const row = answer.rows<Group>("rfm_groups").find(({ group }) => group === AT_RISK);
    if (!row?.customers) return this.w.todoNone;
    return this.w.todo(t.people(f.count(row.customers)), f.money(row.amount));
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const { since } = answer.question as { since?: string };
    const bars = answer.rows<Group>("rfm_groups").map((row): Bar => {
      const name = this.#name(row.group);
      return {
        name,
        value: row.customers,
        note: `(${f.percent(row.amount_share ?? 0)})`,
        open: answer.opens(row.customers, "rfm_groups", [row.group], "customers", name),
      };
    });
    const groups: Figure = {
      title: w.picture,
      hint: w.pictureHint,
      body: whiskers(desk, { label: w.chart, bars, write: f.count }),
    };
    if (!since || !answer.rows("rfm_moves").length) return [groups];
    const day = f.day(since);
    return [
      groups,
      { title: w.moves, hint: w.movesHint(day), body: this.#moves(answer) },
      { title: w.axes, hint: w.axesHint(day), body: this.#axes(answer) },
    ];
  }

  #moves(answer: Answered) {
    const { w, desk } = this;
    const { f } = desk;
    const moves = answer.rows<Move>("rfm_moves");
    return html`${heatTable(desk, {
      caption: desk.t.clickHint,
      heads: [w.before],
      columns: GROUPS.map((group) => this.#name(group)),
      lines: [...GROUPS, "not_yet_customer"].map((before) => ({
        name: this.#name(before),
        cells: GROUPS.map((group) => {
          const found = moves.find((row) => row.before === before && row.group === group);
          const n = found?.customers ?? 0;
          const said = w.move(this.#name(before), this.#name(group));
          return {
            value: n,
            words: n ? f.count(n) : "\u00a0",
            open: answer.opens(n, "rfm_moves", [before, group], "customers", said),
          };
        }),
      })),
    })}`;
  }

  #axes(answer: Answered) {
    const { w, desk } = this;
    const { f, t } = desk;
    const moves = answer.rows<AxisMove>("rfm_axis_moves");
    const of = (axis: string, move: string) =>
      moves.find((row) => row.axis === axis && row.move === move)?.customers ?? 0;
    return columns(desk, {
      label: w.axesChart,
      kind: "whole",
      rest: 0,
      series: [
        { name: w.moveOf.up, colour: "good" },
        { name: w.moveOf.same, colour: "guest" },
        { name: w.moveOf.down, colour: "bad" },
      ],
      groups: AXES.map((axis) => ({
        name: w.axisOf[axis],
        short: axis.charAt(0).toUpperCase(),
        values: MOVES.map((move) => of(axis, move)),
        opens: MOVES.map((move) => {
          const said = `${w.axisOf[axis]}・${w.moveOf[move]}`;
          return answer.opens(of(axis, move), "rfm_axis_moves", [axis, move], "customers", said);
        }),
      })),
      write: (n) => t.people(f.count(n)),
      writeShort: f.count,
    });
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    const figures: Column[] = [
      opening("customers", w.customers),
      { name: "customer_share", label: w.share, format: "percent" },
      opening("orders", w.orders),
      money("amount", w.amount),
      { name: "amount_share", label: w.amountShare, format: "percent" },
    ];
    return [
      {
        table: "rfm_groups",
        title: w.table,
        keys: ["group"],
        columns: [
          { name: "group", label: w.group, format: "text", write: (value) => this.#name(value) },
          ...figures,
        ],
      },
      {
        table: "rfm_segments",
        title: w.segments,
        hint: w.segmentsHint,
        keys: ["segment"],
        columns: [named("segment", w.segment, w.segmentOf), ...figures],
      },
      {
        table: "rfm_bounds",
        title: w.boundsTable,
        hint: w.boundsHint,
        keys: ["axis", "score"],
        columns: [
          {
            name: "axis",
            label: w.axis,
            format: "text",
            write: (value) => w.axisOf[String(value) as (typeof AXES)[number]] ?? String(value),
          },
          { name: "score", label: w.score, format: "text", write: (n) => w.scoreOf(String(n)) },
          {
            name: "bound",
            label: w.bound,
            format: "text",
            write: (value, row) => this.#bound(value, String(row.axis)),
          },
          opening("customers", w.customers),
          money("amount", w.amount),
        ],
      },
    ];
  }

  #bound(value: unknown, axis: string): string {
    const { w } = this;
    const { f } = this.desk;
    if (typeof value !== "number") return w.rest;
    return axis === "recency"
      ? w.daysMost(f.count(value))
      : axis === "frequency"
        ? w.ordersLeast(f.count(value))
        : w.amountLeast(f.money(value));
  }
}

page("rfm-groups", RfmGroups);
