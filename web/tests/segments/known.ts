// A few attributes as the module tells them.
import type { SegmentAttribute, SegmentAttributes, SegmentOperator } from "../../src/wire.gen.ts";

const both = (ja: string, en: string) => ({ ja, en });
const ORDERED = ["=", "!=", ">=", "<=", ">", "<", "BETWEEN", "NOT BETWEEN", "IN", "NOT IN"];
const NULL = ["IS NULL", "IS NOT NULL"];

const one = (
  name: string,
  of: SegmentAttribute["values"]["of"],
  operators: string[],
  more: Partial<SegmentAttribute> = {},
): SegmentAttribute => ({
  name,
  label: both(name, name),
  is_function: false,
  operators,
  ...more,
  values: { of, ...more.values },
});

const choices = ["constant_active", "constant_drowsy"].map((name) => ({
  name,
  label: both(name, name),
}));
const parameter = (name: string, of: SegmentAttribute["values"]["of"], is_required = false) => ({
  name,
  before: both("", ""),
  after: both("", ""),
  is_required,
  values: { of },
});

const operators: SegmentOperator[] = [...ORDERED, "CONTAINS", "NOT CONTAINS", ...NULL].map(
  (text) => ({ text, label: both(text, text), takes: "one" }),
);

export const known: SegmentAttributes = {
  operators,
  attributes: [
    one("number_of_orders", "number", [...ORDERED, ...NULL]),
    one("amount_spent", "money", [...ORDERED, ...NULL]),
    one("last_order_date", "day", [...ORDERED, ...NULL]),
    one("decile", "number", [...ORDERED, ...NULL], {
      values: { of: "number", least: 1, greatest: 10 },
    }),
    one("lifecycle", "choice", ["=", "!=", "IN", "NOT IN", ...NULL], {
      values: { of: "choice", choices },
    }),
    one("prefecture", "text", ["=", "!=", "IN", "NOT IN", "CONTAINS", "NOT CONTAINS", ...NULL], {
      values: { of: "text", is_listed: true },
    }),
    one("customer_tags", "list", ["CONTAINS", "NOT CONTAINS", ...NULL]),
    one("mailable", "flag", ["=", "!="]),
    one("p_alive", "share", [...ORDERED, ...NULL], {
      values: { of: "share", least: 0, greatest: 1 },
    }),
    one("season", "flag", ["=", "!="], {
      is_function: true,
      parameters: [
        {
          ...parameter("name", "choice", true),
          values: { of: "choice", choices: [{ name: "mothers_day", label: both("", "") }] },
        },
        {
          ...parameter("year", "year"),
          values: { of: "year", choices: [{ name: "last_year", label: both("", "") }] },
        },
      ],
    }),
    one("anniversary", "yearly", ["=", "!=", "BETWEEN", "NOT BETWEEN", ...NULL], {
      is_function: true,
      parameters: [
        {
          ...parameter("date", "choice", true),
          values: { of: "choice", choices: [{ name: "birth_date", label: both("", "") }] },
        },
      ],
    }),
    one("products_purchased", "flag", ["=", "!="], {
      is_function: true,
      parameters: [
        parameter("id", "text"),
        parameter("since", "day"),
        parameter("until", "day"),
        parameter("count", "number"),
      ],
    }),
  ],
};
