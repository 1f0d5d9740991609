// Pairs of contacts that may be one person, for a person to judge.
import { html, nothing } from "lit";
import { define, View } from "../desk.ts";
import { contactList, head } from "../parts.ts";
import { ask } from "../source.ts";
import type { Link, Review, Side, Verdict } from "../wire.gen.ts";

const PAGE = 20;

class ReviewList extends View {
  static override properties = {
    ...View.properties,
    page: { state: true },
    offset: { state: true },
  };
  declare page: Review | undefined;
  declare offset: number;
  #asked = "";

  constructor() {
    super();
    this.offset = 0;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    const wanted = `${this.offset} ${this.desk.asOf}`;
    if (wanted !== this.#asked || changed.get("desk")) void this.#ask(wanted);
  }

  async #ask(wanted: string): Promise<void> {
    this.#asked = wanted;
    const { desk, offset } = this;
    await this.attempt(async () => {
      const question = { kind: "review", offset, limit: PAGE } as const;
      this.page = await ask(desk.source, desk.asOf, question, "review");
    });
  }

  #judge(link: Link, verdict: Verdict): Promise<void> {
    return this.attempt(() => this.desk.judge(link, verdict));
  }

  override render() {
    const { t, f } = this.desk;
    const c = t.review;
    const { page } = this;
    const last = Math.min(this.offset + PAGE, page?.total ?? 0);
    return html`${head(t.views.review, page ? c.says(f.count(page.total)) : t.loading, c.todo)}
      ${this.problem()}
      ${page?.pairs.map((link) => this.#pair(link))}
      ${
        page && page.total > PAGE
          ? html`<div class="pager">
            <span class="small">${t.customers.page(f.count(this.offset + 1), f.count(last), f.count(page.total))}</span>
            <button class="button" ?disabled=${this.offset === 0} @click=${() => {
              this.offset = Math.max(this.offset - PAGE, 0);
            }}>${t.customers.prev}</button>
            <button class="button" ?disabled=${last >= page.total} @click=${() => {
              this.offset += PAGE;
            }}>${t.customers.next}</button>
          </div>`
          : nothing
      }`;
  }

  #pair(link: Link) {
    const { t } = this.desk;
    const c = t.review;
    const evidence = t.customer.evidence[link.evidence] ?? link.evidence;
    const against = link.blocked_by ? (c.against[link.blocked_by] ?? link.blocked_by) : "";
    return html`<section class="card">
      <h3>${c.why(evidence, against)}</h3>
      <div class="cards">${this.#side(link.a)} ${this.#side(link.b)}</div>
      <div class="row">
        <button class="button" @click=${() => this.#judge(link, "same")}>${c.same}</button>
        <button class="button" @click=${() => this.#judge(link, "different")}>${c.different}</button>
      </div>
    </section>`;
  }

  #side(side: Side) {
    const { desk } = this;
    const { customer } = side;
    return html`<div>${contactList(desk, side.contact)}
      ${
        customer
          ? html`<button class="link" @click=${() => desk.go({ view: "customer", key: customer })}>${desk.t.review.open}</button>`
          : nothing
      }</div>`;
  }
}

define("okaeri-review", ReviewList);
