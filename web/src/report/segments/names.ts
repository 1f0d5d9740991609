// The attributes of segments by group, and what a condition begins with.
import type { Lang } from "../../format.ts";
import type {
  SegmentAttribute,
  SegmentAttributes,
  SegmentParameter,
  SegmentValues,
} from "../../wire.gen.ts";
import { quoted, type Term, takes } from "./tree.ts";

/** Groups of attributes; what the module knows beyond them stands last. */
export const GROUPED = {
  orders: [
    "number_of_orders",
    "amount_spent",
    "first_order_date",
    "last_order_date",
    "days_since_first_order",
    "days_since_last_order",
    "days_to_second_order",
    "days_since_delivery",
    "gift_sender",
    "season",
  ],
  goods: ["products_purchased", "coupon", "subscription"],
  ranks: [
    "lifecycle",
    "decile",
    "rfm_group",
    "rfm_recency",
    "rfm_frequency",
    "rfm_monetary",
    "cpm_group",
    "ltv_rank",
    "member_rank",
    "customer_tags",
  ],
  ahead: ["p_alive", "forecast_value", "churn_risk_band", "churn_risk"],
  contact: [
    "mailable",
    "email_subscription_status",
    "customer_email_domain",
    "prefecture",
    "company",
    "anniversary",
  ],
  channels: ["media", "first_media", "shops", "number_of_shops", "event"],
  others: [],
} as const satisfies Record<string, readonly string[]>;
export type GroupName = keyof typeof GROUPED;

/** All attributes, in their groups. */
export function grouped({ attributes }: SegmentAttributes): [GroupName, SegmentAttribute[]][] {
  const listed = new Set<string>(Object.values(GROUPED).flat());
  return (Object.keys(GROUPED) as GroupName[]).flatMap((group) => {
    const names: readonly string[] = GROUPED[group];
    const found =
      group === "others"
        ? attributes.filter(({ name }) => !listed.has(name))
        : names.flatMap((name) => attributes.find((one) => one.name === name) ?? []);
    return found.length ? [[group, found]] : [];
  });
}

/** A name as a choice in a list has it. */
export const capital = (text: string, lang: Lang): string =>
  lang === "en" ? text.charAt(0).toUpperCase() + text.slice(1) : text;

/** A value to begin with; an empty one must be filled in. */
export function firstValue({ of, choices = [], least }: SegmentValues): string {
  switch (of) {
    case "number":
      return String(least ?? 1);
    case "money":
      return "10000";
    case "share":
      return "0.5";
    case "day":
      return "-90d";
    case "yearly":
      return "today";
    case "flag":
      return "true";
    case "year":
      return choices[0]?.name ?? "";
    case "choice":
      return quoted(choices[0]?.name ?? "");
    default:
      return quoted("");
  }
}

const BEGIN: Partial<Record<SegmentValues["of"], string>> = {
  number: ">=",
  money: ">=",
  share: ">=",
  day: ">=",
  yearly: "BETWEEN",
  list: "CONTAINS",
};

/** What must be given to a function. */
const required = ({ is_required }: SegmentParameter) => is_required;

/** A condition on an attribute, to begin with. */
export function firstTerm(attribute: SegmentAttribute, not = false): Term {
  const { name, values, operators, parameters = [] } = attribute;
  const wanted = BEGIN[values.of] ?? "=";
  const operator = operators.includes(wanted) ? wanted : (operators[0] ?? "=");
  const given = parameters
    .filter(required)
    .map((one) => [one.name, firstValue(one.values)] as const);
  const term = { not, name, operator, values: valuesFor(operator, [], values) };
  return attribute.is_function ? { ...term, given } : term;
}

/** Values that fit an operator: those that are there, and as many more as it takes. */
export function valuesFor(
  operator: string,
  now: readonly string[],
  values: SegmentValues,
): readonly string[] {
  const first = now[0] ?? firstValue(values);
  switch (takes(operator)) {
    case "nothing":
      return [];
    case "two":
      return [first, now[1] ?? (values.of === "yearly" ? "+30d" : first)];
    case "many":
      return now.length ? now : [first];
    default:
      return [first];
  }
}
