// How segments overlap: two to four of the saved ones, of the one in the editor, and of texts that
// the reader adds.
import { html, nothing } from "lit";
import { Problem } from "../../api.ts";
import { type Desk, define, View } from "../../desk.ts";
import { ask } from "../../source.ts";
import { words } from "../../text/reports/segments.ts";
import type { Condition, Question, SegmentOverlap } from "../../wire.gen.ts";
import { brief, saySegment } from "../../words.ts";
import { overlapTable } from "../heat.ts";
import { counted } from "./found.ts";

/** A segment that may be compared. */
export interface Named {
  name: string;
  text: string;
}

const [LEAST, MOST] = [2, 4];
const LETTERS = 24;

class Overlap extends View {
  static override properties = {
    ...View.properties,
    candidates: { attribute: false },
    chosen: { state: true },
    added: { state: true },
    shown: { state: true },
    busy: { state: true },
  };
  declare candidates: readonly Named[];
  /** Texts, in the order of choice. */
  declare chosen: readonly string[];
  /** Those that the reader typed here. */
  declare added: readonly Named[];
  declare shown: { answer: SegmentOverlap; names: readonly string[] } | undefined;
  declare busy: boolean;
  #asked = "";
  #facts: Desk["tables"] | undefined;

  constructor() {
    super();
    this.candidates = this.chosen = this.added = [];
    this.busy = false;
  }

  get #all(): readonly Named[] {
    return [...this.candidates, ...this.added];
  }

  override willUpdate(): void {
    const { desk } = this;
    // The text in the editor goes on: what is no longer there is no longer compared.
    const chosen = this.chosen.filter((text) => this.#all.some((one) => one.text === text));
    if (chosen.length < this.chosen.length) this.chosen = chosen;
    const asked = JSON.stringify([desk.asOf, this.chosen]);
    if (asked === this.#asked && this.#facts === desk.tables) return;
    this.#asked = asked;
    this.#facts = desk.tables;
    if (this.chosen.length < LEAST) {
      this.shown = this.failure = undefined;
      this.busy = false;
    } else void this.#ask(asked, this.chosen);
  }

  async #ask(asked: string, texts: readonly string[]): Promise<void> {
    const { desk } = this;
    this.busy = true;
    const names = texts.map((text) => this.#all.find((one) => one.text === text)?.name ?? text);
    await this.attempt(async () => {
      const question: Question = { kind: "segment_overlap", texts: [...texts] };
      const answer = await ask(desk.source, desk.asOf, question, "segment_overlap").catch(
        (cause) => {
          throw this.#explained(cause, names);
        },
      );
      if (asked === this.#asked) this.shown = { answer, names };
    });
    if (asked !== this.#asked) return;
    if (this.failure) this.shown = undefined;
    this.busy = false;
  }

  /** The same problem, saying which of the texts cannot be read. */
  #explained(cause: unknown, names: readonly string[]): unknown {
    const at = cause instanceof Problem ? /texts\[(\d+)\]/.exec(cause.at ?? "")?.[1] : undefined;
    const name = names[Number(at)];
    if (!name || !(cause instanceof Problem)) return cause;
    return new Error(words[this.desk.lang].overlapWrong(name, cause.message));
  }

  #turn(text: string): void {
    this.chosen = this.chosen.includes(text)
      ? this.chosen.filter((one) => one !== text)
      : [...this.chosen, text].slice(-MOST);
  }

  #add = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const text = String(new FormData(form).get("text") ?? "").trim();
    if (!text) return;
    form.reset();
    if (!this.#all.some((one) => one.text === text)) {
      this.added = [...this.added, { name: brief(text, LETTERS), text }];
    }
    if (!this.chosen.includes(text)) this.#turn(text);
  };

  override render() {
    const { desk, shown } = this;
    const w = words[desk.lang];
    const isFull = this.chosen.length >= MOST;
    return html`<section class="card" aria-busy=${this.busy}><h3>${w.overlap}</h3>
      <p class="small">${w.overlapHint}</p>
      <div class="seg-choices" role="group" aria-label=${w.overlapChoose}>${this.#all.map(
        ({
          name,
          text,
        }) => html`<label title=${text}><input type="checkbox" .checked=${this.chosen.includes(text)}
          ?disabled=${isFull && !this.chosen.includes(text)} @change=${() => this.#turn(text)} />${name}</label>`,
      )}</div>
      <form class="row" @submit=${this.#add}><input name="text" class="text wide" autocomplete="off" spellcheck="false"
        aria-label=${w.overlapText} placeholder=${w.overlapText} /><button class="button">${w.overlapAdd}</button></form>
      ${this.problem()}
      ${shown ? this.#figures(shown.answer, shown.names) : html`<p class="soft">${this.busy ? desk.t.loading : w.overlapNone}</p>`}
    </section>`;
  }

  #figures(answer: SegmentOverlap, names: readonly string[]) {
    const { desk } = this;
    const w = words[desk.lang];
    const { segments, cells, pairs, of } = answer;
    const short = names.map((name) => brief(name, LETTERS));
    const inside = (places: readonly number[]) =>
      places.map((place) => this.#condition(answer, place, true));
    const cell = (places: readonly number[]) =>
      segments.map((_, place) => this.#condition(answer, place, places.includes(place)));
    return html`<div class="cards seg-overlap">
      <div class="scroll"><table><caption>${w.sizes}</caption>
        <thead><tr><th scope="col">${w.segment}</th><th scope="col" class="num">${w.customers}</th><th scope="col" class="num">${w.share}</th></tr></thead>
        <tbody>${segments.map(
          ({ customers }, i) => html`<tr><th scope="row">${names[i]}</th>
            <td class="num">${counted(desk, customers, () => desk.open(inside([i])))}</td>
            <td class="num">${desk.f.share(of ? customers / of : 0)}</td></tr>`,
        )}${pairs.map(
          ({
            a,
            b,
            customers,
          }) => html`<tr><th scope="row">${w.both(short[a] ?? "", short[b] ?? "")}</th>
            <td class="num">${counted(desk, customers, () => desk.open(inside([a, b])))}</td>
            <td class="num">${desk.f.share(of ? customers / of : 0)}</td></tr>`,
        )}</tbody></table></div>
      ${
        cells.length
          ? overlapTable(desk, {
              caption: w.cells,
              sets: short,
              customers: w.customers,
              lines: cells
                .toSorted((a, b) => b.inside.length - a.inside.length)
                .map(({ inside: places, customers }) => ({
                  members: segments.map((_, place) => places.includes(place)),
                  customers,
                  open: () => desk.open(cell(places)),
                })),
            })
          : nothing
      }</div>`;
  }

  /** Being in a segment, or not. */
  #condition({ segments }: SegmentOverlap, place: number, isIn: boolean): Condition {
    const { text = "", sentence } = segments[place] ?? {};
    const asked = isIn ? text : `NOT (${text})`;
    if (sentence) {
      const { ja, en } = words;
      saySegment(asked, isIn ? sentence : { ja: ja.notIn(sentence.ja), en: en.notIn(sentence.en) });
    }
    return { in: "segment", text: asked };
  }
}

define("okaeri-segment-overlap", Overlap);
