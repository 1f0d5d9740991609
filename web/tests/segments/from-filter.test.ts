import { describe, expect, test } from "vitest";
import { formats } from "../../src/format.ts";
import { textOfFilter } from "../../src/report/segments/from-filter.ts";
import type { Condition, Filter, Question } from "../../src/wire.gen.ts";

const yen = formats("ja", "JPY");

describe("a list's condition as text", () => {
  test.each([
    [{ in: "orders", min: 2, max: 3 }, "number_of_orders BETWEEN 2 AND 3"],
    [{ in: "orders", min: 2, max: 2 }, "number_of_orders = 2"],
    [{ in: "orders", min: 0 }, "number_of_orders >= 0"],
    [{ in: "amount", max: 5000, min: null }, "amount_spent <= 5000"],
    [{ in: "last_day", from: "2025-01-01", to: null }, "last_order_date >= 2025-01-01"],
    [{ in: "cells", freq: 3, rec: 2 }, "lifecycle = 'constant_drowsy'"],
    [{ in: "cells", rec: 1 }, "lifecycle IN ('new_active', 'promising_active', 'constant_active')"],
    [{ in: "f2", converted: true, days_max: 30 }, "days_to_second_order <= 30"],
    [{ in: "f2", converted: false }, "days_to_second_order IS NULL"],
    [
      { in: "products", product: "a'b", repeated: true },
      "products_purchased(id: 'a''b', count: 2) = true",
    ],
    [{ in: "mailable" }, "mailable = true"],
    [
      { in: "report", question: { kind: "cpm" }, table: "cpm", key: ["loyal_lapsed"] },
      "cpm_group = 'loyal_lapsed'",
    ],
    [
      {
        in: "report",
        question: { kind: "gift_seasons" },
        table: "gift_seasons",
        key: ["mothers_day", 2024],
        measure: "senders",
      },
      "season(name: 'mothers_day', year: 2024) = true",
    ],
    [
      {
        in: "report",
        question: { kind: "ltv_ranks" },
        table: "ltv_ranks",
        key: ["high"],
        measure: "customers",
      },
      "ltv_rank = 'high'",
    ],
  ] as [Condition, string][])("%j is %s", (condition, text) => {
    expect(textOfFilter([condition], yen)).toBe(text);
  });

  test("money is written in the currency's own unit", () => {
    const filter: Filter = [{ in: "amount", min: 1250 }];
    expect(textOfFilter(filter, formats("en", "USD"))).toBe("amount_spent >= 12.5");
    expect(textOfFilter(filter, yen)).toBe("amount_spent >= 1250");
  });
});

test("conditions are joined by AND, segments among them in parentheses", () => {
  const segment: Condition = { in: "segment", text: "decile = 1 OR decile = 2" };
  expect(textOfFilter([segment], yen)).toBe("decile = 1 OR decile = 2");
  expect(textOfFilter([segment, { in: "mailable" }], yen)).toBe(
    "(decile = 1 OR decile = 2) AND mailable = true",
  );
});

test("a list with a condition that has no text has none", () => {
  expect(textOfFilter([], yen)).toBeUndefined();
  expect(textOfFilter([{ in: "mailable" }, { in: "keys", keys: ["a"] }], yen)).toBeUndefined();
  expect(textOfFilter([{ in: "orders" }], yen)).toBeUndefined();
  expect(textOfFilter([{ in: "segment", id: "00ff" }], yen)).toBeUndefined();
  // Groups by other bounds than the settings', and numbers of something else.
  const group = (question: Question, table: string): Condition => ({
    in: "report",
    question,
    table,
    key: ["loyal_lapsed"],
  });
  expect(textOfFilter([group({ kind: "cpm", preset: "fit" }, "cpm")], yen)).toBeUndefined();
  expect(textOfFilter([group({ kind: "cpm" }, "cpm_history")], yen)).toBeUndefined();
});
