// Products bought together, by the same customer or in the same order.
import { html, nothing } from "lit";
import { define, View } from "../desk.ts";
import { choice, head, opens, sortHead } from "../parts.ts";
import { type PairRow, rows, sorted } from "../shape.ts";
import { brief } from "../words.ts";

const COLUMNS = ["n", "support", "conf_ab", "conf_ba", "lift"] as const;
type Column = (typeof COLUMNS)[number];

class Pairs extends View {
  static override properties = {
    ...View.properties,
    of: { state: true },
    by: { state: true },
    ascending: { state: true },
  };
  declare of: "customer" | "order";
  declare by: Column;
  declare ascending: boolean;

  constructor() {
    super();
    this.of = "customer";
    this.by = "n";
    this.ascending = false;
  }

  override render() {
    const { t, f, tables } = this.desk;
    const p = t.pairs;
    const list = rows<PairRow>(tables[`pairs_${this.of}`]);
    const best = list.find((row) => row.lift > 1);
    const words = {
      n: p.n,
      support: p.support,
      conf_ab: p.confAb,
      conf_ba: p.confBa,
      lift: p.lift,
    };
    const tools = choice(
      t.views.pairs,
      [
        ["customer", p.byCustomer],
        ["order", p.byOrder],
      ] as const,
      this.of,
      (of) => {
        this.of = of;
      },
    );
    const [a, b] = best && best.conf_ba > best.conf_ab ? [best.b, best.a] : [best?.a, best?.b];
    const says = best
      ? p.says(
          brief(this.desk.product(a ?? null)),
          brief(this.desk.product(b ?? null)),
          f.share(Math.max(best.conf_ab, best.conf_ba)),
          f.ratio(best.lift),
        )
      : nothing;
    return html`${head(t.views.pairs, says, `${p.todo} ${p.note}`, tools)}
      <section class="card">${list.length ? nothing : html`<p class="soft">${p.none}</p>`}
      <div class="scroll" ?hidden=${!list.length}><table>
        <thead><tr><th scope="col">${p.a}</th><th scope="col">${p.b}</th>${COLUMNS.map((column) => {
          const is = this.by === column;
          return sortHead(
            words[column],
            is ? (this.ascending ? "ascending" : "descending") : "none",
            () => {
              this.ascending = is ? !this.ascending : false;
              this.by = column;
            },
          );
        })}</tr></thead>
        <tbody>${sorted(list, this.by, this.ascending).map(
          (
            row,
          ) => html`<tr><th scope="row">${this.desk.product(row.a)}</th><th scope="row">${this.desk.product(row.b)}</th>
            <td class="num">${this.of === "customer" ? opens(this.desk, f.count(row.n), { in: "pairs_customer", a: row.a, b: row.b }) : f.count(row.n)}</td>
            <td class="num">${f.share(row.support)}</td><td class="num">${f.share(row.conf_ab)}</td>
            <td class="num">${f.share(row.conf_ba)}</td><td class="num"><strong>${f.ratio(row.lift)}</strong></td></tr>`,
        )}</tbody>
      </table></div></section>`;
  }
}

define("okaeri-pairs", Pairs);
