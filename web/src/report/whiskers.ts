// Lying bars with the interval in which the true figure lies.
import { html, nothing, svg } from "lit";
import { type Desk, define } from "../desk.ts";
import { type Colour, type Opens, Picture } from "./picture.ts";
import { axis, labelWidth, shortened } from "./scale.ts";

export interface Bar {
  name: string;
  /** Nothing where it is not known yet. */
  value: number | null;
  low?: number | null;
  high?: number | null;
  open?: Opens;
  colour?: Colour;
  /** Beside the figure, such as how many customers it rests on. */
  note?: string;
}

export interface Whiskers {
  label: string;
  bars: readonly Bar[];
  write(value: number): string;
  /** What stands for a figure that is not known. */
  unknown?: string;
  /** The axis ends here; at the greatest figure when absent. */
  max?: number;
  /** A figure to compare with, such as the whole shop's. */
  reference?: { value: number; name: string };
}

// A row, and one with its name above its bar.
const [ROW, TALL] = [32, 48];
const [TOP, BOTTOM] = [22, 22];
const NARROW = 480;

class WhiskersPicture extends Picture<Whiskers> {
  override render() {
    const { width, spec } = this;
    const { bars, write, reference } = spec;
    if (!bars.length) return nothing;
    // In little room the bars need what there is: long names stand above them.
    const isNarrow = width < NARROW;
    const longest = Math.max(...bars.map(({ name }) => labelWidth(name))) + 12;
    const isTall = isNarrow && longest > width * 0.36;
    const row = isTall ? TALL : ROW;
    const figure = (bar: Bar) =>
      bar.value === null
        ? (spec.unknown ?? "–")
        : `${write(bar.value)}${bar.note && !isNarrow ? ` ${bar.note}` : ""}`;
    const names = isTall ? 0 : Math.min(longest, width * 0.36);
    const figures = Math.max(...bars.map((bar) => labelWidth(figure(bar)))) + 12;
    const greatest = Math.max(
      ...bars.map(({ value, high }) => high ?? value ?? 0),
      reference?.value ?? 0,
    );
    const { top, lines } = axis(spec.max ?? (greatest || 1), greatest <= 1 ? 0.001 : 1);
    const end = width - figures;
    const x = (value: number) => names + ((end - names) * Math.min(value, top)) / top;
    const height = TOP + bars.length * row + BOTTOM;
    /** The middle of a label that stays inside the picture. */
    const within = (at: number, label: string) => Math.max(at, labelWidth(label) / 2);
    const widest = Math.max(...lines.map((value) => labelWidth(write(value)))) + 14;
    const every = Math.ceil(Math.max(widest, 60) / Math.max((end - names) / (lines.length - 1), 1));
    return this.frame(
      height,
      svg`${lines.map(
        (
          value,
          i,
        ) => svg`<line class="grid-line" x1=${x(value)} x2=${x(value)} y1=${TOP} y2=${height - BOTTOM}></line>
          ${i % every === 0 ? svg`<text x=${within(x(value), write(value))} y=${height - 6} text-anchor="middle">${write(value)}</text>` : nothing}`,
      )}
      ${bars.map((bar, i) => {
        const top = TOP + row * i;
        const middle = top + row - ROW / 2;
        const line = isTall ? top + 13 : middle + 4;
        const { value, low, high } = bar;
        const isBounded = low !== null && low !== undefined && high !== null && high !== undefined;
        return svg`<text class="name" x="0" y=${line}>${shortened(bar.name, isTall ? width : names - 8)}<title>${bar.name}</title></text>
          ${value === null ? nothing : svg`<rect class="mark c-${bar.colour ?? "repeat"}" x=${names} y=${middle - 8} width=${Math.max(x(value) - names, 1)} height="16" rx="2"></rect>`}
          ${
            value !== null && isBounded
              ? svg`<path class="whisker" d="M${x(low)} ${middle}H${x(high)}M${x(low)} ${middle - 5}v10M${x(high)} ${middle - 5}v10"></path>`
              : nothing
          }
          <text x=${width} y=${middle + 4} text-anchor="end">${figure(bar)}</text>
          <rect class="hit ${bar.open ? "" : "idle"}" x="0" width=${width} y=${top} height=${row} @click=${bar.open ?? nothing}></rect>`;
      })}
      ${
        reference
          ? svg`<line class="reference" x1=${x(reference.value)} x2=${x(reference.value)} y1=${TOP - 4} y2=${height - BOTTOM}></line>
            <text x=${x(reference.value)} y="13" text-anchor=${x(reference.value) > width * 0.7 ? "end" : x(reference.value) < width * 0.15 ? "start" : "middle"}>${reference.name} ${write(reference.value)}</text>`
          : nothing
      }`,
    );
  }
}

define("okaeri-whiskers", WhiskersPicture);

/** The chart. */
export const whiskers = (desk: Desk, spec: Whiskers) =>
  html`<okaeri-whiskers .desk=${desk} .spec=${spec}></okaeri-whiskers>`;
