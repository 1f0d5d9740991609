// Tables that are pictures: heat, with hatched cells that are not closed, and overlaps of sets.
import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "../desk.ts";
import { heat, roam } from "../parts.ts";
import { over } from "../shape.ts";
import { vars } from "../vars.ts";
import type { Opens } from "./picture.ts";

export interface HeatCell {
  /** The depth of colour; nothing where it is not known. */
  value: number | null;
  words: string;
  /** Below them, such as the interval. */
  small?: string;
  /** Not closed yet: hatched, and out of the scale. */
  pending?: boolean;
  open?: Opens;
}

export interface HeatLine {
  name: string;
  /** Cells before the coloured ones. */
  plain?: readonly (TemplateResult | string)[];
  cells: readonly HeatCell[];
}

export interface Heat {
  caption: string;
  /** Headings of the line's name and of its plain cells. */
  heads: readonly string[];
  columns: readonly string[];
  lines: readonly HeatLine[];
  /** The value of the darkest cell; the greatest when absent. */
  most?: number;
  /** Shares, which are drawn as dark as they are great. */
  even?: boolean;
}

/** A heat table. */
export function heatTable(desk: Desk, spec: Heat) {
  const values = spec.lines.flatMap(({ cells }) => cells.map(({ value }) => value ?? 0));
  const most = spec.most ?? Math.max(...values, 0);
  const drawn = ({ value, pending, words, small, open }: HeatCell, isFirst: boolean) => {
    const plain = { "--heat": "0%", "--on": "inherit" } as const;
    const shade = vars(pending || value === null ? plain : heat(value, most, spec.even));
    const late = pending ? html`<span class="unseen"> ${desk.t.provisional}</span>` : nothing;
    const inside = html`${words}${small ? html`<small>${small}</small>` : nothing}${late}`;
    return open
      ? html`<button tabindex=${isFirst ? 0 : -1} ${shade} @click=${open}>${inside}</button>`
      : html`<span ${shade}>${inside}</span>`;
  };
  return html`<div class="scroll"><table class="heat cohort" @keydown=${roam}>
    <caption>${spec.caption}</caption>
    <thead><tr>${spec.heads.map((name, i) => html`<th scope="col" class=${i ? "num" : ""}>${name}</th>`)}
      ${spec.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${spec.lines.map(
      ({ name, plain = [], cells }, line) => html`<tr><th scope="row">${name}</th>
        ${plain.map((cell) => html`<td class="num">${cell}</td>`)}
        ${cells.map((cell, i) => html`<td class="hot ${cell.pending ? "pending" : ""}">${drawn(cell, line === 0 && i === 0)}</td>`)}</tr>`,
    )}</tbody>
  </table></div>`;
}

export interface Overlap {
  caption: string;
  sets: readonly string[];
  /** One line a combination of sets. */
  lines: readonly { members: readonly boolean[]; customers: number; open?: Opens }[];
  /** Heading of the figures. */
  customers: string;
}

/** Combinations of sets: who is in which, with a bar for how many. */
export function overlapTable(desk: Desk, spec: Overlap) {
  const { t, f } = desk;
  const all = spec.lines.reduce((sum, { customers }) => sum + customers, 0);
  const most = Math.max(...spec.lines.map(({ customers }) => customers), 1);
  return html`<div class="scroll"><table class="overlap" @keydown=${roam}>
    <caption>${spec.caption}</caption>
    <thead><tr>${spec.sets.map((name) => html`<th scope="col">${name}</th>`)}
      <th scope="col" class="num">${spec.customers}</th><th scope="col" class="num">${t.share}</th><td></td></tr></thead>
    <tbody>${spec.lines.map(
      ({ members, customers, open }, i) => html`<tr>
        ${members.map(
          (isIn) =>
            html`<td class="set"><i class=${isIn ? "in" : ""}></i><span class="unseen">${isIn ? t.customer.yes : t.customer.no}</span></td>`,
        )}
        <td class="num">${open && customers ? html`<button class="link" tabindex=${i ? -1 : 0} @click=${open}>${f.count(customers)}</button>` : f.count(customers)}</td>
        <td class="num">${f.share(over(customers, all))}</td>
        <td class="wide"><span class="bar" ${vars({ "--v": over(customers, most) })}></span></td></tr>`,
    )}</tbody>
  </table></div>`;
}
