// Segments to begin with. One whose attributes the module does not know is not offered.
import { dayOf, isoOf } from "../../calendar.ts";
import type { SegmentAttributes } from "../../wire.gen.ts";

/** The second Sunday of May (母の日), the last one on a day. */
export function mothersDay(asOf: string): string {
  const year = Number(asOf.slice(0, 4));
  const of = (one: number) => {
    const first = dayOf(`${one}-05-01`);
    // Day 0 was a Thursday.
    const weekday = (first + 4) % 7;
    return isoOf(first + ((7 - weekday) % 7) + 7);
  };
  return of(year) <= asOf ? of(year) : of(year - 1);
}

const daysBefore = (day: string, days: number): string => isoOf(dayOf(day) - days);

/** Texts by the name of their words. */
const STARTS = {
  second: () => "number_of_orders = 1 AND days_since_first_order >= 60",
  welcome: () =>
    "number_of_orders = 1 AND days_since_first_order BETWEEN 14 AND 45 AND mailable = true",
  slipping: () => "lifecycle = 'constant_drowsy' OR rfm_group = 'AT_RISK_HIGH_VALUE'",
  best: () => "decile = 1 AND days_since_last_order <= 90 AND mailable = true",
  birthday: () => "anniversary(date: 'birth_date') BETWEEN today AND +30d",
  mother: (asOf: string) => {
    const day = mothersDay(asOf);
    return `gift_sender = true AND products_purchased(since: ${daysBefore(day, 30)}, until: ${day}) = true`;
  },
  delivered: () => "days_since_delivery BETWEEN 7 AND 14 AND mailable = true",
  cancelled: () =>
    "subscription(status: 'cancelled') = true AND NOT subscription(status: 'active') = true",
  coupon: () => "coupon() = true AND number_of_orders = 1",
  year: () => "anniversary(date: 'first_order_date') BETWEEN today AND +14d",
} as const satisfies Record<string, (asOf: string) => string>;

export type StartName = keyof typeof STARTS;

/** What can be begun with, on a day. */
export function startsOf(known: SegmentAttributes, asOf: string): [StartName, string][] {
  const names = new Set(known.attributes.map(({ name }) => name));
  return (Object.keys(STARTS) as StartName[]).flatMap((start) => {
    const text: string = STARTS[start](asOf);
    const asked = text.replaceAll(/'[^']*'/g, "").match(/[a-z_]+(?= ?[=<>]| BETWEEN|\()/g) ?? [];
    return asked.every((name) => names.has(name)) ? [[start, text] as [StartName, string]] : [];
  });
}
