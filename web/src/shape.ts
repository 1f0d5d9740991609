// From an answer's tables to what the views draw. Pure: no text, no colours.
import { dayOf, lastDayOf, monthOf } from "./calendar.ts";
import type { Cell, Table } from "./wire.gen.ts";

export type Tables = Record<string, Table>;

/** Rows as objects. A row type below names the columns of its table. */
export function rows<T>(table: Table | undefined): T[] {
  if (!table) return [];
  const { columns } = table;
  return table.rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])) as T);
}

export interface SummaryRow {
  lines: number;
  orders: number;
  guest_orders: number;
  customers: number;
  revenue: number;
  guest_revenue: number;
  first_day: number;
  last_day: number;
}
export interface CellRow {
  freq: number;
  rec: number;
  customers: number;
  amount: number;
}
export interface MonthRow {
  month: number;
  orders: number;
  new_orders: number;
  repeat_orders: number;
  guest_orders: number;
  revenue: number;
  new_revenue: number;
  repeat_revenue: number;
  guest_revenue: number;
  customers: number;
}
export interface F2Row {
  cohort: number;
  customers: number;
  f2: number;
  f2_30: number;
  f2_60: number;
  f2_90: number;
  f2_180: number;
  f2_365: number;
}
export interface CohortRow {
  cohort: number;
  k: number;
  customers: number;
  orders: number;
  revenue: number;
  cum_revenue: number;
}
export interface RfmRow {
  r: number;
  f: number;
  m: number;
  customers: number;
  amount: number;
}
export interface ProductRow {
  product_id: Cell;
  orders: number;
  new_orders: number;
  repeat_orders: number;
  guest_orders: number;
  qty: number;
  revenue: number;
  customers: number;
  repeaters: number;
}
export interface FlowRow {
  p1: Cell;
  p2: Cell;
  p3: Cell;
  customers: number;
}
export interface PairRow {
  a: Cell;
  b: Cell;
  n: number;
  support: number;
  conf_ab: number;
  conf_ba: number;
  lift: number;
}
export interface DecileRow {
  decile: number;
  customers: number;
  orders: number;
  amount: number;
  min_amount: number;
  max_amount: number;
}
export interface F2ProdRow {
  p1: Cell;
  customers: number;
  f2: number;
  f2_90: number;
}

/** Rows together that share a key, in the order in which keys first came. */
export function grouped<T, K>(list: readonly T[], of: (row: T) => K): [K, T[]][] {
  const found = new Map<K, T[]>();
  for (const row of list) found.set(of(row), [...(found.get(of(row)) ?? []), row]);
  return [...found];
}

/** `a / b`, and 0 where there is nothing. */
export const over = (a: number, b: number): number => (b ? a / b : 0);

const sum = <T>(list: readonly T[], of: (row: T) => number): number =>
  list.reduce((total, row) => total + of(row), 0);

/** The lifecycle KPI: at least this share of the customers is active. */
export const ACTIVE_SHARE = 0.3;

/** A cell of the lifecycle matrix, also where nobody is in it. */
export function matrixCell(cells: readonly CellRow[], freq: number, rec: number): CellRow {
  const found = cells.find((cell) => cell.freq === freq && cell.rec === rec);
  return found ?? { freq, rec, customers: 0, amount: 0 };
}

/** The lifecycle KPI of a matrix. */
export function active(cells: readonly CellRow[]) {
  const customers = sum(cells, (cell) => cell.customers);
  const count = sum(
    cells.filter((cell) => cell.rec === 1),
    (cell) => cell.customers,
  );
  const goal = Math.ceil(customers * ACTIVE_SHARE);
  return { customers, count, share: over(count, customers), goal, missing: goal - count };
}

/** Days of the F2 table's columns. */
export const F2_DAYS = [30, 60, 90, 180, 365] as const;

/** Whether every member of a month's cohort has had `days` since the first order. */
export const isClosed = (cohort: number, days: number, asOf: string): boolean =>
  lastDayOf(cohort) + days <= dayOf(asOf);

/** First to second order: of everybody, and within 90 days of those whose 90 days are over. */
export function f2Health(list: readonly F2Row[], asOf: string) {
  const customers = sum(list, (row) => row.customers);
  const converted = sum(list, (row) => row.f2);
  const closed = list.filter((row) => isClosed(row.cohort, 90, asOf));
  const closedCustomers = sum(closed, (row) => row.customers);
  const closedConverted = sum(closed, (row) => row.f2_90);
  return {
    customers,
    converted,
    rate: over(converted, customers),
    closedCustomers,
    closedConverted,
    rate90: over(closedConverted, closedCustomers),
  };
}

/** Revenue of the last twelve months, the running one included, by whom. */
export function revenueHealth(months: readonly MonthRow[], asOf: string) {
  const last = monthOf(asOf);
  const year = months.filter((row) => row.month > last - 12 && row.month <= last);
  const revenue = sum(year, (row) => row.revenue);
  const repeat = sum(year, (row) => row.repeat_revenue);
  return { revenue, repeat, share: over(repeat, revenue) };
}

const NO_MONTH = {
  orders: 0,
  new_orders: 0,
  repeat_orders: 0,
  guest_orders: 0,
  revenue: 0,
  new_revenue: 0,
  repeat_revenue: 0,
  guest_revenue: 0,
  customers: 0,
};

/** A month, also one without orders. */
export function monthRow(months: readonly MonthRow[], month: number): MonthRow {
  return months.find((row) => row.month === month) ?? { month, ...NO_MONTH };
}

