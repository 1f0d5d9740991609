// What every report's page is made of: it asks its question again when the day, the facts or a
// control change, keeps the last answer until the next is there, and stands in a fixed order: what
// the figures say, what to do, the pictures, the tables.
import { html, nothing, type TemplateResult } from "lit";
import { type Desk, define, View } from "../desk.ts";
import { head } from "../parts.ts";
import { rows, type Tables } from "../shape.ts";
import { askAll } from "../source.ts";
import { type KitText, words as kit } from "../text/reports/kit.ts";
import type { Cell, Note, Question, Scope } from "../wire.gen.ts";
import { sayCondition } from "../words.ts";
import { type Choices, type Control, compareDay, controlBar, type Params } from "./controls.ts";
import type { Opens } from "./picture.ts";
import { savePicture } from "./png.ts";
import type { PageName } from "./registry.ts";
import "../day.ts";
import type { Row } from "./cells.ts";
import type { OpenRow, Sheet } from "./table.ts";
import "./table.ts";

/** A picture on a page. */
export interface Figure {
  title?: string;
  hint?: string;
  body: TemplateResult | typeof nothing;
}

/** Words of a page: all that the kit reads of them. */
export interface PageText {
  title: string;
  /** What the answer's notes say, by code: `n` as people (of orders left out, alone), and alone. */
  notes?: Record<string, (n: string, alone: string) => string>;
}

/** An answer, and what it was asked with. */
export class Answered {
  constructor(
    readonly question: Question,
    readonly scope: Scope,
    /** The day to compare with. */
    readonly compare: string | undefined,
    readonly tables: Tables,
    readonly notes: readonly Note[],
    /** A desk that knows the answer's products by name. */
    readonly desk: Desk,
  ) {}

  /** Rows of a table. */
  rows<T = Row>(table: string): T[] {
    return rows<T>(this.tables[table]);
  }

  /** The same rows on the day to compare with; none without one. */
  before<T = Row>(table: string): T[] {
    return rows<T>(this.tables[`${table}_before`]);
  }

  /**
   * Opens the customers whom a number of a row counts. `said` names the row to a reader; `more`
   * are further parameters of the question, where the row is a part of it.
   */
  open(
    table: string,
    key: Cell[],
    measure: string | undefined,
    said: string,
    more: object = {},
  ): () => void {
    return () => {
      const question = { ...this.question, ...more };
      const condition = { in: "report", question, table, key, measure } as const;
      sayCondition(condition, said);
      this.desk.open([condition], this.scope);
    };
  }

  /** The same for a mark; nothing where it counts nobody. */
  opens(count: number, table: string, key: Cell[], measure: string, said: string): Opens {
    return count > 0 ? this.open(table, key, measure, said) : undefined;
  }
}

// Answers by the facts that they were asked of: whoever comes back from a list finds them.
const KEPT = new WeakMap<Tables, Map<string, Answered>>();
const KEPT_MAX = 24;

export abstract class ReportView<W extends PageText> extends View {
  static override properties = {
    ...View.properties,
    choices: { attribute: false },
    shown: { state: true },
    busy: { state: true },
  };
  /** What the reader chose; the route keeps it. */
  declare choices: Choices | undefined;
  /** The last answer. */
  declare shown: Answered | undefined;
  declare busy: boolean;
  #asked = "";
  #facts: Tables | undefined;

  constructor() {
    super();
    this.busy = false;
  }

  /** The page's words in both languages. */
  protected abstract readonly words: { ja: W; en: W };
  /** The group of the settings by which the page counts. */
  protected readonly group: string | undefined;
  /** What is asked; `params` are those that differ from the controls' defaults. */
  protected abstract question(params: Params): Question;
  /** What the figures say, in one sentence. */
  protected abstract says(answer: Answered): string | TemplateResult | typeof nothing;
  /** What to do about it. */
  protected abstract todo(answer: Answered): string | TemplateResult | typeof nothing;
  protected abstract figures(answer: Answered): readonly Figure[];
  protected abstract sheets(answer: Answered): readonly Sheet[];
  /** The page's own controls, before scope and comparison. */
  protected controls(): readonly Control[] {
    return [];
  }
  /** Whether there is nothing to show. */
  protected isEmpty({ tables }: Answered): boolean {
    return Object.values(tables).every((table) => table.rows.length === 0);
  }

  /** The page's words in the reader's language. */
  protected get w(): W {
    return this.words[this.desk.lang];
  }

  protected get kit(): KitText {
    return kit[this.desk.lang];
  }

  /** A number control's value, also when it is the default: of an answer, or as it stands now. */
  protected number(name: string, answer?: Answered): number {
    const control = this.controls().find((one) => one.name === name);
    const fallback = control?.kind === "number" ? control.value : 0;
    const params = answer ? (answer.question as unknown as Params) : this.choices?.params;
    return Number(params?.[name] ?? fallback);
  }

