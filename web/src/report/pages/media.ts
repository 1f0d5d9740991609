// What each medium brought, and whether it paid.
import { nothing } from "lit";
import { grouped, over } from "../../shape.ts";
import { words } from "../../text/reports/media.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { money, opening, type Row } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Control, Params } from "../controls.ts";
import { lines } from "../lines.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Medium {
  group: Cell;
  part: string;
  customers: number;
  orders: number;
  closed_90: number;
  f2_90: number;
  paid_customers: number;
  paid_sales: number;
  cost: number;
  /** Customers whose days of the horizon are over. */
  closed: number;
  f2_rate: number | null;
  f2_low: number | null;
  f2_high: number | null;
  ltv_360: number | null;
  cpa: number | null;
  ltv_per_cpa: number | null;
  allowed_cpa: number | null;
}
interface Point {
  group: Cell;
  part: string;
  days: number;
  closed: number;
  ltv_sales: number | null;
  ltv_margin: number | null;
}

/** Media in a picture of lines. */
const MOST = 6;
/** A mean of fewer customers is neither drawn nor praised. */
const ENOUGH = 30;

class Media extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "media";

  protected override question({ shown: _shown, ...asked }: Params): Question {
    return { kind: "media", ...asked } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      {
        kind: "choice",
        name: "attribution",
        label: w.attribution,
        options: [
          ["first", w.attributions.first],
          ["order", w.attributions.order],
        ],
        value: "first",
      },
      {
        kind: "choice",
        name: "shown",
        label: w.shown,
        options: [
          ["sales", w.sales],
          ["margin", w.margin],
        ],
        value: "sales",
      },
    ];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !answer.rows("media").length;
  }

  #name = ({ group, part }: { group?: Cell; part?: Cell }): string =>
    part === "group" ? String(group ?? "") : (this.w.names[String(part)] ?? "");

  #list(answer: Answered): Medium[] {
    return answer.rows<Medium>("media");
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const paid = this.#list(answer).filter(({ cost }) => cost > 0);
    const sum = (name: "cost" | "paid_customers" | "paid_sales") =>
      paid.reduce((all, row) => all + row[name], 0);
    if (sum("cost")) {
      return this.w.says(
        f.money(sum("cost")),
        t.people(f.count(sum("paid_customers"))),
        sum("paid_customers") ? f.money(Math.round(sum("cost") / sum("paid_customers"))) : "–",
        f.ratio(over(sum("paid_sales"), sum("cost"))),
      );
    }
    const best = this.#list(answer)
      .filter((row) => row.part === "group" && row.ltv_360 !== null && row.closed >= ENOUGH)
      .toSorted((a, b) => (b.ltv_360 ?? 0) - (a.ltv_360 ?? 0))[0];
    if (!best) return this.w.saysNone;
    return this.w.saysFree(
      this.#name(best),
      f.money(Math.round(best.ltv_360 ?? 0)),
      t.people(f.count(best.customers)),
    );
  }

  protected override todo(answer: Answered) {
    const { f } = this.desk;
    const paid = this.#list(answer).filter(({ cost, part }) => cost > 0 && part === "group");
    if (!paid.length) return this.w.todoFree;
    const unknown = paid.find(({ customers, orders }) => !customers && !orders);
    const money = (n: number | null) => f.money(Math.round(n ?? 0));
    const excess = ({ cpa, allowed_cpa }: Medium) =>
      cpa === null || allowed_cpa === null ? 0 : cpa - allowed_cpa;
    const worst = paid.toSorted((a, b) => excess(b) - excess(a))[0];
    const best = paid
      .filter(({ ltv_per_cpa }) => ltv_per_cpa !== null)
      .toSorted((a, b) => (b.ltv_per_cpa ?? 0) - (a.ltv_per_cpa ?? 0))[0];
    const said = [
      unknown ? this.w.todoUnknown(this.#name(unknown)) : "",
      worst && excess(worst) > 0
        ? this.w.todoOver(this.#name(worst), money(worst.cpa), money(worst.allowed_cpa))
        : "",
      best && (best.ltv_per_cpa ?? 0) > 1
        ? this.w.todoUnder(this.#name(best), f.ratio(best.ltv_per_cpa ?? 0))
        : "",
    ].filter(Boolean);
    return this.kit.text(...said) || this.w.todoOpen;
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { t, f } = desk;
    const media = this.#list(answer).filter(({ part }) => part !== "rest");
    const money = (n: number) => f.money(Math.round(n));
    const isMargin = this.choices?.params?.shown === "margin";
    const measure = isMargin ? "ltv_margin" : "ltv_sales";
    const points = new Map(grouped(answer.rows<Point>("media_curve"), ({ group }) => group));
    const drawn = media
      .filter(({ customers }) => customers > 0)
      .toSorted((a, b) => b.customers - a.customers)
      .slice(0, MOST)
      .map((row) => ({
        name: this.#name(row),
        points: (points.get(row.group) ?? []).map((point) => ({
          x: point.days,
          y: point.closed >= ENOUGH ? point[measure] : null,
          open: answer.opens(
            point.closed,
            "media_curve",
            [row.group, point.days],
            "closed",
            `${this.#name(row)}・${w.day(f.count(point.days))}`,
          ),
        })),
      }));
    const paid = media.filter(({ cpa }) => cpa !== null);
    return [
      {
        title: w.picture(isMargin ? w.margin : w.sales),
        hint: w.hint,
        body: lines(desk, {
          label: w.chart,
          lines: drawn,
          write: money,
          writeX: (days) => w.day(f.count(days)),
        }),
      },
      {
        title: w.f2,
        hint: w.f2Hint,
        body: whiskers(desk, {
          label: w.f2Chart,
          bars: media
            .filter(({ closed_90 }) => closed_90 > 0)
            .map((row) => ({
              name: this.#name(row),
              value: over(row.f2_90, row.closed_90),
              low: row.f2_low,
              high: row.f2_high,
              note: t.people(f.count(row.closed_90)),
              open: answer.opens(
                row.f2_90,
                "media",
                [row.group],
                "f2_90",
                `${this.#name(row)}・${w.f2Rate}`,
              ),
            })),
          write: f.percent,
        }),
      },
      {
        title: w.pay,
        hint: w.payHint,
        body: paid.length
          ? columns(desk, {
              label: w.payChart,
              kind: "grouped",
              series: [
                { name: w.cpa, colour: "new" },
                { name: w.allowed, colour: "green" },
              ],
              groups: paid.map((row) => ({
                name: this.#name(row),
                values: [row.cpa ?? 0, row.allowed_cpa ?? 0],
                open: answer.opens(
                  row.paid_customers,
                  "media",
                  [row.group],
                  "paid_customers",
                  `${this.#name(row)}・${w.paid}`,
                ),
              })),
              write: money,
              writeShort: f.moneyShort,
            })
          : nothing,
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    return [
      {
        table: "media",
        title: w.table,
        hint: w.tableHint,
        keys: ["group"],
        opens: (row: Row) => row.part !== "rest",
        sort: { by: "customers", ascending: false },
        columns: [
          { name: "group", label: w.group, format: "text", write: (_, row) => this.#name(row) },
          opening("customers", w.customers),
          opening("closed_90", w.closed90),
          opening("f2_90", w.bought90),
          { name: "f2_rate", label: w.f2Rate, format: "rate", low: "f2_low", high: "f2_high" },
          money("ltv_30", w.ltv30),
          money("ltv_90", w.ltv90),
          money("ltv_360", w.ltv360),
          money("ltv_margin", w.ltvMargin),
          money("cost", w.cost),
          opening("paid_customers", w.paid),
          money("paid_sales", w.paidSales),
          money("cpa", w.cpa),
          money("allowed_cpa", w.allowed),
          { name: "roas", label: w.roas, format: "number" },
          { name: "ltv_per_cpa", label: w.perCpa, format: "number" },
          { name: "payback_days", label: w.payback, format: "days" },
          {
            name: "payback_state",
            label: w.state,
            format: "text",
            write: (value) => w.states[String(value)] ?? "",
            pending: (row) => row.payback_state === "not_yet_closed",
          },
          opening("orders", w.orders),
          money("sales", w.total),
        ],
      },
    ];
  }
}

page("media", Media);
