// What is expected of one customer, each figure with its reason.
import { html, nothing } from "lit";
import type { Desk } from "../desk.ts";
import { words } from "../text/reports/expected.ts";
import { words as kit } from "../text/reports/kit.ts";
import type { CustomerRow } from "../wire.gen.ts";

/** The card on a customer's page; nothing where no forecast was made. */
export function expectedCard(desk: Desk, { forecast, orders, recency_days }: CustomerRow) {
  if (!forecast) return nothing;
  const { f } = desk;
  const margin = desk.settings.margin?.gross_margin ?? 6000;
  const [w, k] = [words[desk.lang], kit[desk.lang]];
  const days = f.count(forecast.horizon_days);
  const between = (low: string, high: string) => w.between(k.range(low, high));
  const entry = (name: string, value: string, ...small: string[]) =>
    html`<dt>${name}</dt><dd><strong>${value}</strong> <span class="small">${small.filter(Boolean).join(" ")}</span></dd>`;
  const { next_day, next_low, next_high } = forecast;
  const range =
    next_low && next_high
      ? between(f.day(next_low), f.day(next_high))
      : next_low
        ? w.since(f.day(next_low))
        : "";
  return html`<section class="card"><h3>${w.title}</h3><dl class="pairs-list">
    ${entry(w.alive, f.percent(forecast.alive), w.whyAlive(f.count(recency_days), f.count(orders)))}
    ${entry(
      w.purchases(days),
      w.times(f.ratio(forecast.purchases)),
      between(f.count(forecast.purchases_low), f.count(forecast.purchases_high)),
      w.whyPurchases,
    )}
    ${entry(
      w.value(days),
      f.money(forecast.value),
      between(f.money(forecast.value_low), f.money(forecast.value_high)),
      w.whyValue,
      w.earned(f.percent(margin / 10_000), f.money((forecast.value * margin) / 10_000)),
    )}
    ${
      forecast.residual_value === undefined || forecast.residual_value === null
        ? nothing
        : entry(
            w.residual,
            f.money(forecast.residual_value),
            w.whyResidual(f.ratio(forecast.residual_purchases ?? 0)),
          )
    }
    ${entry(w.next, next_day ? f.day(next_day) : "–", range, w.whyNext(f.percent(forecast.never)))}
  </dl></section>`;
}
