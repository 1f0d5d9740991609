// Seasons of gifts by year: who sends again, to whom again, and who buys for own use afterwards.
import { nothing } from "lit";
import { grouped, over } from "../../shape.ts";
import { words } from "../../text/reports/gift-seasons.ts";
import { seasonOf } from "../../text/reports/gifts.ts";
import type { Question } from "../../wire.gen.ts";
import { money, opening, rate } from "../cells.ts";
import { type Control, days, type Params } from "../controls.ts";
import { heatTable } from "../heat.ts";
import { lines } from "../lines.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Season {
  season: string;
  year: number;
  senders: number;
  continued: number;
  continuation: number | null;
  pair_continuation: number | null;
}
interface Conversion {
  cohort: number;
  closed: number;
  converted: number;
  rate: number | null;
  rate_low: number | null;
  rate_high: number | null;
}

/** A month of fewer senders says nothing. */
const ENOUGH = 10;

class GiftSeasons extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;
  protected override readonly group = "gift";

  protected override question(params: Params): Question {
    return { kind: "gift_seasons", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      days(this.kit, "conversion_days", w.days, this.desk.settings.gift?.conversion_days ?? 180),
    ];
  }

  #season = (season: unknown): string => seasonOf(this.desk.lang, season);

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    // Of the latest seasons that are followed by one a year later, the one with the most senders.
    const known = answer.rows<Season>("gift_seasons").filter((row) => row.continuation !== null);
    const last = Math.max(...known.map(({ year }) => year));
    const said = known
      .filter(({ year }) => year === last)
      .toSorted((a, b) => b.senders - a.senders)[0];
    if (!said) return this.w.saysNone;
    return this.w.says(
      String(said.year),
      this.#season(said.season),
      t.people(f.count(said.senders)),
      f.share(said.continuation ?? 0),
      f.share(said.pair_continuation ?? 0),
    );
  }

  protected override todo(answer: Answered) {
    const { f } = this.desk;
    const list = answer.rows<Conversion>("own_conversion");
    const sum = (of: "closed" | "converted") => list.reduce((all, row) => all + row[of], 0);
    if (!sum("closed")) return this.w.todoNone;
    return this.w.todo(
      f.share(over(sum("converted"), sum("closed"))),
      f.count(this.number("conversion_days", answer)),
    );
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const rows = answer.rows<Season>("gift_seasons");
    const years = [...new Set(rows.map(({ year }) => year))].toSorted((a, b) => a - b);
    const heat = heatTable(desk, {
      caption: w.caption,
      heads: [w.season],
      columns: years.map((year) => w.yearOf(String(year))),
      even: true,
      lines: grouped(rows, ({ season }) => season).map(([season, list]) => ({
        name: this.#season(season),
        cells: years.map((year) => {
          const row = list.find((one) => one.year === year);
          const known = row?.continuation;
          return {
            value: known ?? null,
            words: known == null ? "–" : f.percent(known),
            ...(row ? { small: f.count(row.senders) } : {}),
            pending: row !== undefined && known == null,
            open: answer.opens(
              row?.continued ?? 0,
              "gift_seasons",
              [season, year],
              "continued",
              `${this.#season(season)}・${w.yearOf(String(year))}・${w.continued}`,
            ),
          };
        }),
      })),
    });
    const points = answer.rows<Conversion>("own_conversion").map((row) => ({
      x: row.cohort,
      y: row.closed < ENOUGH ? null : row.rate,
      low: row.rate_low,
      high: row.rate_high,
      open: answer.opens(
        row.converted,
        "own_conversion",
        [row.cohort],
        "converted",
        `${f.month(row.cohort)}・${w.converted}`,
      ),
    }));
    return [
      { title: w.picture, hint: w.pictureHint, body: rows.length ? heat : nothing },
      {
        title: w.own,
        hint: w.ownHint(f.count(this.number("conversion_days", answer))),
        body: points.some(({ y }) => y !== null)
          ? lines(desk, {
              label: w.ownChart,
              lines: [{ name: w.rate, colour: "rose", points }],
              write: f.share,
              writeX: f.month,
              writeXShort: f.monthShort,
            })
          : nothing,
      },
    ];
  }

  protected override sheets(): readonly Sheet[] {
    const { w } = this;
    return [
      {
        table: "gift_seasons",
        title: w.table,
        hint: w.tableHint,
        keys: ["season", "year"],
        sort: { by: "year", ascending: false },
        columns: [
          { name: "season", label: w.season, format: "text", write: this.#season },
          {
            name: "year",
            label: w.year,
            format: "text",
            write: (value) => w.yearOf(String(value)),
          },
          opening("senders", w.senders),
          {
            ...opening("continued", w.continued),
            pending: ({ continuation }) => continuation === null,
          },
          { name: "continuation", label: w.continuation, format: "rate" },
          opening("pairs", w.pairs),
          {
            ...opening("pairs_continued", w.pairsContinued),
            pending: ({ pair_continuation: rate }) => rate === null,
          },
          { name: "pair_continuation", label: w.pairContinuation, format: "rate" },
          opening("shipments", w.shipments),
          opening("orders", w.orders),
          { name: "destinations_per_order", label: w.perOrder, format: "number" },
          money("amount_per_destination", w.perDestination),
          money("amount", w.amount),
        ],
      },
      {
        table: "own_conversion",
        title: w.ownTable,
        keys: ["cohort"],
        sort: { by: "cohort", ascending: false },
        columns: [
          { name: "cohort", label: w.cohort, format: "month" },
          opening("senders", w.senders),
          opening("had_own", w.hadOwn),
          opening("waiting", w.waiting),
          opening("closed", w.closed),
          opening("converted", w.converted),
          rate("rate", w.rate),
        ],
      },
    ];
  }
}

page("gift-seasons", GiftSeasons);
