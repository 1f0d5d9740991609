// What customers bring within so many days of their first order, by groups.
import { grouped, over } from "../../shape.ts";
import { words } from "../../text/reports/ltv.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { type Column, count, opening, type Row } from "../cells.ts";
import type { Control, Params } from "../controls.ts";
import { lines } from "../lines.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Window {
  group?: Cell;
  part?: string;
  days: number;
  customers: number;
  closed: number;
  ltv_sales: number | null;
  ltv_margin: number | null;
  fallback_share: number | null;
}

const BY = ["none", "month", "product", "media", "coupon", "gift", "prefecture", "subscription"];
/** Groups in the picture. */
const MOST = 6;
/** A mean of fewer customers is neither spoken of nor drawn where there is one of more. */
const ENOUGH = 30;

class Ltv extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "worth";

  protected override question({ shown: _shown, by, ...asked }: Params): Question {
    const grouped = by && by !== "none" ? { by } : {};
    return { kind: "ltv", ...grouped, ...asked } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      {
        kind: "choice",
        name: "by",
        label: w.by,
        options: BY.map((by) => [by, w.groupings[by] ?? by] as const),
        value: "none",
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

  get #measure(): "ltv_sales" | "ltv_margin" {
    return this.choices?.params?.shown === "margin" ? "ltv_margin" : "ltv_sales";
  }

  #by(answer: Answered): string | undefined {
    return (answer.question as unknown as { by?: string }).by;
  }

  #name(answer: Answered, row: Row): string {
    const { w, desk } = this;
    const { group = null, part } = row;
    if (part !== undefined && part !== "group") return w.names[String(part)] ?? "";
    const by = this.#by(answer);
    if (by === "product") return answer.desk.product(group);
    if (by === "month") return desk.f.month(Number(group));
    return w.names[String(group)] ?? String(group ?? "");
  }

  /** Windows of all groups together, by days. */
  #whole(answer: Answered) {
    const measure = this.#measure;
    const found = new Map<number, { days: number; closed: number; sum: number }>();
    for (const row of answer.rows<Window>("ltv")) {
      const { days } = row;
      const all = found.get(days) ?? { days, closed: 0, sum: 0 };
      all.closed += row.closed;
      all.sum += (row[measure] ?? 0) * row.closed;
      found.set(days, all);
    }
    return [...found.values()].filter(({ closed }) => closed > 0);
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const { w } = this;
    const whole = this.#whole(answer);
    const said = whole.findLast(({ closed }) => closed >= ENOUGH) ?? whole.at(-1);
    if (!said) return w.saysOpen;
    const money = (n: number) => f.money(Math.round(n));
    const mean = over(said.sum, said.closed);
    const begun = whole[0] ? over(whole[0].sum, whole[0].closed) : 0;
    const measure = this.#measure;
    const say = measure === "ltv_margin" ? w.saysMargin : w.says;
    const best = answer
      .rows<Window>("ltv")
      .filter((row) => row.part === "group" && row.days === said.days && row.closed >= ENOUGH)
      .toSorted((a, b) => (b[measure] ?? 0) - (a[measure] ?? 0))[0];
    const all = say(
      f.count(said.days),
      money(mean),
      money(begun),
      f.ratio(over(mean, begun)),
      t.people(f.count(said.closed)),
    );
    const isBest = best && best[measure] !== null;
    return isBest
      ? this.kit.text(
          all,
          w.best(this.#name(answer, best as unknown as Row), money(best[measure] ?? 0)),
        )
      : all;
  }

  protected override todo(answer: Answered) {
    const spread = answer.rows<{ closed: number; top_decile_share: number | null }>("ltv_spread");
    const [only] = spread;
    return spread.length === 1 && only?.top_decile_share && only.closed >= ENOUGH
      ? this.w.todo(this.desk.f.percent(only.top_decile_share))
      : this.w.todoOpen;
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const measure = this.#measure;
    const by = this.#by(answer);
    const rows = answer.rows<Window>("ltv").filter(({ part = "group" }) => part === "group");
    const groups = grouped(rows, ({ group = null }) => group);
    const customers = (list: Window[]) => list[0]?.customers ?? 0;
    const shown =
      by === "month"
        ? groups.filter(([, list]) => list.some(({ closed }) => closed)).slice(-MOST)
        : groups.toSorted(([, a], [, b]) => customers(b) - customers(a)).slice(0, MOST);
    const enough = rows.some(({ closed }) => closed >= ENOUGH) ? ENOUGH : 1;
    const drawn = shown.map(([group, list]) => {
      const name = by && list[0] ? this.#name(answer, list[0] as unknown as Row) : w.all;
      return {
        name,
        points: list.map((row) => ({
          x: row.days,
          y: row.closed >= enough ? row[measure] : null,
          open: answer.opens(
            row.closed,
            "ltv",
            by ? [group, row.days] : [row.days],
            "closed",
            `${name}・${w.day(f.count(row.days))}`,
          ),
        })),
      };
    });
    const what = measure === "ltv_margin" ? w.margin : w.sales;
    const which = by ? (by === "month" ? w.latest : w.biggest) : "";
    return [
      {
        title: w.picture(what),
        hint: this.kit.text(w.hint, which, measure === "ltv_margin" ? this.#fallback(answer) : ""),
        body: lines(desk, {
          label: w.chart,
          lines: drawn,
          write: (n) => f.money(Math.round(n)),
          writeX: (days) => w.day(f.count(days)),
          ticks: [...new Set(rows.map(({ days }) => days))],
        }),
      },
    ];
  }

  /** How the margin was reckoned. */
  #fallback(answer: Answered): string {
    const { f } = this.desk;
    const [costs] = answer.rows<{ cost_share: number }>("costs");
    const list = answer.rows<Window>("ltv").filter((row) => row.fallback_share !== null);
    const closed = list.reduce((sum, row) => sum + row.closed, 0);
    const share = list.reduce((sum, row) => sum + (row.fallback_share ?? 0) * row.closed, 0);
    return costs
      ? this.w.fallback(f.percent(over(share, closed)), f.percent(costs.cost_share))
      : "";
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w } = this;
    const by = this.#by(answer);
    const group: Column[] = by
      ? [
          {
            name: "group",
            label: w.groupings[by] ?? w.group,
            format: by === "month" ? "month" : by === "product" ? "product" : "text",
            write: (_, row) => this.#name(answer, row),
          },
        ]
      : [];
    const keys = by ? ["group"] : [];
    const opens = (row: Row) => row.part !== "rest";
    const late = (row: Row) => row.closed === 0;
    const days: Column = { name: "days", label: w.days, format: "days" };
    const spread = answer.rows("ltv_spread");
    return [
      {
        table: "ltv",
        title: w.table,
        hint: this.#fallback(answer),
        keys: [...keys, "days"],
        opens,
        columns: [
          ...group,
          days,
          opening("customers", w.customers),
          opening("closed", w.closed),
          { name: "ltv_sales", label: w.ltvSales, format: "money", pending: late },
          { name: "ltv_margin", label: w.ltvMargin, format: "money", pending: late },
          { name: "fallback_share", label: w.fallbackHead, format: "percent" },
          opening("repeaters", w.repeaters),
          {
            name: "repeat_rate",
            label: w.rate,
            format: "rate",
            low: "repeat_low",
            high: "repeat_high",
          },
          count("orders", w.orders),
          { name: "sales", label: w.total, format: "money" },
        ],
      },
      ...(spread.length
        ? [
            {
              table: "ltv_spread",
              title: w.spread,
              hint: w.spreadHint,
              keys,
              opens,
              columns: [
                ...group,
                days,
                opening("closed", w.closed),
                { name: "mean", label: w.mean, format: "money" },
                { name: "median", label: w.median, format: "money" },
                { name: "top_decile_share", label: w.top, format: "percent" },
              ],
            } satisfies Sheet,
          ]
        : []),
    ];
  }
}

page("ltv", Ltv);
