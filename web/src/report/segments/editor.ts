// The text of a segment: what is wrong is underlined and explained, and what may come next is
// offered. Each change is told as `write` with the new text.
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { type Desk, define, View } from "../../desk.ts";
import { ask } from "../../source.ts";
import { words } from "../../text/reports/segments.ts";
import type { SegmentAttributes, SegmentError, SegmentWord, SegmentWords } from "../../wire.gen.ts";

// Typing is not answered letter by letter.
const WAIT_MS = 150;
const SHOWN = 10;

// What could stand in the place of an error as it is; anything else is advice.
const TAKEN =
  /^(?:\w+|'(?:[^']|'')*'|[+-]?\d+[dwmy]?|\d{4}-\d{2}-\d{2}|[<>!]?=|[<>(),:]|BETWEEN \S+ AND \S+|\w+\(\))$/;

/** Whether a suggestion can be put in the place of an error. */
export const isTaken = (suggestion: string): boolean => TAKEN.test(suggestion);

/** A text with a part replaced. */
export const replaced = (text: string, [from, to]: readonly number[], by: string): string =>
  text.slice(0, from) + by + text.slice(to);

/** A text in pieces, those that are wrong marked. */
export function marked(text: string, errors: readonly SegmentError[]) {
  const found: { text: string; isWrong: boolean }[] = [];
  let at = 0;
  for (const { span } of errors.toSorted((a, b) => a.span[0] - b.span[0])) {
    const from = Math.max(span[0], at);
    const to = Math.min(Math.max(span[1], from), text.length);
    if (from > at) found.push({ text: text.slice(at, from), isWrong: false });
    // Where something is missing a space is marked.
    found.push({ text: text.slice(from, to) || "\u00a0", isWrong: true });
    at = to;
  }
  if (at < text.length) found.push({ text: text.slice(at), isWrong: false });
  return found;
}

class Editor extends View {
  static override properties = {
    ...View.properties,
    known: { attribute: false },
    text: {},
    errors: { attribute: false },
    found: { state: true },
    at: { state: true },
  };
  declare known: SegmentAttributes;
  declare text: string;
  declare errors: readonly SegmentError[];
  /** What may come next; nothing while it is not asked for. */
  declare found: SegmentWords | undefined;
  /** Which of it the arrow keys are on; below 0 none. */
  declare at: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor() {
    super();
    this.text = "";
    this.errors = [];
    this.at = -1;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  get #w() {
    return words[this.desk.lang];
  }

