// Contracts that may be cancelled within 30 days, why, and how well that was foreseen before.
import { nothing } from "lit";
import { over } from "../../shape.ts";
import { words } from "../../text/reports/churn-risk.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, count, money, named, opening, type Row, rate } from "../cells.ts";
import { type Control, lengthOf, type Params } from "../controls.ts";
import { lines } from "../lines.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Past {
  customers: number;
  contracts: number;
  past: number;
  past_cancelled: number;
  past_rate: number | null;
  past_rate_low: number | null;
  past_rate_high: number | null;
}
type Band = Past & { band: string; expected: number | null };
type Sign = Past & { signal: string };
interface Tenth {
  tenth: number;
  predicted: number;
  actual: number | null;
  actual_low: number | null;
  actual_high: number | null;
}
interface Quality {
  used: string;
  judged: number;
  judged_cancelled: number;
  auc: number | null;
}

class ChurnRisk extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "subscription";

  protected override question(params: Params): Question {
    return { kind: "churn_risk", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [lengthOf(w.limit, w.rows)];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !answer.rows<Band>("bands").some(({ contracts }) => contracts > 0);
  }

  #contracts = (n: number): string => this.w.contracts(this.desk.f.count(n));

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const bands = answer.rows<Band>("bands");
    const contracts = bands.reduce((sum, row) => sum + row.contracts, 0);
    const expected = bands.reduce((sum, row) => sum + (row.expected ?? 0), 0);
    return this.w.says(
      f.count(contracts),
      f.count(Math.round(expected)),
      f.share(over(expected, contracts)),
    );
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const { w } = this;
    const people = (n: number) => t.people(f.count(n));
    const strong = answer
      .rows<Band>("bands")
      .filter(({ band }) => band !== "low")
      .reduce((sum, row) => sum + row.customers, 0);
    const unpaid = answer.rows<Sign>("signals").find(({ signal }) => signal === "payment_failed");
    const first = strong ? w.todo(people(strong)) : w.todoNone;
    return this.kit.text(first, unpaid?.customers ? w.todoPayment(people(unpaid.customers)) : "");
  }

  #quality(answer: Answered): string {
    const [found] = answer.rows<Quality>("quality");
    if (found?.used !== "model") return this.w.byRules;
    return found.auc === null ? "" : this.w.quality(this.desk.f.ratio(found.auc));
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const bands = answer.rows<Band>("bands");
    const sum = (name: "past" | "past_cancelled") => bands.reduce((all, row) => all + row[name], 0);
    const bars = answer
      .rows<Sign>("signals")
      .toSorted((a, b) => (b.past_rate_low ?? -1) - (a.past_rate_low ?? -1))
      .map((row) => ({
        name: w.signals[row.signal] ?? row.signal,
        value: row.past_rate,
        low: row.past_rate_low,
        high: row.past_rate_high,
        colour: "new" as const,
        note: this.#contracts(row.past),
        open: answer.opens(
          row.customers,
          "signals",
          [row.signal],
          "customers",
          w.signals[row.signal] ?? row.signal,
        ),
      }));
    const tenths = answer.rows<Tenth>("calibration");
    const [quality] = answer.rows<Quality>("quality");
    return [
      {
        title: w.signalsTitle,
        hint: w.signalsHint,
        body: bars.length
          ? whiskers(desk, {
              label: w.signalsChart,
              bars,
              write: f.percent,
              ...(sum("past")
                ? { reference: { value: over(sum("past_cancelled"), sum("past")), name: w.whole } }
                : {}),
            })
          : nothing,
      },
      {
        title: w.calibration,
        hint: this.kit.text(
          w.calibrationHint(f.count(quality?.judged ?? 0), f.count(quality?.judged_cancelled ?? 0)),
          this.#quality(answer),
        ),
        body: tenths.length
          ? lines(desk, {
              label: w.calibrationChart,
              lines: [
                {
                  name: w.actual,
                  colour: "new",
                  points: tenths.map((row) => ({
                    x: row.tenth,
                    y: row.actual,
                    low: row.actual_low,
                    high: row.actual_high,
                  })),
                },
                {
                  name: w.predicted,
                  colour: "repeat",
                  dashed: true,
                  points: tenths.map((row) => ({ x: row.tenth, y: row.predicted })),
                },
              ],
              write: f.share,
              writeX: (n) => w.tenth(f.count(n)),
              writeXShort: f.count,
            })
          : nothing,
      },
    ];
  }

  #reasons(row: Row): string {
    const { w, desk } = this;
    return [1, 2, 3]
      .map((n) => {
        const sign = String(row[`signal_${n}`]);
        const figure = Number(row[`figure_${n}`] ?? 0);
        const said = figure ? w.figure[sign]?.(desk.f.count(figure)) : w.signals[sign];
        return said ?? "";
      })
      .filter(Boolean)
      .join(desk.lang === "ja" ? "、" : "; ");
  }

  #past(): Column[] {
    const { w } = this;
    return [
      opening("customers", w.customers),
      opening("contracts", w.contractsHead),
      opening("past", w.past),
      opening("past_cancelled", w.pastCancelled),
      {
        name: "past_rate",
        label: w.pastRate,
        format: "percent",
        low: "past_rate_low",
        high: "past_rate_high",
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w, desk } = this;
    const band: Column = named("band", w.band, w.bands);
    return [
      {
        table: "top",
        title: w.top,
        hint: this.kit.text(w.topHint, this.#quality(answer)),
        keys: ["customer", "contract"],
        columns: [
          { name: "customer", label: w.customer, format: "customer" },
          { name: "contract", label: w.contract, format: "text" },
          band,
          count("score", w.score),
          {
            name: "why",
            label: w.why,
            format: "text",
            isLong: true,
            write: (_, row) => this.#reasons(row),
          },
          { name: "chance", label: w.chance, format: "percent" },
          count("cycle", w.cycle),
          { name: "next_day", label: w.nextDay, format: "day" },
          money("amount", w.amount),
          money("value_at_risk", w.atRisk),
        ],
      },
      {
        table: "bands",
        title: w.bandTable,
        hint: w.bandHint,
        keys: ["band"],
        columns: [
          band,
          ...this.#past(),
          { name: "expected", label: w.expected, format: "number" },
          money("value_at_risk", w.atRisk),
        ],
      },
      {
        table: "signals",
        title: w.signalTable,
        keys: ["signal"],
        columns: [named("signal", w.signal, w.signals), ...this.#past()],
      },
      ...(answer.rows("calibration").length
        ? [
            {
              table: "calibration",
              title: w.calibration,
              keys: ["tenth"],
              columns: [
                {
                  name: "tenth",
                  label: w.tenthHead,
                  format: "text",
                  write: (value) => w.tenth(desk.f.count(Number(value))),
                },
                count("rows", w.observed),
                count("cancelled", w.cancelled),
                { name: "predicted", label: w.predicted, format: "rate" },
                rate("actual", w.actual),
              ],
            } satisfies Sheet,
          ]
        : []),
    ];
  }
}

page("churn-risk", ChurnRisk);
