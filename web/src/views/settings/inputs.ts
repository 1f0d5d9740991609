// The fields of the settings' form. Each tells what was typed in the units of the settings.
import { html, nothing } from "lit";
import type { Desk } from "../../desk.ts";
import { words } from "../../text/reports/settings.ts";
import type { Line, List, Part, Unit } from "./fields.ts";

/** What a field is drawn with. */
export interface Drawing {
  desk: Desk;
  /** Whether the module refused its value. */
  isRefused: boolean;
  /** What may be typed, where that is known. */
  known?: readonly string[];
}

/** How many of the settings' units are one of those that a person types: cents, basis points. */
export function scaleOf(desk: Desk, unit: Unit): number {
  if (unit === "percent") return 100;
  return unit === "money" ? desk.f.minor(1) : 1;
}

/** What stands behind a number. */
function behind({ lang, settings }: Desk, unit: Unit): string {
  const currency = settings.currency ?? "JPY";
  const w = words[lang];
  return unit === "money" && currency !== "JPY" ? currency : (w.units[unit] ?? "");
}

interface Numeric {
  /** For those who do not see the label. */
  label: string;
  unit: Unit;
  value: number | undefined;
  optional?: boolean;
  set(value: number | undefined): void;
}

export function numberInput({ desk, isRefused }: Drawing, numeric: Numeric) {
  const { label, unit, value, optional = false, set } = numeric;
  const scale = scaleOf(desk, unit);
  const take = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    if (!input.reportValidity()) return;
    set(input.value === "" ? undefined : Math.round(input.valueAsNumber * scale));
  };
  return html`<span class="bound"><input type="number" min="0" step=${scale > 1 ? "any" : 1} ?required=${!optional}
      aria-label=${label} aria-invalid=${isRefused} .value=${value === undefined ? "" : String(value / scale)} @change=${take} />${behind(desk, unit)}</span>`;
}

export function choiceInput(
  options: readonly (readonly [value: string, words: string])[],
  value: string,
  label: string,
  set: (value: string) => void,
) {
  return html`<select aria-label=${label} @change=${({ target }: Event) => set((target as HTMLSelectElement).value)}>
    ${options.map(([one, said]) => html`<option value=${one} ?selected=${one === value} .selected=${one === value}>${said}</option>`)}
  </select>`;
}

export function textInput(
  { isRefused, known }: Drawing,
  type: "text" | "date",
  value: string,
  label: string,
  set: (value: string) => void,
) {
  const list = known?.length ? `known-${type}` : undefined;
  const take = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    if (input.reportValidity()) set(input.value);
  };
  return html`<input type=${type} required maxlength=${type === "text" ? 100 : nothing} aria-label=${label} aria-invalid=${isRefused}
      list=${list ?? nothing} .value=${value} @change=${take} />
    ${list ? html`<datalist id=${list}>${known?.map((one) => html`<option value=${one}></option>`)}</datalist>` : nothing}`;
}

/** Values typed with commas between: whole numbers, or texts. */
export function seriesInput(
  { isRefused }: Drawing,
  { value, label, isNumber }: { value: readonly unknown[]; label: string; isNumber: boolean },
  set: (value: unknown[]) => void,
) {
  const take = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    if (!input.reportValidity()) return;
    const parts = input.value.split(/[,、，]/).map((part) => part.trim());
    const given = parts.filter(Boolean);
    set(isNumber ? given.map(Number) : given);
  };
  return html`<input type="text" pattern=${isNumber ? "[0-9,、， ]*" : nothing} aria-label=${label}
    aria-invalid=${isRefused} .value=${value.join(", ")} @change=${take} />`;
}

/** A day of the year, typed as `11/1`, or a weekday of a month, typed as `5/2/0`. */
function yearlyInput(
  { isRefused }: Drawing,
  kind: "yearly" | "weekday",
  value: unknown,
  label: string,
  set: (value: unknown) => void,
) {
  const take = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    if (!input.reportValidity()) return;
    set(input.value ? input.value.split("/").map(Number) : undefined);
  };
  const [pattern, example] =
    kind === "yearly" ? ["[0-9]{1,2}/[0-9]{1,2}", "11/1"] : ["[0-9]{1,2}/[1-5]/[0-6]", "5/2/0"];
  return html`<input type="text" class="num" pattern=${pattern} placeholder=${example} aria-label=${label} aria-invalid=${isRefused}
    .value=${Array.isArray(value) ? value.join("/") : ""} @change=${take} />`;
}

/** Lines of several values, each of which can be taken out. */
export function listInput(
  drawing: Drawing,
  list: List,
  lines: readonly Line[],
  change: (turn: (lines: readonly Line[]) => readonly Line[]) => void,
) {
  const { desk } = drawing;
  const w = words[desk.lang];
  // Two fields may change before the form is drawn again, so each turns the lines of that moment.
  const set = (at: number, name: string, value: unknown) =>
    change((all) => all.map((line, i) => (i === at ? changed(line, name, value) : line)));
  const part = (line: Line, at: number, one: Part) => {
    const label = w.labels[`${list.at}.${one.name}`] ?? one.name;
    return html`<label class="control"><span>${label}</span>${partInput(
      drawing,
      list.at,
      one,
      line[one.name],
      w.lineOf(label, String(at + 1)),
      (value) => set(at, one.name, value),
    )}</label>`;
  };
  return html`<div class="lines">
      ${lines.map(
        (line, at) => html`<div class="line">${list.parts.map((one) => part(line, at, one))}
          <button type="button" class="link" aria-label=${w.removeLine(w.labels[list.at] ?? "", String(at + 1))}
            @click=${() => change((all) => all.filter((_, i) => i !== at))}>${w.remove}</button></div>`,
      )}
      <button type="button" class="button" @click=${() => change((all) => [...all, list.next(all, desk.asOf)])}>${w.add[list.at]}</button>
    </div>`;
}

function changed(line: Line, name: string, value: unknown): Line {
  const { [name]: _before, ...others } = line;
  return value === undefined ? others : { ...line, [name]: value };
}

function partInput(
  drawing: Drawing,
  at: string,
  one: Part,
  value: unknown,
  label: string,
  set: (value: unknown) => void,
) {
  const w = words[drawing.desk.lang];
  switch (one.kind) {
    case "number": {
      const { unit, optional = false } = one;
      const number = typeof value === "number" ? value : undefined;
      return numberInput(drawing, { label, unit, value: number, optional, set });
    }
    case "choice": {
      const said = one.options.map(
        (name) => [name, w.options[`${at}.${one.name}`]?.[name] ?? name] as const,
      );
      return choiceInput(said, String(value), label, set);
    }
    case "yearly":
    case "weekday":
      return yearlyInput(drawing, one.kind, value, label, set);
    default:
      return textInput(
        one.kind === "text" ? drawing : { ...drawing, known: [] },
        one.kind === "day" ? "date" : "text",
        String(value ?? ""),
        label,
        set,
      );
  }
}
