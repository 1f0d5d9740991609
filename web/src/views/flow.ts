// What is bought first, second and third: a Sankey of the greatest flows, and the first step's table.
import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import { html, nothing, svg } from "lit";
import { define, View } from "../desk.ts";
import { head, opens } from "../parts.ts";
import {
  type FlowGraph,
  type FlowRow,
  flowGraph,
  greatestFlows,
  rows,
  type Tables,
} from "../shape.ts";
import type { Cell } from "../wire.gen.ts";
import { brief } from "../words.ts";

const WIDTH = 960;
const HEIGHT = 460;
const LIMIT = 40;

interface Node {
  step: number;
  product: Cell;
}

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
    const layout = sankey<Node, object>()
      .nodeAlign((node) => node.step - 1)
      .nodeWidth(10)
      .nodePadding(12)
      .extent([
        [4, 30],
        [WIDTH - 4, HEIGHT - 6],
      ]);
    const { nodes, links } = layout({
      nodes: graph.nodes.map((node) => ({ ...node })),
      links: graph.links.map((link) => ({ ...link })),
    });
    const path = sankeyLinkHorizontal();
    return html`<div class="scroll" role="group" aria-label=${t.flow.chart} tabindex="0"><svg class="chart flow-chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${t.flow.chart}>
      ${[1, 2, 3].map(
        (step) =>
          svg`<text x=${[4, WIDTH / 2, WIDTH - 4][step - 1]} y="14" text-anchor=${["start", "middle", "end"][step - 1]}>${t.flow.step(step)}</text>`,
      )}
      ${links.map((link) => {
        const [from, to] = [link.source as unknown as Node, link.target as unknown as Node];
        const title = `${this.desk.product(from.product)} → ${this.desk.product(to.product)}: ${t.people(f.count(link.value))}`;
        const filter =
          from.step === 1
            ? { p1: from.product, p2: to.product }
            : { p2: from.product, p3: to.product };
        return svg`<path class="flow" d=${path(link)} stroke-width=${Math.max(link.width ?? 1, 1)}
          @click=${() => this.desk.open([{ in: "flow", ...filter }])}><title>${title}</title></path>`;
      })}
      ${nodes.map((node) => {
        const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [node.x0, node.x1, node.y0, node.y1];
        const last = node.step === 3;
        return svg`<rect class="node" x=${x0} y=${y0} width=${x1 - x0} height=${Math.max(y1 - y0, 1)} rx="2"></rect>
          <text class="name" x=${last ? x0 - 6 : x1 + 6} y=${(y0 + y1) / 2 + 4} text-anchor=${last ? "end" : "start"}>${brief(this.desk.product(node.product), 16)}
            <tspan class="soft">${f.count(node.value ?? 0)}</tspan></text>`;
      })}
    </svg></div>`;
  }
}

define("okaeri-flow", Flow);
