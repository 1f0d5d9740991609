// Small pieces that several views draw.
import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "./desk.ts";
import type { Condition } from "./wire.gen.ts";

type Drawn = TemplateResult | string | typeof nothing;

/** A view's head: what the figures say, what to do about it, and switches. */
export function head(title: string, says: Drawn, todo: Drawn, tools: Drawn = nothing) {
  return html`<header class="head">
    <div class="head-row">
      <h2 tabindex="-1">${title}</h2>
      ${tools === nothing ? nothing : html`<div class="tools">${tools}</div>`}
    </div>
    ${says === nothing ? nothing : html`<p class="says">${says}</p>`}
    ${todo === nothing ? nothing : html`<p class="todo">${todo}</p>`}
  </header>`;
}

/** A figure that opens the customers behind it. */
export function opens(desk: Desk, shown: string, ...filter: Condition[]) {
  return html`<button class="link num" @click=${() => desk.open(filter)}>${shown}</button>`;
}

/** A choice of a few, as one row of buttons. */
export function choice<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  chosen: T,
  choose: (value: T) => void,
) {
  return html`<div class="choice" role="group" aria-label=${label}>
    ${options.map(
      ([value, words]) =>
        html`<button aria-pressed=${value === chosen} @click=${() => choose(value)}>${words}</button>`,
    )}
  </div>`;
}

/** A column's heading that sorts. */
export function sortHead(
  words: string,
  state: "ascending" | "descending" | "none",
  sort: () => void,
  numeric = true,
) {
  return html`<th scope="col" class=${numeric ? "num" : ""} aria-sort=${state}>
    <button class="sort" @click=${sort}>${words}<span aria-hidden="true" class="arrow"></span></button>
  </th>`;
}

/** Moves the focus among a table's buttons by the arrow keys; only one of them is a tab stop. */
export function roam(event: KeyboardEvent): void {
  const steps: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  const step = steps[event.key];
  const from = event.target as HTMLElement;
  const cell = from.closest("td");
  const table = from.closest("table");
  if (!step || !cell || !table) return;
  const grid = Array.from(table.tBodies[0]?.rows ?? []);
  const row = cell.parentElement as HTMLTableRowElement;
  const [down, right] = step;
  const next = grid[grid.indexOf(row) + down]?.cells[cell.cellIndex + right];
  const button = next?.querySelector<HTMLElement>("button");
  if (!button) return;
  event.preventDefault();
  from.tabIndex = -1;
  button.tabIndex = 0;
  button.focus();
}

/** How dark a cell is drawn: its share of the darkest, and which ink is legible on it. */
export function heat(value: number, max: number): { "--heat": string; "--on": string } {
  const part = max > 0 ? Math.sqrt(Math.min(Math.max(value / max, 0), 1)) : 0;
  // Between the two no ink reaches a contrast of 4.5, so it is skipped.
  const strong = part > 0.62;
  const percent = strong ? 86 + ((part - 0.62) / 0.38) * 14 : (part / 0.62) * 42;
  return { "--heat": `${percent.toFixed(1)}%`, "--on": strong ? "var(--heat-ink)" : "var(--ink)" };
}
