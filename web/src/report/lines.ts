// Lines over a common x: several series, bands, steps, markers and lines of reference.
import { html, nothing, svg } from "lit";
import { type Desk, define } from "../desk.ts";
import { colourOf, gridLines, legend, type Opens, Picture, type Series } from "./picture.ts";
import { axis, labelWidth } from "./scale.ts";

export interface Point {
  x: number;
  /** Nothing where it is not known: the line is broken there. */
  y: number | null;
  low?: number | null;
  high?: number | null;
  open?: Opens;
}

export interface Line extends Series {
  /** By x, ascending. */
  points: readonly Point[];
  /** Stays until the next point, as a share that went on does. */
  step?: boolean;
  /** What is expected and has not happened. */
  dashed?: boolean;
}

export interface Lines {
  label: string;
  lines: readonly Line[];
  write(y: number): string;
  /** An x in words, above the picture. */
  writeX(x: number): string;
  /** On the axis; `writeX` when absent. */
  writeXShort?(x: number): string;
  /** Where the axis is labelled; each x that has room when absent. */
  ticks?: readonly number[];
  /** Named places on the x axis. */
  marks?: readonly { x: number; name: string }[];
  /** Named heights. */
  levels?: readonly { y: number; name: string }[];
  /** The axis ends here at least, such as 1 for shares of all. */
  max?: number;
  height?: number;
}

const [HEAD, BOTTOM] = [22, 24];
// Names of places that would touch stand in rows.
const ROW = 15;
// Markers that stand nearer together are a band of ink.
const APART = 24;

type Scale = (value: number) => number;

/** The pieces of a line, each without a gap. */
function pieces(points: readonly Point[]): Point[][] {
  const found: Point[][] = [[]];
  for (const point of points) {
    if (point.y === null) found.push([]);
    else found.at(-1)?.push(point);
  }
  return found.filter((piece) => piece.length);
}

/** A path through points; `step` stays until the next. */
function path(points: readonly (readonly [number, number])[], step = false): string {
  return points
    .map(([x, y], i) => (i === 0 ? `M${x} ${y}` : step ? `H${x}V${y}` : `L${x} ${y}`))
    .join("");
}

/** Where the names of marks stand: in the first row with room, left of the line near the end. */
function placed(marks: NonNullable<Lines["marks"]>, x: Scale, width: number) {
  const taken: (readonly [from: number, to: number])[][] = [];
  return marks
    .toSorted((a, b) => a.x - b.x)
    .map(({ x: value, name }) => {
      const [at, long] = [x(value), labelWidth(name) + 8];
      const isEnd = at + long > width;
      const [from, to] = isEnd ? [at - long, at] : [at, at + long];
      const isFree = (row: (typeof taken)[number]) => row.every(([a, b]) => to <= a || b <= from);
      const found = taken.findIndex(isFree);
      const row = found < 0 ? taken.length : found;
      taken[row] = [...(taken[row] ?? []), [from, to]];
      return { at, name, row, isEnd };
    });
}

