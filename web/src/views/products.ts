// Products: who buys them first, who buys them again.
import { html, nothing } from "lit";
import { define, View } from "../desk.ts";
import { head, opens, sortHead } from "../parts.ts";
import { over, type ProductRow, rows, sorted } from "../shape.ts";
import { brief } from "../words.ts";

const PAGE = 100;
const COLUMNS = [
  "orders",
  "new",
  "repeat",
  "guest",
  "qty",
  "revenue",
  "customers",
  "repeaters",
  "rate",
] as const;
type Column = (typeof COLUMNS)[number];

class Products extends View {
  static override properties = {
    ...View.properties,
    by: { state: true },
    ascending: { state: true },
    words: { state: true },
    shown: { state: true },
  };
  declare by: Column;
  declare ascending: boolean;
  declare words: string;
  declare shown: number;

  constructor() {
    super();
    this.by = "revenue";
    this.ascending = false;
    this.words = "";
    this.shown = PAGE;
  }

  override render() {
    const { t, f, tables } = this.desk;
    const p = t.products;
    const list = rows<ProductRow>(tables.products).map((row) => ({
      ...row,
      name: this.desk.product(row.product_id),
      new: row.new_orders,
      repeat: row.repeat_orders,
      guest: row.guest_orders,
      rate: over(row.repeaters, row.customers),
    }));
    // A rate of few buyers says little: the best one is looked for among the better sold half.
    const buyers = sorted(list, "customers", false);
    const best = sorted(buyers.slice(0, Math.ceil(buyers.length / 2)), "rate", false)[0];
    const wanted = this.words.normalize("NFKC").toLowerCase();
    const found = list.filter((row) =>
      `${row.name} ${row.product_id}`.normalize("NFKC").toLowerCase().includes(wanted),
    );
    const ordered = sorted(found, this.by, this.ascending);
    const search = html`<input type="search" placeholder=${p.search} aria-label=${p.search} @input=${(
      event: Event,
    ) => {
      this.words = (event.target as HTMLInputElement).value;
    }} />`;
    return html`${head(t.views.products, best?.rate ? p.says(brief(best.name), f.share(best.rate)) : nothing, p.todo, search)}
      <section class="card"><div class="scroll"><table>
        <caption>${t.clickHint}</caption>
        <thead><tr><th scope="col">${p.product}</th>${COLUMNS.map((column) => {
          const is = this.by === column;
          return sortHead(
            p[column],
            is ? (this.ascending ? "ascending" : "descending") : "none",
            () => {
              this.ascending = is ? !this.ascending : false;
              this.by = column;
            },
          );
        })}</tr></thead>
        <tbody>${ordered.slice(0, this.shown).map((row) => {
          const product = row.product_id;
          return html`<tr><th scope="row">${row.name}${row.name === String(product) ? nothing : html`<br /><small>${product}</small>`}</th>
            <td class="num">${f.count(row.orders)}</td><td class="num">${f.count(row.new)}</td>
            <td class="num">${f.count(row.repeat)}</td><td class="num">${f.count(row.guest)}</td>
            <td class="num">${f.count(row.qty)}</td><td class="num">${f.money(row.revenue)}</td>
            <td class="num">${opens(this.desk, f.count(row.customers), { in: "products", product })}</td>
            <td class="num">${opens(this.desk, f.count(row.repeaters), { in: "products", product, repeated: true })}</td>
            <td class="num">${f.share(row.rate)}</td></tr>`;
        })}</tbody>
      </table></div>
      ${
        ordered.length > this.shown
          ? html`<div class="pager"><button class="button" @click=${() => {
              this.shown += PAGE;
            }}>${p.more(f.count(ordered.length - this.shown))}</button></div>`
          : nothing
      }</section>`;
  }
}

define("okaeri-products", Products);
