import { describe, expect, test } from "vitest";
import { pieces } from "../../src/report/segments/diff.ts";
import { isTaken, marked, replaced } from "../../src/report/segments/editor.ts";
import { firstTerm, grouped, valuesFor } from "../../src/report/segments/names.ts";
import { startsOf } from "../../src/report/segments/starts.ts";
import {
  dayValue,
  isWhole,
  type Join,
  type Member,
  quoted,
  type Rows,
  rowsOf,
  type Term,
  textOf,
  unquoted,
  writtenDay,
} from "../../src/report/segments/tree.ts";
import { known } from "./known.ts";

const read = (text: string) => rowsOf(text, known);

/** Conditions of every kind. */
const TERMS: readonly Term[] = [
  { not: false, name: "number_of_orders", operator: ">=", values: ["2"] },
  { not: true, name: "amount_spent", operator: "BETWEEN", values: ["1000", "29999.50"] },
  { not: false, name: "last_order_date", operator: "<", values: ["-90d"] },
  { not: false, name: "last_order_date", operator: "NOT BETWEEN", values: ["2025-01-31", "today"] },
  {
    not: false,
    name: "lifecycle",
    operator: "NOT IN",
    values: ["'constant_active'", "'constant_drowsy'"],
  },
  { not: false, name: "prefecture", operator: "=", values: ["'O''Brien, (京都) AND'"] },
  { not: true, name: "prefecture", operator: "IS NOT NULL", values: [] },
  { not: false, name: "customer_tags", operator: "CONTAINS", values: ["'VIP'"] },
  { not: false, name: "mailable", operator: "!=", values: ["true"] },
  {
    not: false,
    name: "anniversary",
    given: [["date", "'birth_date'"]],
    operator: "BETWEEN",
    values: ["today", "+30d"],
  },
  {
    not: false,
    name: "products_purchased",
    given: [
      ["id", "'tea'"],
      ["since", "-1y"],
      ["count", "2"],
    ],
    operator: "=",
    values: ["true"],
  },
  { not: false, name: "products_purchased", given: [], operator: "=", values: ["false"] },
  { not: false, name: "p_alive", operator: "<", values: ["0.25"] },
  {
    not: true,
    name: "season",
    given: [
      ["name", "'mothers_day'"],
      ["year", "last_year"],
    ],
    operator: "=",
    values: ["true"],
  },
  {
    not: false,
    name: "season",
    given: [
      ["name", "'mothers_day'"],
      ["year", "2024"],
    ],
    operator: "=",
    values: ["true"],
  },
];

describe("rows and their text", () => {
  test.each(TERMS.map((term) => [textOf({ join: "and", members: [term] }), term] as const))(
    "%s comes back as it was built",
    (text, term) => {
      expect(read(text)).toEqual({ join: "and", members: [term] });
    },
  );

  test("whatever is built comes back as it was, in every arrangement of three members", () => {
    const joins: Join[] = ["and", "or"];
    const [a, b, c, d] = TERMS as [Term, Term, Term, Term];
    const members: Member[] = [a, b];
    for (const join of joins) {
      for (const not of [true, false]) {
        for (const terms of [
          [c, d],
          [a, b, c],
        ])
          members.push({ not, join, terms });
      }
      members.push({ not: true, join: "and", terms: [c] });
    }
    let count = 0;
    for (const join of joins) {
      for (const one of members) {
        for (const two of members) {
          for (const three of members) {
            const rows: Rows = { join, members: [one, two, three] };
            const text = textOf(rows);
            expect(read(text), text).toEqual(rows);
            count += 1;
          }
        }
      }
    }
    expect(count).toBe(2 * 12 ** 3);
  });

  test("AND binds closer than OR, as the module reads it", () => {
    const rows = read("number_of_orders = 1 and mailable or decile = 2");
    expect(rows).toMatchObject({
      join: "or",
      members: [
        { join: "and", terms: [{ name: "number_of_orders" }, { name: "mailable" }] },
        { name: "decile" },
      ],
    });
    expect(textOf(rows as Rows)).toBe("number_of_orders = 1 AND mailable = true OR decile = 2");
  });

  test("what is given by its place gets its name", () => {
    const rows = read("products_purchased('tea', since: -1y)") as Rows;
    expect(textOf(rows)).toBe("products_purchased(id: 'tea', since: -1y) = true");
  });

  test.each([
    ["number_of_orders >=", "wrong"],
    ["number_of_orders = 1 AND", "wrong"],
    ["prefecture = '東京都", "wrong"],
    ["prefecture = 東京都", "wrong"],
    ["number_of_order = 1", "wrong"],
    ["mailable()", "wrong"],
    ["products_purchased = true", "wrong"],
    ["products_purchased(since: -1y, 'tea')", "wrong"],
    ["products_purchased(id: 'tea', id: 'cup')", "wrong"],
    ["mailable CONTAINS 'x'", "wrong"],
    ["lifecycle = 'nobody'", "wrong"],
    ["number_of_orders = 'two'", "wrong"],
    ["(decile = 1 OR (decile = 2 AND mailable)) AND mailable", "deep"],
    ["(decile = 1 OR decile = 2 AND mailable) AND mailable", "deep"],
    ["NOT NOT mailable", "deep"],
  ])("%s has no rows: %s", (text, why) => {
    expect(read(text)).toBe(why);
  });

  test("what lacks a value is left out of the text, with its group when nothing is left", () => {
    const empty: Term = { not: false, name: "prefecture", operator: "=", values: [quoted(" ")] };
    const [whole] = TERMS as [Term];
    expect(isWhole(empty)).toBe(false);
    const group = { not: true, join: "or", terms: [empty] } as const;
    expect(textOf({ join: "or", members: [empty, whole, group] })).toBe("number_of_orders >= 2");
    expect(textOf({ join: "or", members: [group] })).toBe("");
  });

  test("every attribute begins with a condition that can be read once it has a value", () => {
    for (const attribute of known.attributes) {
      const term = firstTerm(attribute);
      const values = term.values.map((value) => (unquoted(value) ? value : quoted("x")));
      const rows: Rows = { join: "and", members: [{ ...term, values }] };
      expect(read(textOf(rows)), attribute.name).toEqual(rows);
    }
  });
});

