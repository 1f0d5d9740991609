// Tenths by amount of those who bought in a period, and whether one large order made them.
import { nothing } from "lit";
import { words } from "../../text/reports/decile-period.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, money, opening } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Control, Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Tenth {
  decile: number;
  customers: number;
  amount: number;
  share: number | null;
  cumulative_share: number | null;
  amount_per_customer: number | null;
}
interface Large {
  decile: number;
  customers: number;
  large_single: number;
  rate: number | null;
}

/** Tenths whose share of the sales is spoken of. */
const TOP = 3;

class DecilePeriod extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "other";

  protected override question(params: Params): Question {
    return { kind: "decile_period", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    const value = this.desk.settings.decile_days ?? 365;
    return [
      { kind: "number", name: "days", label: w.period, unit: w.unit, min: 0, max: 36_500, value },
    ];
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const row = answer.rows<Tenth>("deciles").find(({ decile }) => decile === TOP);
    if (!row) return this.w.saysFew;
    const days = this.number("days", answer);
    const period = days ? this.w.last(f.count(days)) : this.w.ever;
    return this.w.says(period, f.percent(TOP / 10), f.share(row.cumulative_share ?? 0));
  }

  protected override todo(answer: Answered) {
    const { f, t } = this.desk;
    const [first] = answer.rows<Large>("large_single");
    if (!first?.large_single) return this.w.todo;
    return this.w.todoLarge(t.people(f.count(first.large_single)), f.percent(first.rate ?? 0));
  }

  #name(decile: number): string {
    return this.w.decile(this.desk.f.count(decile));
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const rows = answer.rows<Tenth>("deciles");
    const large = answer.rows<Large>("large_single");
    if (!rows.length) return [{ body: nothing }];
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: columns(desk, {
          label: w.chart,
          series: [{ name: w.amount, colour: "repeat" }],
          rest: 0,
          curve: rows.map((row) => row.cumulative_share ?? 0),
          groups: rows.map((row) => ({
            name: this.#name(row.decile),
            short: f.count(row.decile),
            values: [row.amount],
            note: w.note(
              f.share(row.share ?? 0),
              f.money(Math.round(row.amount_per_customer ?? 0)),
            ),
            open: answer.open("deciles", [row.decile], "customers", this.#name(row.decile)),
          })),
          write: f.money,
          writeShort: f.moneyShort,
        }),
      },
      {
        title: w.large,
        hint: w.largeHint,
        body: columns(desk, {
          label: w.largeChart,
          kind: "whole",
          rest: 0,
          series: [
            { name: w.largeSingle, colour: "new" },
            { name: w.spread, colour: "repeat" },
          ],
          groups: large.map((row) => ({
            name: this.#name(row.decile),
            short: f.count(row.decile),
            values: [row.large_single, row.customers - row.large_single],
            opens: [
              answer.opens(
                row.large_single,
                "large_single",
                [row.decile],
                "large_single",
                `${this.#name(row.decile)}・${w.largeSingle}`,
              ),
              undefined,
            ],
          })),
          write: (n) => desk.t.people(f.count(n)),
          writeShort: f.count,
        }),
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    const decile: Column = {
      name: "decile",
      label: w.head,
      format: "text",
      write: (value) => this.#name(Number(value)),
    };
    const customers: Column = opening("customers", w.customers);
    return [
      {
        table: "deciles",
        title: w.table,
        keys: ["decile"],
        columns: [
          decile,
          customers,
          opening("orders", w.orders),
          money("amount", w.amount),
          { name: "share", label: w.share, format: "percent" },
          { name: "cumulative_share", label: w.cumulative, format: "percent" },
          money("amount_per_customer", w.perCustomer),
          { name: "orders_per_customer", label: w.ordersPer, format: "number" },
        ],
      },
      {
        table: "large_single",
        title: w.large,
        keys: ["decile"],
        columns: [
          decile,
          customers,
          opening("large_single", w.largeSingle),
          { name: "rate", label: w.largeRate, format: "percent" },
          opening("one_order", w.oneOrder),
          money("large_single_amount", w.largeAmount),
        ],
      },
    ];
  }
}

page("decile-period", DecilePeriod);
