// Which products follow which from order to order, and where customers stop.
import { over } from "../../shape.ts";
import { words } from "../../text/reports/purchase-flow.ts";
import type { Cell, Question } from "../../wire.gen.ts";
import { type Column, opening, rate } from "../cells.ts";
import { type Control, days, type Params } from "../controls.ts";
import { type FlowLink, type FlowNode, flows } from "../sankey.ts";
import type { Sheet } from "../table.ts";
import { type Answered, type Figure, page, ReportView } from "../view.ts";

interface Node {
  step: number;
  product: Cell;
  customers: number;
  converted: number;
  waiting: number;
  lapsed: number;
}
interface Link {
  step: number;
  product: Cell;
  next: Cell;
  customers: number;
  mean_days: number | null;
}

/** Stands for the products that are not among the first of their step. */
const OTHERS = -2;
const ENDS = [
  ["waiting", "guest"],
  ["lapsed", "bad"],
] as const;

class PurchaseFlow extends ReportView<(typeof words)["ja"]> {
  protected override readonly words = words;

  protected override question(params: Params): Question {
    return { kind: "purchase_flow", ...params } as Question;
  }

  protected override controls(): readonly Control[] {
    const { w } = this;
    return [
      {
        kind: "choice",
        name: "mode",
        label: w.mode,
        options: [
          ["primary", w.modes.primary],
          ["sets", w.modes.sets],
        ],
        value: "primary",
      },
      { kind: "number", name: "steps", label: w.steps, unit: w.times, min: 2, max: 10, value: 3 },
      { kind: "number", name: "top", label: w.top, unit: w.items, min: 1, max: 50, value: 10 },
      days(this.kit, "lapse_days", w.lapse, 60),
    ];
  }

  #name(answer: Answered, product: Cell | undefined): string {
    return product === OTHERS ? this.w.others : answer.desk.product(product ?? null);
  }

  /** Links after the first order between products that stand on their own, greatest first. */
  #first(answer: Answered): Link[] {
    return answer
      .rows<Link>("flow_links")
      .filter(({ step, product, next }) => step === 1 && product !== OTHERS && next !== OTHERS)
      .toSorted((a, b) => b.customers - a.customers);
  }

  protected override says(answer: Answered) {
    const { t, f } = this.desk;
    const people = (n: number) => t.people(f.count(n));
    const nodes = answer.rows<Node>("flow_nodes").filter(({ step }) => step === 1);
    const sum = (name: "customers" | "converted" | "lapsed") =>
      nodes.reduce((all, node) => all + node[name], 0);
    const [most] = this.#first(answer);
    if (!most) return this.w.saysNone(people(sum("customers")));
    const [from, to] = [most.product, most.next].map((one) => this.#name(answer, one));
    if ((answer.question as unknown as Params).mode === "sets") {
      return this.w.saysSets(from ?? "", to ?? "", people(most.customers));
    }
    return this.w.says(
      people(sum("customers")),
      f.share(over(sum("converted"), sum("customers"))),
      f.share(over(sum("lapsed"), sum("customers"))),
      from ?? "",
      to ?? "",
      people(most.customers),
    );
  }

  protected override todo(answer: Answered) {
    const { t, f } = this.desk;
    const worst = answer
      .rows<Node>("flow_nodes")
      .filter(({ step, product }) => step === 1 && product !== OTHERS)
      .toSorted((a, b) => b.lapsed - a.lapsed)[0];
    const next = this.#first(answer).find(({ product }) => product === worst?.product);
    if (!worst?.lapsed || !next) return this.w.todoNone;
    return this.w.todo(
      this.#name(answer, worst.product),
      t.people(f.count(worst.lapsed)),
      this.#name(answer, next.next),
      f.count(Math.round(next.mean_days ?? 0)),
    );
  }

  protected override figures(answer: Answered): readonly Figure[] {
    const { w, desk } = this;
    const { t, f } = desk;
    const steps = this.number("steps", answer);
    const nodes: FlowNode[] = [];
    const links: FlowLink[] = [];
    const places = new Map<string, number>();
    const place = (key: string, node: FlowNode): number => {
      const found = places.get(key);
      if (found !== undefined) return found;
      places.set(key, nodes.length);
      return nodes.push(node) - 1;
    };
    const rows = answer.rows<Node>("flow_nodes");
    const at = (step: number, product: Cell): number => {
      const name = this.#name(answer, product);
      const customers = rows.find((r) => r.step === step && r.product === product)?.customers ?? 0;
      const said = `${w.step(f.count(step))}・${name}`;
      return place(JSON.stringify([step, product]), {
        column: step - 1,
        name,
        open: answer.opens(customers, "flow_nodes", [step, product], "customers", said),
      });
    };
    for (const { step, product, next, customers } of answer.rows<Link>("flow_links")) {
      if (step >= steps) continue;
      const said = `${w.step(f.count(step))}・${this.#name(answer, product)} → ${this.#name(answer, next)}`;
      links.push({
        source: at(step, product),
        target: at(step + 1, next),
        value: customers,
        open: answer.opens(customers, "flow_links", [step, product, next], "customers", said),
      });
    }
    for (const row of rows.filter(({ step }) => step < steps)) {
      for (const [end, colour] of ENDS) {
        if (!row[end]) continue;
        const key = [row.step, row.product];
        const said = `${w.step(f.count(row.step))}・${this.#name(answer, row.product)}・${w[end]}`;
        links.push({
          source: at(row.step, row.product),
          target: place(`${end} ${row.step}`, { column: row.step, name: w[end], colour }),
          value: row[end],
          open: answer.opens(row[end], "flow_nodes", key, end, said),
        });
      }
    }
    const mode = String((answer.question as unknown as Params).mode ?? "primary");
    return [
      {
        title: w.picture,
        hint: this.kit.text(
          w.pictureHint(f.count(this.number("lapse_days", answer))),
          w.modeHints[mode] ?? "",
        ),
        body: flows(desk, {
          label: w.chart,
          columns: Array.from({ length: steps }, (_, i) => w.step(f.count(i + 1))),
          nodes,
          links,
          write: (n) => t.people(f.count(n)),
          height: 560,
        }),
      },
    ];
  }

  protected override sheets(answer: Answered): readonly Sheet[] {
    const { w, desk } = this;
    const step: Column = {
      name: "step",
      label: w.head,
      format: "text",
      write: (value) => w.step(desk.f.count(Number(value))),
    };
    const product = (name: string, label: string): Column => ({
      name,
      label,
      format: "product",
      write: (value) => this.#name(answer, value),
    });
    return [
      {
        table: "flow_nodes",
        title: w.nodes,
        keys: ["step", "product"],
        columns: [
          step,
          product("product", w.product),
          opening("customers", w.customers),
          opening("converted", w.converted),
          opening("waiting", w.waiting),
          opening("lapsed", w.lapsed),
          rate("rate", w.rate),
          { name: "mean_days", label: w.meanDays, format: "days" },
        ],
      },
      {
        table: "flow_links",
        title: w.links,
        hint: w.linksHint,
        keys: ["step", "product", "next"],
        sort: { by: "customers", ascending: false },
        columns: [
          step,
          product("product", w.product),
          product("next", w.next),
          opening("customers", w.customers),
          rate("rate", w.linkRate),
          { name: "mean_days", label: w.meanDays, format: "days" },
        ],
      },
    ];
  }
}

page("purchase-flow", PurchaseFlow);