test("values stay with another operator as far as it takes them", () => {
  const of = { of: "number" } as const;
  expect(valuesFor("BETWEEN", ["3"], of)).toEqual(["3", "3"]);
  expect(valuesFor("IN", ["3", "4"], of)).toEqual(["3", "4"]);
  expect(valuesFor("=", ["3", "4"], of)).toEqual(["3"]);
  expect(valuesFor("IS NULL", ["3"], of)).toEqual([]);
});

test("every attribute is in one group, also one that nobody has grouped", () => {
  const other = { ...known.attributes[0], name: "shoe_size" } as (typeof known.attributes)[0];
  const all = { ...known, attributes: [...known.attributes, other] };
  const names = grouped(all).flatMap(([, attributes]) => attributes.map(({ name }) => name));
  expect(names.toSorted()).toEqual(all.attributes.map(({ name }) => name).toSorted());
  expect(grouped(all).at(-1)).toEqual(["others", [other]]);
});

test.each([
  ["2025-01-31", { on: "2025-01-31" }, "2025-01-31"],
  ["today", { count: 0, unit: "d" }, "today"],
  ["-1d", { count: -1, unit: "d" }, "yesterday"],
  ["-4w", { count: -4, unit: "w" }, "-4w"],
  ["+30d", { count: 30, unit: "d" }, "+30d"],
  ["3_months_ago", { count: -3, unit: "m" }, "-3m"],
  ["2025-02-30", undefined, ""],
  ["30d", undefined, ""],
] as const)("the day %s", (text, value, written) => {
  expect(dayValue(text)).toEqual(value);
  if (value) expect(writtenDay(value)).toBe(written);
});

describe("the text", () => {
  const error = (span: [number, number], suggestion?: string) =>
    ({ code: "value", message: "", span, suggestion }) as const;
  test("is marked where it is wrong, in UTF-16 code units, and where something is missing", () => {
    const text = "prefecture = '😀' AND decil = 1 AND ";
    const marks = marked(text, [error([36, 36]), error([22, 27])]);
    expect(marks.filter(({ isWrong }) => isWrong).map((mark) => mark.text)).toEqual([
      "decil",
      "\u00a0",
    ]);
    expect(marks.map((mark) => mark.text).join("")).toBe(`${text}\u00a0`);
    expect(replaced(text, [22, 27], "decile")).toBe("prefecture = '😀' AND decile = 1 AND ");
  });
  test("takes a suggestion that can stand there, and no advice", () => {
    for (const one of ["number_of_orders", "'VIP'", "BETWEEN 1 AND 3", "coupon()", "-4w", "("]) {
      expect(isTaken(one), one).toBe(true);
    }
    for (const one of [
      "=, != or IS NULL",
      "true or false",
      "a single quote at its end",
      "-30d or +30d",
      "one of id, since",
      "anniversary(date: …)",
    ]) {
      expect(isTaken(one), one).toBe(false);
    }
  });
});

test("two versions differ in words", () => {
  const shown = (before: string, after: string) =>
    pieces(before, after)
      .map(({ text, is }) => ({ same: text, gone: `[-${text}-]`, new: `[+${text}+]` })[is])
      .join("");
  expect(shown("decile = 1", "decile = 2")).toBe("decile = [-1-][+2+]");
  expect(shown("decile = 1", "decile = 1 AND mailable")).toBe("decile = 1[+ AND mailable+]");
  expect(shown("decile = 1", "decile <= 1")).toBe("decile [-=-][+<=+] 1");
  expect(shown("", "mailable")).toBe("[+mailable+]");
  expect(shown("prefecture = '東 京'", "prefecture = '東 京'")).toBe("prefecture = '東 京'");
});

describe("ready-made segments", () => {
  test("need attributes that the module knows", () => {
    const names = startsOf(known).map(([name]) => name);
    expect(names).toContain("birthday");
    expect(names).not.toContain("delivered");
    expect(startsOf({ ...known, attributes: [] })).toEqual([]);
  });
});
