// Where one customer stands among the shop's groups, each with its reason, and what to recommend.
import { html, nothing } from "lit";
import type { Desk } from "../desk.ts";
import { words as risk } from "../text/reports/churn-risk.ts";
import { words as portfolio } from "../text/reports/cpm.ts";
import { words as ltv } from "../text/reports/ltv-ranks.ts";
import { words as members } from "../text/reports/member-ranks.ts";
import { words } from "../text/reports/standing.ts";
import type { CustomerPage, Settings, Why } from "../wire.gen.ts";

/** Scores that this card shows; the others stand with the rankings. */
const SCORES = ["cpm", "member_rank", "ltv_rank", "churn_risk"];

export const isOfStanding = ({ score }: Why): boolean => SCORES.includes(score);

/** Settings with a customer's rank set by hand; none: by the plan. */
export function withRank(settings: Settings, customer: string, rank: string): Settings {
  const { member_ranks: plan = {} } = settings;
  const others = (plan.pinned ?? []).filter((one) => one.customer !== customer);
  const pinned = rank ? [...others, { customer, rank }] : others;
  return { ...settings, member_ranks: { ...plan, pinned } };
}

/** The module's own plan. */
const RANKS = ["regular", "silver", "gold", "platinum"];

/** The choice of a rank by hand. */
function byHand({ lang, settings }: Desk, customer: string, set: (rank: string) => void) {
  const w = words[lang];
  const plan = settings.member_ranks ?? {};
  const [lowest = "", ...above] = RANKS;
  const names = [plan.lowest ?? lowest, ...(plan.ranks?.map(({ name = "" }) => name) ?? above)];
  const now = plan.pinned?.find((one) => one.customer === customer)?.rank ?? "";
  return html`<label class="small">${w.byHand} <select @change=${({ target }: Event) => set((target as HTMLSelectElement).value)}>
    ${["", ...names].map((name) => html`<option value=${name} ?selected=${name === now} .selected=${name === now}>${name ? (members[lang].names[name] ?? name) : w.byPlan}</option>`)}
  </select></label>`;
}

/** The card; nothing while the page is the brief one. `setRank` sets the customer's rank by hand. */
export function standingCard(
  desk: Desk,
  why: readonly Why[],
  customer: string,
  setRank: (rank: string) => void,
) {
  if (!why.some(isOfStanding)) return nothing;
  const w = words[desk.lang];
  return html`<section class="card"><h3>${w.title}</h3><dl class="pairs-list">
    ${cpm(desk, of(why, "cpm"))}
    ${rank(desk, of(why, "member_rank"), byHand(desk, customer, setRank))}
    ${worth(desk, of(why, "ltv_rank"))} ${churn(desk, of(why, "churn_risk"))}
  </dl></section>`;
}

const of = (why: readonly Why[], score: string) => why.filter((one) => one.score === score);

const figure = (why: readonly Why[], rule: string) => why.find((one) => one.rule === rule)?.figure;

const entry = (name: string, value: string, small: string, more: unknown = nothing) =>
  html`<dt>${name}</dt><dd><strong>${value}</strong> <span class="small">${small}</span> ${more}</dd>`;

function cpm({ lang, t, f }: Desk, why: readonly Why[]) {
  const [first] = why;
  if (!first) return nothing;
  const w = words[lang];
  const count = (rule: string) => f.count(figure(why, rule) ?? 0);
  const amount = f.money(figure(why, "amount") ?? 0);
  return entry(
    w.cpm,
    portfolio[lang].groups[first.value] ?? first.value,
    w.whyCpm(t.orders(count("orders")), count("tenure_days"), amount, count("recency_days")),
  );
}

