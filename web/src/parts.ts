// Small pieces that several views draw.
import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "./desk.ts";
import type { Text } from "./text/ja.ts";
import type { Buyer, Condition } from "./wire.gen.ts";
import { problemWords } from "./words.ts";

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

/** Words that may part between the pieces and nowhere else. */
export function pieces(list: readonly string[]) {
  return list.map(
    (piece, i) => html`${i ? html`<wbr />` : nothing}<span class="keep">${piece}</span>`,
  );
}

/** What went wrong, what to do about it, and a way to try again. */
export function problem(t: Text, cause: unknown, again?: () => void) {
  const { says, detail } = problemWords(t, cause);
  return html`<div class="notice bad" role="alert">
    <p class="says">${says}</p>
    ${detail ? html`<p class="small">${detail}</p>` : nothing}
    ${again ? html`<button class="button" @click=${again}>${t.retry}</button>` : nothing}
  </div>`;
}

/** A contact as it was typed. */
export function contactList(desk: Desk, buyer: Buyer) {
  const { field, yes, no } = desk.t.customer;
  const said = (value: unknown) =>
    typeof value === "boolean" ? (value ? yes : no) : String(value);
  return html`<dl class="pairs-list">${Object.entries(field).map(([name, words]) => {
    const value = buyer[name as keyof Buyer];
    return value === undefined || value === null || value === ""
      ? nothing
      : html`<dt>${words}</dt><dd>${said(value)}</dd>`;
  })}</dl>`;
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
  let [y, x] = [grid.indexOf(row) + down, cell.cellIndex + right];
  // Cells that open nothing are passed by.
  while (grid[y]?.cells[x] && !grid[y]?.cells[x]?.querySelector("button")) {
    y += down;
    x += right;
  }
  const button = grid[y]?.cells[x]?.querySelector<HTMLElement>("button");
  if (!button) return;
  event.preventDefault();
  from.tabIndex = -1;
  button.tabIndex = 0;
  button.focus();
}

// The shares of the accent between which neither ink reaches a contrast of 4.5 are skipped.
const [PALE, DEEP] = [50, 80];
const TURN = 0.62;

/**
 * How dark a cell is drawn: its share of the darkest, and which ink is legible on it. Counts of
 * people lie far apart, so small ones are drawn darker than their share, unless `even`.
 */
export function heat(value: number, max: number, even = false) {
  const share = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0;
  const part = even ? share : Math.sqrt(share);
  const strong = part > TURN;
  const percent = strong
    ? DEEP + ((part - TURN) / (1 - TURN)) * (100 - DEEP)
    : (part / TURN) * PALE;
  return {
    "--heat": `${percent.toFixed(1)}%`,
    "--on": strong ? "var(--heat-ink)" : "var(--ink)",
  } as const;
}
