// The shop's health at a glance: five figures with their meaning, what to do next, a year, nine cells.
import { html, nothing, type TemplateResult } from "lit";
import { isoOf, monthBefore, monthOf } from "../calendar.ts";
import { define, View } from "../desk.ts";
import { pieces } from "../parts.ts";
import {
  ACTIVE_SHARE,
  active,
  type CellRow,
  type F2Row,
  f2Health,
  type MonthRow,
  matrixCell,
  monthRow,
  monthSpan,
  over,
  revenueHealth,
  rows,
  type SummaryRow,
} from "../shape.ts";
import { vars } from "../vars.ts";
import { cellAdvice, cellName } from "../words.ts";
import { monthBars } from "./bars.ts";
import { matrix } from "./matrix.ts";

// Where one more order is worth most: falling asleep with several orders, lost regulars, new ones.
const NEXT = [
  [2, 2],
  [3, 3],
  [3, 2],
  [1, 1],
] as const;

class Overview extends View {
  override render() {
    const { t, f, tables, before, asOf } = this.desk;
    const o = t.overview;
    const [summary] = rows<SummaryRow>(tables.summary);
    if (!summary) return nothing;
    const kpi = active(rows<CellRow>(tables.cells));
    const kpiBefore = active(rows<CellRow>(before.cells));
    const f2 = f2Health(rows<F2Row>(tables.f2), asOf);
    const months = rows<MonthRow>(tables.months);
    const repeat = revenueHealth(months, asOf);
    const now = monthRow(months, monthOf(asOf));
    const then = monthRow(rows<MonthRow>(before.months), monthOf(monthBefore(asOf)));
    const growth = over(now.revenue - then.revenue, then.revenue);
    const people = (n: number) => t.people(f.count(n));
    const period = o.period(f.day(isoOf(summary.first_day)), f.day(isoOf(summary.last_day)));
    const points = f.points(kpi.share - kpiBefore.share);
    return html`
      <div class="hero">
        ${
          kpi.customers
            ? html`<h2 tabindex="-1">${o.headline(people(kpi.count), f.share(kpi.share))}</h2>
              <p>${kpi.missing <= 0 ? o.goalMet : o.goalMissing(people(kpi.missing))}</p>`
            : html`<h2 tabindex="-1">${o.nobody}</h2><p>${o.nobodyHint}</p>`
        }
      </div>
      <div class="tiles">
        ${this.#tile(
          o.customers,
          f.count(summary.customers),
          pieces(o.customersNote(t.orders(f.count(summary.orders)), f.count(summary.guest_orders))),
          o.customersWhy(period),
        )}
        ${this.#tile(
          o.active,
          f.share(kpi.share),
          html`${o.activeNote(people(kpi.count))}<br />${pieces(o.than(o.points(points)))}`,
          o.activeWhy(
            f.count(this.desk.lifecycle.active_days),
            f.count(kpi.count),
            f.count(kpi.customers),
          ),
          html`<div class="meter" ${vars({
            "--v": kpi.share,
            "--mark": ACTIVE_SHARE,
            "--meter": kpi.missing <= 0 ? "var(--okaeri-good)" : "var(--okaeri-new)",
          })}><i></i><b></b></div>
            <div class="mark-label" ${vars({ "--mark": ACTIVE_SHARE })}>${o.activeMark}</div>`,
        )}
        ${this.#tile(
          o.f2,
          f.share(f2.rate),
          pieces(o.f2Note(people(f2.converted), people(f2.customers))),
          o.f2Why(
            f.count(f2.converted),
            f.count(f2.customers),
            f.share(f2.rate90),
            f.count(f2.closedConverted),
            f.count(f2.closedCustomers),
          ),
        )}
        ${this.#tile(
          o.repeat,
          f.share(repeat.share),
          o.repeatNote,
          o.repeatWhy(f.money(repeat.repeat), f.money(repeat.revenue)),
          html`<div class="meter" ${vars({ "--v": repeat.share, "--mark": -1 })}><i></i></div>`,
        )}
        ${this.#tile(
          o.month,
          f.moneyShort(now.revenue),
          then.revenue > 0
            ? html`<span class=${growth < 0 ? "down" : "up"}>${pieces(o.monthNote(f.change(growth)))}</span>`
            : o.monthFirst,
          html`${o.monthWhy(
            f.money(now.revenue),
            f.money(then.revenue),
            t.orders(f.count(now.orders)),
            t.orders(f.count(then.orders)),
          )}
          ${o.monthOver(f.day(asOf))}`,
        )}
      </div>
      ${this.#next()}
      <div class="cards">
        <section class="card">
          <div class="card-head">
            <h3>${o.trend}</h3>
            <button class="link small" @click=${() => this.desk.go({ view: "months" })}>${o.trendMore}</button>
          </div>
          ${monthBars(this.desk, monthSpan(months, 12), o.trendChart)}
        </section>
        <section class="card">
          <div class="card-head">
            <h3>${o.matrix}</h3>
            <button class="link small" @click=${() => this.desk.go({ view: "cells" })}>${o.matrixMore}</button>
          </div>
          ${matrix(this.desk, (freq, rec) => this.desk.open([{ in: "cells", freq, rec }]), undefined, true)}
        </section>
      </div>`;
  }

  #tile(
    name: string,
    value: string,
    note: unknown,
    why: string | TemplateResult,
    extra: TemplateResult | typeof nothing = nothing,
  ) {
    return html`<section class="card tile">
      <h3 class="name">${name}</h3>
      <p class="value">${value}</p>
      ${extra}
      <p class="note">${note}</p>
      <details class="why"><summary>${this.desk.t.overview.why}<span class="unseen">: ${name}</span></summary><p>${why}</p></details>
    </section>`;
  }

  #next() {
    const { t, f, tables } = this.desk;
    const cells = rows<CellRow>(tables.cells);
    const due = NEXT.map(([freq, rec]) => matrixCell(cells, freq, rec))
      .filter((cell) => cell.customers > 0)
      .slice(0, 3);
    if (!due.length) return nothing;
    return html`<section class="card">
      <div class="card-head"><h3>${t.overview.next}</h3><span class="small">${t.overview.nextHint}</span></div>
      <div class="actions">
        ${due.map(
          ({
            freq,
            rec,
            customers,
          }) => html`<button class="action" @click=${() => this.desk.open([{ in: "cells", freq, rec }])}>
            <strong><span>${cellName(this.desk, freq, rec)}</span><span class="keep">${t.people(f.count(customers))}</span></strong>
            <span class="small">${cellAdvice(this.desk, freq, rec)}</span>
            <span class="go">${t.show} →</span>
          </button>`,
        )}
      </div>
    </section>`;
  }
}

define("okaeri-overview", Overview);