  get #area(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  get #words(): readonly SegmentWord[] {
    return this.found?.words.slice(0, SHOWN) ?? [];
  }

  #write(text: string, caret?: number): void {
    this.dispatchEvent(new CustomEvent<string>("write", { detail: text }));
    if (caret === undefined) return;
    void this.updateComplete.then(() => {
      const area = this.#area;
      if (!area) return;
      area.value = text;
      area.focus();
      area.setSelectionRange(caret, caret);
      this.#look(0);
    });
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.found = undefined;
    this.at = -1;
  }

  /** Asks what may come next, unless the reader goes on. */
  #look(wait = WAIT_MS): void {
    clearTimeout(this.#timer);
    const turn = ++this.#asked;
    this.#timer = setTimeout(() => void this.#ask(turn), wait);
  }

  async #ask(turn: number): Promise<void> {
    const area = this.#area;
    if (!area) return;
    const { desk } = this;
    const question = {
      kind: "segment_words",
      text: area.value,
      cursor: area.selectionStart,
    } as const;
    await this.attempt(async () => {
      const found = await ask(desk.source, desk.asOf, question, "segment_words");
      if (turn !== this.#asked) return;
      this.found = found.words.length ? found : undefined;
      this.at = -1;
    });
  }

  #typed = ({ target }: Event): void => {
    this.#write((target as HTMLTextAreaElement).value);
    this.#look();
  };

  #key = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const { length } = this.#words;
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.#look(0);
    }
    if (!length || event.ctrlKey) return;
    const chosen = this.#words[this.at];
    if (event.key === "ArrowDown") this.at = (this.at + 1) % length;
    else if (event.key === "ArrowUp" && this.at >= 0) this.at -= 1;
    else if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && chosen) this.#take(chosen);
    else return;
    event.preventDefault();
  };

  /** Puts a word where it belongs, with what stands behind it in any case. */
  #take(word: SegmentWord): void {
    const { found } = this;
    const area = this.#area;
    if (!found || !area) return;
    const isFunction =
      word.kind === "attribute" &&
      this.known.attributes.some(({ name, is_function }) => is_function && name === word.text);
    const next = area.value.charAt(found.span[1]);
    const isTight = /[(]$/.test(word.text) || /[\s,)]/.test(next);
    const behind = isFunction ? (next === "(" ? "" : "(") : isTight ? "" : " ";
    const text = replaced(area.value, found.span, word.text + behind);
    this.#write(text, found.span[0] + word.text.length + behind.length);
  }

  #correct(error: SegmentError): void {
    const by = error.suggestion ?? "";
    this.#write(replaced(this.text, error.span, by), error.span[0] + by.length);
  }

  override render() {
    const w = this.#w;
    const { errors, text, at } = this;
    const list = this.#words;
    return html`<h3>${w.text}</h3>
      <div class="seg-text"><div class="mirror" aria-hidden="true">${marked(text, errors).map(
        (piece) => (piece.isWrong ? html`<mark>${piece.text}</mark>` : piece.text),
      )}${"\u200b"}</div><textarea spellcheck="false" autocapitalize="off" autocomplete="off"
        aria-label=${w.text} aria-describedby="seg-hint seg-errors" aria-invalid=${errors.length ? "true" : nothing}
        aria-autocomplete="list" aria-controls=${list.length ? "seg-words" : nothing}
        aria-activedescendant=${at >= 0 ? `seg-word-${at}` : nothing}
        placeholder=${w.placeholder} .value=${live(text)}
        @input=${this.#typed} @keydown=${this.#key} @click=${() => this.#look()} @focus=${() => this.#look()}
        @blur=${() => this.#close()}></textarea>
        ${list.length ? this.#offer(list) : nothing}</div>
      <p class="small" id="seg-hint">${w.textHint}</p>
      <div id="seg-errors" role="status"><ul class="seg-errors">${errors.map((error) => this.#error(error))}</ul></div>
      ${this.problem()}`;
  }

  #offer(list: readonly SegmentWord[]) {
    const { lang, f } = this.desk;
    const w = this.#w;
    return html`<ul id="seg-words" class="seg-words" role="listbox" aria-label=${w.next}>${list.map(
      (word, i) => html`<li id=${`seg-word-${i}`} role="option" aria-selected=${i === this.at}
        @mousedown=${(event: Event) => event.preventDefault()} @click=${() => this.#take(word)}>
        <code>${word.text}</code><span>${word.label[lang] === word.text ? nothing : word.label[lang]}</span>
        ${typeof word.count === "number" ? html`<small class="num">${f.count(word.count)}</small>` : nothing}</li>`,
    )}</ul>`;
  }

  #error(error: SegmentError) {
    const w = this.#w;
    const { code, message, span, suggestion } = error;
    const part = this.text.slice(...span);
    return html`<li><strong>${w.errors[code](part)}</strong>
      <span class="small" lang="en">${message}</span>
      ${
        suggestion
          ? isTaken(suggestion)
            ? html`<button type="button" class="button" @click=${() => this.#correct(error)}>${w.correct(suggestion)}</button>`
            : html`<span class="small">${w.advice(suggestion)}</span>`
          : nothing
      }</li>`;
  }
}

define("okaeri-segment-editor", Editor);

/** The editor. */
export const editor = (
  desk: Desk,
  spec: { known: SegmentAttributes; text: string; errors: readonly SegmentError[] },
  write: (text: string) => void,
) => html`<okaeri-segment-editor .desk=${desk} .known=${spec.known} .text=${spec.text} .errors=${spec.errors}
  @write=${({ detail }: CustomEvent<string>) => write(detail)}></okaeri-segment-editor>`;
