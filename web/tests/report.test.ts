import { describe, expect, test } from "vitest";
import type { Desk } from "../src/desk.ts";
import { formats } from "../src/format.ts";
import { type Column, csvValues, type Row, written } from "../src/report/cells.ts";
import { compareDay } from "../src/report/controls.ts";
import { laidOut } from "../src/report/png.ts";
import { GROUPS, PAGES, pageOf } from "../src/report/registry.ts";
import { axis, axisStep, binned, labelWidth, shortened } from "../src/report/scale.ts";
import { ja } from "../src/text/ja.ts";
import { words } from "../src/text/reports/kit.ts";
import { valueAt, withValue } from "../src/views/settings/fields.ts";

const desk = {
  lang: "ja",
  t: ja,
  f: formats("ja", "JPY"),
  product: (code: unknown) => `品${code}`,
} as unknown as Desk;
const write = (column: Omit<Column, "label">, row: Row) =>
  written(desk, words.ja, { label: "", ...column }, row);

describe("an axis", () => {
  test("counts whole things in round steps", () => {
    expect([1, 5, 26, 49, 1000].map((most) => axisStep(most))).toEqual([1, 1, 10, 10, 200]);
    expect(axis(26)).toEqual({ top: 30, lines: [0, 10, 20, 30] });
  });
  test("of shares has steps below one", () => {
    expect(axis(1, 0.01).lines.map((share) => share.toFixed(1))).toEqual([
      "0.0",
      "0.2",
      "0.4",
      "0.6",
      "0.8",
      "1.0",
    ]);
    expect(axis(0.1, 0.01).top).toBeCloseTo(0.1);
  });
  test("of nothing still has a top", () => {
    expect(axis(0).top).toBe(1);
  });
});

test("bins hold everybody, the last one whatever is later", () => {
  const list = [0, 9, 10, 25, 30, 99].map((value) => ({ value, customers: 2 }));
  const bins = binned(list, 10, 30);
  expect(bins.map(({ from, to, customers }) => [from, to, customers])).toEqual([
    [0, 9, 4],
    [10, 19, 2],
    [20, 29, 2],
    [30, null, 4],
  ]);
});

test("a label is cut to its room and no further", () => {
  expect(shortened("煎茶", 24)).toBe("煎茶");
  expect(shortened("煎茶ティーバッグ", 60)).toBe("煎茶ティ…");
  expect(labelWidth(shortened("Sencha tea bags", 60))).toBeLessThanOrEqual(60);
});

test("a legend goes on in the next row when it is full", () => {
  expect(laidOut([60, 60, 60], 130)).toEqual([
    { x: 0, row: 0 },
    { x: 60, row: 0 },
    { x: 0, row: 1 },
  ]);
});

describe("cells", () => {
  test("are written by their column's format", () => {
    const row = { n: 1234, rate: 0.5, month: 24252, day: 20000, days: 2.5, product: "a" };
    const one = (name: keyof typeof row, format: Column["format"]) =>
      write({ name, format }, row).text;
    expect(one("n", "count")).toBe("1,234");
    expect(one("n", "money")).toBe("¥1,234");
    expect(one("rate", "percent")).toBe("50%");
    expect(one("month", "month")).toBe("2021年1月");
    expect(one("day", "day")).toBe("2024/10/04");
    expect(one("days", "days")).toBe("2.50日");
    expect(one("product", "product")).toBe("品a");
  });
  test("of a rate have its interval, and words while its time is not over", () => {
    const column = { name: "rate", format: "rate", low: "low", high: "high" } as const;
    expect(write(column, { rate: 0.5, low: 0.4, high: 0.6 })).toEqual({
      text: "50.0%",
      small: "40.0%〜60.0%",
      isPending: false,
    });
    expect(write(column, { rate: null, low: null, high: null })).toEqual({
      text: words.ja.pending,
      small: "",
      isPending: true,
    });
  });
  test("that are still growing keep their figure and say so", () => {
    const column = { name: "n", format: "count", pending: () => true } as const;
    expect(write(column, { n: 3 })).toEqual({
      text: "3",
      small: words.ja.pending,
      isPending: true,
    });
  });
  test("go into a file as figures, with the names of products", () => {
    const csv = (format: Column["format"], value: number | string | null) =>
      csvValues(desk, { name: "v", label: "", format }, { v: value });
    expect(csv("money", 1200)).toEqual([1200]);
    expect(csv("rate", 1 / 3)).toEqual([0.333333]);
    expect(csv("rate", null)).toEqual([null]);
    expect(csv("month", 24252)).toEqual(["2021-01"]);
    expect(csv("product", "a")).toEqual(["品a"]);
  });
});

test.each([
  ["month", "2025-02-28"],
  ["quarter", "2024-12-31"],
  ["year", "2024-03-31"],
  ["2025-01-05", "2025-01-05"],
  ["", undefined],
])("compared with %j on 2025-03-31: %j", (compare, day) => {
  expect(compareDay(compare, "2025-03-31")).toBe(day);
});

test("pages are found by their question, and stand in a group that has a name", () => {
  for (const { name, group } of PAGES) {
    expect(pageOf(name.replaceAll("-", "_"))?.name).toBe(name);
    expect(GROUPS).toContain(group);
  }
  expect(Object.keys(ja.groups).toSorted()).toEqual([...GROUPS].toSorted());
  expect(pageOf("summary")).toBeUndefined();
});

test("a threshold is read and set at its place, and the rest stays", () => {
  const settings = { currency: "JPY", lifecycle: { active_days: 60 } };
  expect(valueAt(settings, "lifecycle.active_days")).toBe(60);
  expect(valueAt(settings, "rfm.orders")).toBeUndefined();
  expect(withValue(settings, "lifecycle.drowsy_days", 90)).toEqual({
    currency: "JPY",
    lifecycle: { active_days: 60, drowsy_days: 90 },
  });
  expect(withValue({}, "rfm.orders", [5, 4, 3, 2])).toEqual({ rfm: { orders: [5, 4, 3, 2] } });
  expect(settings.lifecycle).toEqual({ active_days: 60 });
});
