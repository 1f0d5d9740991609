// Who gets coupons, who uses them, and who would have come anyway.
import { over } from "../../shape.ts";
import { words } from "../../text/reports/coupons.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { type Column, count, money, named, opening, type Row } from "../cells.ts";
import { columns } from "../columns.ts";
import { type Control, days, type Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Coupon {
  group: Cell;
  part: string;
  orders: number;
  first_orders: number;
  returned: number;
  customers: number;
  discount: number;
  incremental_share: number | null;
  expected_orders: number | null;
}
interface Dependence {
  discounted_share: string;
  customers: number;
}

/** Coupons in the picture, and orders without which nothing is said of one. */
const [MOST, ENOUGH] = [15, 30];

class Coupons extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "coupons", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [days(this.kit, "window_days", w.window, 90)];
  }

  #used(answer: Answered): Coupon[] {
    return answer.rows<Coupon>("coupons").filter(({ orders }) => orders > 0);
  }

  #name = ({ group, part }: { group?: Cell; part?: Cell }): string =>
    part === "group" ? String(group ?? "") : (this.w.names[String(part)] ?? "");

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const used = this.#used(answer);
    const sum = (of: (row: Coupon) => number) => used.reduce((all, row) => all + of(row), 0);
    const orders = sum((row) => row.orders);
    if (!orders) return this.w.saysNone;
    const expected = sum((row) => row.expected_orders ?? 0);
    return this.w.says(
      this.w.orders(f.count(orders)),
      this.w.orders(f.count(Math.round(expected))),
      f.percent(over(expected, orders)),
      f.money(sum((row) => row.discount)),
    );
  }

  protected override todo(answer: Answered) {
    const { f } = this.desk;
    // Where most is taken off for those who had not been away.
    const wasted = (row: Coupon) => row.discount * (1 - (row.incremental_share ?? 1));
    const worst = this.#used(answer)
      .filter(({ part, orders }) => part === "group" && orders >= ENOUGH)
      .toSorted((a, b) => wasted(b) - wasted(a))[0];
    if (!worst || wasted(worst) <= 0) return this.w.todoNone;
    return this.w.todo(
      this.#name(worst),
      f.percent(worst.incremental_share ?? 0),
      f.money(worst.discount),
      f.count(this.number("window_days", answer)),
    );
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { t, f } = desk;
    const bars = this.#used(answer)
      .filter(({ part }) => part !== "rest")
      .toSorted((a, b) => b.orders - a.orders)
      .slice(0, MOST)
      .map((row) => ({
        name: this.#name(row),
        value: row.incremental_share,
        note: w.orders(f.count(row.orders)),
        open: answer.opens(
          row.customers,
          "coupons",
          [row.group],
          "customers",
          `${this.#name(row)}・${w.customers}`,
        ),
      }));
    const dependence = columns(desk, {
      label: w.dependenceChart,
      series: [{ name: w.people, colour: "repeat" }],
      groups: answer.rows<Dependence>("coupon_dependence").map((row) => {
        const name = w.shares[row.discounted_share] ?? row.discounted_share;
        return {
          name,
          values: [row.customers],
          open: answer.opens(
            row.customers,
            "coupon_dependence",
            [row.discounted_share],
            "customers",
            `${w.dependenceHead}・${name}`,
          ),
        };
      }),
      write: (n) => t.people(f.count(n)),
      writeShort: f.count,
    });
    return [
      ...(bars.length
        ? [
            {
              title: w.picture,
              hint: w.pictureHint(f.count(this.number("window_days", answer))),
              body: whiskers(desk, { label: w.chart, bars, write: f.percent, max: 1 }),
            },
          ]
        : []),
      { title: w.dependence, hint: w.dependenceHint, body: dependence },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    const repeat: Column = {
      name: "repeat_rate",
      label: w.repeat,
      format: "rate",
      low: "repeat_low",
      high: "repeat_high",
    };
    return [
      {
        table: "coupons",
        title: w.table,
        hint: w.tableHint,
        keys: ["group"],
        opens: (row: Row) => row.part !== "rest",
        sort: { by: "orders", ascending: false },
        columns: [
          { name: "group", label: w.code, format: "text", write: (_, row) => this.#name(row) },
          count("issued", w.issued, "issued"),
          count("redeemed", w.redeemed, "redeemed"),
          { name: "usage_rate", label: w.usage, format: "percent" },
          count("customers", w.customers, "customers"),
          opening("orders", w.ordersHead),
          count("first_orders", w.first, "first_orders"),
          opening("returned", w.returned),
          { name: "incremental_share", label: w.incrementalShare, format: "percent" },
          count("expected_orders", w.expected),
          count("incremental_orders", w.incremental),
          money("discount", w.discount),
          money("sales", w.sales),
          repeat,
        ],
      },
      {
        table: "coupon_orders",
        title: w.sideTable,
        keys: ["coupon"],
        columns: [
          named("coupon", w.side, w.sides),
          count("customers", w.people, "customers"),
          opening("orders", w.ordersHead),
          count("first_orders", w.first, "first_orders"),
          opening("returned", w.returned),
          money("discount", w.discount),
          money("sales", w.sales),
          repeat,
        ],
      },
      {
        table: "coupon_dependence",
        title: w.dependenceTable,
        keys: ["discounted_share"],
        columns: [
          named("discounted_share", w.dependenceHead, w.shares),
          count("customers", w.people, "customers"),
          opening("orders", w.ordersHead),
          opening("discounted", w.discounted),
          money("sales", w.sales),
          money("margin", w.margin),
        ],
      },
    ];
  }
}

page("coupons", Coupons);
