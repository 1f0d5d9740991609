// From the first to the second order: when, by month, and by entry product.
import { html, nothing, svg } from "lit";
import { define, View } from "../desk.ts";
import { head, opens } from "../parts.ts";
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
import { axisStep } from "./bars.ts";

const WIDTH = 960;
const HEIGHT = 250;
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 46, 10, 24];

/** Those whose second order fell into a bin. */
const daysOf = ({ from, to }: F2Bin): Condition => ({
  in: "f2",
  converted: true,
  days_min: from,
  ...(to === null ? {} : { days_max: to }),
});

class F2 extends View {
  static override properties = { ...View.properties, at: { state: true } };
  declare at: number | undefined;

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
      <section class="card"><div class="scroll" role="group" aria-label=${words.chart} tabindex="0">${this.#chart(bins, health.customers)}</div>
        ${this.#bins(bins, health.customers)}</section>
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
    const most = Math.max(...bins.map((bin) => bin.customers), 1);
    const step = axisStep(most);
    const top = Math.ceil(most / step) * step;
    const plot = HEIGHT - TOP - BOTTOM;
    const slot = (WIDTH - LEFT - RIGHT) / bins.length;
    const y = (part: number) => TOP + plot * (1 - part);
    const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
    const curve = bins.map(
      (bin, i) => `${LEFT + slot * (i + 0.5)},${y(over(bin.cumulated, customers))}`,
    );
    const bin = bins[this.at ?? 3] ?? bins[0];
    return html`${
      bin
        ? html`<div class="readout"><strong>${t.f2.days(bin.from, bin.to)}</strong><span>${t.people(f.count(bin.customers))}</span>
          <span class="small">${t.f2.reached(f.share(over(bin.cumulated, customers)))}</span></div>`
        : nothing
    }
      <svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${t.f2.chart}>
        ${lines.map(
          (
            value,
          ) => svg`<line class="grid-line" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${y(value / top)} y2=${y(value / top)}></line>
            <text x=${LEFT - 8} y=${y(value / top) + 4} text-anchor="end">${f.count(value)}</text>`,
        )}
        ${[0, 0.25, 0.5, 0.75, 1].map((part) => svg`<text x=${WIDTH - RIGHT + 8} y=${y(part) + 4}>${f.percent(part)}</text>`)}
        ${bins.map((one, i) => {
          const x = LEFT + slot * i;
          return svg`<rect class="is-repeat" x=${x + 1} width=${slot - 2} y=${y(one.customers / top)} height=${(plot * one.customers) / top}></rect>
            ${i % 3 === 0 ? svg`<text x=${x + slot / 2} y=${HEIGHT - 6} text-anchor="middle">${one.to === null ? `${one.from}+` : one.from}</text>` : nothing}
            <rect class="hit" x=${x} y=${TOP} width=${slot} height=${plot}
              @pointerenter=${() => {
                this.at = i;
              }} @click=${() => this.desk.open([daysOf(one)])}></rect>`;
        })}
        <polyline class="curve" points=${curve.join(" ")} pointer-events="none"></polyline>
      </svg>`;
  }
}

define("okaeri-f2", F2);
