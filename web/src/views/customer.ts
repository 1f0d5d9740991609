// One customer: who it is and why we think so, every score with its reason, every order.
import { html, nothing } from "lit";
import { dayOf } from "../calendar.ts";
import { define, View } from "../desk.ts";
import { contactList, head } from "../parts.ts";
import { ask } from "../source.ts";
import { words } from "../text/reports/standing.ts";
import type { CustomerPage, Event, LineRow, Link, OrderRow, Verdict, Why } from "../wire.gen.ts";
import { cellAdvice, cellName } from "../words.ts";
import { expectedCard } from "./expected.ts";
import { dueCard, isOfStanding, recommendedCard, standingCard, withRank } from "./standing.ts";

/** The same thing to several destinations is one entry. */
function goods(lines: readonly LineRow[]): LineRow[] {
  const found = new Map<string, LineRow>();
  for (const line of lines) {
    const key = JSON.stringify([line.product, line.name]);
    const quantity = line.quantity + (found.get(key)?.quantity ?? 0);
    found.set(key, { ...line, quantity });
  }
  return [...found.values()];
}

class Customer extends View {
  static override properties = {
    ...View.properties,
    key: { attribute: false },
    page: { state: true },
  };
  declare key: string;
  declare page: CustomerPage | undefined;
  #asked = "";

