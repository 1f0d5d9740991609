// What can be set in the widget, with the module's own defaults.
import { firstDayOf, isoOf, lastDayOf, monthOf } from "../../calendar.ts";
import type { Settings } from "../../wire.gen.ts";

/** `percent` is kept in basis points, `whole` in percent, `money` in minor units. */
export type Unit =
  | "days"
  | "months"
  | "orders"
  | "money"
  | "count"
  | "percent"
  | "whole"
  | "points"
  | "times"
  | "years"
  | "none";

interface Place {
  /** Its place in the settings. */
  at: string;
  /** What the shop says of itself, and no bound: stands when the rest goes back to its defaults. */
  isFact?: boolean;
}

/** A number, or several that belong together: for the scores 5, 4, 3 and 2. */
export interface Numbers extends Place {
  kind: "numbers";
  unit: Unit;
  value: number | readonly number[];
  /** Whether there may be none. */
  optional?: boolean;
}

export interface Choice extends Place {
  kind: "choice";
  options: readonly string[];
  value: string;
}

/** Yes or no. */
export interface Flag extends Place {
  kind: "flag";
  value: boolean;
}

export interface Text extends Place {
  kind: "text";
  value: string;
}

/** Several of a kind, typed with commas between. */
export interface Series extends Place {
  kind: "series";
  /** How many there may be of numbers; texts without. */
  unit?: Unit;
  value: readonly (number | string)[];
}

export type Line = { [name: string]: unknown };

/** Lines of several values. */
export interface List extends Place {
  kind: "list";
  parts: readonly Part[];
  value: readonly Line[];
  /** The line that is added after these. */
  next(lines: readonly Line[], asOf: string): Line;
}

/** A value of a line. */
export type Part = { name: string; optional?: boolean } & (
  | { kind: "number"; unit: Unit }
  // `yearly` is a day of the year, kept as `[month, day]` and typed as `11/1`; `weekday` is the n-th
  // weekday of a month, kept as `[month, n, weekday]` and typed as `5/2/0`, 0 for Sunday.
  | { kind: "text" | "day" | "yearly" | "weekday" }
  | { kind: "choice"; options: readonly string[] }
);

export type Field = Numbers | Choice | Flag | Text | Series | List;

type Numbered = [at: string, unit: Unit, value: number | readonly number[]];

const numbers = (...list: Numbered[]): Numbers[] =>
  list.map(([at, unit, value]) => ({ kind: "numbers", at, unit, value }));

/** Costs go on with the month after the last one, or begin with the month of the day. */
function nextCost(lines: readonly Line[], asOf: string): Line {
  const last = lines.at(-1);
  const month = last ? monthOf(String(last.from)) + 1 : monthOf(asOf);
  const [from, to] = [firstDayOf(month), lastDayOf(month)].map(isoOf);
  return { media: last?.media ?? "", from, to, cost: last?.cost ?? 0 };
}

function nextRank(lines: readonly Line[]): Line {
  const last = lines.at(-1) ?? {};
  const twice = (value: unknown) => Math.max(Number(value ?? 0) * 2, 1);
  const given = last.amount === undefined || last.amount === null ? {} : { amount: last.amount };
  return {
    ...given,
    name: "",
    average_orders: twice(last.average_orders),
    orders: twice(last.orders),
  };
}

const rank = (name: string, count: number): Line => ({
  name,
  average_orders: count,
  orders: count,
});

/** What stands at first, and what further there is. */
export interface Group {
  fields: readonly Field[];
  more?: readonly Field[];
}

