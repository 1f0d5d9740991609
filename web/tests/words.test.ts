import { describe, expect, test } from "vitest";
import { Problem } from "../src/api.ts";
import type { Desk } from "../src/desk.ts";
import { formats } from "../src/format.ts";
import { en } from "../src/text/en.ts";
import { ja } from "../src/text/ja.ts";
import type { Condition } from "../src/wire.gen.ts";
import {
  conditionWords,
  filterWords,
  freqBounds,
  problemWords,
  recBounds,
  sayCondition,
} from "../src/words.ts";

const desk = (lang: "ja" | "en") =>
  ({
    lang,
    t: lang === "ja" ? ja : en,
    f: formats(lang, "JPY"),
    lifecycle: { promising_orders: 2, constant_orders: 4, active_days: 90, drowsy_days: 180 },
    product: (code: unknown) => `品${code}`,
  }) as unknown as Desk;

test.each([
  [{ in: "cells", freq: 3, rec: 3 }, "常連スリーパー"],
  [{ in: "cells", rec: 1 }, "稼働"],
  [{ in: "rfm", r: 5, f: 1 }, "RFM R5 F1（5等分）"],
  [{ in: "orders", min: 2 }, "購入 2回以上"],
  [{ in: "orders", min: 1, max: 1 }, "購入 1回"],
  [{ in: "amount", max: 5000 }, "購入額 ¥5,000以下"],
  [{ in: "months", month: 24252, is_new: true }, "2021年1月に初回購入"],
  [{ in: "cohort", cohort: 24252, k: 3 }, "初回が2021年1月・3か月後にも購入"],
  [{ in: "f2", converted: false }, "2回目がまだ"],
  [{ in: "f2", converted: true, days_min: 30, days_max: 39 }, "2回目が初回から 30〜39日"],
  [{ in: "products", product: 7, repeated: true }, "「品7」を2回以上購入"],
  [
    { in: "report", question: { kind: "steps" }, table: "steps", key: [1], measure: "lapsed" },
    "継続・離脱：1・lapsed",
  ],
  [{ in: "flow", p1: 7, p2: -1 }, "購入の流れ 品7 → 2回目なし → …"],
] as [Condition, string][])("%j reads %s", (condition, words) => {
  expect(conditionWords(desk("ja"), condition)).toBe(words);
});

test("a report's page says its condition by the names of its row and column", () => {
  const condition = { in: "report", question: { kind: "steps" }, table: "steps" } as const;
  sayCondition(condition, "1回目・離れた");
  expect(filterWords(desk("ja"), [condition])).toBe("継続・離脱：1回目・離れた");
});

test("an empty filter is everybody", () => {
  expect(filterWords(desk("en"), [])).toBe("All customers");
});

test("bounds follow the shop's settings", () => {
  expect([1, 2, 3].map((n) => freqBounds(desk("en"), n))).toEqual([
    "1 order",
    "2–3 orders",
    "4 or more orders",
  ]);
  expect([1, 2, 3].map((n) => recBounds(desk("ja"), n))).toEqual([
    "90日以内",
    "91〜180日",
    "181日以上",
  ]);
});

describe("problems", () => {
  test("known by code are said in the reader's language, with the cause beside", () => {
    const { says, detail } = problemWords(
      ja,
      new Problem("unknown_format", "columns a, b", "row 1"),
    );
    expect(says).toBe(ja.problem.unknown_format);
    expect(detail).toBe("columns a, b (row 1)");
  });
  test("of something before the server are told by the kind of status", () => {
    expect(problemWords(ja, new Problem("http_502", "Bad Gateway")).says).toBe(ja.problem.http_5);
  });
  test("unknown ones keep their message", () => {
    expect(problemWords(en, new Error("boom")).says).toBe("That did not work: boom");
  });
});
