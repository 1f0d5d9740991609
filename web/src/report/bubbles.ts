// Bubbles on a grid: the area says how many, the depth of colour how much.
import { html, nothing, svg } from "lit";
import { type Desk, define } from "../desk.ts";
import { heat } from "../parts.ts";
import { vars } from "../vars.ts";
import { type Opens, Picture } from "./picture.ts";
import { labelWidth, shortened } from "./scale.ts";

export interface Bubble {
  /** Place in `columns` and in `rows`. */
  column: number;
  row: number;
  name: string;
  /** The area. */
  size: number;
  /** The depth of colour. */
  depth: number;
  /** Its figures in words: in the bubble, and under the pointer. */
  short: string;
  says: string;
  open?: Opens;
}

export interface Bubbles {
  label: string;
  columns: readonly string[];
  /** From the top down. */
  rows: readonly string[];
  bubbles: readonly Bubble[];
}

const [ROW, HEAD] = [104, 26];

class BubblesPicture extends Picture<Bubbles> {
  override render() {
    const { width, spec } = this;
    const { columns, rows, bubbles } = spec;
    const beside = Math.min(Math.max(...rows.map(labelWidth), 0) + 14, width * 0.28);
    const slotOf = (left: number) => (width - left) / Math.max(columns.length, 1);
    // In little room the rows' names stand above, so that those of the columns fit.
    const isTight = columns.some((name) => labelWidth(name) > slotOf(beside));
    const side = isTight ? 0 : beside;
    const slot = slotOf(side);
    const most = Math.max(...bubbles.map(({ size }) => size), 1);
    const deepest = Math.max(...bubbles.map(({ depth }) => depth), 1);
    const room = Math.min(ROW, slot) / 2 - 3;
    const pointed = bubbles[this.at];
    return html`<div class="readout">${pointed ? html`<strong>${pointed.name}</strong><span>${pointed.says}</span>` : nothing}</div>
      ${this.frame(
        HEAD + rows.length * ROW,
        svg`${columns.map((name, i) => svg`<text x=${side + slot * (i + 0.5)} y="15" text-anchor="middle">${shortened(name, slot)}</text>`)}
        ${rows.map(
          (
            name,
            i,
          ) => svg`<line class="grid-line" x1="0" x2=${width} y1=${HEAD + ROW * i} y2=${HEAD + ROW * i}></line>
            <text class="name" x="0" y=${HEAD + ROW * i + (isTight ? 15 : ROW / 2 + 4)}>${isTight ? name : shortened(name, side - 8)}</text>`,
        )}
        ${bubbles.map((bubble, i) => {
          const [x, y] = [side + slot * (bubble.column + 0.5), HEAD + ROW * (bubble.row + 0.5)];
          const radius = Math.max(room * Math.sqrt(bubble.size / most), bubble.size > 0 ? 3 : 0);
          const isInside = labelWidth(bubble.short) < radius * 1.8;
          const deep = heat(bubble.depth, deepest);
          return svg`<g class="bubble ${bubble.open ? "opens" : ""}" ${vars(deep)} @pointerenter=${this.point(i)} @click=${bubble.open ?? nothing}>
            <circle cx=${x} cy=${y} r=${radius}></circle>
            <text class=${isInside ? "inside" : ""} x=${x} y=${isInside ? y + 4 : y + radius + 14} text-anchor="middle">${bubble.size > 0 ? bubble.short : nothing}</text>
            <title>${bubble.name}: ${bubble.says}</title></g>`;
        })}`,
      )}`;
  }
}

define("okaeri-bubbles", BubblesPicture);

/** The chart. */
export const bubbles = (desk: Desk, spec: Bubbles) =>
  html`<okaeri-bubbles .desk=${desk} .spec=${spec}></okaeri-bubbles>`;
