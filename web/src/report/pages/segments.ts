// Segments: a text and its rows side by side, who is in it, what is saved, and what overlaps. The
// text is what counts; rows write it, and are read from it where they can show it.
import { html, nothing } from "lit";
import { type Desk, View } from "../../desk.ts";
import { exportCustomers } from "../../export.ts";
import { head } from "../../parts.ts";
import { ask, type Source } from "../../source.ts";
import { words } from "../../text/reports/segments.ts";
import type { Segment, SegmentAttributes } from "../../wire.gen.ts";
import { saySegment } from "../../words.ts";
import type { Choices } from "../controls.ts";
import { editor } from "../segments/editor.ts";
import { foundCard, segmentFilter } from "../segments/found.ts";
import type { Named } from "../segments/overlap.ts";
import type { Saved } from "../segments/shelf.ts";
import { startsOf } from "../segments/starts.ts";
import { adopt } from "../segments/styles.ts";
import { type Rows, rowsOf, textOf } from "../segments/tree.ts";
import { page } from "../view.ts";
import "../segments/builder.ts";
import "../segments/overlap.ts";
import "../segments/saved.ts";

const WAIT_MS = 300;
const SAMPLE = 10;
const NO_ROWS: Rows = { join: "and", members: [] };

// The table of attributes is the module's: one a source.
const KNOWN = new WeakMap<Source, SegmentAttributes>();

class Segments extends View {
  static override properties = {
    ...View.properties,
    choices: { attribute: false },
    known: { state: true },
    text: { state: true },
    rows: { state: true },
    current: { state: true },
    found: { state: true },
    counted: { state: true },
    busy: { state: true },
    exporting: { state: true },
    shelved: { state: true },
  };
  /** The text, and the saved segment that it began with; the route keeps them. */
  declare choices: Choices | undefined;
  declare known: SegmentAttributes | undefined;
  declare text: string;
  /** The text as rows, or why it has none. */
  declare rows: Rows | "wrong" | "deep";
  declare current: string;
  /** The last answer. */
  declare found: Segment | undefined;
  /** The last answer to a text that could be read. */
  declare counted: Segment | undefined;
  declare busy: boolean;
  declare exporting: boolean;
  declare shelved: readonly Saved[];
  #asked = "";
  #facts: Desk["tables"] | undefined;
  /** Whose table of attributes is known, or asked for. */
  #source: Source | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The text of `choices` that is on show. */
  #told: string | undefined;

  constructor() {
    super();
    this.text = this.current = "";
    this.rows = NO_ROWS;
    this.busy = this.exporting = false;
    this.shelved = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adopt(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  get #w() {
    return words[this.desk.lang];
  }

  override willUpdate(): void {
    const { desk, choices } = this;
    const { text = "", id = "" } = choices?.params ?? {};
    if (String(text) !== this.#told) {
      this.#told = String(text);
      this.#set(String(text), String(id), true);
    }
    if (desk.source !== this.#source) void this.#learn();
    if (this.known) this.#askSoon(this.#facts === desk.tables);
  }

  async #learn(): Promise<void> {
    const { source, asOf } = this.desk;
    this.#source = source;
    const known = KNOWN.get(source);
    if (known) return this.#know(known);
    await this.attempt(async () => {
      const answer = await ask(source, asOf, { kind: "segment_attributes" }, "segment_attributes");
      KNOWN.set(source, answer);
      this.#know(answer);
    });
  }

  #know(known: SegmentAttributes): void {
    this.known = known;
    this.rows = rowsOf(this.text, known);
  }