  override willUpdate(): void {
    const wanted = `${this.key} ${this.desk.asOf}`;
    if (wanted === this.#asked) return;
    this.#asked = wanted;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const { desk, key } = this;
    const asked = this.#asked;
    // What is made of the whole shop may take seconds; the rest is there at once.
    for (const brief of [true, false]) {
      await this.attempt(async () => {
        const question = { kind: "customer", key, brief } as const;
        const page = await ask(desk.source, desk.asOf, question, "customer");
        if (asked === this.#asked) this.page = page;
      });
      if (this.failure) return;
    }
  }

  #setRank = (rank: string): void => {
    const { desk, key } = this;
    const settings = withRank(desk.settings, key, rank);
    void this.attempt(() => desk.configure(settings)).then(() => this.failure || this.#ask());
  };

  override render() {
    const { t, f } = this.desk;
    const c = t.customer;
    if (this.failure) return this.problem(() => this.#ask());
    const { page } = this;
    if (!page) return html`<p class="soft">${t.loading}</p>`;
    const { summary } = page;
    const [freq = 0, rec = 0] = summary.cell;
    return html`${head(
      summary.name || t.customers.nameless,
      c.says(f.day(summary.first_day), t.orders(f.count(summary.orders)), f.money(summary.amount)),
      c.last(f.day(summary.last_day), f.count(summary.recency_days)),
      html`<span class="badge">${cellName(this.desk, freq, rec)}</span>
        <span class="badge ${summary.mailable ? "good" : "plain"}">${summary.mailable ? t.customers.mailYes : t.customers.mailNo}</span>
        <button class="button" @click=${() => this.desk.mail([{ in: "keys", keys: [summary.key] }])}>${t.send}</button>`,
    )}
      <section class="card"><h3>${c.advice}</h3><p>${cellAdvice(this.desk, freq, rec)}</p></section>
      ${expectedCard(this.desk, summary)}
      ${standingCard(this.desk, page.why, summary.key, this.#setRank)} ${dueCard(this.desk, page.due)}
      ${recommendedCard(this.desk, page.recommended)}
      <div class="cards">
        <section class="card"><h3>${c.scores}</h3>
          <dl class="pairs-list">${page.why.filter((why) => !isOfStanding(why)).map((why) => this.#why(why))}</dl>
        </section>
        <section class="card"><h3>${c.contacts}</h3>
          <div class="stack">${page.contacts.map(
            ({ buyer, orders }) =>
              html`<div>${contactList(this.desk, buyer)}<p class="small">${c.ordersWith(f.count(orders))}</p></div>`,
          )}</div>
          <h3>${c.identity}</h3>
          ${
            page.links.length + page.apart.length
              ? html`<ul class="small">
                  ${page.links.map((link) => this.#pair(link, "different"))}
                  ${page.apart.map((link) => this.#pair(link, "open"))}
                </ul>`
              : html`<p class="small">${c.identityNone}</p>`
          }
        </section>
      </div>
      ${page.contracts.length + page.events.length ? this.#others(page) : nothing}
      <section class="card"><h3>${c.history}</h3>
        <ol class="timeline">${page.orders.map((order, at) => this.#order(order, page.orders.slice(at + 1)))}</ol>
      </section>`;
  }

  /** What happened outside orders. */
  #others({ contracts, events }: CustomerPage) {
    const { t, f } = this.desk;
    const c = t.customer;
    const said = words[this.desk.lang].events;
    return html`<section class="card"><h3>${c.others}</h3><ul class="small">
      ${contracts.map(
        (one) =>
          html`<li>${c.contract(one.contract_id)}：${c.contractStatus[one.status ?? "active"]}${
            one.started_at ? `・${f.day(one.started_at)}〜` : ""
          }${one.cancelled_at ? f.day(one.cancelled_at) : ""}${
            one.cancel_reason ? `・${one.cancel_reason}` : ""
          }</li>`,
      )}
      ${events.map((one: Event) => html`<li>${t.list([f.day(one.at), said[one.kind] ?? one.kind, one.detail])}</li>`)}
    </ul></section>`;
  }

  #why(why: Why) {
    const { t, f } = this.desk;
    const c = t.customer;
    const rule = c.rule[why.rule] ?? why.rule;
    if (why.score === "mailable") {
      const value = why.value === "yes" ? t.customers.mailYes : t.customers.mailNo;
      return html`<dt>${c.score[why.score]}</dt>
        <dd><strong>${value}</strong> <span class="small">${rule}</span></dd>`;
    }
    const write = why.rule === "amount" ? f.money : f.count;
    const bound = (value: number | null | undefined) =>
      value === null || value === undefined ? null : write(value);
    const [from, to] = [bound(why.from), bound(why.to)];
    const bounds = from === null && to === null ? "" : c.bounds(from, to);
    return html`<dt>${c.score[why.score] ?? why.score}</dt>
      <dd><strong>${this.#value(why)}</strong>
        <span class="small">${c.why(rule, write(why.figure), bounds)}</span></dd>`;
  }

  /** A score as the other views name it. */
  #value({ score, rule, value }: Why): string {
    const { cells } = this.desk.t;
    if (score === "cell") {
      const names = rule === "orders" ? cells.freqs : cells.recs;
      return names[Number(value) - 1] ?? value;
    }
    const axis: Record<string, string> = { recency_days: "R", orders: "F", amount: "M" };
    return score.startsWith("rfm") ? `${axis[rule] ?? ""}${value}` : value;
  }

  /** A pair of contacts, and what may be said of it. */
  #pair(link: Link, verdict: Verdict) {
    const c = this.desk.t.customer;
    const [a, b] = [link.a, link.b].map(({ order, contact }) =>
      order ? c.order(order) : (contact.name ?? contact.email ?? contact.phone ?? ""),
    );
    const evidence = c.evidence[link.evidence];
    const says = link.blocked_by ? c.apart : evidence ? c.link(evidence) : c.judged;
    return html`<li>${c.pair(a ?? "", b ?? "")}${says}
      <button class="link" @click=${() => this.#judge(link, verdict)}>${
        verdict === "open" ? c.undo : c.split
      }</button></li>`;
  }

  async #judge(link: Link, verdict: Verdict): Promise<void> {
    await this.attempt(() => this.desk.judge(link, verdict));
    if (!this.failure) await this.#ask();
  }

  #order(order: OrderRow, earlier: OrderRow[]) {
    const { t, f } = this.desk;
    const c = t.customer;
    const before = order.seq > 1 ? earlier.find((one) => one.seq > 0) : undefined;
    const gap = before
      ? dayOf(order.ordered_at.slice(0, 10)) - dayOf(before.ordered_at.slice(0, 10))
      : undefined;
    return html`<li class=${order.seq ? "" : "out"}>
      <div><strong>${f.day(order.ordered_at)}</strong><br /><small>${t.list([
        ...(order.seq ? [c.seq(order.seq)] : [c.status[order.status], c.notCounted]),
        gap !== undefined && c.gap(f.count(gap)),
      ])}</small></div>
      <div class="goods">${goods(order.lines).map(
        (line) =>
          html`<span>${line.name ?? line.product} <small>×${f.count(line.quantity)}</small></span>`,
      )}
        <small>${t.list([
          order.order_id,
          order.shop,
          order.is_gift && c.gift,
          order.shipments > 1 && c.shipments(order.shipments),
        ])}</small></div>
      <div class="num"><strong>${f.money(order.amount)}</strong></div>
    </li>`;
  }
}

define("okaeri-customer", Customer);
