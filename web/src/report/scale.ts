// What charts measure by: steps of an axis, widths of labels, bins.

// Of a glyph in a chart's type: half-width, and full-width as kana and kanji are.
const [NARROW, WIDE] = [7.2, 12];

/**
 * A step of 1, 2, 2.5 or 5 times a power of ten, for about five lines up to `most`; at least
 * `least`, which is 1 where whole things are counted.
 */
export function axisStep(most: number, least = 1): number {
  const rough = Math.max(most, least) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10;
  return least >= 1 ? Math.max(step * power, 1) : step * power;
}

/** An axis from 0: its top and its lines. `least` as in `axisStep`. */
export function axis(most: number, least = 1): { top: number; lines: number[] } {
  const step = axisStep(most, least);
  const count = Math.max(Math.ceil(Math.max(most, least) / step - 1e-9), 1);
  return { top: count * step, lines: Array.from({ length: count + 1 }, (_, i) => i * step) };
}

/** About how wide a label is drawn. */
export const labelWidth = (text: string): number =>
  Array.from(text).reduce((sum, c) => sum + (c > "\u2e80" ? WIDE : NARROW), 0);

/** As much of a label as fits into a width. */
export function shortened(text: string, width: number): string {
  if (labelWidth(text) <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && labelWidth(`${letters.join("")}…`) > width) letters.pop();
  return `${letters.join("")}…`;
}

/** A bar of a histogram: `from` to `to`, both included. */
export interface Bin {
  from: number;
  /** Nothing for the last, open bin. */
  to: number | null;
  customers: number;
}

/** Whole numbers in bins of one width; what is `last` or more is together in the last one. */
export function binned(
  list: readonly { value: number; customers: number }[],
  width: number,
  last: number,
): Bin[] {
  const bins: Bin[] = [];
  for (let from = 0; from < last; from += width) {
    bins.push({ from, to: Math.min(from + width, last) - 1, customers: 0 });
  }
  bins.push({ from: last, to: null, customers: 0 });
  for (const { value, customers } of list) {
    const at = value >= last ? bins.length - 1 : Math.floor(Math.max(value, 0) / width);
    const bin = bins[at];
    if (bin) bin.customers += customers;
  }
  return bins;
}
