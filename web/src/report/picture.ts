// What every chart shares: its width, the mark under the pointer, and the colours of series.
import { html, LitElement, nothing, svg, type TemplateResult } from "lit";
import type { Desk } from "../desk.ts";

/** Colours by what they mean; the rest only tell series apart. */
export type Colour =
  | "repeat"
  | "new"
  | "guest"
  | "good"
  | "bad"
  | "accent"
  | "green"
  | "violet"
  | "rose"
  | "blue"
  | "olive";

/** A series of a chart, and its entry in the legend. */
export interface Series {
  name: string;
  colour?: Colour;
}

/** What a mark opens; nothing where it counts nobody. */
export type Opens = (() => void) | undefined;

const ORDER: Colour[] = ["repeat", "new", "green", "violet", "rose", "blue", "olive", "guest"];

/** The colour of a series: its own, or the next in turn. */
export const colourOf = (series: Series, at: number): Colour =>
  series.colour ?? ORDER[at % ORDER.length] ?? "accent";

/** A chart, drawn as wide as there is room into the widget's own shadow root. */
export abstract class Picture<Spec extends { label: string }> extends LitElement {
  static override properties = {
    desk: { attribute: false },
    spec: { attribute: false },
    at: { state: true },
    width: { state: true },
  };
  declare desk: Desk;
  /** What is drawn. `label` says what it is, and where its figures are as a table. */
  declare spec: Spec;
  /** Which mark is under the pointer; -1 for none. */
  declare at: number;
  declare width: number;
  #watch = new ResizeObserver(([entry]) => {
    if (entry) this.width = Math.round(entry.contentRect.width);
  });

  constructor() {
    super();
    this.at = -1;
    this.width = 0;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.style.display = "block";
    this.#watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  /** The SVG around what a chart draws; nothing before its width is known. */
  protected frame(height: number, inside: unknown, width = this.width) {
    if (this.width < 40) return nothing;
    const picture = html`<svg class="chart" width=${width} height=${height} role="img" aria-label=${this.spec.label}
      @pointerleave=${() => {
        this.at = -1;
      }}>${inside}</svg>`;
    // A picture that needs more room than there is scrolls, by keys too.
    return width > this.width
      ? html`<div class="scroll" role="group" aria-label=${this.spec.label} tabindex="0">${picture}</div>`
      : picture;
  }

  /** Sets which mark is under the pointer. */
  protected point = (at: number) => () => {
    this.at = at;
  };
}

/** Names of series beside their colours, each with a figure where there is one. */
export function legend(series: readonly Series[], figure: (at: number) => string = () => "") {
  return html`<span class="legend">${series.map(
    (one, at) =>
      html`<span><i class="c-${colourOf(one, at)}" data-name=${one.name}></i>${one.name} ${figure(at)}</span>`,
  )}</span>`;
}

/** Horizontal lines with their figures on the left. */
export function gridLines(
  lines: readonly number[],
  [left, right]: readonly [number, number],
  y: (value: number) => number,
  write: (value: number) => string,
): TemplateResult[] {
  return lines.map(
    (
      value,
    ) => svg`<line class="grid-line" x1=${left} x2=${right} y1=${y(value)} y2=${y(value)}></line>
      <text x=${left - 8} y=${y(value) + 4} text-anchor="end">${write(value)}</text>`,
  );
}