// A new number is one line here, and its label in both languages.
export const GROUPS: Record<string, Group> = {
  lifecycle: {
    fields: numbers(
      ["lifecycle.promising_orders", "orders", 2],
      ["lifecycle.constant_orders", "orders", 4],
      ["lifecycle.active_days", "days", 90],
      ["lifecycle.drowsy_days", "days", 180],
    ),
  },
  rfm: {
    fields: numbers(
      ["rfm.recency_days", "days", [30, 90, 180, 730]],
      ["rfm.orders", "orders", [5, 4, 3, 2]],
      ["rfm.amount", "money", [20_001, 15_001, 10_001, 5_001]],
    ),
  },
  cpm: {
    fields: [
      {
        kind: "choice",
        at: "cpm.preset",
        options: ["ltv_lab", "seven_aov", "fit", "own"],
        value: "ltv_lab",
      },
      ...numbers(
        ["cpm.steady_days", "days", 90],
        ["cpm.loyal_days", "days", 210],
        ["cpm.amount", "money", 70_000],
        ["cpm.lapse_days", "days", 240],
        ["cpm.transition_months", "months", 6],
        ["cpm.targets", "whole", [50, 80, 50]],
      ),
    ],
    more: [
      {
        kind: "list",
        at: "cpm.rules",
        parts: [
          {
            kind: "choice",
            name: "level",
            options: ["loyal", "trend", "steady", "toddler", "first"],
          },
          { kind: "number", name: "orders", unit: "orders" },
          { kind: "number", name: "tenure_days", unit: "days" },
          { kind: "number", name: "amount", unit: "money" },
        ],
        value: [],
        next: () => ({ level: "toddler", orders: 2, tenure_days: 0, amount: 0 }),
      },
    ],
  },
  ranks: {
    fields: [
      {
        kind: "choice",
        at: "member_ranks.basis",
        options: ["either", "both", "amount", "orders"],
        value: "either",
      },
      {
        kind: "choice",
        at: "member_ranks.period",
        options: ["rolling", "year"],
        value: "rolling",
      },
      ...numbers(["member_ranks.window_days", "days", 365]),
      {
        kind: "choice",
        at: "member_ranks.evaluate",
        options: ["nightly", "month_ends", "year_ends"],
        value: "nightly",
      },
      { kind: "text", at: "member_ranks.lowest", value: "regular" },
      {
        kind: "list",
        at: "member_ranks.ranks",
        parts: [
          { kind: "text", name: "name" },
          { kind: "number", name: "amount", unit: "money", optional: true },
          { kind: "number", name: "average_orders", unit: "times" },
          { kind: "number", name: "orders", unit: "orders" },
          { kind: "number", name: "keep_amount", unit: "money", optional: true },
          { kind: "number", name: "keep_orders", unit: "orders", optional: true },
        ],
        value: [rank("silver", 3), rank("gold", 6), rank("platinum", 12)],
        next: nextRank,
      },
      ...numbers(
        ["member_ranks.keep_percent", "whole", 80],
        ["member_ranks.outlook_days", "days", 30],
      ),
      {
        kind: "choice",
        at: "member_ranks.demote",
        options: ["to_earned", "one_step", "never"],
        value: "to_earned",
      },
    ],
    more: [
      ...numbers(
        ["member_ranks.grace_days", "days", 0],
        ["member_ranks.carry_over_years", "years", 0],
        ["member_ranks.year_from", "none", [1, 1]],
      ),
      { kind: "flag", at: "member_ranks.include_shipping", value: false },
      {
        kind: "list",
        at: "member_ranks.pinned",
        isFact: true,
        parts: [
          { kind: "text", name: "customer" },
          { kind: "text", name: "rank" },
        ],
        value: [],
        next: () => ({ customer: "", rank: "" }),
      },
    ],
  },
  forecast: {
    fields: numbers(
      ["forecast.horizon_days", "days", 365],
      ["forecast.discount_rate", "percent", 1500],
    ),
  },
  worth: {
    fields: [
      ...numbers(
        ["margin.gross_margin", "percent", 6000],
        ["cpa.horizon_days", "days", 360],
        ["cpa.target_profit_share", "percent", 2000],
        ["cpa.service_cost", "money", 0],
      ),
      { kind: "flag", at: "margin.points_by_shop", value: true },
      {
        kind: "series",
        at: "ltv_days",
        unit: "days",
        value: [0, 30, 60, 90, 120, 180, 270, 360, 720],
      },
    ],
  },
  media: {
    fields: [
      {
        kind: "list",
        at: "media_costs",
        isFact: true,
        parts: [
          { kind: "text", name: "media" },
          { kind: "day", name: "from" },
          { kind: "day", name: "to" },
          { kind: "number", name: "cost", unit: "money" },
        ],
        value: [],
        next: nextCost,
      },
    ],
  },
  ltv: {
    fields: numbers(
      ["ltv_ranks.high_amount", "money", 50_000],
      ["ltv_ranks.high_forecast", "money", 50_000],
      ["ltv_ranks.high_cycles", "orders", 3],
      ["ltv_ranks.high_cycles_amount", "money", 10_000],
      ["ltv_ranks.potential_forecast", "money", 20_000],
      ["ltv_ranks.potential_interval_days", "days", 60],
      ["ltv_ranks.potential_recency_days", "days", 90],
    ),
  },
  subscription: {
    fields: numbers(["churn_risk.high", "points", 60], ["churn_risk.medium", "points", 35]),
    more: numbers(
      ["churn_risk.cancel_page", "points", 35],
      ["churn_risk.payment_failed", "points", 30],
      ["churn_risk.skips", "points", 25],
      ["churn_risk.returned", "points", 25],
      ["churn_risk.complaint", "points", 20],
      ["churn_risk.cycle_longer", "points", 15],
      ["churn_risk.peak_cycle", "points", 15],
      ["churn_risk.card_expires", "points", 15],
      ["churn_risk.blocked", "points", 15],
      ["churn_risk.silent", "points", 10],
      ["churn_risk.restarted", "points", 10],
      ["churn_risk.page_days", "days", 14],
      ["churn_risk.recent_days", "days", 30],
      ["churn_risk.change_days", "days", 60],
      ["churn_risk.silent_days", "days", 60],
    ),
  },
  gift: {
    fields: [
      ...numbers(
        ["gift.gift_score", "points", 60],
        ["gift.uncertain_score", "points", 40],
        ["gift.conversion_days", "days", 180],
      ),
      {
        kind: "list",
        at: "gift.seasons",
        isFact: true,
        parts: [
          { kind: "text", name: "name" },
          // Either the days of orders, or a weekday.
          { kind: "yearly", name: "from", optional: true },
          { kind: "yearly", name: "to", optional: true },
          { kind: "weekday", name: "weekday", optional: true },
        ],
        value: [],
        next: () => ({ name: "", from: [11, 1], to: [11, 22] }),
      },
      { kind: "series", at: "gift.products", isFact: true, value: [] },
    ],
    more: numbers(
      ["gift.weights.explicit", "points", 100],
      ["gift.weights.address", "points", 40],
      ["gift.weights.surname", "points", 20],
      ["gift.weights.several", "points", 20],
      ["gift.weights.word", "points", 20],
      ["gift.weights.product", "points", 15],
      ["gift.weights.season", "points", 10],
      ["gift.weights.own", "points", 40],
      ["gift.own_orders", "orders", 3],
      ["gift.sender_months", "months", 24],
      ["gift.only_percent", "whole", 80],
      ["gift.both_percent", "whole", 20],
      ["gift.corporate.ladder", "count", [10, 30, 100]],
      ["gift.corporate.special_amount", "money", 1_000_000],
    ),
  },
  other: {
    fields: [
      ...numbers(["decile_days", "days", 365]),
      {
        kind: "numbers",
        at: "free_shipping",
        unit: "money",
        value: 0,
        optional: true,
        isFact: true,
      },
      {
        kind: "list",
        at: "bundle_ladder",
        parts: [
          { kind: "number", name: "pieces", unit: "count" },
          { kind: "number", name: "percent", unit: "whole" },
        ],
        value: [
          { pieces: 2, percent: 10 },
          { pieces: 3, percent: 15 },
        ],
        next: (lines) => ({ pieces: Number(lines.at(-1)?.pieces ?? 1) + 1, percent: 10 }),
      },
      ...numbers(["basket_products_max", "count", 1000]),
    ],
  },
};

export const FIELDS: readonly Field[] = Object.values(GROUPS).flatMap(({ fields, more = [] }) => [
  ...fields,
  ...more,
]);

type Tree = { [name: string]: unknown };

/** The value at a place such as `rfm.orders`. */
export function valueAt(settings: Settings, at: string): unknown {
  return at
    .split(".")
    .reduce<unknown>((tree, name) => (tree as Tree | undefined)?.[name], settings);
}

/** Settings with another value at a place; without it where there is none. */
export function withValue(settings: Settings, at: string, value: unknown): Settings {
  const [name = "", ...rest] = at.split(".");
  const tree = settings as Tree;
  if (value === undefined && tree[name] === undefined) return settings;
  const inner = rest.length
    ? withValue((tree[name] ?? {}) as Settings, rest.join("."), value)
    : value;
  const { [name]: _before, ...others } = tree;
  return (inner === undefined ? others : { ...tree, [name]: inner }) as Settings;
}

/** Settings whose bounds are the module's own; what the shop says of itself stands. */
export const withDefaults = (settings: Settings): Settings =>
  FIELDS.filter(({ isFact }) => !isFact).reduce(
    (one, { at }) => withValue(one, at, undefined),
    settings,
  );
