// Customers by member rank, who is about to rise and who to fall.

import { words } from "../../text/reports/member-ranks.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, count, money, opening } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Rank {
  rank: number;
  name: string;
  customers: number;
  near_by_amount: number;
  near_by_orders: number;
  falling: number;
}

class MemberRanks extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "ranks";

  protected override question(params: Params): Question {
    return { kind: "member_ranks", ...params } as Question;
  }

  /** The plan's own names; those of the plan that a shop begins with are translated. */
  #name(name: unknown): string {
    return this.w.names[String(name)] ?? String(name);
  }

  protected override isEmpty(answer: Answered): boolean {
    return answer.rows<Rank>("member_ranks").every(({ customers }) => customers === 0);
  }

  protected override says(answer: Answered) {
    const { f, t } = this.desk;
    const rows = answer.rows<Rank>("member_ranks");
    const sum = (of: (row: Rank) => number) => rows.reduce((all, row) => all + of(row), 0);
    const ranked = sum((row) => (row.rank > 0 ? row.customers : 0));
    const all = sum((row) => row.customers);
    const lowest = this.#name(rows[0]?.name ?? "");
    return this.w.says(lowest, t.people(f.count(ranked)), f.share(ranked / (all || 1)));
  }

  protected override todo(answer: Answered) {
    const { f, t } = this.desk;
    const rows = answer.rows<Rank>("member_ranks");
    const sum = (of: (row: Rank) => number) => rows.reduce((all, row) => all + of(row), 0);
    const near = sum((row) => row.near_by_amount);
    const falling = sum((row) => row.falling);
    const days = f.count(this.desk.settings.member_ranks?.outlook_days ?? 30);
    return this.w.todo(t.people(f.count(near)), days, t.people(f.count(falling)));
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f, t } = desk;
    const rows = answer.rows<Rank>("member_ranks");
    const parts = ["customers", "near_by_amount", "falling"] as const;
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: columns(desk, {
          label: w.chart,
          kind: "grouped",
          rest: 0,
          series: [
            { name: w.customers, colour: "repeat" },
            { name: w.near, colour: "green" },
            { name: w.falling, colour: "bad" },
          ],
          groups: rows.map((row) => ({
            name: this.#name(row.name),
            values: parts.map((part) => row[part]),
            opens: parts.map((part) =>
              answer.opens(row[part], "member_ranks", [row.rank], part, this.#name(row.name)),
            ),
          })),
          write: (n) => t.people(f.count(n)),
          writeShort: f.count,
        }),
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w } = this;
    // Only what the plan brings about.
    const held = (
      [
        ["kept", w.kept],
        ["carried_over", w.carriedOver],
        ["grace", w.grace],
        ["pinned", w.pinned],
      ] as const
    ).filter(([column]) => answer.rows("member_ranks").some((row) => Number(row[column])));
    const name: Column = {
      name: "rank",
      label: w.rank,
      format: "text",
      write: (_, row) => this.#name(row.name),
    };
    return [
      {
        table: "member_ranks",
        title: w.table,
        keys: ["rank"],
        columns: [
          name,
          opening("customers", w.customers),
          { name: "customer_share", label: w.share, format: "percent" },
          money("window_amount", w.windowAmount),
          opening("window_orders", w.windowOrders),
          opening("near_by_amount", w.near),
          opening("near_by_orders", w.nearOrders),
          opening("falling", w.falling),
          ...held.map(([column, label]) => opening(column, label)),
        ],
      },
      {
        table: "member_rank_bounds",
        title: w.bounds,
        hint: w.boundsHint,
        keys: ["rank"],
        columns: [
          name,
          money("up_amount", w.upAmount),
          count("up_orders", w.upOrders),
          money("keep_amount", w.keepAmount),
          count("keep_orders", w.keepOrders),
        ],
      },
    ];
  }
}

page("member-ranks", MemberRanks);
