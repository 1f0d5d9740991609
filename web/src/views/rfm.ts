// RFM: squares of recency and frequency, with amounts as bars inside.
import { html, nothing } from "lit";
import { type Desk, define, View } from "../desk.ts";
import { choice, head, heat, opens, roam } from "../parts.ts";
import { type RfmRow, rfmMap, rows } from "../shape.ts";
import { ask } from "../source.ts";
import { vars } from "../vars.ts";
import type { RfmMode, Table } from "../wire.gen.ts";

class Rfm extends View {
  static override properties = {
    ...View.properties,
    mode: { state: true },
    threshold: { state: true },
    chosen: { state: true },
  };
  declare mode: RfmMode;
  declare threshold: Table | undefined;
  declare chosen: readonly [number, number] | undefined;

  constructor() {
    super();
    this.mode = "quantile";
  }

  override willUpdate(changed: Map<string, unknown>): void {
    const before = changed.get("desk") as Desk | undefined;
    if (before && before.tables !== this.desk.tables) this.threshold = undefined;
    const isNew = changed.has("mode") || changed.has("desk");
    if (isNew && this.mode === "threshold" && !this.threshold) void this.#ask();
  }

  #ask = (): Promise<void> =>
    this.attempt(async () => {
      const { source, asOf, tables } = this.desk;
      const answer = await ask(source, asOf, { kind: "rfm", mode: "threshold" }, "tables");
      if (tables === this.desk.tables) this.threshold = Object.values(answer.tables)[0];
    });

  override render() {
    const { t, f, tables } = this.desk;
    const m = t.rfm;
    const { mode } = this;
    const map = rfmMap(rows<RfmRow>(mode === "quantile" ? tables.rfm : this.threshold));
    const squares = map.flat();
    const most = Math.max(...squares.map((one) => one.customers), 1);
    const best = squares.filter((one) => one.r >= 4 && one.f >= 4);
    const tools = choice(
      m.modeHint,
      [
        ["quantile", m.quantile],
        ["threshold", m.threshold],
      ] as const,
      mode,
      (value) => {
        this.mode = value;
      },
    );
    return html`${head(
      t.views.rfm,
      m.says(t.people(f.count(best.reduce((sum, one) => sum + one.customers, 0)))),
      `${m.todo} ${m.modeHint}`,
      tools,
    )}
      ${this.problem(this.#ask)}
      <section class="card"><div class="scroll"><table class="heat rfm" @keydown=${roam}>
        <caption>${m.caption}</caption>
        <thead><tr><td></td>${[1, 2, 3, 4, 5].map((score) => html`<th scope="col">F${score}</th>`)}</tr></thead>
        <tbody>${map.map(
          (line, i) =>
            html`<tr><th scope="row">R${5 - i}</th>${line.map((one) => {
              const high = Math.max(...one.m, 1);
              const isChosen = this.chosen?.[0] === one.r && this.chosen[1] === one.f;
              return html`<td class="hot"><button ${vars(heat(one.customers, most))} tabindex=${one.r === 5 && one.f === 1 ? 0 : -1}
              aria-pressed=${isChosen} aria-label="${m.cell(one.r, one.f)}: ${t.people(f.count(one.customers))}"
              @click=${() => {
                this.chosen = [one.r, one.f];
              }}>
              <span class="many">${f.count(one.customers)}</span>
              <span class="bars" aria-hidden="true">${one.customers ? one.m.map((n) => html`<i ${vars({ "--v": n / high })}></i>`) : nothing}</span>
            </button></td>`;
            })}</tr>`,
        )}</tbody>
      </table></div></section>
      <section class="card" aria-live="polite">${this.#chosen(map)}</section>`;
  }

  #chosen(map: ReturnType<typeof rfmMap>) {
    const { t, f } = this.desk;
    const one = map.flat().find((sq) => sq.r === this.chosen?.[0] && sq.f === this.chosen[1]);
    if (!one) return html`<p class="soft">${t.clickHint}</p>`;
    const { r, f: freq } = one;
    const filter = { in: "rfm", mode: this.mode, r, f: freq } as const;
    return html`<div class="stack"><h3>${t.rfm.chosen(t.rfm.cell(r, freq), t.people(f.count(one.customers)), f.money(one.amount))}</h3>
      <dl class="pairs-list">${one.m.map(
        (n, i) =>
          html`<dt>M${i + 1}</dt><dd>${n ? opens(this.desk, t.people(f.count(n)), { ...filter, m: i + 1 }) : t.people("0")}</dd>`,
      )}</dl>
      <div class="row"><button class="button main" @click=${() => this.desk.open([filter])}>${t.show}</button>
      <button class="button" @click=${() => this.desk.mail([filter])}>${t.send}</button></div></div>`;
  }
}

define("okaeri-rfm", Rfm);
