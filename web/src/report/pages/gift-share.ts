// How many shipments are gifts, what speaks for it, and those to look at.
import { over } from "../../shape.ts";
import { words } from "../../text/reports/gift-share.ts";
import { gifts } from "../../text/reports/gifts.ts";
import type { Question } from "../../wire.gen.ts";
import { count, money, named, opening, reasons } from "../cells.ts";
import { columns } from "../columns.ts";
import { type Control, lengthOf, type Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Month {
  month: number;
  customers: number;
  gift: number;
  uncertain: number;
  own: number;
  gift_amount: number;
  own_amount: number;
}
interface Sender {
  sender: string;
  customers: number;
}

const YEAR = 12;
/** Months in the picture. */
const MONTHS = 24;

class GiftShare extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "gift";

  protected override question(params: Params): Question {
    return { kind: "gift_share", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [lengthOf(w.limit, w.rows)];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !answer.rows("gift_share").length;
  }

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const year = answer.rows<Month>("gift_share").slice(-YEAR);
    const sum = (of: (row: Month) => number) => year.reduce((all, row) => all + of(row), 0);
    const [gift, amount] = [sum((row) => row.gift), sum((row) => row.gift_amount)];
    if (!gift && !sum((row) => row.uncertain)) return this.w.saysNone;
    const shipments = (n: number) => this.w.shipments(f.count(n));
    return this.w.says(
      f.share(over(gift, gift + sum((row) => row.own))),
      f.share(over(amount, amount + sum((row) => row.own_amount))),
      shipments(gift),
      shipments(sum((row) => row.uncertain)),
    );
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const senders = answer.rows<Sender>("gift_senders");
    const count = (kind: string) => senders.find(({ sender }) => sender === kind)?.customers ?? 0;
    const people = (kind: string) => t.people(f.count(count(kind)));
    if (!count("gift_only") && !count("both")) return this.w.todoNone;
    return this.w.todo(people("gift_only"), people("both"));
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { t, f } = desk;
    const months = answer.rows<Month>("gift_share").slice(-MONTHS);
    const parts = ["gift", "uncertain", "own"] as const;
    const senders = answer.rows<Sender>("gift_senders");
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: columns(desk, {
          label: w.chart,
          series: [
            { name: w.gift, colour: "rose" },
            { name: w.uncertain, colour: "guest" },
            { name: w.own, colour: "repeat" },
          ],
          groups: months.map((row) => ({
            name: f.month(row.month),
            short: f.monthShort(row.month),
            values: parts.map((part) => row[part]),
            opens: parts.map((part) =>
              answer.opens(
                row[part],
                "gift_share",
                [row.month],
                part,
                `${f.month(row.month)}・${w[part]}`,
              ),
            ),
          })),
          write: (n) => w.shipments(f.count(n)),
          writeShort: f.count,
        }),
      },
      {
        title: w.senders,
        hint: w.sendersHint,
        body: columns(desk, {
          label: w.sendersChart,
          series: [{ name: w.customers, colour: "rose" }],
          groups: senders.map((row) => {
            const name = w.senderOf[row.sender] ?? row.sender;
            return {
              name,
              values: [row.customers],
              open: answer.opens(row.customers, "gift_senders", [row.sender], "customers", name),
            };
          }),
          write: (n) => t.people(f.count(n)),
          writeShort: f.count,
        }),
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w, desk } = this;
    const evidence = reasons("evidence", w.evidenceHead, gifts[desk.lang].evidence, this.kit);
    const kinds = [
      count("gift", w.gift, "gift"),
      count("uncertain", w.uncertain, "uncertain"),
      count("own", w.own, "own"),
    ];
    const review: Sheet = {
      table: "review",
      title: w.review,
      hint: w.reviewHint,
      keys: ["order"],
      columns: [
        { name: "day", label: w.day, format: "day" },
        { name: "order", label: w.order, format: "text" },
        { name: "customer", label: w.customer, format: "customer" },
        evidence,
        count("score", w.score),
        money("amount", w.amount),
      ],
    };
    return [
      ...(answer.rows("review").length ? [review] : []),
      {
        table: "gift_share",
        title: w.table,
        hint: w.sendersOf,
        keys: ["month"],
        sort: { by: "month", ascending: false },
        columns: [
          { name: "month", label: w.month, format: "month" },
          count("customers", w.customers, "customers"),
          opening("orders", w.orders),
          opening("gift_orders", w.giftOrders),
          opening("shipments", w.shipmentsHead),
          ...kinds,
          { name: "gift_rate", label: w.rate, format: "percent" },
          money("gift_amount", w.giftAmount),
          { name: "gift_amount_rate", label: w.amountRate, format: "percent" },
        ],
      },
      {
        table: "gift_senders",
        title: w.senders,
        keys: ["sender"],
        columns: [
          named("sender", w.sender, w.senderOf),
          count("customers", w.customers, "customers"),
          opening("shipments", w.shipmentsHead),
          opening("gift", w.gift),
          money("amount", w.amount),
        ],
      },
      {
        table: "gift_evidence",
        title: w.evidenceTable,
        keys: ["evidence"],
        hint: w.sendersOf,
        columns: [evidence, opening("shipments", w.shipmentsHead), ...kinds],
      },
      {
        table: "gift_noshi",
        title: w.noshiTable,
        keys: ["class"],
        columns: [
          named("class", w.noshi, w.noshiOf),
          opening("shipments", w.shipmentsHead),
          money("amount", w.amount),
        ],
      },
    ];
  }
}

page("gift-share", GiftShare);
