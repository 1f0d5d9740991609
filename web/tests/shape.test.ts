import { describe, expect, test } from "vitest";
import {
  active,
  type CohortRow,
  cohortMap,
  f2Bins,
  f2Health,
  flowGraph,
  isClosed,
  type MonthRow,
  matrixCell,
  monthRow,
  monthSpan,
  revenueHealth,
  rfmMap,
  rows,
  sorted,
} from "../src/shape.ts";

const month = (at: number, revenue: number, repeat: number): MonthRow => ({
  ...monthRow([], at),
  revenue,
  repeat_revenue: repeat,
});

test("rows are objects named by the columns", () => {
  const table = { columns: ["n", "customers"], rows: [[1, 20]] };
  expect(rows(table)).toEqual([{ n: 1, customers: 20 }]);
  expect(rows(undefined)).toEqual([]);
});

describe("the lifecycle mark", () => {
  const cells = (on: number, off: number) => [
    { freq: 1, rec: 1, customers: on, amount: 0 },
    { freq: 3, rec: 3, customers: off, amount: 0 },
  ];
  test.each([
    [29, 71, 1],
    [30, 70, 0],
    [31, 69, -1],
  ])("%i active and %i others miss it by %i", (on, off, missing) => {
    expect(active(cells(on, off)).missing).toBe(missing);
  });
  test("holds without any customer", () => {
    expect(active([])).toMatchObject({ customers: 0, share: 0, missing: 0 });
    expect(matrixCell([], 2, 3).customers).toBe(0);
  });
});

describe("first to second order", () => {
  test("a cohort is closed on the very day its last member's days are over", () => {
    // January 2025 ends on the 31st; 30 days later is the 2nd of March.
    expect(isClosed(24300, 30, "2025-03-01")).toBe(false);
    expect(isClosed(24300, 30, "2025-03-02")).toBe(true);
  });

  test("the 90-day rate leaves open cohorts out", () => {
    const row = { f2_30: 0, f2_60: 0, f2_180: 0, f2_365: 0 };
    const list = [
      { cohort: 24300, customers: 100, f2: 60, f2_90: 40, ...row },
      { cohort: 24305, customers: 300, f2: 20, f2_90: 20, ...row },
    ];
    expect(f2Health(list, "2025-06-30")).toMatchObject({ rate: 0.2, rate90: 0.4 });
  });

  test("bins hold everybody once", () => {
    const hist = [0, 9, 10, 359, 360, 365, 366].map((days) => ({ days, customers: 1 }));
    const bins = f2Bins(hist, 10);
    expect(bins[0]).toMatchObject({ from: 0, to: 9, customers: 2 });
    expect(bins.at(-2)).toMatchObject({ from: 360, to: 365, customers: 2 });
    expect(bins.at(-1)).toEqual({ from: 366, to: null, customers: 1, cumulated: 7 });
  });
});

describe("months", () => {
  test("have no holes and keep the last ones", () => {
    const span = monthSpan([month(10, 1, 0), month(13, 4, 0)], 3);
    expect(span.map((row) => [row.month, row.revenue])).toEqual([
      [11, 0],
      [12, 0],
      [13, 4],
    ]);
    expect(monthSpan([], 12)).toEqual([]);
  });

  test("the repeat share looks at twelve months", () => {
    const list = [month(24288, 1000, 1000), month(24289, 100, 25), month(24300, 100, 75)];
    expect(revenueHealth(list, "2025-01-15")).toEqual({ revenue: 200, repeat: 100, share: 0.5 });
  });
});

test("the cohort map shows empty months as zero and running ones as open", () => {
  const row = (cohort: number, k: number, customers: number, cum: number): CohortRow => ({
    cohort,
    k,
    customers,
    orders: customers,
    revenue: 0,
    cum_revenue: cum,
  });
  const list = [row(24300, 0, 10, 1000), row(24300, 2, 5, 1500), row(24301, 0, 4, 400)];
  const [feb, jan] = cohortMap(list, "2025-03-15", 12);
  expect(feb?.cohort).toBe(24301);
  expect(jan?.cells.map(({ share, ltv, open }) => [share, ltv, open])).toEqual([
    [1, 100, false],
    [0, 100, false],
    [0.5, 150, true],
  ]);
  const closed = cohortMap(list, "2025-03-31", 12);
  expect(closed[1]?.cells[2]?.open).toBe(false);
});

test("the RFM map holds every score, with amounts apart", () => {
  const map = rfmMap([
    { r: 5, f: 1, m: 2, customers: 3, amount: 30 },
    { r: 5, f: 1, m: 5, customers: 1, amount: 90 },
  ]);
  expect(map[0]?.[0]).toEqual({ r: 5, f: 1, customers: 4, amount: 120, m: [0, 3, 0, 0, 1] });
  expect(map.flat().length).toBe(25);
});

test("the flow graph keeps a product apart at each order", () => {
  const graph = flowGraph(
    [
      { p1: 7, p2: 7, p3: 8, customers: 5 },
      { p1: 7, p2: 7, p3: "7", customers: 2 },
      { p1: 7, p2: -1, p3: -1, customers: 99 },
    ],
    10,
  );
  expect(graph.customers).toBe(7);
  expect(graph.nodes).toEqual([
    { step: 1, product: 7 },
    { step: 2, product: 7 },
    { step: 3, product: 8 },
    { step: 3, product: "7" },
  ]);
  expect(graph.links[0]).toEqual({ source: 0, target: 1, value: 7 });
});

test("numbers sort before text", () => {
  const list = [{ a: "b" }, { a: 10 }, { a: 9 }, { a: "a" }];
  expect(sorted(list, "a", true).map((row) => row.a)).toEqual([9, 10, "a", "b"]);
  expect(sorted(list, "a", false).map((row) => row.a)).toEqual(["b", "a", 10, 9]);
});
