// What is expected: who is still with the shop, how often they will buy, for how much, and how well
// such a forecast did before.
import { html, nothing } from "lit";
import { isoOf } from "../../calendar.ts";
import { over } from "../../shape.ts";
import { words } from "../../text/reports/forecast.ts";
import { gifts, seasonOf } from "../../text/reports/gifts.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, count, money, named, opening, type Row } from "../cells.ts";
import { columns } from "../columns.ts";
import { type Control, days, type Params } from "../controls.ts";
import { lines } from "../lines.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import "../../views/foremost.ts";

interface Total {
  model: string;
  horizon_days: number;
  customers: number;
  alive: number;
  purchases: number;
  purchases_low: number;
  purchases_high: number;
  value: number;
  value_low: number;
  value_high: number;
  gross_margin: number;
  residual_value?: number | null;
}
interface Tenth {
  alive_tenth: number;
  customers: number;
  value: number;
  purchases: number;
}
interface Model {
  model: string;
  seasonal: number;
  chosen: number;
  cutoff_day: number;
  end_day: number;
  customers: number;
  predicted: number;
  actual: number;
}
interface Week {
  day: number;
  predicted: number;
  actual: number;
}
type Class = { repeats: number; customers: number; predicted: number; actual: number };

const YEAR = 365;
/** What the choice of a season of every year begins with. */
const SEASON = "season:";
/** Classes end with this number of repeats and more. */
const REPEATS_MAX = 7;
/** Tenths in which it is open whether a customer comes back: 30 % to below 70 %. */
const [OPEN_FROM, OPEN_TO] = [3, 6];

