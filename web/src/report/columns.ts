// Upright bars: stacked, side by side, or as shares of a whole; also histograms, with a curve over
// them where shares add up. The figures of the bar under the pointer stand above.
import { html, nothing, svg } from "lit";
import { type Desk, define } from "../desk.ts";
import { over } from "../shape.ts";
import { colourOf, gridLines, legend, type Opens, Picture, type Series } from "./picture.ts";
import { axis, labelWidth } from "./scale.ts";

/** One place on the x axis. */
export interface Group {
  name: string;
  /** What stands on the axis, where that is shorter; empty for none. */
  short?: string;
  /** One for each series. */
  values: readonly number[];
  /** Whom the whole place counts. */
  open?: Opens;
  /** Whom each part counts; outweighs `open`. */
  opens?: readonly Opens[];
  /** Further words on it, under the pointer. */
  note?: string;
  /** Still growing: drawn hatched. */
  pending?: boolean;
}

export interface Columns {
  label: string;
  series: readonly Series[];
  groups: readonly Group[];
  /** `stacked` when absent; `whole` makes each place 100 %. */
  kind?: "stacked" | "grouped" | "whole";
  write(value: number): string;
  /** In little room: on the axis and in the legend. `write` when absent. */
  writeShort?(value: number): string;
  /** Which place is described while none is under the pointer; the last when absent. */
  rest?: number;
  /** Shares of 1 over the bars, on an axis of their own. */
  curve?: readonly number[];
  /** Bars touch, as those of a histogram do. */
  touching?: boolean;
  height?: number;
}

const [TOP, BOTTOM] = [18, 24];

class ColumnsPicture extends Picture<Columns> {
  override render() {
    const { groups } = this.spec;
    if (!groups.length) return nothing;
    const rest = this.spec.rest ?? groups.length - 1;
    const at = this.at >= 0 && this.at < groups.length ? this.at : rest;
    const group = groups[at] ?? (groups[0] as Group);
    return html`${this.#readout(group)}${this.#chart(at)}`;
  }

  #readout({ name, values, note }: Group) {
    const { f } = this.desk;
    const { series, kind = "stacked", write, writeShort = write } = this.spec;
    const sum = values.reduce((total, value) => total + value, 0);
    const single = series.length === 1;
    const figure = (i: number) => {
      const value = values[i] ?? 0;
      return kind === "grouped"
        ? write(value)
        : `${writeShort(value)} (${f.percent(over(value, sum))})`;
    };
    return html`<div class="readout">
      <strong>${name}</strong>${kind === "grouped" && !single ? nothing : html`<span>${write(sum)}</span>`}
      ${single ? nothing : legend(series, figure)}
      ${note ? html`<span class="small">${note}</span>` : nothing}
    </div>`;
  }

  #chart(at: number) {
    const { f } = this.desk;
    const { width, spec } = this;
    const { groups, kind = "stacked", write, writeShort = write, curve, height = 250 } = spec;
    const sums = groups.map(({ values }) =>
      values.reduce((sum, value) => sum + Math.max(value, 0), 0),
    );
    const most =
      kind === "whole"
        ? 1
        : Math.max(...(kind === "stacked" ? sums : groups.flatMap(({ values }) => values)), 1);
    const { top, lines } = axis(most, kind === "whole" ? 0.01 : 1);
    const figure = kind === "whole" ? f.percent : writeShort;
    const left = 12 + Math.max(...lines.map((value) => labelWidth(figure(value))));
    const right = width - (curve ? 46 : 0);
    const slot = (right - left) / groups.length;
    const plot = height - BOTTOM - TOP;
    const y = (value: number) => TOP + plot * (1 - value / top);
    const widest = Math.max(...groups.map((group) => labelWidth(group.short ?? group.name)));
    const every = Math.max(Math.ceil((widest + 8) / Math.max(slot, 1)), 1);
    const points = curve?.map(
      (share, i) => `${left + slot * (i + 0.5)},${TOP + plot * (1 - share)}`,
    );
    return this.frame(
      height,
      svg`${gridLines(lines, [left, right], y, figure)}
        ${groups.map((group, i) => {
          const middle = left + slot * (i + 0.5);
          const isNamed = (spec.touching ? i : groups.length - 1 - i) % every === 0;
          const hit = svg`<rect class="hit ${i === at && this.at >= 0 ? "on" : ""} ${group.open ? "" : "idle"}"
            x=${left + slot * i} y="0" width=${slot} height=${height - BOTTOM + 4}
            @pointerenter=${this.point(i)} @click=${group.open ?? nothing}></rect>`;
          return svg`${group.opens ? hit : nothing}${this.#parts(group, i, { left, slot, plot, top, whole: sums[i] ?? 0 })}
            ${isNamed ? svg`<text x=${Math.min(middle, width - labelWidth(group.short ?? group.name) / 2)} y=${height - 6} text-anchor="middle">${group.short ?? group.name}</text>` : nothing}
            ${group.opens ? nothing : hit}`;
        })}
        ${
          points
            ? svg`<polyline class="curve" points=${points.join(" ")} pointer-events="none"></polyline>
              ${[0, 0.25, 0.5, 0.75, 1].map((share) => svg`<text x=${right + 8} y=${TOP + plot * (1 - share) + 4}>${f.percent(share)}</text>`)}`
            : nothing
        }`,
    );
  }

  #parts(
    group: Group,
    i: number,
    { left, slot, plot, top, whole }: Record<"left" | "slot" | "plot" | "top" | "whole", number>,
  ) {
    const { series, kind = "stacked", touching } = this.spec;
    const bar = touching
      ? Math.max(slot - 2, 1)
      : Math.max(Math.min(slot * 0.7, kind === "grouped" ? 90 : 44), 1);
    const x = left + slot * i + (slot - bar) / 2;
    const isGrouped = kind === "grouped";
    const wide = isGrouped ? bar / series.length : bar;
    let from = 0;
    return series.map((one, s) => {
      const value = Math.max(group.values[s] ?? 0, 0) / (kind === "whole" ? whole || 1 : 1);
      const high = (plot * value) / top;
      const foot = isGrouped ? 0 : from;
      from += high;
      const open = group.opens?.[s];
      return svg`<rect class="mark c-${colourOf(one, s)} ${group.pending ? "pending" : ""} ${open ? "opens" : ""}"
        x=${x + (isGrouped ? wide * s : 0)} width=${Math.max(wide - (isGrouped ? 1 : 0), 1)}
        y=${TOP + plot - foot - high} height=${high}
        @pointerenter=${this.point(i)} @click=${open ?? nothing}></rect>`;
    });
  }
}

define("okaeri-columns", ColumnsPicture);

/** The chart. */
export const columns = (desk: Desk, spec: Columns) =>
  html`<okaeri-columns .desk=${desk} .spec=${spec}></okaeri-columns>`;
