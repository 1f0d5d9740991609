// The field of a value: the right one for its type. It tells each change as the value is written.
import { html, nothing } from "lit";
import type { Desk } from "../../desk.ts";
import { words } from "../../text/reports/segments.ts";
import type { SegmentValues } from "../../wire.gen.ts";
import { dayValue, quoted, type Unit, unquoted, writtenDay } from "./tree.ts";
import "../../day.ts";

export interface Field {
  label: string;
  /** As it is written; empty where there is none. */
  value: string;
  values: SegmentValues;
  /** Whether it may stay empty. */
  isOptional?: boolean;
  /** What a list says where it is empty. */
  blank?: string;
  /** The values that the shop knows: id of a list in the page. */
  list?: string;
  /** What the reader sees beside the value, such as a product's name. */
  said?: string;
  take(value: string): void;
  /** The reader goes there: values that the shop knows may be looked up. */
  enter?(): void;
}

/** The field of a value. */
export function field(desk: Desk, spec: Field) {
  switch (spec.values.of) {
    case "number":
    case "money":
    case "share":
      return numberField(desk, spec);
    case "day":
    case "yearly":
      return dayField(desk, spec);
    case "year":
      return yearField(desk, spec);
    case "choice":
      return choiceField(desk, spec);
    case "flag":
      return flagField(desk, spec);
    default:
      return textField(spec);
  }
}

function numberField(desk: Desk, { label, value, values, isOptional, take }: Field) {
  const { unit, least, greatest, of } = values;
  const changed = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    if (!input.reportValidity()) return;
    take(input.value);
  };
  const behind = unit?.label[desk.lang];
  return html`<span class="bound">${of === "money" ? currency(desk) : nothing}<input type="number"
    inputmode="decimal" aria-label=${label} ?required=${!isOptional} min=${least ?? nothing}
    max=${greatest ?? nothing} step=${of === "money" || of === "share" ? "any" : 1} .value=${value} @change=${changed} />${behind ?? nothing}</span>`;
}

/** The sign of the shop's currency. */
const currency = ({ f }: Desk) => f.money(0).replace(/[\d.,\s]/g, "");

const PAST = ["-d", "-w", "-m", "-y"] as const;
const AHEAD = ["+d", "+w", "+m", "+y"] as const;
type Way = "" | "on" | "today" | (typeof PAST)[number] | (typeof AHEAD)[number];

function dayField(desk: Desk, { label, value, values, isOptional, blank, take }: Field) {
  const w = words[desk.lang];
  const day = dayValue(value);
  const way: Way = !day
    ? ""
    : "on" in day
      ? "on"
      : day.count === 0
        ? "today"
        : (`${day.count < 0 ? "-" : "+"}${day.unit}` as Way);
  const count = day && "count" in day ? Math.abs(day.count) : 30;
  const offset = (next: Way, much: number) =>
    writtenDay({ count: next.startsWith("-") ? -much : much, unit: next.slice(1) as Unit });
  const choose = ({ target }: Event) => {
    const next = (target as HTMLSelectElement).value as Way;
    if (next === "on") take(desk.asOf);
    else take(next === "today" ? "today" : next ? offset(next, count || 30) : "");
  };
  const much = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    if (input.reportValidity()) take(offset(way, input.valueAsNumber));
  };
  const ways: Way[] = [...(isOptional ? ([""] as const) : []), ...PAST, "today"];
  // What was bought lies in the past; birthdays are looked forward to.
  if (values.of === "yearly" || way.startsWith("+")) ways.push(...AHEAD);
  ways.push("on");
  const isOffset = way.startsWith("-") || way.startsWith("+");
  return html`<span class="bound">${
    isOffset
      ? html`<input type="number" inputmode="numeric" min="1" max="999999" step="1" required aria-label=${w.howMany(label)} .value=${String(count)} @change=${much} />`
      : nothing
  }<select aria-label=${label} @change=${choose}>${ways.map(
    (one) =>
      html`<option value=${one} .selected=${one === way}>${one ? w.ways[one] : (blank ?? w.any)}</option>`,
  )}</select>${
    way === "on"
      ? html`<okaeri-day class="in-field" .t=${desk.t} .value=${value} .label=${label} .hint=${""} @pick=${({ detail }: CustomEvent<string>) => take(detail)}></okaeri-day>`
      : nothing
  }</span>`;
}

