// What the first order tells of later ones: who buys more often and leaves sooner than all others.
import { nothing } from "lit";
import { words } from "../../text/reports/effects.ts";
import { words as ltv } from "../../text/reports/ltv.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { type Column, opening } from "../cells.ts";
import type { Control, Params } from "../controls.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";
import { whiskers } from "../whiskers.ts";

interface Group {
  group: Cell;
  part: string;
  customers: number;
  purchase_ratio: number | null;
  purchase_low: number;
  purchase_high: number;
  leaving_ratio: number | null;
  leaving_low: number;
  leaving_high: number;
  purchases: number;
  purchases_others: number;
  chance: number;
}

const BY = ["media", "product", "coupon", "gift", "prefecture", "subscription"];
const YEAR = 365;
/** A difference that chance alone would bring less often than this, of all groups together. */
const CLEAR = 0.05;

class Effects extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(asked: Params): Question {
    return { kind: "effects", horizon_days: YEAR, ...asked } as Question;
  }

  get #ltv() {
    return ltv[this.desk.lang];
  }

  protected override controls(): readonly Control[] {
    return [
      {
        kind: "choice",
        name: "by",
        label: this.#ltv.by,
        options: BY.map((by) => [by, this.#ltv.groupings[by] ?? by] as const),
        value: "media",
      },
    ];
  }

  #by(answer: Answered): string {
    return (answer.question as unknown as { by?: string }).by ?? "media";
  }

  #name(answer: Answered, { group, part }: Group): string {
    const { names } = this.#ltv;
    if (part !== "group") return names[part] ?? "";
    if (this.#by(answer) === "product") return answer.desk.product(group);
    return names[String(group)] ?? String(group ?? "");
  }

  /** Groups that are compared, the best first. */
  #compared(answer: Answered): Group[] {
    return answer
      .rows<Group>("effects")
      .filter(({ purchase_ratio }) => purchase_ratio !== null)
      .toSorted((a, b) => gain(b) - gain(a));
  }

  #clear(answer: Answered): Group[] {
    const compared = this.#compared(answer);
    return compared.filter(({ chance }) => chance * compared.length < CLEAR);
  }

  #said(answer: Answered, row: Group): string {
    const { f } = this.desk;
    const name = this.#name(answer, row);
    return this.w.group(name, f.ratio(row.purchases), f.ratio(row.purchases_others));
  }

  protected override says(answer: Answered) {
    const clear = this.#clear(answer);
    const [best, worst] = [clear[0], clear.at(-1)];
    const { w } = this;
    const what = this.#ltv.groupings[this.#by(answer)] ?? "";
    if (!this.#compared(answer).length) return w.saysOpen;
    if (!best || !worst) return w.saysNone(what);
    return this.kit.text(
      gain(best) > 1 ? w.best(this.#said(answer, best)) : "",
      gain(worst) < 1 ? w.worst(this.#said(answer, worst)) : "",
    );
  }

  protected override todo(answer: Answered) {
    return this.#clear(answer).length ? this.w.todo : this.w.todoNone;
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { f } = desk;
    const rows = this.#compared(answer);
    const picture = (of: "purchase" | "leaving", label: string) =>
      rows.length
        ? whiskers(desk, {
            label,
            bars: rows.map((row) => ({
              name: this.#name(answer, row),
              value: row[`${of}_ratio`],
              low: row[`${of}_low`],
              high: row[`${of}_high`],
              colour: of === "purchase" ? "repeat" : "new",
              open: answer.opens(
                row.customers,
                "effects",
                [row.group],
                "customers",
                this.#name(answer, row),
              ),
            })),
            write: (n) => w.times(f.ratio(n)),
            reference: { value: 1, name: w.others },
          })
        : nothing;
    return [
      { title: w.purchase, hint: w.purchaseHint, body: picture("purchase", w.purchaseChart) },
      { title: w.leaving, hint: w.leavingHint, body: picture("leaving", w.leavingChart) },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w } = this;
    const { f } = this.desk;
    const by = this.#by(answer);
    const ratio = (of: "purchase" | "leaving", label: string): Column => ({
      name: `${of}_ratio`,
      label,
      format: "number",
      low: `${of}_low`,
      high: `${of}_high`,
    });
    const number = (name: string, label: string): Column => ({ name, label, format: "number" });
    return [
      {
        table: "effects",
        title: w.table,
        hint: w.tableHint,
        keys: ["group"],
        opens: (row) => row.part !== "rest",
        columns: [
          {
            name: "group",
            label: this.#ltv.groupings[by] ?? this.#ltv.group,
            format: by === "product" ? "product" : "text",
            write: (_, row) => this.#name(answer, row as unknown as Group),
          },
          opening("customers", w.customers),
          ratio("purchase", w.purchase),
          ratio("leaving", w.leaving),
          number("purchases", w.purchases),
          number("purchases_others", w.purchasesOthers),
          {
            name: "chance",
            label: w.chance,
            format: "number",
            write: (value) =>
              typeof value !== "number" ? "–" : value < 0.001 ? w.hardly : f.share(value),
          },
        ],
      },
    ];
  }
}

/** How many times the others' purchases a new customer of a group is expected to make. */
const gain = ({ purchases, purchases_others }: Group): number =>
  purchases_others > 0 ? purchases / purchases_others : 1;

page("effects", Effects);