class Forecast extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "forecast";

  protected override question({ seasonal, every, ...asked }: Params): Question {
    // Purchases by periods have no factors of months.
    const period = String(every ?? "day");
    const counted = period.startsWith(SEASON)
      ? { season: period.slice(SEASON.length) }
      : period === "day"
        ? { ...(seasonal === "yes" ? { seasonal: true } : {}) }
        : { period };
    return { kind: "forecast", ...asked, ...counted } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const value = this.desk.settings.forecast?.horizon_days ?? YEAR;
    const models = ["best", "bg_nbd", "mbg_nbd", "pareto_nbd", "bg_bb"] as const;
    const periods = ["day", "month", "quarter", "year"] as const;
    const isByDay = (this.choices?.params?.every ?? "day") === "day";
    const { lang, settings } = this.desk;
    const own = settings.gift?.seasons?.map(({ name = "" }) => name) ?? [];
    const seasons = [...Object.keys(gifts[lang].seasons), ...own];
    return [
      days(this.kit, "horizon_days", w.horizon, value, [1, 7305]),
      {
        kind: "choice",
        name: "model",
        label: w.model,
        options: models.map((model) => [model, w.models[model] ?? model] as const),
        value: "best",
      },
      {
        kind: "choice",
        name: "every",
        label: w.every,
        options: [
          ...periods.map((period) => [period, w.periods[period] ?? period] as const),
          ...seasons.map((one) => [`${SEASON}${one}`, w.every_(seasonOf(lang, one))] as const),
        ],
        value: "day",
      },
      ...(isByDay
        ? [
            {
              kind: "choice",
              name: "seasonal",
              label: w.seasonal,
              options: [
                ["no", w.seasonals.no],
                ["yes", w.seasonals.yes],
              ],
              value: "no",
            } as const,
          ]
        : []),
    ];
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const [total] = answer.rows<Total>("forecast");
    if (!total) return nothing;
    const { range } = this.kit;
    const expected = this.w.says(
      f.count(total.horizon_days),
      f.count(Math.round(total.purchases)),
      range(f.count(Math.round(total.purchases_low)), f.count(Math.round(total.purchases_high))),
      f.money(total.value),
      range(f.money(total.value_low), f.money(total.value_high)),
    );
    const residual = total.residual_value;
    const whole =
      residual === null || residual === undefined ? "" : this.w.saysResidual(f.money(residual));
    const chosen = answer.rows<Model>("forecast_models").find((one) => one.chosen);
    if (!chosen?.actual) return this.kit.text(expected, whole, this.w.saysNoHoldout);
    const error = f.change(over(chosen.predicted, chosen.actual) - 1);
    const days = f.count(chosen.end_day - chosen.cutoff_day);
    return this.kit.text(expected, whole, this.w.saysHoldout(days, error));
  }

  protected override todo(answer: Answered) {
    const { f, t } = this.desk;
    const open = answer
      .rows<Tenth>("forecast_alive")
      .filter(({ alive_tenth: tenth }) => tenth >= OPEN_FROM && tenth <= OPEN_TO);
    const sum = (name: "customers" | "value") => open.reduce((all, row) => all + row[name], 0);
    if (!sum("customers")) return this.w.todoNone;
    return this.w.todo(t.people(f.count(sum("customers"))), f.money(sum("value")));
  }

  /** What an expected amount is, and what is earned of it. */
  #worth(answer: Answered): string {
    const { f, settings } = this.desk;
    const { discount_rate = 1500 } = settings.forecast ?? {};
    const { gross_margin = 6000 } = settings.margin ?? {};
    const [total] = answer.rows<Total>("forecast");
    return this.w.aliveHint(
      f.percent(discount_rate / 10_000),
      f.percent(gross_margin / 10_000),
      f.money(total?.gross_margin ?? 0),
    );
  }

  #tenth(tenth: number): string {
    const { f } = this.desk;
    return this.kit.range(f.percent(tenth / 10), f.percent((tenth + 1) / 10));
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f, t } = desk;
    const rows = answer.rows<Tenth>("forecast_alive");
    const alive = columns(desk, {
      label: w.aliveChart,
      series: [{ name: w.customers, colour: "repeat" }],
      groups: Array.from({ length: 10 }, (_, tenth) => {
        const row = rows.find((one) => one.alive_tenth === tenth);
        const name = this.#tenth(tenth);
        const open = row && answer.open("forecast_alive", [tenth], "customers", name);
        return {
          name,
          short: f.percent(tenth / 10),
          values: [row?.customers ?? 0],
          note: w.aliveNote(f.count(Math.round(row?.purchases ?? 0)), f.money(row?.value ?? 0)),
          open,
        };
      }),
      write: (n) => t.people(f.count(n)),
      writeShort: f.count,
    });
    return [
      { title: w.aliveTitle, hint: this.#worth(answer), body: alive },
      ...this.#holdout(answer),
      ...this.#season(answer),
      {
        title: w.foremost,
        hint: w.foremostHint,
        body: html`<okaeri-foremost .desk=${desk} .scope=${answer.scope}></okaeri-foremost>`,
      },
    ];
  }

  #holdout(answer: Answered): Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const weeks = answer.rows<Week>("forecast_weeks");
    const [model] = answer.rows<Model>("forecast_models");
    if (!weeks.length || !model) return [];
    const of = (part: "predicted" | "actual") => [
      { x: model.cutoff_day, y: 0 },
      ...weeks.map((row) => ({ x: row.day, y: row[part] })),
    ];
    const classes = answer.rows<Class>("forecast_classes").filter((row) => row.customers > 0);
    const name = (row: Class) => this.#repeats(row.repeats);
    return [
      {
        title: w.weeks,
        hint: w.weeksHint(f.day(isoOf(model.cutoff_day)), f.day(isoOf(model.end_day))),
        body: lines(desk, {
          label: w.weeksChart,
          lines: [
            { name: w.predicted, colour: "repeat", dashed: true, points: of("predicted") },
            { name: w.actual, colour: "new", points: of("actual") },
          ],
          write: (n) => f.count(Math.round(n)),
          writeX: (day) => f.day(isoOf(day)),
          writeXShort: (day) => f.dayShort(isoOf(day)),
        }),
      },
      {
        title: w.classes,
        hint: w.classesHint,
        body: columns(desk, {
          label: w.classesChart,
          kind: "grouped",
          series: [
            { name: w.predicted, colour: "repeat" },
            { name: w.actual, colour: "new" },
          ],
          rest: 0,
          groups: classes.map((row) => ({
            name: name(row),
            values: [row.predicted, row.actual],
            note: w.classNote(f.count(row.customers)),
          })),
          write: (n) => f.count(Math.round(n)),
        }),
      },
    ];
  }

  #season(answer: Answered): Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const months = answer.rows<{ month_of_year: number; index: number }>("forecast_season");
    if (!months.length) return [];
    return [
      {
        title: w.season,
        hint: w.seasonHint,
        body: columns(desk, {
          label: w.seasonChart,
          kind: "grouped",
          series: [{ name: w.index, colour: "green" }],
          groups: months.map((row) => ({
            name: w.monthOf(f.count(row.month_of_year)),
            values: [row.index * 100],
          })),
          write: (n) => f.percent(n / 100),
        }),
      },
    ];
  }

  #repeats(n: number): string {
    const said = this.desk.f.count(n);
    return n >= REPEATS_MAX ? this.w.repeatsMore(said) : this.w.repeats(said);
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w, desk } = this;
    const tenth: Column = {
      name: "alive_tenth",
      label: w.alive,
      format: "text",
      write: (value) => this.#tenth(Number(value)),
    };
    const holdout: Sheet[] = answer.rows("forecast_models").length ? this.#models(answer) : [];
    const number = (name: string, label: string): Column => ({ name, label, format: "number" });
    return [
      {
        table: "forecast",
        title: w.total,
        hint: w.totalHint,
        keys: [],
        columns: [
          count("customers", w.customers),
          count("alive", w.aliveCount),
          { ...count("purchases", w.purchases), low: "purchases_low", high: "purchases_high" },
          { ...money("value", w.value), low: "value_low", high: "value_high" },
          number("discounted_purchases", w.discounted),
          number("residual_purchases", w.residualPurchases),
          money("residual_value", w.residual),
        ],
      },
      {
        table: "forecast_alive",
        title: w.aliveTable,
        keys: ["alive_tenth"],
        sort: { by: "alive_tenth", ascending: false },
        columns: [
          tenth,
          opening("customers", w.customers),
          { name: "purchases", label: w.purchases, format: "number" },
          money("value", w.value),
          money("residual_value", w.residual),
          money("amount", w.amount),
        ],
      },
      ...holdout,
      ...(answer.rows("forecast_season").length
        ? [
            {
              table: "forecast_season",
              title: w.season,
              keys: ["month_of_year"],
              columns: [
                {
                  name: "month_of_year",
                  label: w.month,
                  format: "text",
                  write: (value) => w.monthOf(desk.f.count(Number(value))),
                },
                { name: "index", label: w.index, format: "percent" },
              ],
            } satisfies Sheet,
          ]
        : []),
      ...(holdout.length
        ? [
            {
              table: "forecast_classes",
              title: w.classes,
              keys: ["repeats"],
              columns: [
                {
                  name: "repeats",
                  label: w.repeatsHead,
                  format: "text",
                  write: (value) => this.#repeats(Number(value)),
                },
                count("customers", w.customers),
                count("predicted", w.predicted),
                count("actual", w.actual),
              ],
            } satisfies Sheet,
          ]
        : []),
      {
        table: "forecast_parameters",
        title: w.parameters,
        hint: w.parametersHint,
        keys: ["parameter"],
        columns: [
          named(
            "parameter",
            w.parameter,
            answer.rows<Total>("forecast")[0]?.model === "bg_bb"
              ? { ...w.parameterOf, ...w.parametersOfBgBb }
              : w.parameterOf,
          ),
          { name: "value", label: w.parameterValue, format: "text", write: (v) => brief(v) },
        ],
      },
    ];
  }

  #models(answer: Answered): Sheet[] {
    const { w, desk } = this;
    const rows: Row[] = answer.rows("forecast_models").map((row) => ({
      ...row,
      error: over(Number(row.predicted), Number(row.actual)) - 1,
    }));
    return [
      {
        table: "forecast_models",
        title: w.modelTable,
        hint: w.modelHint,
        keys: ["model", "seasonal"],
        rows,
        columns: [
          {
            name: "model",
            label: w.model,
            format: "text",
            write: (value, row) =>
              `${w.models[String(value)] ?? value}${row.seasonal ? w.withSeason : ""}`,
          },
          {
            name: "chosen",
            label: w.chosen,
            format: "text",
            write: (value) => (value ? w.isChosen : ""),
          },
          count("predicted", w.predicted),
          count("actual", w.actual),
          {
            name: "error",
            label: w.error,
            format: "count",
            write: (value) => desk.f.change(Number(value)),
          },
          { name: "mean_error", label: w.meanError, format: "number" },
          count("score", w.score),
          count("aic", w.aic),
        ],
      },
    ];
  }
}

/** A model's number in four digits. */
const brief = (value: unknown): string =>
  typeof value === "number" ? String(Number(value.toPrecision(4))) : "–";

page("forecast", Forecast);