class LinesPicture extends Picture<Lines> {
  override render() {
    const { spec } = this;
    const xs = [...new Set(spec.lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort(
      (a, b) => a - b,
    );
    if (!xs.length) return nothing;
    const at = this.at >= 0 && this.at < xs.length ? this.at : xs.length - 1;
    const x = xs[at] ?? 0;
    const figure = (i: number) => {
      const y = this.#near(spec.lines[i], x);
      return y === null ? "–" : spec.write(y);
    };
    return html`<div class="readout"><strong>${spec.writeX(x)}</strong>${legend(spec.lines, figure)}</div>
      ${this.#chart(xs)}`;
  }

  /** A line's figure at x; a step's is the last one before it. */
  #near(line: Line | undefined, x: number): number | null {
    const found = line?.step
      ? line.points.findLast((point) => point.x <= x)
      : line?.points.find((point) => point.x === x);
    return found?.y ?? null;
  }

  #chart(xs: readonly number[]) {
    const { width, spec } = this;
    const { lines, write, writeX, writeXShort = writeX, height = 280 } = spec;
    const known = lines.flatMap(({ points }) =>
      points.flatMap(({ y, high }) => [y ?? 0, high ?? 0]),
    );
    const greatest = Math.max(...known, spec.max ?? 0, ...(spec.levels ?? []).map(({ y }) => y));
    const grid = axis(greatest || 1, greatest <= 1 ? 0.001 : 1);
    const left = 12 + Math.max(...grid.lines.map((value) => labelWidth(write(value))));
    const right = width - 14;
    const [first = 0, last = 0] = [xs[0], xs.at(-1)];
    const x: Scale = (value) => left + ((right - left) * (value - first)) / (last - first || 1);
    const marks = placed(spec.marks ?? [], x, width);
    const TOP = HEAD + ROW * Math.max(...marks.map(({ row }) => row), 0);
    const plot = height - TOP - BOTTOM;
    const y: Scale = (value) => TOP + plot * (1 - value / grid.top);
    const widest = Math.max(...xs.map((value) => labelWidth(writeXShort(value)))) + 14;
    let free = Number.NEGATIVE_INFINITY;
    return this.frame(
      height,
      svg`${gridLines(grid.lines, [left, right], y, write)}
        ${(spec.ticks ?? xs).map((value) => {
          if (x(value) < free || x(value) + widest / 2 > width + 8) return nothing;
          free = x(value) + widest;
          return svg`<text x=${x(value)} y=${height - 6} text-anchor="middle">${writeXShort(value)}</text>`;
        })}
        ${(spec.levels ?? []).map(
          (
            level,
          ) => svg`<line class="reference" x1=${left} x2=${right} y1=${y(level.y)} y2=${y(level.y)}></line>
            <text x=${right} y=${y(level.y) - 5} text-anchor="end">${level.name}</text>`,
        )}
        ${marks.map(
          ({
            at,
            name,
            row,
            isEnd,
          }) => svg`<line class="reference" x1=${at} x2=${at} y1=${13 + ROW * row} y2=${TOP + plot}></line>
            <text x=${isEnd ? at - 4 : at + 4} y=${13 + ROW * row} text-anchor=${isEnd ? "end" : "start"}>${name}</text>`,
        )}
        ${lines.map((line, i) => this.#line(line, i, x, y))}
        ${this.#hits(xs, x, { left, right, plot, top: TOP })}
        ${lines.map((line, i) => this.#markers(line, i, xs, x, y))}`,
    );
  }

  #line(line: Line, i: number, x: Scale, y: Scale) {
    const colour = colourOf(line, i);
    return pieces(line.points).map((piece) => {
      const bounded = piece.filter(
        ({ low, high }) => low !== null && low !== undefined && high !== null && high !== undefined,
      );
      const high = bounded.map((point) => [x(point.x), y(point.high ?? 0)] as const);
      const low = bounded.map((point) => [x(point.x), y(point.low ?? 0)] as const);
      const back = low.toReversed();
      const band = line.step
        ? `${path(high, true)}${back.map(([px, py], at) => (at === 0 ? `V${py}` : `V${py}H${px}`)).join("")}Z`
        : `${path([...high, ...back])}Z`;
      return svg`${bounded.length > 1 ? svg`<path class="band c-${colour}" d=${band}></path>` : nothing}
        <path class="line c-${colour} ${line.dashed ? "dashed" : ""}" d=${path(
          piece.map((point) => [x(point.x), y(point.y ?? 0)] as const),
          line.step,
        )}></path>`;
    });
  }

  /** Strips that say which x is under the pointer. */
  #hits(
    xs: readonly number[],
    x: Scale,
    { left, right, plot, top }: Record<"left" | "right" | "plot" | "top", number>,
  ) {
    return xs.map((value, i) => {
      const from = i === 0 ? left : (x(value) + x(xs[i - 1] ?? value)) / 2;
      const to = i === xs.length - 1 ? right : (x(value) + x(xs[i + 1] ?? value)) / 2;
      return svg`<rect class="hit idle" x=${from} width=${Math.max(to - from, 1)} y=${top} height=${plot} @pointerenter=${this.point(i)}></rect>
        ${i === this.at ? svg`<line class="grid-line" x1=${x(value)} x2=${x(value)} y1=${top} y2=${top + plot} pointer-events="none"></line>` : nothing}`;
    });
  }

  #markers(line: Line, i: number, xs: readonly number[], x: Scale, y: Scale) {
    const shown = line.points.length * APART > this.width ? [] : line.points;
    const pointed = line.points.filter((point) => point.x === xs[this.at]);
    return (shown.length ? shown : pointed).map((point) =>
      point.y === null
        ? nothing
        : svg`<circle class="dot c-${colourOf(line, i)} ${point.open ? "opens" : ""}" cx=${x(point.x)} cy=${y(point.y)}
            r=${point.x === xs[this.at] ? 5.5 : 3.5} @pointerenter=${this.point(xs.indexOf(point.x))} @click=${point.open ?? nothing}></circle>`,
    );
  }
}

define("okaeri-lines", LinesPicture);

/** The chart. */
export const lines = (desk: Desk, spec: Lines) =>
  html`<okaeri-lines .desk=${desk} .spec=${spec}></okaeri-lines>`;
