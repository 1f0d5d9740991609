// How a report's columns are declared, and how their cells are written.
import { isoOf } from "../calendar.ts";
import type { Desk } from "../desk.ts";
import type { KitText } from "../text/reports/kit.ts";
import type { Cell } from "../wire.gen.ts";
import { nameOf, shownKey } from "./people.ts";

/** A row of a table by the names of its columns. */
export type Row = Record<string, Cell | undefined>;

export type Format =
  | "count"
  | "number"
  | "money"
  | "percent"
  | "rate"
  | "days"
  | "month"
  | "day"
  | "text"
  | "product"
  | "customer"
  | "interval";

export interface Column {
  /** The column of the answer's table, or one that the page adds to its rows. */
  name: string;
  label: string;
  /**
   * `count`: people and things; `number`: two decimals; `percent`: a share in whole percent;
   * `rate`: a share that is not known before its time is over; `interval`: `low` to `high` alone;
   * `customer`: a key, shown by its name, which a press opens.
   */
  format: Format;
  /** The measure whose customers its numbers open; `true`: everybody in the row. */
  opens?: string | true;
  /** Whole sentences, which need room. */
  isLong?: boolean;
  /** What a press on its words does, such as showing one customer. */
  act?(row: Row): (() => void) | undefined;
  /** Columns of the interval in which a figure lies. */
  low?: string;
  high?: string;
  /** Whose time is not over: grey, with words. */
  pending?(row: Row): boolean;
  /** Other words for a value, such as the name of a group. */
  write?(value: Cell, row: Row): string;
}

/** How many; `opens` is the measure whose customers are opened. */
export const count = (name: string, label: string, opens?: string): Column => ({
  name,
  label,
  format: "count",
  ...(opens ? { opens } : {}),
});

/** How many customers, whom the number opens. */
export const opening = (name: string, label: string): Column => count(name, label, name);

export const money = (name: string, label: string): Column => ({ name, label, format: "money" });

/** A name of the answer, in the words of `of`. */
export const named = (name: string, label: string, of: Record<string, string>): Column => ({
  name,
  label,
  format: "text",
  write: (value) => of[String(value)] ?? String(value),
});

/** Several names such as `address+season`, in the words of `of`. */
export const reasons = (
  name: string,
  label: string,
  of: Record<string, string>,
  w: KitText,
): Column => ({
  name,
  label,
  format: "text",
  isLong: true,
  write: (value) =>
    String(value ?? "")
      .split("+")
      .filter(Boolean)
      .map((one) => of[one] ?? one)
      .join(w.and),
});

/** A rate with its bounds. */
export const rate = (name: string, label: string): Column => ({
  name,
  label,
  format: "rate",
  low: `${name}_low`,
  high: `${name}_high`,
});

/** Whether a column's cells are figures, which stand on the right. */
export const isNumeric = ({ format }: Column): boolean =>
  !["text", "product", "customer", "month", "day"].includes(format);

const DAYS_SHORT = 10;

/** A value by its column's format. */
function figure(desk: Desk, w: KitText, column: Column, value: number): string {
  const { f } = desk;
  switch (column.format) {
    case "money":
      return f.money(Math.round(value));
    case "percent":
      return f.percent(value);
    case "rate":
    case "interval":
      return f.share(value);
    case "number":
      return f.ratio(value);
    case "days":
      return w.days(value < DAYS_SHORT && value % 1 ? f.ratio(value) : f.count(Math.round(value)));
    case "month":
      return f.month(value);
    case "day":
      return f.dayShort(isoOf(value));
    default:
      return f.count(value);
  }
}

/** A cell in words, what stands small below it, and whether it is still growing. */
export function written(desk: Desk, w: KitText, column: Column, row: Row) {
  const value = row[column.name] ?? null;
  const isPending = column.pending?.(row) ?? (column.format === "rate" && value === null);
  const write = (cell: Cell | undefined): string | undefined =>
    typeof cell === "number" ? figure(desk, w, column, cell) : undefined;
  const [low, high] = [column.low, column.high].map((name) =>
    name ? write(row[name]) : undefined,
  );
  const range = low !== undefined && high !== undefined ? w.range(low, high) : undefined;
  if (column.format === "interval") return { text: range ?? "–", small: "", isPending };
  if (column.format === "customer") {
    const [name, key] = [nameOf(desk, value), shownKey(value)];
    return { text: name || key || "–", small: name && key, isPending };
  }
  const said = column.write
    ? column.write(value, row)
    : column.format === "product"
      ? desk.product(value)
      : (write(value) ?? (value === null || value === undefined ? undefined : String(value)));
  const late = isPending ? w.pending : "";
  return {
    text: said ?? (isPending ? w.pending : "–"),
    small: [range, said === undefined ? "" : late].filter(Boolean).join(" "),
    isPending,
  };
}

/** Heads of the cells that a column has in a file. */
export const csvHeads = ({ label, format, low }: Column, w: KitText): string[] =>
  low
    ? [label, w.low(label), w.high(label)]
    : format === "customer"
      ? [label, w.customerKey]
      : [label];

/** A cell for a file: its figures as they are, and names of products and groups. */
export function csvValues(desk: Desk, column: Column, row: Row): Cell[] {
  const value = row[column.name] ?? null;
  const bounds = column.low ? [row[column.low] ?? null, row[column.high ?? ""] ?? null] : [];
  const iso = (day: number) => isoOf(day);
  if (column.format === "interval") return [null, ...bounds];
  if (column.format === "product") return [desk.product(value), ...bounds];
  if (column.format === "customer") return [nameOf(desk, value), value];
  if (column.write && !isNumeric(column)) return [column.write(value, row), ...bounds];
  if (column.format === "day" && typeof value === "number") return [iso(value)];
  if (column.format === "month" && typeof value === "number") {
    return [`${Math.floor(value / 12)}-${String((value % 12) + 1).padStart(2, "0")}`];
  }
  return [value, ...bounds].map(brief);
}

/** Six digits of a fraction are more than anybody knows. */
const brief = (value: Cell): Cell =>
  typeof value === "number" && value % 1 ? Number(value.toPrecision(6)) : value;
