// Revenue by month as stacked bars in SVG. The figures of the bar under the pointer stand above.
import { html, LitElement, nothing, svg } from "lit";
import { type Desk, define } from "../desk.ts";
import { type MonthRow, over } from "../shape.ts";

const KINDS = ["repeat", "new", "guest"] as const;
const HEIGHT = 250;
const [TOP, BOTTOM] = [18, 24];
// Of a glyph in the chart's type: half-width, and full-width as kana and kanji are.
const [NARROW, WIDE] = [7.2, 12];

/**
 * A step of 1, 2, 2.5 or 5 times a power of ten, for about five lines up to `most`; at least 1,
 * because what is counted is whole.
 */
export function axisStep(most: number): number {
  const rough = Math.max(most, 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  return Math.max(step * power, 1);
}

/** About how wide a label is drawn. */
const labelWidth = (text: string): number =>
  Array.from(text).reduce((sum, c) => sum + (c > "\u2e80" ? WIDE : NARROW), 0);

class MonthBars extends LitElement {
  static override properties = {
    desk: { attribute: false },
    months: { attribute: false },
    label: {},
    at: { state: true },
    width: { state: true },
  };
  declare desk: Desk;
  declare months: MonthRow[];
  /** What the picture is, and where its figures are as a table. */
  declare label: string;
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

  override render() {
    const { t, f } = this.desk;
    const { months, width } = this;
    if (!months.length) return nothing;
    const at = this.at >= 0 && this.at < months.length ? this.at : months.length - 1;
    const row = months[at] as MonthRow;
    const most = Math.max(...months.map((month) => month.revenue), 1);
    const step = axisStep(most);
    const top = Math.ceil(most / step) * step;
    const plot = HEIGHT - BOTTOM - TOP;
    const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
    const left = 12 + Math.max(...lines.map((value) => labelWidth(f.moneyShort(value))));
    const slot = (width - left) / months.length;
    const bar = Math.max(Math.min(slot * 0.7, 34), 1);
    const y = (value: number) => TOP + plot * (1 - value / top);
    const every = Math.ceil(46 / Math.max(slot, 1));
    return html`<div class="readout">
        <strong>${f.month(row.month)}</strong><span>${f.money(row.revenue)}</span>
        <span class="legend"
          >${KINDS.map(
            (kind) =>
              html`<span><i class="is-${kind}"></i>${t.months[kind]} ${f.moneyShort(row[`${kind}_revenue`])} (${f.percent(over(row[`${kind}_revenue`], row.revenue))})</span>`,
          )}</span
        >
      </div>
      ${
        width < 40
          ? nothing
          : html`<svg class="chart" height=${HEIGHT} role="img" aria-label=${this.label}
              @pointerleave=${() => {
                this.at = -1;
              }}>
              ${lines.map(
                (
                  value,
                ) => svg`<line class="grid-line" x1=${left} x2=${width} y1=${y(value)} y2=${y(value)}></line>
                  <text x=${left - 8} y=${y(value) + 4} text-anchor="end">${f.moneyShort(value)}</text>`,
              )}
              ${months.map((month, i) => {
                const x = left + slot * i + (slot - bar) / 2;
                let from = 0;
                const parts = KINDS.map((kind) => {
                  const value = Math.max(month[`${kind}_revenue`], 0);
                  from += value;
                  return svg`<rect class="is-${kind}" x=${x} width=${bar} y=${y(from)} height=${(plot * value) / top}></rect>`;
                });
                return svg`${parts}
                  ${(months.length - 1 - i) % every === 0 ? svg`<text x=${x + bar / 2} y=${HEIGHT - 6} text-anchor="middle">${f.monthShort(month.month)}</text>` : nothing}
                  <rect class="hit ${i === at && this.at >= 0 ? "on" : ""}" x=${left + slot * i} y="0" width=${slot} height=${HEIGHT - BOTTOM + 4}
                    @pointerenter=${() => {
                      this.at = i;
                    }}
                    @click=${() => this.desk.open([{ in: "months", month: month.month }])}></rect>`;
              })}
            </svg>`
      }`;
  }
}

define("okaeri-month-bars", MonthBars);
