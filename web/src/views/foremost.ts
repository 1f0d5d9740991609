// The customers of whom most is expected, with a way to the whole list.
import { html, nothing } from "lit";
import { define, View } from "../desk.ts";
import { ask } from "../source.ts";
import { words } from "../text/reports/forecast.ts";
import type { Customers, Scope } from "../wire.gen.ts";

const LIMIT = 20;

class Foremost extends View {
  static override properties = {
    ...View.properties,
    scope: { attribute: false },
    page: { state: true },
  };
  /** Which orders count. */
  declare scope: Scope;
  declare page: Customers | undefined;
  #asked: unknown[] = [];

  override willUpdate(): void {
    const asked = [this.desk.tables, this.desk.asOf, this.scope];
    if (asked.every((one, i) => one === this.#asked[i])) return;
    this.#asked = asked;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const { desk, scope } = this;
    const asked = this.#asked;
    await this.attempt(async () => {
      const question = { kind: "customers", sort: "forecast", limit: LIMIT } as const;
      const beside = scope === "all" ? {} : { scope };
      const page = await ask(desk.source, desk.asOf, question, "customers", beside);
      if (asked === this.#asked) this.page = page;
    });
  }

  override render() {
    const { desk, page } = this;
    const { t, f } = desk;
    const w = words[desk.lang];
    if (this.failure) return this.problem(() => this.#ask());
    if (!page) return html`<p class="soft">${t.loading}</p>`;
    const leaf = { sort: "forecast", ascending: false, offset: 0 } as const;
    return html`<div class="scroll"><table>
        <thead><tr><th scope="col">${t.customers.name}</th>
          <th scope="col" class="num">${w.aliveShort}</th><th scope="col" class="num">${w.purchases}</th>
          <th scope="col" class="num">${w.value}</th><th scope="col" class="num">${t.customers.orders}</th>
          <th scope="col" class="num">${t.customers.last}</th></tr></thead>
        <tbody>${page.customers.map(
          ({ key, name, forecast, orders, last_day }) =>
            forecast &&
            html`<tr><th scope="row"><button class="link" @click=${() => desk.go({ view: "customer", key })}>${name || t.customers.nameless}</button></th>
              <td class="num">${f.percent(forecast.alive)}</td>
              <td class="num">${f.ratio(forecast.purchases)}</td>
              <td class="num">${f.money(forecast.value)}</td>
              <td class="num">${f.count(orders)}</td><td class="num">${f.dayShort(last_day)}</td></tr>`,
        )}</tbody></table></div>
      ${
        page.total > page.customers.length
          ? html`<div class="pager"><button class="button" @click=${() => desk.go({ view: "customers", filter: [], leaf, scope: this.scope })}>${w.more(t.people(f.count(page.total)))}</button></div>`
          : nothing
      }`;
  }
}

define("okaeri-foremost", Foremost);
