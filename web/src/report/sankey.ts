// Flows between the nodes of columns, as wide as there are customers in them.
import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import { html, nothing, svg } from "lit";
import { type Desk, define } from "../desk.ts";
import { type Colour, type Opens, Picture } from "./picture.ts";
import { shortened } from "./scale.ts";

export interface FlowNode {
  /** Its column, from 0. */
  column: number;
  name: string;
  /** An end, such as those who lapsed, has a colour of its own. */
  colour?: Colour;
  open?: Opens;
}

export interface FlowLink {
  /** Places in `nodes`. */
  source: number;
  target: number;
  value: number;
  open?: Opens;
}

export interface Flows {
  label: string;
  /** Names of the columns. */
  columns: readonly string[];
  nodes: readonly FlowNode[];
  links: readonly FlowLink[];
  /** How many, in words. */
  write(value: number): string;
  height?: number;
}

// Below so many pixels a column its names run into each other: the picture scrolls.
const [COLUMN, HEAD] = [230, 30];

class SankeyPicture extends Picture<Flows> {
  override render() {
    const { spec } = this;
    const { columns, links, height = 460 } = spec;
    if (!links.length) return nothing;
    const last = Math.max(columns.length - 1, 1);
    const width = Math.max(this.width, columns.length * COLUMN);
    const layout = sankey<FlowNode, FlowLink>()
      .nodeAlign((node) => node.column)
      .nodeWidth(10)
      .nodePadding(12)
      .extent([
        [4, HEAD],
        [width - 4, height - 6],
      ]);
    const drawn = layout({
      nodes: spec.nodes.map((node) => ({ ...node })),
      links: links.map((link) => ({ ...link })),
    });
    const path = sankeyLinkHorizontal();
    const room = (width / last) * 0.8 - 60;
    return this.frame(
      height,
      svg`${columns.map(
        (name, i) =>
          svg`<text x=${4 + ((width - 8) * i) / last} y="14" text-anchor=${i === 0 ? "start" : i === last ? "end" : "middle"}>${name}</text>`,
      )}
      ${drawn.links.map((link) => {
        const [from, to] = [link.source as unknown as FlowNode, link.target as unknown as FlowNode];
        return svg`<path class="flow ${link.open ? "" : "idle"} ${to.colour ? `c-${to.colour}` : ""}" d=${path(link)} stroke-width=${Math.max(link.width ?? 1, 1)}
          @click=${link.open ?? nothing}><title>${from.name} → ${to.name}: ${spec.write(link.value)}</title></path>`;
      })}
      ${drawn.nodes.map((node) => {
        const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [node.x0, node.x1, node.y0, node.y1];
        const isLast = node.column === last;
        return svg`<rect class="mark c-${node.colour ?? "accent"} ${node.open ? "opens" : ""}" x=${x0} y=${y0} width=${x1 - x0} height=${Math.max(y1 - y0, 1)} rx="2" @click=${node.open ?? nothing}></rect>
          <text class="name" x=${isLast ? x0 - 6 : x1 + 6} y=${(y0 + y1) / 2 + 4} text-anchor=${isLast ? "end" : "start"}>${shortened(node.name, Math.max(room, 60))}
            <tspan class="soft">${this.desk.f.count(node.value ?? 0)}</tspan><title>${node.name}</title></text>`;
      })}`,
      width,
    );
  }
}

define("okaeri-sankey", SankeyPicture);

/** The chart. */
export const flows = (desk: Desk, spec: Flows) =>
  html`<okaeri-sankey .desk=${desk} .spec=${spec}></okaeri-sankey>`;
