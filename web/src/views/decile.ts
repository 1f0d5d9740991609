// Tenths of the customers by amount.
import { html } from "lit";
import { define, View } from "../desk.ts";
import { head, opens } from "../parts.ts";
import { type DecileRow, over, rows } from "../shape.ts";
import { vars } from "../vars.ts";

class Decile extends View {
  override render() {
    const { t, f, tables } = this.desk;
    const d = t.decile;
    const deciles = rows<DecileRow>(tables.decile);
    const all = deciles.reduce((sum, row) => sum + row.amount, 0);
    let sum = 0;
    return html`${head(t.views.decile, d.says(f.share(over(deciles[0]?.amount ?? 0, all))), d.todo)}
      <section class="card"><div class="scroll"><table>
        <caption>${t.clickHint}</caption>
        <thead><tr><th scope="col">${d.decile}</th><th scope="col" class="num">${d.customers}</th>
          <th scope="col" class="num">${d.amount}</th><th scope="col" class="num">${d.share}</th><th scope="col"><span class="unseen">${d.share}</span></th>
          <th scope="col" class="num">${d.cumulated}</th><th scope="col" class="num">${d.perCustomer}</th>
          <th scope="col" class="num">${d.perOrders}</th><th scope="col" class="num">${d.range}</th></tr></thead>
        <tbody>${deciles.map((row) => {
          sum += row.amount;
          const share = over(row.amount, all);
          return html`<tr><th scope="row">${row.decile}</th>
            <td class="num">${opens(this.desk, f.count(row.customers), { in: "decile", decile: row.decile })}</td>
            <td class="num">${f.money(row.amount)}</td><td class="num">${f.share(share)}</td>
            <td class="wide"><span class="bar" ${vars({ "--v": share })}></span></td>
            <td class="num">${f.share(over(sum, all))}</td>
            <td class="num">${f.money(Math.round(over(row.amount, row.customers)))}</td>
            <td class="num">${f.ratio(over(row.orders, row.customers))}</td>
            <td class="num">${f.money(row.min_amount)}–${f.money(row.max_amount)}</td></tr>`;
        })}</tbody>
      </table></div></section>`;
  }
}

define("okaeri-decile", Decile);
