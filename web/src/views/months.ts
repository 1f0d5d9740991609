// Revenue by month: bars, and the table with the same figures.
import { html } from "lit";
import { dayOf, lastDayOf, monthOf } from "../calendar.ts";
import { define, View } from "../desk.ts";
import { choice, head, opens } from "../parts.ts";
import { type MonthRow, monthSpan, over, rows } from "../shape.ts";
import { monthBars } from "./bars.ts";

class Months extends View {
  static override properties = { ...View.properties, all: { state: true } };
  declare all: boolean;

  override render() {
    const { t, f, tables, asOf } = this.desk;
    const m = t.months;
    const months = monthSpan(rows<MonthRow>(tables.months), this.all ? 1200 : 36);
    const isOver = (month: number) => lastDayOf(month) <= dayOf(asOf);
    const last = months.findLast((row) => isOver(row.month)) ?? months.at(-1);
    const says = last
      ? m.says(f.month(last.month), f.share(over(last.repeat_revenue, last.revenue)))
      : "";
    const tools = choice(
      m.month,
      [
        ["last", m.last(36)],
        ["all", t.all],
      ] as const,
      this.all ? "all" : "last",
      (value) => {
        this.all = value === "all";
      },
    );
    return html`${head(t.views.months, says, m.todo, tools)}
      <section class="card">${monthBars(this.desk, months, m.chart)}</section>
      <section class="card"><div class="scroll"><table>
        <caption>${t.clickHint}</caption>
        <thead><tr>
          <th scope="col">${m.month}</th><th scope="col" class="num">${m.revenue}</th>
          <th scope="col" class="num">${m.new}</th><th scope="col" class="num">${m.repeat}</th>
          <th scope="col" class="num">${m.guest}</th><th scope="col" class="num">${t.share} (${m.repeat})</th>
          <th scope="col" class="num">${m.orders}</th><th scope="col" class="num">${m.customers}</th>
        </tr></thead>
        <tbody>${months.toReversed().map((row) => {
          const { month } = row;
          return html`<tr>
            <th scope="row" class="keep">${f.month(month)} ${isOver(month) || month !== monthOf(asOf) ? "" : html`<small>${t.provisional}</small>`}</th>
            <td class="num">${f.money(row.revenue)}</td>
            <td class="num">${opens(this.desk, f.money(row.new_revenue), { in: "months", month, is_new: true })}</td>
            <td class="num">${opens(this.desk, f.money(row.repeat_revenue), { in: "months", month, is_new: false })}</td>
            <td class="num">${f.money(row.guest_revenue)}</td>
            <td class="num">${f.share(over(row.repeat_revenue, row.revenue))}</td>
            <td class="num">${f.count(row.orders)}</td>
            <td class="num">${opens(this.desk, f.count(row.customers), { in: "months", month })}</td>
          </tr>`;
        })}</tbody>
      </table></div></section>`;
  }
}

define("okaeri-months", Months);