/** All months from the first to the last, without holes; at most the last `limit`. */
export function monthSpan(months: readonly MonthRow[], limit: number): MonthRow[] {
  const first = months[0];
  const last = months.at(-1);
  if (!first || !last) return [];
  const from = Math.max(first.month, last.month - limit + 1);
  const found = new Map(months.map((row) => [row.month, row]));
  return Array.from(
    { length: last.month - from + 1 },
    (_, i) => found.get(from + i) ?? { month: from + i, ...NO_MONTH },
  );
}

/** A cell of the cohort map. `open`: its month is not over, so the figure can still grow. */
export interface CohortCell {
  k: number;
  customers: number;
  share: number;
  /** Cumulative revenue for each customer of the cohort. */
  ltv: number;
  open: boolean;
}
export interface CohortLine {
  cohort: number;
  size: number;
  cells: CohortCell[];
}

/** The cohort map: one line a month of first orders, one cell for each month that has begun. */
export function cohortMap(list: readonly CohortRow[], asOf: string, kMax: number): CohortLine[] {
  const asOfMonth = monthOf(asOf);
  const lastClosed = lastDayOf(asOfMonth) <= dayOf(asOf) ? asOfMonth : asOfMonth - 1;
  const byCohort = new Map<number, Map<number, CohortRow>>();
  for (const row of list) {
    const line = byCohort.get(row.cohort) ?? new Map<number, CohortRow>();
    byCohort.set(row.cohort, line.set(row.k, row));
  }
  return Array.from(byCohort, ([cohort, line]) => {
    const size = line.get(0)?.customers ?? 0;
    let cumulated = 0;
    const length = Math.min(asOfMonth - cohort, kMax) + 1;
    const cells = Array.from({ length: Math.max(length, 0) }, (_, k) => {
      const row = line.get(k);
      cumulated = row?.cum_revenue ?? cumulated;
      const customers = row?.customers ?? 0;
      return {
        k,
        customers,
        share: over(customers, size),
        ltv: over(cumulated, size),
        open: cohort + k > lastClosed,
      };
    });
    return { cohort, size, cells };
  }).sort((a, b) => b.cohort - a.cohort);
}

/** A bar of the F2 histogram: days `from` to `to`, and everybody who converted up to `to`. */
export interface F2Bin {
  from: number;
  /** Nothing for the last, open bin. */
  to: number | null;
  customers: number;
  cumulated: number;
}

/** The histogram of days to the second order in bins; the last one holds everything later. */
export function f2Bins(
  hist: readonly { days: number; customers: number }[],
  width: number,
): F2Bin[] {
  const last = 366;
  const bins: F2Bin[] = [];
  let cumulated = 0;
  for (let from = 0; from < last; from += width) {
    const to = Math.min(from + width, last) - 1;
    const customers = sum(
      hist.filter((row) => row.days >= from && row.days <= to),
      (row) => row.customers,
    );
    cumulated += customers;
    bins.push({ from, to, customers, cumulated });
  }
  const later = hist.find((row) => row.days === last)?.customers ?? 0;
  bins.push({ from: last, to: null, customers: later, cumulated: cumulated + later });
  return bins;
}

/** A square of the RFM map with its five parts by M. */
export interface RfmSquare {
  r: number;
  f: number;
  customers: number;
  amount: number;
  m: number[];
}

/** The RFM map: R from 5 to 1, F from 1 to 5. */
export function rfmMap(list: readonly RfmRow[]): RfmSquare[][] {
  const scores = [1, 2, 3, 4, 5];
  return [5, 4, 3, 2, 1].map((r) =>
    scores.map((f) => {
      const part = list.filter((row) => row.r === r && row.f === f);
      return {
        r,
        f,
        customers: sum(part, (row) => row.customers),
        amount: sum(part, (row) => row.amount),
        m: scores.map((m) =>
          sum(
            part.filter((row) => row.m === m),
            (row) => row.customers,
          ),
        ),
      };
    }),
  );
}

/** A graph of flows for a Sankey: a node is a product at one of the first three orders. */
export interface FlowGraph {
  nodes: { step: number; product: Cell }[];
  links: { source: number; target: number; value: number }[];
  customers: number;
}

/** The `limit` greatest flows over three orders. */
export function greatestFlows(list: readonly FlowRow[], limit: number): FlowRow[] {
  return list
    .filter((row) => row.p2 !== -1 && row.p3 !== -1)
    .toSorted((a, b) => b.customers - a.customers)
    .slice(0, limit);
}

/** The `limit` greatest flows over three orders as a graph. */
export function flowGraph(list: readonly FlowRow[], limit: number): FlowGraph {
  const top = greatestFlows(list, limit);
  const nodes: FlowGraph["nodes"] = [];
  const index = new Map<string, number>();
  const node = (step: number, product: Cell): number => {
    const key = `${step} ${typeof product} ${product}`;
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, nodes.length);
    return nodes.push({ step, product }) - 1;
  };
  const values = new Map<string, { source: number; target: number; value: number }>();
  const add = (source: number, target: number, value: number) => {
    const key = `${source} ${target}`;
    const link = values.get(key) ?? { source, target, value: 0 };
    values.set(key, { ...link, value: link.value + value });
  };
  for (const row of top) {
    const [first, second, third] = [node(1, row.p1), node(2, row.p2), node(3, row.p3)];
    add(first, second, row.customers);
    add(second, third, row.customers);
  }
  return { nodes, links: [...values.values()], customers: sum(top, (row) => row.customers) };
}

/** Rows in the order of a column; text after numbers, ties as they were. */
export function sorted<T>(list: readonly T[], by: keyof T, ascending: boolean): T[] {
  const sign = ascending ? 1 : -1;
  return list.toSorted((one, other) => {
    const [a, b] = [one[by], other[by]];
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    if (typeof a === typeof b) return sign * String(a).localeCompare(String(b));
    return sign * (typeof a === "number" ? -1 : 1);
  });
}
