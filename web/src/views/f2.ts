// From the first to the second order: when, by month, and by entry product.
import { html } from "lit";
import { define, View } from "../desk.ts";
import { head, opens } from "../parts.ts";
import { columns } from "../report/columns.ts";
import { pageOf } from "../report/registry.ts";
import {
  F2_DAYS,
  type F2Bin,
  type F2ProdRow,
  type F2Row,
  f2Bins,
  f2Health,
  isClosed,
  over,
  rows,
  sorted,
} from "../shape.ts";
import type { Condition } from "../wire.gen.ts";

// The bin that is described while none is under the pointer.
const REST = 3;

/** Those whose second order fell into a bin. */
const daysOf = ({ from, to }: F2Bin): Condition => ({
  in: "f2",
  converted: true,
  days_min: from,
  ...(to === null ? {} : { days_max: to }),
});

class F2 extends View {
  override render() {
    const { t, f, tables, asOf } = this.desk;
    const words = t.f2;
    const list = rows<F2Row>(tables.f2);
    const hist = rows<{ days: number; customers: number }>(tables.f2hist);
    const health = f2Health(list, asOf);
    const bins = f2Bins(hist, 10);
    let seen = 0;
    const median = hist.find((row) => {
      seen += row.customers;
      return seen * 2 >= health.converted;
    });
    const none = html`<button class="button main" @click=${() => this.desk.open([{ in: "f2", converted: false }])}>
      ${words.none(t.people(f.count(health.customers - health.converted)))} →</button>`;
    return html`${head(t.views.f2, median ? words.says(f.share(health.rate), f.count(median.days)) : words.saysNobody, words.todo, none)}
      <section class="card">${this.#chart(bins, health.customers)}
        ${this.#bins(bins, health.customers)}
        <p class="small">${words.counted} <button class="link" @click=${() => this.desk.go({ view: "report", page: "conversion" })}>${pageOf("conversion")?.[this.desk.lang]}</button></p></section>
      <section class="card"><div class="card-head"><h3>${words.byMonth}</h3><span class="small">${words.byMonthHint}</span></div>
        <div class="scroll"><table>
          <thead><tr><th scope="col">${words.month}</th><th scope="col" class="num">${words.customers}</th>
            ${F2_DAYS.map((days) => html`<th scope="col" class="num">${words.within(days)}</th>`)}<th scope="col" class="num">${words.ever}</th></tr></thead>
          <tbody>${list.toReversed().map((row) => {
            const { cohort } = row;
            return html`<tr><th scope="row">${f.month(cohort)}</th>
              <td class="num">${opens(this.desk, f.count(row.customers), { in: "cohort", cohort })}</td>
              ${F2_DAYS.map(
                (days) =>
                  html`<td class="num ${isClosed(cohort, days, asOf) ? "" : "open-month"}">${f.share(over(row[`f2_${days}`], row.customers))}</td>`,
              )}
              <td class="num">${opens(this.desk, f.share(over(row.f2, row.customers)), { in: "cohort", cohort }, { in: "f2", converted: true })}</td></tr>`;
          })}</tbody>
        </table></div></section>
      <section class="card"><div class="card-head"><h3>${words.byProduct}</h3><span class="small">${words.byProductHint}</span></div>
        <div class="scroll"><table>
          <thead><tr><th scope="col">${words.product}</th><th scope="col" class="num">${words.customers}</th><th scope="col" class="num">${words.rate}</th><th scope="col" class="num">${words.rate90}</th></tr></thead>
          <tbody>${sorted(rows<F2ProdRow>(tables.f2prod), "customers", false)
            .slice(0, 20)
            .map(
              (row) => html`<tr><th scope="row">${this.desk.product(row.p1)}</th>
              <td class="num">${opens(this.desk, f.count(row.customers), { in: "flow", p1: row.p1 })}</td>
              <td class="num">${f.share(over(row.f2, row.customers))}</td><td class="num">${f.share(over(row.f2_90, row.customers))}</td></tr>`,
            )}</tbody>
        </table></div></section>`;
  }

  /** The picture's figures, for those who cannot see or point at it. */
  #bins(bins: readonly F2Bin[], customers: number) {
    const { t, f } = this.desk;
    const words = t.f2;
    return html`<details class="why"><summary>${t.asTable}</summary><div class="scroll"><table>
      <thead><tr><th scope="col">${words.daysHead}</th><th scope="col" class="num">${t.decile.customers}</th><th scope="col" class="num">${words.reachedHead}</th></tr></thead>
      <tbody>${bins.map(
        (bin) => html`<tr><th scope="row">${words.days(bin.from, bin.to)}</th>
        <td class="num">${opens(this.desk, f.count(bin.customers), daysOf(bin))}</td>
        <td class="num">${f.share(over(bin.cumulated, customers))}</td></tr>`,
      )}</tbody>
    </table></div></details>`;
  }

  #chart(bins: readonly F2Bin[], customers: number) {
    const { t, f } = this.desk;
    return columns(this.desk, {
      label: t.f2.chart,
      series: [{ name: t.decile.customers, colour: "repeat" }],
      groups: bins.map((bin) => ({
        name: t.f2.days(bin.from, bin.to),
        short: bin.to === null ? `${bin.from}+` : String(bin.from),
        values: [bin.customers],
        open: () => this.desk.open([daysOf(bin)]),
        note: t.f2.reached(f.share(over(bin.cumulated, customers))),
      })),
      write: (value) => t.people(f.count(value)),
      writeShort: f.count,
      rest: REST,
      curve: bins.map((bin) => over(bin.cumulated, customers)),
      touching: true,
    });
  }
}

define("okaeri-f2", F2);