function choiceField(desk: Desk, { label, value, values, isOptional, blank, take }: Field) {
  const now = unquoted(value);
  const changed = ({ target }: Event) => {
    const { value: chosen } = target as HTMLSelectElement;
    take(chosen ? quoted(chosen) : "");
  };
  return html`<select aria-label=${label} @change=${changed}>
    ${isOptional ? html`<option value="" .selected=${!now}>${blank ?? words[desk.lang].any}</option>` : nothing}
    ${(values.choices ?? []).map(
      (one) =>
        html`<option value=${one.name} .selected=${one.name === now}>${one.label[desk.lang]}</option>`,
    )}</select>`;
}

/** A year: one of the choices, or a number of the reader's own. */
function yearField(desk: Desk, spec: Field) {
  const { label, value, values, isOptional, blank, take } = spec;
  const { choices = [] } = values;
  const w = words[desk.lang];
  const isOwn = value !== "" && !choices.some(({ name }) => name === value);
  const choose = ({ target }: Event) => {
    const next = (target as HTMLSelectElement).value;
    take(next === "own" ? desk.asOf.slice(0, 4) : next);
  };
  return html`<span class="bound"><select aria-label=${label} @change=${choose}>
    ${isOptional ? html`<option value="" .selected=${!value}>${blank ?? w.any}</option>` : nothing}
    ${choices.map(
      (one) =>
        html`<option value=${one.name} .selected=${one.name === value}>${one.label[desk.lang]}</option>`,
    )}<option value="own" .selected=${isOwn}>${w.yearOwn}</option></select>${
      isOwn ? numberField(desk, { ...spec, label: w.yearOf(label), isOptional: false }) : nothing
    }</span>`;
}

function flagField(desk: Desk, { label, value, take }: Field) {
  const w = words[desk.lang];
  return html`<select aria-label=${label} @change=${({ target }: Event) => take((target as HTMLSelectElement).value)}>
    ${(["true", "false"] as const).map(
      (one) => html`<option value=${one} .selected=${one === value}>${w.flags[one]}</option>`,
    )}</select>`;
}

function textField({ label, value, isOptional, list, said, take, enter }: Field) {
  const typed = ({ target }: Event) => {
    const text = (target as HTMLInputElement).value;
    take(text || !isOptional ? quoted(text) : "");
  };
  const isMissing = !isOptional && unquoted(value).trim() === "";
  return html`<span class="bound"><input type="search" class="text" autocomplete="off" aria-label=${label}
    aria-invalid=${isMissing ? "true" : nothing} list=${list ?? nothing} .value=${unquoted(value)}
    @focus=${enter ?? nothing} @change=${typed} />${said ? html`<small>${said}</small>` : nothing}</span>`;
}

/** Several choices at once. */
export function choicesField(
  desk: Desk,
  spec: Omit<Field, "value" | "take"> & {
    chosen: readonly string[];
    take(values: string[]): void;
  },
) {
  const { choices = [] } = spec.values;
  const now = spec.chosen.map(unquoted);
  const turn = (name: string) => {
    const next = choices.filter((one) => (one.name === name) !== now.includes(one.name));
    // One stays: a condition of no values is none.
    if (next.length) spec.take(next.map((one) => quoted(one.name)));
  };
  return html`<span class="picks" role="group" aria-label=${spec.label}>${choices.map(
    ({ name, label }) => html`<button type="button" aria-pressed=${now.includes(name)}
      @click=${() => turn(name)}>${label[desk.lang]}</button>`,
  )}</span>`;
}
