// Contracts by month: new, resumed, cancelled, paused, completed.
import { nothing } from "lit";
import { over } from "../../shape.ts";
import { words } from "../../text/reports/contract-churn.ts";
import type { Question } from "../../wire.gen.ts";
import type { Column } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Control, Params } from "../controls.ts";
import { lines } from "../lines.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Month {
  month: number;
  active_at_start: number;
  new: number;
  cancelled: number;
  active_at_end: number;
  amount_at_end: number;
  is_closed: number;
  rate: number | null;
  rate_low: number | null;
  rate_high: number | null;
}

const YEAR = 12;

class ContractChurn extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "contract_churn", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      { kind: "product", name: "product", label: w.product },
      {
        kind: "number",
        name: "months",
        label: w.months,
        unit: w.month,
        min: 1,
        max: 120,
        value: 24,
      },
    ];
  }

  #closed(answer: Answered): Month[] {
    return answer.rows<Month>("months").filter((row) => row.is_closed && row.rate !== null);
  }

  protected override isEmpty(answer: Answered): boolean {
    const list = answer.rows<Month>("months");
    return !list.some((row) => row.active_at_start + row.new > 0);
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const last = this.#closed(answer).at(-1);
    if (!last) return this.w.saysNone;
    const contracts = (n: number) => this.w.contracts(f.count(n));
    return this.w.says(
      f.month(last.month),
      f.share(last.rate ?? 0),
      this.kit.range(f.share(last.rate_low ?? 0), f.share(last.rate_high ?? 1)),
      contracts(last.active_at_start + last.new),
      contracts(last.cancelled),
      contracts(last.active_at_end),
    );
  }

  protected override todo(answer: Answered) {
    const closed = this.#closed(answer);
    const last = closed.at(-1);
    const before = closed.slice(-YEAR - 1, -1);
    if (!last || !before.length) return this.w.todoNone;
    const base = before.reduce((sum, row) => sum + row.active_at_start + row.new, 0);
    const mean = over(
      before.reduce((sum, row) => sum + row.cancelled, 0),
      base,
    );
    const said = this.desk.f.share(mean);
    if ((last.rate_low ?? 0) > mean) return this.w.todoHigh(said);
    if ((last.rate_high ?? 1) < mean) return this.w.todoLow(said);
    return this.w.todoUsual(said);
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const months = answer.rows<Month>("months");
    const points = months.map((row) => {
      const isKnown = row.is_closed === 1;
      return {
        x: row.month,
        y: isKnown ? row.rate : null,
        low: isKnown ? row.rate_low : null,
        high: isKnown ? row.rate_high : null,
        open: answer.opens(
          row.cancelled,
          "months",
          [row.month],
          "cancelled",
          `${f.month(row.month)}・${w.cancelled}`,
        ),
      };
    });
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: points.some(({ y }) => y !== null)
          ? lines(desk, {
              label: w.chart,
              lines: [{ name: w.rate, colour: "new", points }],
              write: f.share,
              writeX: f.month,
              writeXShort: f.monthShort,
            })
          : nothing,
      },
      {
        title: w.mrr,
        hint: w.mrrHint,
        body: columns(desk, {
          label: w.mrrChart,
          series: [{ name: w.mrr, colour: "repeat" }],
          groups: months.map((row) => ({
            name: f.month(row.month),
            short: f.monthShort(row.month),
            values: [row.amount_at_end],
            note: w.contracts(f.count(row.active_at_end)),
            pending: row.is_closed === 0,
            open: answer.opens(
              row.active_at_end,
              "months",
              [row.month],
              "active_at_end",
              `${f.month(row.month)}・${w.end}`,
            ),
          })),
          write: f.money,
          writeShort: f.moneyShort,
        }),
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    const count = (name: string, label: string): Column => ({
      name,
      label,
      format: "count",
      opens: name,
      pending: (row) => row.is_closed === 0,
    });
    const money = (name: string, label: string): Column => ({
      name,
      label,
      format: "money",
      pending: (row) => row.is_closed === 0,
    });
    return [
      {
        table: "months",
        title: w.table,
        hint: w.tableHint,
        keys: ["month"],
        sort: { by: "month", ascending: false },
        columns: [
          { name: "month", label: w.head, format: "month" },
          count("active_at_start", w.start),
          count("new", w.news),
          count("resumed", w.resumed),
          count("cancelled", w.cancelled),
          count("paused", w.paused),
          count("completed", w.completed),
          count("active_at_end", w.end),
          {
            name: "rate",
            label: w.rate,
            format: "rate",
            low: "rate_low",
            high: "rate_high",
            pending: (row) => row.is_closed === 0 || row.rate === null,
          },
          money("amount_at_end", w.amountEnd),
          money("amount_cancelled", w.amountCancelled),
          { name: "amount_rate", label: w.amountRate, format: "percent" },
          count("restarted", w.restarted),
          count("cancelled_at_rest", w.atRest),
        ],
      },
    ];
  }
}

page("contract-churn", ContractChurn);