  override willUpdate(): void {
    const { desk } = this;
    const { scope = "all", compare, params = {} } = this.choices ?? {};
    const question = this.question(params);
    const asked = JSON.stringify([desk.asOf, scope, compareDay(compare, desk.asOf), question]);
    const isOther = this.#facts !== desk.tables;
    if (asked === this.#asked && !isOther) {
      // Another language is another desk, with the same answer.
      if (this.shown && this.shown.desk.lang !== desk.lang) this.shown = this.#onDesk(this.shown);
      return;
    }
    this.#asked = asked;
    this.#facts = desk.tables;
    const kept = KEPT.get(desk.tables)?.get(asked);
    if (kept) {
      this.failure = undefined;
      this.busy = false;
      this.shown = this.#onDesk(kept);
    } else void this.#ask(asked, question, scope, compareDay(compare, desk.asOf));
  }

  async #ask(asked: string, question: Question, scope: Scope, compare?: string): Promise<void> {
    const { desk } = this;
    this.busy = true;
    const isLate = () => asked !== this.#asked || this.#facts !== desk.tables;
    this.failure = undefined;
    try {
      const beside = { ...(compare ? { compare } : {}), ...(scope === "all" ? {} : { scope }) };
      const { answer, notes } = await askAll(desk.source, desk.asOf, question, "tables", beside);
      const names = answer.product_names ?? {};
      const named = { ...desk, product: (code: Cell) => names[String(code)] ?? desk.product(code) };
      const found = new Answered(question, scope, compare, answer.tables, notes, named);
      const kept = KEPT.get(desk.tables) ?? new Map<string, Answered>();
      KEPT.set(desk.tables, kept.set(asked, found));
      if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value ?? "");
      if (!isLate()) this.shown = found;
    } catch (cause) {
      if (isLate()) return;
      this.failure = cause;
      desk.report(cause);
    } finally {
      if (!isLate()) this.busy = false;
    }
  }

  /** An answer on the desk of now, which may have another language. */
  #onDesk({ question, scope, compare, tables, notes, desk }: Answered): Answered {
    const { product } = desk;
    return new Answered(question, scope, compare, tables, notes, { ...this.desk, product });
  }

  #again = (): void => {
    this.#asked = "";
    this.requestUpdate();
  };

  #choose = (part: Choices): void => {
    this.desk.choose({ ...this.choices, ...part });
  };

  override render() {
    const { shown, desk } = this;
    const { t } = desk;
    const isShown = shown !== undefined && !this.isEmpty(shown);
    const says = isShown ? this.says(shown) : shown || this.failure ? nothing : t.loading;
    return html`${head(this.w.title, says, isShown ? this.todo(shown) : nothing)}
      ${controlBar(desk, this.kit, this.controls(), this.choices ?? {}, this.#choose, this.#toSettings())}
      ${this.problem(this.#again)}
      ${shown ? (isShown ? this.#body(shown) : this.#nothing()) : nothing}`;
  }

  #toSettings() {
    const { group, desk } = this;
    return group
      ? html`<button type="button" class="link" @click=${() => desk.go({ view: "settings", group })}>${this.kit.settings[group] ?? this.kit.bounds}</button>`
      : nothing;
  }

  #nothing() {
    return html`<section class="card"><div class="notice" role="status"><p class="says">${this.kit.nothing}</p>
      <p class="soft">${this.kit.nothingHint}</p></div></section>`;
  }

  #body(shown: Answered) {
    const file = `okaeri-${shown.question.kind}-${shown.desk.asOf}`;
    return html`<div class="report-body" aria-busy=${this.busy}>
      ${this.figures(shown).map((figure, i) => this.#figure(figure, `${file}${i ? `-${i + 1}` : ""}`))}
      ${this.sheets(shown).map((sheet) => this.#sheet(sheet, shown, file))}
      ${this.#notes(shown)}</div>`;
  }

  #figure({ title, hint, body }: Figure, file: string) {
    if (body === nothing) return nothing;
    const save = ({ target }: Event) => {
      const card = (target as Element).closest(".card");
      if (card) void this.attempt(() => savePicture(card, title ?? this.w.title, file));
    };
    return html`<section class="card picture"><div class="card-head"><h3>${title ?? nothing}</h3>
        <button class="button save" @click=${save}>${this.kit.picture}</button></div>
      ${hint ? html`<p class="small">${hint}</p>` : nothing}${body}</section>`;
  }

  #sheet(sheet: Sheet, shown: Answered, file: string) {
    const open: OpenRow = (...row) => shown.open(...row)();
    return html`<section class="card"><okaeri-report-table .desk=${shown.desk} .sheet=${sheet}
      .rows=${sheet.rows ?? shown.rows(sheet.table)} .past=${shown.before(sheet.table)}
      .compared=${shown.compare ?? ""} .open=${open} .file=${`${file}-${sheet.table}`}></okaeri-report-table></section>`;
  }

  /** What the answer left out, where there are words for it. */
  #notes({ notes, desk }: Answered) {
    const said = notes.flatMap(({ code, count }) => {
      const alone = desk.f.count(count);
      const unit = code.startsWith("left_out") ? alone : desk.t.people(alone);
      return (this.w.notes?.[code] ?? this.kit.notes[code])?.(unit, alone) ?? [];
    });
    return said.length
      ? html`<ul class="small">${said.map((one) => html`<li>${one}</li>`)}</ul>`
      : nothing;
  }
}

/** Defines a page's element; `name` is that of the registry. */
export function page(name: PageName, element: CustomElementConstructor): void {
  define(`okaeri-report-${name}`, element);
}
