// The lifecycle matrix: choose a cell, read what to do, then list, save or mail its customers.
import { html } from "lit";
import { define, View } from "../desk.ts";
import { exportCustomers } from "../export.ts";
import { head } from "../parts.ts";
import { active, type CellRow, matrixCell, over, rows } from "../shape.ts";
import type { Filter } from "../wire.gen.ts";
import { cellAdvice, cellName, freqBounds, recBounds } from "../words.ts";
import { matrix } from "./matrix.ts";

class Cells extends View {
  static override properties = { ...View.properties, chosen: { state: true } };
  declare chosen: readonly [number, number] | undefined;

  override render() {
    const { t, f, tables } = this.desk;
    const kpi = active(rows<CellRow>(tables.cells));
    return html`${head(
      t.views.cells,
      t.cells.says(t.people(f.count(kpi.count)), f.share(kpi.share)),
      t.cells.todo,
    )}
      <section class="card">
        ${matrix(
          this.desk,
          (freq, rec) => {
            this.chosen = [freq, rec];
          },
          this.chosen,
        )}
      </section>
      <section class="card" aria-live="polite">${this.#chosen()}</section>`;
  }

  #chosen() {
    const { t, f, tables } = this.desk;
    if (!this.chosen) return html`<p class="soft">${t.cells.pick}</p>`;
    const [freq, rec] = this.chosen;
    const now = matrixCell(rows<CellRow>(tables.cells), freq, rec);
    const filter: Filter = [{ in: "cells", freq, rec }];
    return html`<div class="stack">
      <div>
        <h3>${cellName(this.desk, freq, rec)}</h3>
        <p class="small">${t.list([freqBounds(this.desk, freq), recBounds(this.desk, rec)])}</p>
      </div>
      <p>
        <strong>${t.people(f.count(now.customers))}</strong>
        ${t.cells.worth(f.money(now.amount), f.money(Math.round(over(now.amount, now.customers))))}
      </p>
      <p>${cellAdvice(this.desk, freq, rec)}</p>
      <div class="row">
        <button class="button main" @click=${() => this.desk.open(filter)}>${t.show}</button>
        <button class="button" @click=${() => this.attempt(() => exportCustomers(this.desk, filter, `cell-${freq}-${rec}`))}>${t.exportCsv}</button>
        <button class="button" @click=${() => this.desk.mail(filter)}>${t.send}</button>
      </div>
      ${this.problem()}
    </div>`;
  }
}

define("okaeri-cells", Cells);
