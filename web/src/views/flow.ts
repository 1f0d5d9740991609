// What is bought first, second and third: a Sankey of the greatest flows, and the first step's table.
import { html, nothing } from "lit";
import { define, View } from "../desk.ts";
import { head, opens } from "../parts.ts";
import { flows } from "../report/sankey.ts";
import {
  type FlowGraph,
  type FlowRow,
  flowGraph,
  greatestFlows,
  rows,
  type Tables,
} from "../shape.ts";
import { brief } from "../words.ts";

const LIMIT = 40;

class Flow extends View {
  override render() {
    const { t, f, tables } = this.desk;
    const graph = flowGraph(rows<FlowRow>(tables.flow), LIMIT);
    const steps = rows<FlowRow>(tables.flow12);
    const first = steps.find((row) => row.p2 !== -1);
    const says = first
      ? t.flow.says(
          brief(this.desk.product(first.p1)),
          brief(this.desk.product(first.p2)),
          t.people(f.count(first.customers)),
        )
      : nothing;
    return html`${head(t.views.flow, says, t.flow.todo)}
      ${graph.links.length ? html`<section class="card"><p class="small">${t.flow.of(t.people(f.count(graph.customers)))}</p>${this.#chart(graph)}${this.#table(tables)}</section>` : nothing}
      <section class="card"><h3>${t.flow.table}</h3><div class="scroll"><table>
        <thead><tr><th scope="col">${t.flow.step(1)}</th><th scope="col">${t.flow.step(2)}</th><th scope="col" class="num">${t.flow.customers}</th></tr></thead>
        <tbody>${steps.slice(0, 40).map(
          ({ p1, p2, customers }) => html`<tr><th scope="row">${this.desk.product(p1)}</th>
            <td class=${p2 === -1 ? "soft" : ""}>${p2 === -1 ? t.flow.stop : this.desk.product(p2)}</td>
            <td class="num">${opens(this.desk, f.count(customers), { in: "flow", p1, p2 })}</td></tr>`,
        )}</tbody>
      </table></div></section>`;
  }

  /** The picture's flows, for those who cannot see or point at it. */
  #table(tables: Tables) {
    const { t, f } = this.desk;
    const list = greatestFlows(rows<FlowRow>(tables.flow), LIMIT);
    return html`<details class="why"><summary>${t.asTable}</summary><div class="scroll"><table>
      <thead><tr>${[1, 2, 3].map((step) => html`<th scope="col">${t.flow.step(step)}</th>`)}<th scope="col" class="num">${t.flow.customers}</th></tr></thead>
      <tbody>${list.map(
        ({ p1, p2, p3, customers }) => html`<tr><th scope="row">${this.desk.product(p1)}</th>
        <td>${this.desk.product(p2)}</td><td>${this.desk.product(p3)}</td>
        <td class="num">${opens(this.desk, f.count(customers), { in: "flow", p1, p2, p3 })}</td></tr>`,
      )}</tbody>
    </table></div></details>`;
  }

  #chart(graph: FlowGraph) {
    const { t, f } = this.desk;
    const { nodes, links } = graph;
    return flows(this.desk, {
      label: t.flow.chart,
      columns: [1, 2, 3].map(t.flow.step),
      nodes: nodes.map(({ step, product }) => ({
        column: step - 1,
        name: brief(this.desk.product(product)),
      })),
      links: links.map((link) => {
        const [from, to] = [nodes[link.source], nodes[link.target]];
        const filter =
          from?.step === 1
            ? { p1: from.product, p2: to?.product }
            : { p2: from?.product, p3: to?.product };
        return { ...link, open: () => this.desk.open([{ in: "flow", ...filter }]) };
      }),
      write: (value) => t.people(f.count(value)),
    });
  }
}

define("okaeri-flow", Flow);
