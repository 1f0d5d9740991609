// What a reader may choose on a report's page. All are native fields with labels.
import { html, nothing } from "lit";
import { dayOf, isoOf, monthBefore } from "../calendar.ts";
import type { Desk } from "../desk.ts";
import { choice } from "../parts.ts";
import { type ProductRow, rows } from "../shape.ts";
import type { KitText } from "../text/reports/kit.ts";
import type { Cell, Scope } from "../wire.gen.ts";

/** Values of a page's controls by name; what is absent is the control's default. */
export type Params = Record<string, string | number | undefined>;

/** What a page remembers while the reader looks at customers and comes back. */
export interface Choices {
  params?: Params;
  scope?: Scope;
  /** `month`, `quarter`, `year` before the day, or a day as `YYYY-MM-DD`. */
  compare?: string;
}

/** A control of a page; its `name` is the question's parameter. */
export type Control =
  | {
      kind: "number";
      name: string;
      label: string;
      /** Stands behind the field. */
      unit?: string;
      min: number;
      max: number;
      step?: number;
      /** What the module takes when nothing is said. */
      value: number;
    }
  | {
      kind: "choice";
      name: string;
      label: string;
      options: readonly (readonly [value: string, words: string])[];
      value: string;
    }
  | {
      kind: "product";
      name: string;
      label?: string;
      /** The product when nothing was chosen; all products when absent. */
      value?: Cell;
    }
  | {
      kind: "day";
      name: string;
      label: string;
      /** `YYYY-MM-DD`; shown when nothing was chosen. */
      value?: string;
    };

/** What is one purchase: the parameter `count` of many reports. */
export const counting = (w: KitText): Control => ({
  kind: "choice",
  name: "count",
  label: w.counting,
  options: [
    ["days", w.countings.days],
    ["orders", w.countings.orders],
  ],
  value: "days",
});

/** A number of days. */
export const days = (
  w: KitText,
  name: string,
  label: string,
  value: number,
  [min, max] = [1, 3650] as readonly [number, number],
): Control => ({ kind: "number", name, label, unit: w.dayUnit, min, max, value });

/** How many rows a list has: the parameter `limit`. */
export const lengthOf = (label: string, unit: string): Control => ({
  kind: "number",
  name: "limit",
  label,
  unit,
  min: 1,
  max: 10_000,
  value: 100,
});

const BACK = { month: 1, quarter: 3, year: 12 } as const;
const isBack = (text: string): text is keyof typeof BACK => text in BACK;

/** The day that a choice means on `asOf`. */
export function compareDay(compare: string | undefined, asOf: string): string | undefined {
  if (!compare || !asOf) return undefined;
  return isBack(compare) ? monthBefore(asOf, BACK[compare]) : compare;
}

// A few choices are buttons in a row; more are a list.
const IN_A_ROW = 3;

/** All controls of a page. */
export function controlBar(
  desk: Desk,
  w: KitText,
  list: readonly Control[],
  chosen: Choices,
  choose: (part: Choices) => void,
  more: unknown = nothing,
) {
  const set = (name: string, value: string | number | undefined) =>
    choose({ params: { ...chosen.params, [name]: value } });
  const isChanged = Boolean(
    chosen.compare ||
      (chosen.scope && chosen.scope !== "all") ||
      Object.values(chosen.params ?? {}).some((value) => value !== undefined),
  );
  return html`<form class="controls" aria-label=${w.controls} @submit=${(event: Event) => event.preventDefault()}>
    ${list.map((control) => drawn(desk, w, control, chosen.params?.[control.name], set))}
    <div class="control"><span aria-hidden="true">${w.scope}</span>${choice(
      w.scope,
      (["all", "own", "gift"] as const).map((scope) => [scope, w.scopes[scope]] as const),
      chosen.scope ?? "all",
      (scope) => choose({ scope }),
    )}</div>
    ${comparison(desk, w, chosen, choose)}
    ${
      isChanged
        ? html`<button type="button" class="link" @click=${() => choose({ params: {}, scope: "all", compare: "" })}>${w.reset}</button>`
        : nothing
    }
    ${more}
  </form>`;
}

