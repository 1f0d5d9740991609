// Segments to begin with. One whose attributes the module does not know is not offered.
import type { SegmentAttributes } from "../../wire.gen.ts";

/** Texts by the name of their words. */
const STARTS = {
  second: () => "number_of_orders = 1 AND days_since_first_order >= 60",
  welcome: () =>
    "number_of_orders = 1 AND days_since_first_order BETWEEN 14 AND 45 AND mailable = true",
  slipping: () => "lifecycle = 'constant_drowsy' OR rfm_group = 'AT_RISK_HIGH_VALUE'",
  best: () => "decile = 1 AND days_since_last_order <= 90 AND mailable = true",
  birthday: () => "anniversary(date: 'birth_date') BETWEEN today AND +30d",
  mother: () =>
    "season(name: 'mothers_day', year: last_year) = true AND NOT season(name: 'mothers_day', year: this_year) = true",
  delivered: () => "days_since_delivery BETWEEN 7 AND 14 AND mailable = true",
  cancelled: () =>
    "subscription(status: 'cancelled') = true AND NOT subscription(status: 'active') = true",
  coupon: () => "coupon() = true AND number_of_orders = 1",
  leaving: () => "churn_risk_band IN ('high', 'medium')",
  fading: () => "p_alive < 0.3 AND number_of_orders >= 2 AND mailable = true",
  year: () => "anniversary(date: 'first_order_date') BETWEEN today AND +14d",
} as const satisfies Record<string, () => string>;

export type StartName = keyof typeof STARTS;

/** What can be begun with. */
export function startsOf(known: SegmentAttributes): [StartName, string][] {
  const names = new Set(known.attributes.map(({ name }) => name));
  return (Object.keys(STARTS) as StartName[]).flatMap((start) => {
    const text: string = STARTS[start]();
    const asked =
      text.replaceAll(/'[^']*'/g, "").match(/[a-z_]+(?= ?[=<>]| BETWEEN| IN|\()/g) ?? [];
    return asked.every((name) => names.has(name)) ? [[start, text] as [StartName, string]] : [];
  });
}
