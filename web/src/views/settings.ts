// The shop's settings: what can be set is declared in `settings/fields.ts`; the module says what is
// wrong.
import { html, nothing } from "lit";
import { Problem } from "../api.ts";
import { define, View } from "../desk.ts";
import { head } from "../parts.ts";
import { rows } from "../shape.ts";
import { ask } from "../source.ts";
import { words } from "../text/reports/settings.ts";
import type { Settings } from "../wire.gen.ts";
import {
  type Field,
  GROUPS,
  type Group,
  type Line,
  type Numbers,
  valueAt,
  withDefaults,
  withValue,
} from "./settings/fields.ts";
import {
  choiceInput,
  type Drawing,
  listInput,
  numberInput,
  scaleOf,
  seriesInput,
  textInput,
} from "./settings/inputs.ts";

const FIXED = [
  "identity",
  "customer_numbers",
  "time_zone",
  "currency",
  "count_zero_amount",
] as const;
const FIXED_DEFAULTS: Record<string, unknown> = {
  identity: "auto",
  customer_numbers: "shop",
  time_zone: "Asia/Tokyo",
  currency: "JPY",
  count_zero_amount: false,
};

// A field that is folded away cannot say what is wrong with it.
const UNFOLD = {
  capture: true,
  handleEvent({ target }: Event): void {
    const folded = (target as Element).closest("details");
    if (folded) folded.open = true;
  },
};

class SettingsView extends View {
  static override properties = {
    ...View.properties,
    group: {},
    draft: { state: true },
    saving: { state: true },
    saved: { state: true },
    media: { state: true },
  };
  /** The group that the reader came for. */
  declare group: string | undefined;
  /** Settings with what was typed; nothing when nothing was. */
  declare draft: Settings | undefined;
  declare saving: boolean;
  declare saved: boolean;
  /** Media that orders name. */
  declare media: readonly string[];

  constructor() {
    super();
    this.saving = this.saved = false;
    this.media = [];
  }

