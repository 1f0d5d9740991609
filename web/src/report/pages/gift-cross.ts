// Who sends in one season and in another of the same year.
import { nothing } from "lit";
import { words } from "../../text/reports/gift-cross.ts";
import { seasonOf } from "../../text/reports/gifts.ts";
import type { Question } from "../../wire.gen.ts";
import { type Column, opening } from "../cells.ts";
import type { Control, Params } from "../controls.ts";
import { heatTable } from "../heat.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Pair {
  year: number;
  a: string;
  b: string;
  senders: number;
  rate: number;
}

class GiftCross extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question({ shown: _shown, ...asked }: Params): Question {
    return { kind: "gift_cross", ...asked } as Question;
  }

  protected override controls(): readonly Control[] {
    const year = Number(this.desk.asOf.slice(0, 4));
    // The last year that is over, since the seasons of this one are still to come.
    const value = year - 1;
    return [
      { kind: "number", name: "shown", label: this.w.year, min: value - 10, max: year, value },
    ];
  }

  get #year(): number {
    return this.number("shown");
  }

  #season = (season: unknown): string => seasonOf(this.desk.lang, season);

  #pairs(answer: Answered): Pair[] {
    return answer.rows<Pair>("gift_cross").filter(({ year }) => year === this.#year);
  }

  /** How many sent in a season. */
  #senders(pairs: readonly Pair[], season: string): number {
    return pairs.find(({ a, b }) => a === season && b === season)?.senders ?? 0;
  }

  /** The pair of most people, from the season of more senders. */
  #best(pairs: readonly Pair[]): Pair | undefined {
    return pairs
      .filter(({ a, b }) => a !== b)
      .toSorted(
        (x, y) => y.senders - x.senders || this.#senders(pairs, y.a) - this.#senders(pairs, x.a),
      )[0];
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const pairs = this.#pairs(answer);
    const best = this.#best(pairs);
    if (!best) return this.w.saysNone(String(this.#year));
    return this.w.says(
      String(this.#year),
      this.#season(best.a),
      t.people(f.count(this.#senders(pairs, best.a))),
      f.share(best.rate),
      this.#season(best.b),
    );
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const pairs = this.#pairs(answer);
    const best = this.#best(pairs);
    const without = best ? this.#senders(pairs, best.a) - best.senders : 0;
    return best && without
      ? this.w.todo(this.#season(best.a), this.#season(best.b), t.people(f.count(without)))
      : this.w.todoNone;
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const pairs = this.#pairs(answer);
    const seasons = [...new Set(pairs.map(({ a }) => a))].toSorted(
      (a, b) => this.#senders(pairs, b) - this.#senders(pairs, a),
    );
    const heat = heatTable(desk, {
      caption: w.caption,
      heads: [w.from, w.senders],
      columns: seasons.map(this.#season),
      even: true,
      lines: seasons.map((a) => ({
        name: this.#season(a),
        plain: [f.count(this.#senders(pairs, a))],
        cells: seasons.map((b) => {
          const pair = pairs.find((one) => one.a === a && one.b === b);
          if (a === b || !pair) return { value: null, words: "–" };
          return {
            value: pair.rate,
            words: f.percent(pair.rate),
            small: f.count(pair.senders),
            open: answer.opens(
              pair.senders,
              "gift_cross",
              [pair.year, a, b],
              "senders",
              `${w.yearOf(String(pair.year))}・${this.#season(a)}・${this.#season(b)}`,
            ),
          };
        }),
      })),
    });
    return [
      {
        title: w.picture(String(this.#year)),
        hint: w.pictureHint,
        body: seasons.length ? heat : nothing,
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w } = this;
    const season = (name: string, label: string): Column => ({
      name,
      label,
      format: "text",
      write: this.#season,
    });
    return [
      {
        table: "gift_cross",
        title: w.table,
        keys: ["year", "a", "b"],
        rows: answer.rows("gift_cross").filter((row) => row.a !== row.b),
        sort: { by: "year", ascending: false },
        columns: [
          {
            name: "year",
            label: w.year,
            format: "text",
            write: (value) => w.yearOf(String(value)),
          },
          season("a", w.from),
          season("b", w.also),
          opening("senders", w.both),
          { name: "rate", label: w.rate, format: "percent" },
        ],
      },
    ];
  }
}

page("gift-cross", GiftCross);
