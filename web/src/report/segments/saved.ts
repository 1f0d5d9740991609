// Saved segments: a list with sizes; each with its versions, what changed, and its size by day. It
// tells `use` with a saved segment to put into the editor, and `shelved` with all that are there.
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { dayOf, isoOf } from "../../calendar.ts";
import { type Desk, define, View } from "../../desk.ts";
import { words } from "../../text/reports/segments.ts";
import type { Segment } from "../../wire.gen.ts";
import { brief, codeOf } from "../../words.ts";
import { lines } from "../lines.ts";
import { pieces } from "./diff.ts";
import { counted, openSegment } from "./found.ts";
import { type Saved, type Shelf, type SizeOfDay, shelfOf, type Version } from "./shelf.ts";

/** What is unfolded below a segment. */
interface Past {
  id: string;
  versions: readonly Version[];
  history: readonly SizeOfDay[];
}

// More would be counted one after the other for long.
const COUNTED = 50;
const NAME_MAX = 100;

class SavedSegments extends View {
  static override properties = {
    ...View.properties,
    text: {},
    sound: { type: Boolean },
    current: {},
    list: { state: true },
    sizes: { state: true },
    past: { state: true },
    busy: { state: true },
    sure: { state: true },
    told: { state: true },
    name: { state: true },
  };
  /** What would be saved, in its canonical form. */
  declare text: string;
  /** Whether it can be read. */
  declare sound: boolean;
  /** Id of the segment that the editor began with. */
  declare current: string;
  declare list: readonly Saved[] | undefined;
  /** Answers by id. */
  declare sizes: ReadonlyMap<string, Segment>;
  declare past: Past | undefined;
  declare busy: boolean;
  /** The segment that is about to be deleted. */
  declare sure: string | undefined;
  /** What was done last. */
  declare told: string;
  declare name: string;
  #facts: Desk["tables"] | undefined;
  #day = "";
  #turn = 0;

  constructor() {
    super();
    this.text = this.current = this.told = this.name = "";
    this.sound = this.busy = false;
    this.sizes = new Map();
  }