  get #w() {
    return words[this.desk.lang];
  }

  override firstUpdated(): void {
    if (this.group) this.querySelector(`[data-group=${this.group}]`)?.scrollIntoView();
    void this.#learn();
  }

  /** Which media there are: costs must name them as orders do. */
  async #learn(): Promise<void> {
    const { source, asOf } = this.desk;
    if (!asOf) return;
    const question = { kind: "media", top: 200 } as const;
    const found = await ask(source, asOf, question, "tables").catch(() => undefined);
    const list = rows<{ group: string | null; part: string }>(found?.tables.media);
    this.media = list.flatMap(({ group, part }) => (part === "group" && group ? [group] : []));
  }

  #value({ at, value }: Field): unknown {
    return valueAt(this.draft ?? this.desk.settings, at) ?? value;
  }

  #set(at: string, value: unknown): void {
    this.draft = withValue(this.draft ?? this.desk.settings, at, value);
    this.saved = false;
  }

  #reset = (): void => {
    this.draft = withDefaults(this.draft ?? this.desk.settings);
    this.saved = false;
  };

  #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { draft } = this;
    if (!draft) return;
    this.saving = true;
    await this.attempt(async () => {
      await this.desk.configure(draft);
      this.draft = undefined;
      this.saved = true;
    });
    this.saving = false;
  };

  /** Whether the module refused this field. */
  #isRefused(at: string): boolean {
    const { failure } = this;
    return failure instanceof Problem && Boolean(failure.at?.includes(at));
  }

  override render() {
    const { t, source } = this.desk;
    const w = this.#w;
    return html`${head(t.views.settings, w.says, w.todo)}
      <form class="settings" @submit=${this.#save} @invalid=${UNFOLD}>
        ${Object.entries(GROUPS).map(([name, group]) => this.#group(name, group))}
        ${this.problem()}
        <div class="row save">
          <button class="button main" ?disabled=${!this.draft || this.saving}>${this.saving ? w.saving : w.save}</button>
          <button class="button" type="button" @click=${this.#reset}>${w.reset}</button>
          <span role="status">${this.saved ? w.saved : this.draft ? w.unsaved : nothing}</span>
        </div>
        <p class="small">${source.kind === "browser" ? w.local : w.server}</p>
      </form>
      ${this.#fixed()}`;
  }

  #group(name: string, { fields, more }: Group) {
    const w = this.#w;
    const hint = w.hints[name];
    return html`<section class="card stack" data-group=${name}><h3>${w.groups[name]}</h3>
      ${hint ? html`<p class="small">${hint}</p>` : nothing}
      <div class="fields">${fields.map((one) => this.#field(one))}</div>
      ${
        more
          ? html`<details ?open=${more.some(({ at }) => this.#isRefused(at))}><summary>${w.more[name]}</summary>
            <div class="fields">${more.map((one) => this.#field(one))}</div></details>`
          : nothing
      }</section>`;
  }

  #field(field: Field) {
    const w = this.#w;
    return html`<fieldset class="threshold ${field.kind === "list" ? "wide" : ""}"><legend>${w.labels[field.at] ?? field.at}</legend>
      ${this.#inputs(field)}</fieldset>`;
  }

  #inputs(field: Field) {
    const { desk } = this;
    const w = this.#w;
    const { at } = field;
    const label = w.labels[at] ?? at;
    const drawing: Drawing = { desk, isRefused: this.#isRefused(at) };
    const value = this.#value(field);
    const set = (next: unknown) => this.#set(at, next);
    switch (field.kind) {
      case "numbers":
        return this.#numbers(field, drawing);
      case "choice": {
        const options = field.options.map((one) => [one, w.options[at]?.[one] ?? one] as const);
        return choiceInput(options, String(value), label, set);
      }
      case "flag": {
        const options = ["true", "false"].map((one) => [one, w.values[one] ?? one] as const);
        return choiceInput(options, String(value), label, (one) => set(one === "true"));
      }
      case "text":
        return textInput(drawing, "text", String(value), label, set);
      case "series": {
        const isNumber = field.unit !== undefined;
        return seriesInput(drawing, { value: value as unknown[], label, isNumber }, set);
      }
      case "list": {
        const known = at === "media_costs" ? this.media : [];
        const lines = () => this.#value(field) as Line[];
        return listInput({ ...drawing, known }, field, lines(), (turn) => set(turn(lines())));
      }
    }
  }

  #numbers(field: Numbers, drawing: Drawing) {
    const { desk } = this;
    const w = this.#w;
    const { at, unit, value, optional = false } = field;
    const label = w.labels[at] ?? at;
    const defaults = Array.isArray(value) ? value : [value as number];
    const found = optional ? valueAt(this.draft ?? desk.settings, at) : this.#value(field);
    const list = (Array.isArray(found) ? found : [found]) as (number | undefined)[];
    const set = (place: number, next: number | undefined) => {
      const now = this.#value(field);
      this.#set(at, Array.isArray(now) ? now.map((one, i) => (i === place ? next : one)) : next);
    };
    return list.map((number, place) => {
      const name = list.length > 1 ? (w.places[at]?.[place] ?? w.score(5 - place)) : "";
      const initial = (defaults[place] ?? 0) / scaleOf(desk, unit);
      return html`<label class="control"><span class=${name ? "" : "unseen"}>${name || label}</span>
        ${numberInput(drawing, {
          label: name ? `${label} ${name}` : label,
          unit,
          value: number ?? undefined,
          optional,
          set: (next) => set(place, next),
        })}
        <small>${optional ? w.optional[at] : w.initial(desk.f.count(initial))}</small></label>`;
    });
  }

  #fixed() {
    const w = this.#w;
    const said = (name: string) => {
      const value = String(valueAt(this.desk.settings, name) ?? FIXED_DEFAULTS[name]);
      return w.values[value] ?? value;
    };
    return html`<section class="card"><h3>${w.fixed}</h3><p class="small">${w.fixedHint}</p>
      <dl class="pairs-list">${FIXED.map((name) => html`<dt>${w.labels[name]}</dt><dd>${said(name)}</dd>`)}</dl></section>`;
  }
}

define("okaeri-settings", SettingsView);