  /** Takes a text, by hand or from elsewhere, and its rows if it has any. */
  #set(text: string, current = this.current, isNow = false): void {
    this.text = text;
    this.current = current;
    if (this.known) this.rows = rowsOf(text, this.known);
    if (isNow) this.#asked = "";
  }

  /** Takes rows; those that are not whole stay beside the text. */
  #build(rows: Rows): void {
    this.rows = rows;
    this.text = textOf(rows);
  }

  /** Asks once the reader pauses; at once for another day, other facts, or a text put here whole. */
  #askSoon(isSame: boolean): void {
    const { desk, text } = this;
    const asked = JSON.stringify([desk.asOf, text]);
    if (asked === this.#asked && isSame) return;
    const isNow = !isSame || this.#asked === "";
    this.#asked = asked;
    this.#facts = desk.tables;
    clearTimeout(this.#timer);
    if (!text.trim()) {
      this.found = this.counted = this.failure = undefined;
      this.busy = false;
      this.#timer = setTimeout(() => this.#keep(), WAIT_MS);
      return;
    }
    this.busy = true;
    this.#timer = setTimeout(() => void this.#ask(asked), isNow ? 0 : WAIT_MS);
  }

  /** The way back from a list finds the text. */
  #keep(): void {
    const { text, current } = this;
    if (text === this.#told) return;
    this.#told = text;
    this.desk.choose({ params: { text: text || undefined, id: current || undefined } });
  }

  async #ask(asked: string): Promise<void> {
    const { desk, text } = this;
    this.#keep();
    await this.attempt(async () => {
      const question = { kind: "segment", text, limit: SAMPLE } as const;
      const found = await ask(desk.source, desk.asOf, question, "segment");
      if (asked !== this.#asked) return;
      this.found = found;
      if (!found.errors?.length) this.counted = found;
      if (found.sentence) saySegment(found.text, found.sentence);
    });
    if (asked === this.#asked) this.busy = false;
  }

  #again = (): void => {
    this.#asked = "";
    if (!this.known) this.#source = undefined;
    this.requestUpdate();
  };

  #export = async (): Promise<void> => {
    const found = this.#sound;
    if (!found) return;
    this.exporting = true;
    await this.attempt(() =>
      exportCustomers(this.desk, segmentFilter(found.text, found.sentence), "segment"),
    );
    this.exporting = false;
  };

  /** The answer, when it is of the text on show and the text is sound. */
  get #sound(): Segment | undefined {
    const { found, busy, text } = this;
    return found && !busy && text.trim() && !found.errors?.length ? found : undefined;
  }

  override render() {
    const { desk, known, found } = this;
    const { t, f } = desk;
    const w = this.#w;
    const isCounted = found && !found.errors?.length;
    const says = !known
      ? this.failure
        ? nothing
        : t.loading
      : !this.text.trim()
        ? w.saysNone
        : isCounted
          ? w.says(
              t.people(f.count(found.customers)),
              found.share === null ? "–" : f.share(found.share),
              t.people(f.count(found.mailable)),
            )
          : found
            ? w.saysWrong
            : t.loading;
    return html`${head(w.title, says, isCounted ? w.todo : this.text.trim() ? nothing : w.todoNone)}
      ${this.problem(this.#again)}
      ${known ? html`<div class="report-body" aria-busy=${this.busy && !found}>${this.#body(known)}</div>` : nothing}`;
  }

  #body(known: SegmentAttributes) {
    const { desk, found, text } = this;
    const w = this.#w;
    const errors = text.trim() && found && !this.busy ? (found.errors ?? []) : [];
    return html`<section class="card"><div class="seg-make">
        <div class="stack"><h3>${w.build}</h3>${this.#rows(known)}</div>
        <div>${editor(desk, { known, text, errors }, (next) => this.#set(next))}</div></div></section>
      ${this.counted ? foundCard(desk, this.counted, { isBusy: this.busy, isStale: Boolean(errors.length), isExporting: this.exporting, exported: this.#export }) : nothing}
      ${this.#starts(known)}
      <okaeri-segment-saved .desk=${desk} .text=${this.#sound?.text ?? text} .sound=${this.#sound !== undefined} .current=${this.current}
        @use=${({ detail }: CustomEvent<Saved>) => this.#set(detail.text, detail.id, true)}
        @shelved=${({ detail }: CustomEvent<Saved[]>) => {
          this.shelved = detail;
        }}></okaeri-segment-saved>
      <okaeri-segment-overlap .desk=${desk} .candidates=${this.#candidates()}></okaeri-segment-overlap>`;
  }

  #rows(known: SegmentAttributes) {
    const { rows } = this;
    const w = this.#w;
    if (rows === "wrong" || rows === "deep") {
      return html`<p class="soft" role="status">${rows === "deep" ? w.tooDeep : w.unread}</p>`;
    }
    return html`${rows.members.length ? nothing : html`<p class="soft">${w.noRows}</p>`}
      <okaeri-segment-builder .desk=${this.desk} .known=${known} .rows=${rows}
        @build=${({ detail }: CustomEvent<Rows>) => this.#build(detail)}></okaeri-segment-builder>`;
  }

  /** Ready-made segments: at hand before there is a text, folded behind it. */
  #starts(known: SegmentAttributes) {
    const w = this.#w;
    const starts = startsOf(known);
    if (!starts.length) return nothing;
    const list = html`<ul class="seg-starts">${starts.map(([name, text]) => {
      const [title, why] = w.starts[name];
      return html`<li><button @click=${() => this.#set(text, "", true)}><strong>${title}</strong><small>${why}</small></button></li>`;
    })}</ul>`;
    return html`<section class="card"><details ?open=${!this.text.trim()}><summary><h3>${w.begin}</h3></summary>${list}</details></section>`;
  }

  #candidates(): Named[] {
    const w = this.#w;
    const saved = this.shelved.map(({ name, text }) => ({ name, text }));
    const starts = this.known ? startsOf(this.known) : [];
    const now = this.#sound?.text;
    const all = [
      ...(now ? [{ name: w.onShow, text: now }] : []),
      ...saved,
      ...starts.map(([name, text]) => ({ name: w.starts[name][0] ?? name, text })),
    ];
    // A saved one says more than that it is on show.
    const texts = new Map(all.map((one) => [one.text, one]));
    for (const one of saved) texts.set(one.text, one);
    return [...texts.values()];
  }
}

page("segments", Segments);
