// The nine cells as a real table of buttons; drawn small on the overview, large in its own view.
import { html, nothing } from "lit";
import type { Desk } from "../desk.ts";
import { heat, pieces, roam } from "../parts.ts";
import { type CellRow, matrixCell, over, rows } from "../shape.ts";
import { vars } from "../vars.ts";
import { cellName, freqBounds, recBounds } from "../words.ts";

const BANDS = [1, 2, 3] as const;

/** A cell's name; where room is short it parts after the name of its row. */
function cellWords(desk: Desk, freq: number, rec: number) {
  const name = cellName(desk, freq, rec);
  const row = desk.t.cells.freqs[freq - 1] ?? "";
  return name.startsWith(row) ? html`${row}<wbr />${name.slice(row.length)}` : name;
}

/** The matrix; `chosen` is a cell as `[freq, rec]`. */
export function matrix(
  desk: Desk,
  choose: (freq: number, rec: number) => void,
  chosen?: readonly [number, number],
  tight = false,
) {
  const { t, f } = desk;
  const cells = rows<CellRow>(desk.tables.cells);
  const before = rows<CellRow>(desk.before.cells);
  const all = cells.reduce((total, cell) => total + cell.customers, 0);
  const most = Math.max(...cells.map((cell) => cell.customers), 1);
  const cell = (freq: number, rec: number) => {
    const now = matrixCell(cells, freq, rec);
    const change = now.customers - matrixCell(before, freq, rec).customers;
    const isChosen = chosen?.[0] === freq && chosen[1] === rec;
    return html`<td class="hot" data-cell="${freq}-${rec}">
      <button
        ${vars(heat(now.customers, most))}
        tabindex=${freq === 1 && rec === 1 ? 0 : -1}
        aria-pressed=${isChosen}
        @click=${() => choose(freq, rec)}
      >
        <span class="who">${cellWords(desk, freq, rec)}</span>
        <span class="many">${f.count(now.customers)}</span>
        ${
          tight
            ? nothing
            : html`<span class="part">${f.share(over(now.customers, all))}</span>
                <span class="part more">${f.moneyShort(now.amount)}</span>
                <span class="part more">${pieces(t.overview.than(f.delta(change)))}</span>`
        }
      </button>
    </td>`;
  };
  return html`<div class="scroll">
    <table class="heat matrix ${tight ? "tight" : ""}" @keydown=${roam}>
      <caption>
        ${t.cells.caption}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${BANDS.map(
            (rec) =>
              html`<th scope="col">${t.cells.recs[rec - 1]}<br /><small>${recBounds(desk, rec)}</small></th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${BANDS.map(
          (freq) => html`<tr>
            <th scope="row">${t.cells.freqs[freq - 1]}<br /><small>${freqBounds(desk, freq)}</small></th>
            ${BANDS.map((rec) => cell(freq, rec))}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