type Set = (name: string, value: string | number | undefined) => void;

function drawn(
  desk: Desk,
  w: KitText,
  control: Control,
  value: string | number | undefined,
  set: Set,
) {
  const { name } = control;
  switch (control.kind) {
    case "number": {
      const take = ({ target }: Event) => {
        const input = target as HTMLInputElement;
        if (!input.reportValidity()) return;
        const number = input.value === "" ? control.value : input.valueAsNumber;
        input.value = String(number);
        set(name, number === control.value ? undefined : number);
      };
      return html`<label class="control"><span>${control.label}</span><span class="bound">
        <input type="number" inputmode="numeric" min=${control.min} max=${control.max} step=${control.step ?? 1}
          .value=${String(value ?? control.value)} @change=${take} />${control.unit ?? nothing}</span></label>`;
    }
    case "choice": {
      const { label, options } = control;
      const now = String(value ?? control.value);
      const take = (chosen: string) => set(name, chosen === control.value ? undefined : chosen);
      return options.length > IN_A_ROW
        ? html`<label class="control"><span>${label}</span><select @change=${(event: Event) => take((event.target as HTMLSelectElement).value)}>
          ${options.map(([one, said]) => html`<option value=${one} ?selected=${one === now}>${said}</option>`)}</select></label>`
        : html`<div class="control"><span aria-hidden="true">${label}</span>${choice(label, options, now, take)}</div>`;
    }
    case "day":
      return html`<okaeri-day .t=${desk.t} .value=${String(value ?? control.value ?? "")} .label=${control.label} .hint=${""}
        @pick=${({ detail }: CustomEvent<string>) => set(name, detail === control.value ? undefined : detail)}></okaeri-day>`;
    case "product":
      return productField(desk, w, control, value ?? control.value, set);
  }
}

/** A product by its name or code, among the shop's greatest. */
function productField(
  desk: Desk,
  w: KitText,
  { name, label }: { name: string; label?: string },
  value: Cell | undefined,
  set: Set,
) {
  const codes = rows<ProductRow>(desk.tables.products).map(({ product_id }) => product_id);
  const take = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const typed = input.value.trim();
    const code = codes.find((one) => desk.product(one) === typed || String(one) === typed);
    input.setCustomValidity(typed && code === undefined ? w.noProduct : "");
    if (input.reportValidity()) set(name, code ?? undefined);
  };
  const list = `list-${name}`;
  return html`<label class="control"><span>${label ?? w.product}</span>
    <input type="search" list=${list} autocomplete="off" placeholder=${w.anyProduct} size="24"
      .value=${value === undefined ? "" : desk.product(value)} @change=${take} />
    <datalist id=${list}>${codes.map((code) => html`<option value=${desk.product(code)}></option>`)}</datalist></label>`;
}

function comparison(desk: Desk, w: KitText, chosen: Choices, choose: (part: Choices) => void) {
  const { compare = "" } = chosen;
  const isDay = compare !== "" && !isBack(compare);
  const take = ({ target }: Event) => {
    const { value } = target as HTMLSelectElement;
    choose({ compare: value === "day" ? (compareDay("month", desk.asOf) ?? "") : value });
  };
  const options = [["", w.compareNone], ...Object.entries(w.compareWith)] as const;
  const now = isDay ? "day" : compare;
  return html`<label class="control"><span>${w.compare}</span><select @change=${take}>
      ${options.map(([value = "", said]) => html`<option value=${value} ?selected=${value === now} .selected=${value === now}>${said}</option>`)}
    </select></label>
    ${
      isDay
        ? html`<okaeri-day .t=${desk.t} .value=${compare} .label=${w.compareDay} .hint=${""}
            @pick=${({ detail }: CustomEvent<string>) => choose({ compare: earlier(detail, desk.asOf) })}></okaeri-day>`
        : nothing
    }`;
}

/** A day before the day of the figures; the one before it when it is not. */
const earlier = (day: string, asOf: string): string => (day < asOf ? day : isoOf(dayOf(asOf) - 1));
