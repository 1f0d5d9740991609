// The shop's settings: thresholds that are numbers can be edited; the module says what is wrong.
import { html, nothing } from "lit";
import { Problem } from "../api.ts";
import { define, View } from "../desk.ts";
import { head } from "../parts.ts";
import { words } from "../text/reports/settings.ts";
import type { Settings } from "../wire.gen.ts";

/** A threshold, or several that belong together: for the scores 5, 4, 3 and 2. */
interface Threshold {
  /** Its place in the settings. */
  at: string;
  unit: "days" | "orders" | "money" | "count" | "percent" | "points";
  /** The module's own default. */
  value: number | readonly number[];
}

// A new threshold is one line here, and its label in both languages.
const THRESHOLDS: Record<string, readonly Threshold[]> = {
  lifecycle: [
    { at: "lifecycle.promising_orders", unit: "orders", value: 2 },
    { at: "lifecycle.constant_orders", unit: "orders", value: 4 },
    { at: "lifecycle.active_days", unit: "days", value: 90 },
    { at: "lifecycle.drowsy_days", unit: "days", value: 180 },
  ],
  rfm: [
    { at: "rfm.recency_days", unit: "days", value: [30, 90, 180, 730] },
    { at: "rfm.orders", unit: "orders", value: [5, 4, 3, 2] },
    { at: "rfm.amount", unit: "money", value: [20_001, 15_001, 10_001, 5_001] },
  ],
  forecast: [
    { at: "forecast.horizon_days", unit: "days", value: 365 },
    { at: "forecast.discount_rate", unit: "percent", value: 1500 },
  ],
  worth: [
    { at: "margin.gross_margin", unit: "percent", value: 6000 },
    { at: "cpa.horizon_days", unit: "days", value: 360 },
    { at: "cpa.target_profit_share", unit: "percent", value: 2000 },
    { at: "cpa.service_cost", unit: "money", value: 0 },
    { at: "ltv_ranks.high_amount", unit: "money", value: 50_000 },
    { at: "ltv_ranks.high_cycles", unit: "orders", value: 3 },
    { at: "ltv_ranks.potential_interval_days", unit: "days", value: 60 },
    { at: "ltv_ranks.potential_recency_days", unit: "days", value: 90 },
  ],
  subscription: [
    { at: "churn_risk.high", unit: "points", value: 60 },
    { at: "churn_risk.medium", unit: "points", value: 35 },
  ],
  gift: [
    { at: "gift.gift_score", unit: "points", value: 60 },
    { at: "gift.uncertain_score", unit: "points", value: 40 },
    { at: "gift.conversion_days", unit: "days", value: 180 },
  ],
  other: [{ at: "basket_products_max", unit: "count", value: 1000 }],
};
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

type Tree = { [name: string]: unknown };

/** The value at a place such as `rfm.orders`. */
export function valueAt(settings: Settings, at: string): unknown {
  return at
    .split(".")
    .reduce<unknown>((tree, name) => (tree as Tree | undefined)?.[name], settings);
}

/** Settings with another value at a place. */
export function withValue(settings: Settings, at: string, value: unknown): Settings {
  const [name = "", ...rest] = at.split(".");
  const tree = settings as Tree;
  const inner = rest.length
    ? withValue((tree[name] ?? {}) as Settings, rest.join("."), value)
    : value;
  return { ...tree, [name]: inner } as Settings;
}

class SettingsView extends View {
  static override properties = {
    ...View.properties,
    draft: { state: true },
    saving: { state: true },
    saved: { state: true },
  };
  /** Settings with what was typed; nothing when nothing was. */
  declare draft: Settings | undefined;
  declare saving: boolean;
  declare saved: boolean;

  constructor() {
    super();
    this.saving = this.saved = false;
  }

  get #w() {
    return words[this.desk.lang];
  }

  /** A threshold's numbers: as typed, else as the shop has them, else the default. */
  #numbers({ at, value }: Threshold): number[] {
    const found = valueAt(this.draft ?? this.desk.settings, at) ?? value;
    return Array.isArray(found) ? [...(found as number[])] : [found as number];
  }

  #type(threshold: Threshold, place: number, { target }: Event): void {
    const input = target as HTMLInputElement;
    if (!input.reportValidity() || input.value === "") return;
    const list = this.#numbers(threshold);
    list[place] = Math.round(input.valueAsNumber * this.#scale(threshold));
    const value = Array.isArray(threshold.value) ? list : list[0];
    this.draft = withValue(this.draft ?? this.desk.settings, threshold.at, value);
    this.saved = false;
  }

  /** How many of the settings' units are one of those that a person types: cents, basis points. */
  #scale({ unit }: Threshold): number {
    if (unit === "percent") return 100;
    return unit === "money" ? this.desk.f.minor(1) : 1;
  }

  #reset = (): void => {
    const all = Object.values(THRESHOLDS).flat();
    this.draft = all.reduce(
      (settings, { at, value }) => withValue(settings, at, value),
      this.draft ?? this.desk.settings,
    );
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

  /** Whether the module refused this threshold. */
  #isRefused(at: string): boolean {
    const { failure } = this;
    return failure instanceof Problem && Boolean(failure.at?.includes(at));
  }

  override render() {
    const { t, source } = this.desk;
    const w = this.#w;
    return html`${head(t.views.settings, w.says, w.todo)}
      <form class="settings" @submit=${this.#save}>
        ${Object.entries(THRESHOLDS).map(
          ([group, list]) => html`<section class="card stack"><h3>${w.groups[group]}</h3>
            ${list.map((one) => this.#threshold(one))}</section>`,
        )}
        ${this.problem()}
        <div class="row">
          <button class="button main" ?disabled=${!this.draft || this.saving}>${this.saving ? w.saving : w.save}</button>
          <button class="button" type="button" @click=${this.#reset}>${w.reset}</button>
          <span role="status">${this.saved ? w.saved : nothing}</span>
        </div>
        <p class="small">${source.kind === "browser" ? w.local : w.server}</p>
      </form>
      ${this.#fixed()}`;
  }

  #threshold(threshold: Threshold) {
    const { f } = this.desk;
    const w = this.#w;
    const { at, unit, value } = threshold;
    const defaults = Array.isArray(value) ? value : [value as number];
    const label = w.labels[at] ?? at;
    const scale = this.#scale(threshold);
    const currency = this.desk.settings.currency ?? "JPY";
    const behind = unit === "money" && currency !== "JPY" ? currency : w.units[unit];
    const numbers = this.#numbers(threshold);
    return html`<fieldset class="threshold"><legend>${label}</legend>
      ${numbers.map((number, place) => {
        const name = numbers.length > 1 ? w.score(5 - place) : "";
        return html`<label class="control"><span>${name || html`<span class="unseen">${label}</span>`}</span>
          <span class="bound"><input type="number" min="0" step=${1 / scale} required aria-invalid=${this.#isRefused(at)}
            .value=${String(number / scale)} @change=${(event: Event) => this.#type(threshold, place, event)} />${behind}</span>
          <small>${w.initial(f.count((defaults[place] ?? 0) / scale))}</small></label>`;
      })}</fieldset>`;
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
