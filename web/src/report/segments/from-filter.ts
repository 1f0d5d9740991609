// The conditions of a list as the text of a segment, where the language has them.
import type { Formats } from "../../format.ts";
import type { Condition, Filter } from "../../wire.gen.ts";
import { quoted } from "./tree.ts";

const FREQ = ["new", "promising", "constant"];
const REC = ["active", "drowsy", "sleeping"];

/** From a least to a greatest value, both included. */
function bounds(name: string, least: unknown, most: unknown): string | undefined {
  const [from, to] = [least ?? undefined, most ?? undefined];
  if (from === undefined && to === undefined) return undefined;
  if (from === to) return `${name} = ${from}`;
  if (to === undefined) return `${name} >= ${from}`;
  return from === undefined ? `${name} <= ${to}` : `${name} BETWEEN ${from} AND ${to}`;
}

function cells(freq: number | null | undefined, rec: number | null | undefined): string {
  const of = (all: readonly string[], one: number | null | undefined) =>
    one ? all.slice(one - 1, one) : all;
  const names = of(FREQ, freq).flatMap((f) => of(REC, rec).map((r) => quoted(`${f}_${r}`)));
  return names.length === 1 ? `lifecycle = ${names[0]}` : `lifecycle IN (${names.join(", ")})`;
}

/** A group of a report that segments know too; a report with bounds of its own has others. */
function reported({
  question,
  table,
  key = [],
  measure,
}: Condition & { in: "report" }): string | undefined {
  const [first, second] = key;
  if (table !== question.kind || typeof first !== "string") return undefined;
  const isAll = (measure ?? "customers") === "customers" && key.length === 1;
  switch (question.kind) {
    case "cpm":
      return isAll && !question.preset ? `cpm_group = ${quoted(first)}` : undefined;
    case "ltv_ranks":
      return isAll && question.forecast !== false ? `ltv_rank = ${quoted(first)}` : undefined;
    case "gift_seasons":
      return measure === "senders" && typeof second === "number"
        ? `season(name: ${quoted(first)}, year: ${second}) = true`
        : undefined;
    default:
      return undefined;
  }
}

function one(condition: Condition, f: Formats): string | undefined {
  const scale = f.minor(1);
  const money = (minor: number | null | undefined) =>
    typeof minor === "number" ? minor / scale : undefined;
  switch (condition.in) {
    case "segment":
      return condition.text ?? undefined;
    case "orders":
      return bounds("number_of_orders", condition.min, condition.max);
    case "amount":
      return bounds("amount_spent", money(condition.min), money(condition.max));
    case "decile":
      return `decile = ${condition.decile}`;
    case "shops":
      return `number_of_shops = ${condition.n_shops}`;
    case "last_day":
      return bounds("last_order_date", condition.from, condition.to);
    case "cells":
      return cells(condition.freq, condition.rec);
    case "mailable":
      return "mailable = true";
    case "report":
      return reported(condition);
    case "f2":
      if (!condition.converted) return "days_to_second_order IS NULL";
      return (
        bounds("days_to_second_order", condition.days_min, condition.days_max) ??
        "days_to_second_order IS NOT NULL"
      );
    case "products": {
      const id = `id: ${quoted(String(condition.product))}`;
      const once = `products_purchased(${id}) = true`;
      const twice = `products_purchased(${id}, count: 2) =`;
      if (condition.repeated) return `${twice} true`;
      return condition.repeated === false ? `${once} AND ${twice} false` : once;
    }
    default:
      return undefined;
  }
}

/** The text of a filter; nothing when one of its conditions cannot be written. */
export function textOfFilter(filter: Filter, f: Formats): string | undefined {
  const texts = filter.map((condition) => one(condition, f));
  if (!texts.length || texts.includes(undefined)) return undefined;
  // OR inside a segment binds less than the AND between conditions.
  const isAlone = texts.length === 1;
  return texts
    .map((text, i) => (isAlone || filter[i]?.in !== "segment" ? text : `(${text})`))
    .join(" AND ");
}