  get #w() {
    return words[this.desk.lang];
  }

  get #shelf(): Shelf {
    return shelfOf(this.desk.source);
  }

  override willUpdate(changed: Map<string, unknown>): void {
    const { desk } = this;
    if (this.#facts !== desk.tables || this.#day !== desk.asOf) {
      this.#facts = desk.tables;
      this.#day = desk.asOf;
      void this.#read();
    }
    if (changed.has("current")) this.name = this.#one(this.current)?.name ?? this.name;
  }

  #one(id: string): Saved | undefined {
    return this.list?.find((saved) => saved.id === id);
  }

  /** Reads the list, then counts each. */
  async #read(): Promise<void> {
    const turn = ++this.#turn;
    this.sizes = new Map();
    await this.attempt(async () => {
      const list = await this.#shelf.list();
      if (turn !== this.#turn) return;
      this.list = list;
      if (!this.name) this.name = this.#one(this.current)?.name ?? "";
      this.dispatchEvent(new CustomEvent("shelved", { detail: list }));
      for (const saved of list.slice(0, COUNTED)) {
        const segment = await this.#shelf.count(saved, this.desk.asOf);
        if (turn !== this.#turn) return;
        this.sizes = new Map(this.sizes).set(saved.id, segment);
      }
    });
    if (this.past && turn === this.#turn) await this.#unfold(this.past.id);
  }

  /** Does something to the shelf and reads it again, also where it was refused. */
  async #act(act: () => Promise<string>): Promise<void> {
    this.busy = true;
    this.told = "";
    await this.attempt(async () => {
      try {
        this.told = await act();
      } catch (cause) {
        const said = this.#w.refused[codeOf(cause)];
        throw said ? new Error(said) : cause;
      }
    });
    const { failure } = this;
    await this.#read();
    this.failure = failure ?? this.failure;
    this.busy = false;
  }

  #use(saved: Saved): void {
    this.name = saved.name;
    this.dispatchEvent(new CustomEvent<Saved>("use", { detail: saved }));
  }

  #save = (event: SubmitEvent): void => {
    event.preventDefault();
    const isChange = (event.submitter as HTMLButtonElement | null)?.value === "change";
    const name = this.name.trim();
    const now = this.#one(this.current);
    if (!name || !this.sound) return;
    void this.#act(async () => {
      const saved =
        isChange && now
          ? await this.#shelf.change(now, name, this.text)
          : await this.#shelf.add(name, this.text);
      this.list = [...(this.list ?? []).filter(({ id }) => id !== saved.id), saved];
      this.#use(saved);
      return this.#w.saved(saved.name, String(saved.version));
    });
  };

  #remove(saved: Saved): void {
    if (this.sure !== saved.id) {
      this.sure = saved.id;
      return;
    }
    this.sure = undefined;
    if (this.past?.id === saved.id) this.past = undefined;
    void this.#act(async () => {
      await this.#shelf.remove(saved.id);
      return this.#w.removed(saved.name);
    });
  }

  async #unfold(id: string): Promise<void> {
    await this.attempt(async () => {
      const [versions, history] = await Promise.all([
        this.#shelf.versions(id),
        this.#shelf.history(id),
      ]);
      this.past = { id, versions, history };
    });
  }

  #restore(saved: Saved, version: Version): void {
    void this.#act(async () => {
      const next = await this.#shelf.change(saved, saved.name, version.text);
      this.list = this.list?.map((one) => (one.id === next.id ? next : one));
      if (this.current === next.id) this.#use(next);
      return this.#w.restored(String(version.version), String(next.version));
    });
  }

  override render() {
    const { desk, list, sound } = this;
    const w = this.#w;
    const now = this.#one(this.current);
    return html`<section class="card stack" aria-busy=${this.busy}><h3>${w.shelf}</h3>
      ${desk.source.call ? nothing : html`<p class="small">${w.sessionOnly}</p>`}
      <form class="row seg-save" @submit=${this.#save}>
        <label class="bound">${w.name}<input class="text" name="name" required maxlength=${NAME_MAX} autocomplete="off" .value=${live(this.name)}
          @input=${({ target }: Event) => {
            this.name = (target as HTMLInputElement).value;
          }} /></label>
        ${now ? html`<button class="button main" value="change" ?disabled=${!sound || this.busy}>${w.saveChange(now.name)}</button>` : nothing}
        <button class="button ${now ? "" : "main"}" value="add" ?disabled=${!sound || this.busy}>${now ? w.saveOther : w.save}</button>
        ${sound ? nothing : html`<span class="small">${w.notSound}</span>`}
      </form>
      <p role="status" class=${this.told ? "" : "unseen"}>${this.told}</p>
      ${this.problem(() => void this.#read())}
      ${list ? (list.length ? this.#table(list) : html`<p class="soft">${w.shelfEmpty}</p>`) : nothing}
    </section>`;
  }

  #table(list: readonly Saved[]) {
    const w = this.#w;
    return html`<div class="scroll"><table class="seg-saved"><caption class="unseen">${w.shelf}</caption>
      <thead><tr><th scope="col">${w.name}</th><th scope="col" class="num">${w.customers}</th>
        <th scope="col" class="num">${w.version}</th><th scope="col" class="num">${w.updated}</th><th scope="col">${w.acts}</th></tr></thead>
      <tbody>${list.map((saved) => this.#row(saved))}</tbody></table></div>`;
  }

  #row(saved: Saved) {
    const { desk, past } = this;
    const w = this.#w;
    const { id, name, text, version, updated_at } = saved;
    const size = this.sizes.get(id);
    const isOpen = past?.id === id;
    const turn = () => {
      if (isOpen) this.past = undefined;
      else void this.#unfold(id);
    };
    const said = size?.sentence?.[desk.lang] ?? text;
    const figure = !size
      ? "…"
      : size.errors?.length
        ? html`<span class="small">${w.unreadable}</span>`
        : counted(desk, size.customers, openSegment(desk, text, size.sentence));
    return html`<tr aria-current=${id === this.current ? "true" : nothing}>
        <th scope="row"><span class="seg-name"><button class="link" @click=${() => this.#use(saved)}>${name}</button><small title=${text}>${brief(said, 90)}</small></span></th>
        <td class="num">${figure}</td><td class="num">${version}</td><td class="num">${this.#when(updated_at)}</td>
        <td><span class="row tight"><button class="button" aria-expanded=${isOpen} aria-label=${w.pastOf(name)} @click=${turn}>${w.past}</button>
          <button class="button" aria-label=${this.sure === id ? w.sureOf(name) : w.removeOf(name)} @click=${() => this.#remove(saved)}
            @blur=${() => {
              this.sure = undefined;
            }}>${this.sure === id ? w.sure : w.delete}</button></span></td></tr>
      ${isOpen && past ? html`<tr class="seg-past"><td colspan="5">${this.#past(saved, past)}</td></tr>` : nothing}`;
  }

  /** A moment as the reader's day. */
  #when(ms: number): string {
    const timeZone = this.desk.settings.time_zone ?? "Asia/Tokyo";
    const day = new Intl.DateTimeFormat("sv-SE", { timeZone });
    return this.desk.f.dayShort(day.format(ms));
  }

  #past(saved: Saved, { versions, history }: Past) {
    const w = this.#w;
    return html`<div class="seg-past-body">
      <div><h4>${w.history}</h4>${this.#history(history)}</div>
      <div><h4>${w.versions}</h4><ol class="seg-versions">${versions.map((version, i) => {
        const before = versions[i + 1];
        const text = before ? this.#diff(before.text, version.text) : html`${version.text}`;
        return html`<li><div class="row"><strong>${w.versionOf(String(version.version))}</strong>
            <small>${this.desk.t.list([version.name, this.#when(version.at), version.author])}</small>
            ${version.version === saved.version ? html`<span class="badge bare">${w.now}</span>` : html`<button class="button" @click=${() => this.#restore(saved, version)}>${w.restore}</button>`}</div>
          <code>${text}</code></li>`;
      })}</ol></div></div>`;
  }

  /** What a version changed, for eyes and for ears. */
  #diff(before: string, after: string) {
    const w = this.#w;
    return pieces(before, after).map(({ text, is }) =>
      is === "same"
        ? text
        : is === "gone"
          ? html`<del><span class="unseen">${w.gone}</span>${text}</del>`
          : html`<ins><span class="unseen">${w.come}</span>${text}</ins>`,
    );
  }

  #history(history: readonly SizeOfDay[]) {
    const { desk } = this;
    const { f, t } = desk;
    const w = this.#w;
    // Where two versions were counted on a day, the later one stands.
    const days = [...new Map(history.map((size) => [size.day, size])).values()];
    const last = days.at(-1);
    if (!last) return html`<p class="small">${w.historyHint}</p>`;
    if (days.length < 2) {
      return html`<p>${w.historyOne(f.day(last.day), t.people(f.count(last.customers)))}</p><p class="small">${w.historyHint}</p>`;
    }
    const marks = days.flatMap(({ day, version }, i) =>
      i && version !== days[i - 1]?.version
        ? [{ x: dayOf(day), name: w.versionOf(String(version)) }]
        : [],
    );
    return html`${lines(desk, {
      label: w.historyChart,
      height: 150,
      lines: [
        {
          name: w.customers,
          points: days.map(({ day, customers }) => ({ x: dayOf(day), y: customers })),
        },
      ],
      write: f.count,
      writeX: (x) => f.day(isoOf(x)),
      writeXShort: (x) => f.dayShort(isoOf(x)).slice(-5),
      marks,
    })}<p class="small">${w.historyHint}</p>`;
  }
}

define("okaeri-segment-saved", SavedSegments);
