// Orders around the amount from which there is no postage, and what another would change.
import { nothing } from "lit";
import { words } from "../../text/reports/free-shipping.ts";
import type { Question } from "../../wire.gen.ts";
import { count, money, named, opening } from "../cells.ts";
import { columns } from "../columns.ts";
import type { Control, Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Now {
  threshold: number;
  told: number;
  just_below: number;
  mean_lack: number | null;
}
interface Bin {
  from: number;
  customers: number;
  free: number;
  paying: number;
}
interface Move {
  threshold: number;
  newly_paying: number;
  margin_change: number;
}

/** The picture ends at so many times the amount. */
const SHOWN = 3;

class FreeShipping extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "other";

  protected override question({ contracts, ...asked }: Params): Question {
    const counted = contracts === "yes" ? { contracts: true } : {};
    return { kind: "free_shipping", ...asked, ...counted } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      {
        kind: "number",
        name: "uplift_percent",
        label: w.uplift,
        unit: w.percent,
        min: 0,
        max: 100,
        value: 10,
      },
      {
        kind: "choice",
        name: "contracts",
        label: w.contracts,
        options: [
          ["no", w.contractsOf.no],
          ["yes", w.contractsOf.yes],
        ],
        value: "no",
      },
    ];
  }

  #now(answer: Answered): Now | undefined {
    return answer.rows<Now>("free_shipping")[0];
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const { w } = this;
    const now = this.#now(answer);
    if (!now) return w.saysNone;
    return w.says(
      f.money(now.threshold),
      now.told ? w.told : w.found,
      w.orders(f.count(now.just_below)),
      f.money(Math.round(now.mean_lack ?? 0)),
    );
  }

  protected override todo(answer: Answered) {
    const { f } = this.desk;
    const now = this.#now(answer);
    if (!now) return this.w.todoNone;
    const uplift = f.percent(this.number("uplift_percent", answer) / 100);
    const moves = answer.rows<Move>("free_shipping_moves");
    const stay = moves.find(({ threshold }) => threshold === now.threshold)?.margin_change ?? 0;
    const best = moves.toSorted((a, b) => b.margin_change - a.margin_change)[0];
    return best && best.threshold !== now.threshold && best.margin_change > Math.max(stay, 0)
      ? this.w.todo(
          f.money(best.threshold),
          f.money(Math.round(best.margin_change - Math.max(stay, 0))),
          uplift,
          best.newly_paying ? this.w.orders(f.count(best.newly_paying)) : "",
        )
      : this.w.todoStay(uplift);
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const now = this.#now(answer);
    const rows = answer.rows<Bin>("free_shipping_bins");
    const last = now ? now.threshold * SHOWN : (rows.at(-1)?.from ?? 0);
    const bins = rows.filter(({ from }) => from <= last);
    const measures = ["paying", "free"] as const;
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: bins.length
          ? columns(desk, {
              label: w.chart,
              touching: true,
              series: [
                { name: w.paying, colour: "new" },
                { name: w.free, colour: "green" },
              ],
              groups: bins.map((row) => ({
                name: w.above(f.money(row.from)),
                short: f.moneyShort(row.from),
                values: [row.paying, row.free],
                opens: measures.map((measure) =>
                  answer.opens(
                    row[measure],
                    "free_shipping_bins",
                    [row.from],
                    measure,
                    `${w.above(f.money(row.from))}・${w[measure]}`,
                  ),
                ),
              })),
              write: (n) => w.orders(f.count(n)),
              writeShort: f.count,
              rest: Math.max(bins.findIndex(({ from }) => from >= (now?.threshold ?? 0)) - 1, 0),
            })
          : nothing,
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w, desk } = this;
    const { f } = desk;
    const now = this.#now(answer)?.threshold;
    const moves: Sheet = {
      table: "free_shipping_moves",
      title: w.moves,
      hint: w.movesHint,
      keys: ["threshold"],
      // Amounts of goods, both ends of the range in it.
      behind: (row, { name }) => {
        const [at, today, near] = [row.threshold, now, row.near_from].map(Number) as [
          number,
          number,
          number,
        ];
        const ranges: Record<string, [number, number]> = {
          newly_free: [at, today],
          newly_paying: [today, at],
        };
        const [from, to] = ranges[name] ?? [near, at];
        return { table: "free_shipping", key: [`${from}..${to - 1}`] };
      },
      columns: [
        {
          name: "threshold",
          label: w.threshold,
          format: "money",
          write: (value) =>
            value === now ? w.now(f.money(Number(value))) : f.money(Number(value)),
        },
        money("margin_change", w.margin),
        money("postage_change", w.postage),
        count("newly_free", w.newlyFree, "postage"),
        count("newly_paying", w.newlyPaying, "free"),
        count("just_below", w.justBelow, "orders"),
        { name: "filled_orders", label: w.filled, format: "number" },
        money("filled_sales", w.filledSales),
      ],
    };
    return [
      ...(answer.rows("free_shipping_moves").length ? [moves] : []),
      {
        table: "free_shipping_bins",
        title: w.bins,
        keys: ["from"],
        columns: [
          {
            name: "from",
            label: w.amount,
            format: "money",
            write: (value) => w.above(f.money(Number(value))),
          },
          opening("customers", w.customers),
          opening("orders", w.ordersHead),
          opening("free", w.free),
          opening("paying", w.paying),
          money("postage", w.postageHead),
          money("sales", w.sales),
        ],
      },
      ...(answer.rows("free_shipping_left_out").length
        ? [
            {
              table: "free_shipping_left_out",
              title: w.left,
              keys: ["why"],
              columns: [named("why", w.why, w.whyOf), opening("orders", w.ordersHead)],
            } satisfies Sheet,
          ]
        : []),
    ];
  }
}

page("free-shipping", FreeShipping);