function rank({ lang, t, f, settings }: Desk, why: readonly Why[], choice: unknown) {
  const [first] = why;
  if (!first) return nothing;
  const w = words[lang];
  const isBoth = settings.member_ranks?.basis === "both";
  const left = (what: string) =>
    [figure(why, `amount_to_${what}`), figure(why, `orders_to_${what}`)] as const;
  const lacks = (what: string) => {
    const [amount, orders] = left(what);
    const missing = [
      amount ? w.toNextAmount(f.money(amount)) : "",
      orders ? w.toNextOrders(t.orders(f.count(orders))) : "",
    ];
    return missing.filter(Boolean).join(isBoth ? w.both : w.or);
  };
  // What it takes is there, and ranks are not judged every night.
  const parts = left("next").filter((part) => part !== undefined);
  const isNear = isBoth ? parts.every((part) => part === 0) : parts.includes(0);
  const next = lacks("next");
  const held = why.find((one) => one.rule in w.held)?.rule;
  const days = figure(why, "days_to_fall");
  const bought = w.whyRank(
    f.money(figure(why, "window_amount") ?? 0),
    t.orders(f.count(figure(why, "window_orders") ?? 0)),
  );
  return entry(
    w.rank,
    members[lang].names[first.value] ?? first.value,
    [
      bought,
      held && w.held[held],
      parts.length > 0 && (isNear ? w.rises : next && w.next(next)),
      days !== undefined && w.falls(f.count(days), lacks("keep")),
    ]
      .filter(Boolean)
      .join(lang === "en" ? " " : ""),
    choice,
  );
}

const MONEY = ["amount", "forecast", "forecast_potential"];

function worth({ lang, f }: Desk, [why]: readonly Why[]) {
  if (!why) return nothing;
  const l = ltv[lang];
  const write = MONEY.includes(why.rule) ? f.money : f.count;
  const reason = l.reasonOf[why.rule]?.(write(why.from ?? 0)) ?? why.rule;
  const own = why.from === null || why.from === undefined ? "" : ` (${write(why.figure)})`;
  return entry(words[lang].ltv, l.ranks[why.value] ?? why.value, `${reason}${own}`);
}

function churn({ lang, t, f }: Desk, why: readonly Why[]) {
  const [first, ...signs] = why;
  if (!first) return nothing;
  const r = risk[lang];
  const reasons = signs.map((sign) => r.figure[sign.rule]?.(f.count(sign.figure)) ?? sign.rule);
  const w = words[lang];
  return entry(
    w.churn,
    r.bands[first.value] ?? first.value,
    w.whyChurn(f.count(first.figure), t.list(reasons)),
  );
}

/** What is due to be bought again; nothing where nothing is. */
export function dueCard(desk: Desk, due: CustomerPage["due"]) {
  if (!due?.length) return nothing;
  const { lang, f } = desk;
  const w = words[lang];
  return html`<section class="card"><h3>${w.due}</h3><dl class="pairs-list">
      ${due.map((one) => {
        const [days, cycle, gaps] = [one.days, one.cycle_days, one.gaps].map(f.count);
        const why = one.own ? w.dueOwn : w.dueAll;
        return entry(
          one.name ?? desk.product(one.product),
          "",
          why(f.day(one.last_day), days ?? "", cycle ?? "", gaps ?? ""),
        );
      })}
    </dl></section>`;
}

/** What to recommend; nothing where nothing follows. */
export function recommendedCard(desk: Desk, recommended: CustomerPage["recommended"]) {
  if (!recommended?.length) return nothing;
  const { lang, t, f } = desk;
  const w = words[lang];
  return html`<section class="card"><h3>${w.recommended}</h3><dl class="pairs-list">
      ${recommended.map((one) =>
        entry(
          one.name ?? desk.product(one.product),
          "",
          w.because(
            one.because.map((code) => desk.product(code)).join(w.and),
            t.people(f.count(one.customers)),
            t.people(f.count(one.of)),
            f.percent(one.confidence),
            f.percent(one.confidence_low),
          ),
        ),
      )}
    </dl><p class="small">${w.recommendedHint}</p></section>`;
}
