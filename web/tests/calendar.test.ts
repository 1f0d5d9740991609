import { describe, expect, test } from "vitest";
import { dayIn, dayOf, isDay, isoOf, lastDayOf, monthBefore, monthOf } from "../src/calendar.ts";

describe("days and months", () => {
  test("count as the answers do", () => {
    expect(dayOf("1970-01-02")).toBe(1);
    expect(isoOf(20089)).toBe("2025-01-01");
    expect(monthOf("2021-01-31")).toBe(24252);
    expect(isoOf(lastDayOf(monthOf("2024-02-01")))).toBe("2024-02-29");
  });

  test.each([
    ["2025-03-15", "2025-02-15"],
    ["2025-03-31", "2025-02-28"],
    ["2024-03-31", "2024-02-29"],
    ["2025-01-01", "2024-12-01"],
  ])("%s a month earlier is %s", (day, before) => {
    expect(monthBefore(day)).toBe(before);
  });

  test.each(["2025-02-30", "2025-2-3", "", "today"])("`%s` is no day", (text) => {
    expect(isDay(text)).toBe(false);
  });
});

test.each([
  ["2025-01-31", "2025-01-31"],
  ["2025/1/5", "2025-01-05"],
  ["20250131", "2025-01-31"],
  ["２０２５年１月３１日", "2025-01-31"],
  [" 2025. 1. 31 ", "2025-01-31"],
  ["2025-02-30", undefined],
  ["31/01/2025", undefined],
  ["きのう", undefined],
  ["", undefined],
])("%j is typed for %s", (typed, day) => {
  expect(dayIn(typed)).toBe(day);
});
