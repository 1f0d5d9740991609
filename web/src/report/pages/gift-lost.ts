// Recipients of last year's season who have got nothing this year.
import { words } from "../../text/reports/gift-lost.ts";
import { seasonOf } from "../../text/reports/gifts.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, count, money, opening } from "../cells.ts";
import { type Control, lengthOf, type Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Season {
  season: string;
  year: number;
  lost_senders: number;
  pairs: number;
  lost_pairs: number;
  lost_amount: number;
  can_order: number;
  lost_rate: number | null;
}

class GiftLost extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "gift_lost", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [lengthOf(w.limit, w.rows)];
  }

  protected override isEmpty(answer: Answered): boolean {
    return !answer.rows("gift_lost").length;
  }

  /** The season that is spoken of: one that can still be ordered, and the greatest amount. */
  #said(answer: Answered): Season | undefined {
    return answer
      .rows<Season>("gift_lost")
      .toSorted((a, b) => b.can_order - a.can_order || b.lost_amount - a.lost_amount)[0];
  }

  #season = (season: unknown): string => seasonOf(this.desk.lang, season);

  protected override says(answer: Answered) {
    const { f } = this.desk;
    const { w } = this;
    const said = this.#said(answer);
    if (!said) return w.saysNone;
    const say = said.can_order ? w.says : w.saysOver;
    return say(
      String(said.year),
      this.#season(said.season),
      w.pairs(f.count(said.pairs)),
      w.pairs(f.count(said.lost_pairs)),
      f.share(said.lost_rate ?? 0),
      f.money(said.lost_amount),
    );
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const said = this.#said(answer);
    if (!said?.lost_senders) return this.w.todoNone;
    const people = t.people(f.count(said.lost_senders));
    return said.can_order ? this.w.todo(people) : this.w.todoOver(people);
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const bars = answer
      .rows<Season>("gift_lost")
      .toSorted((a, b) => b.lost_pairs - a.lost_pairs)
      .map((row) => {
        const name = w.name(this.#season(row.season), String(row.year));
        return {
          name,
          value: row.lost_rate,
          colour: row.can_order ? ("new" as const) : ("guest" as const),
          note: w.pairs(f.count(row.lost_pairs)),
          open: answer.opens(
            row.lost_senders,
            "gift_lost",
            [row.season, row.year],
            "lost_senders",
            `${name}・${w.lostSenders}`,
          ),
        };
      });
    return [
      {
        title: w.picture,
        hint: w.pictureHint,
        body: whiskers(desk, { label: w.chart, bars, write: f.percent, max: 1 }),
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w } = this;
    const season: Column = {
      name: "season",
      label: w.season,
      format: "text",
      write: this.#season,
    };
    const year: Column = {
      name: "year",
      label: w.year,
      format: "text",
      write: (value) => w.yearOf(String(value)),
    };
    const amount: Column = money("lost_amount", w.amount);
    const list: Sheet = {
      table: "lost_senders",
      title: w.list,
      hint: w.listHint,
      keys: ["season", "year", "customer"],
      columns: [
        { name: "customer", label: w.customer, format: "customer" },
        season,
        year,
        count("lost_pairs", w.lostPairs),
        amount,
        { name: "recipients", label: w.recipients, format: "text", isLong: true },
      ],
    };
    return [
      {
        table: "gift_lost",
        title: w.table,
        keys: ["season", "year"],
        sort: { by: "lost_amount", ascending: false },
        columns: [
          season,
          year,
          count("senders", w.senders, "senders"),
          count("lost_senders", w.lostSenders, "lost_senders"),
          opening("pairs", w.pairsHead),
          opening("lost_pairs", w.lostPairs),
          { name: "lost_rate", label: w.rate, format: "percent" },
          amount,
          {
            name: "can_order",
            label: w.state,
            format: "text",
            write: (value) => (value ? w.open : w.over),
          },
        ],
      },
      ...(answer.rows("lost_senders").length ? [list] : []),
    ];
  }
}

page("gift-lost", GiftLost);
