// The cohort map as a real table; months that are not over are hatched.
import { html, nothing } from "lit";
import { define, View } from "../desk.ts";
import { choice, head, opens } from "../parts.ts";
import { heatTable } from "../report/heat.ts";
import { type CohortCell, type CohortRow, cohortMap, over, rows } from "../shape.ts";

type Mode = "retention" | "ltv" | "people";
const SHORT = 13;
const WATCHED = 3;

class Cohort extends View {
  static override properties = {
    ...View.properties,
    mode: { state: true },
    all: { state: true },
  };
  declare mode: Mode;
  declare all: boolean;

  constructor() {
    super();
    this.mode = "retention";
    this.all = false;
  }

  override render() {
    const { t, f, tables, asOf } = this.desk;
    const c = t.cohort;
    const { mode } = this;
    const lines = cohortMap(rows<CohortRow>(tables.cohort), asOf, this.all ? 1200 : SHORT - 1);
    const shown = this.all ? lines : lines.slice(0, 24);
    // The mean over all cohorts whose month is over, weighted by their sizes.
    const watched = lines.flatMap((line) => {
      const cell = line.cells[WATCHED];
      return cell && !cell.open ? [[cell.customers, line.size] as const] : [];
    });
    const mean = over(
      watched.reduce((sum, [n]) => sum + n, 0),
      watched.reduce((sum, [, n]) => sum + n, 0),
    );
    const value = (cell: CohortCell) =>
      mode === "retention" ? cell.share : mode === "ltv" ? cell.ltv : cell.customers;
    const from = mode === "ltv" ? 0 : 1;
    const most = Math.max(...shown.flatMap((line) => line.cells.slice(from).map(value)), 0);
    const write = (cell: CohortCell) =>
      mode === "retention"
        ? f.percent(cell.share)
        : mode === "ltv"
          ? f.moneyShort(cell.ltv)
          : f.count(cell.customers);
    const width = Math.max(...shown.map((line) => line.cells.length), 0);
    const modes = (["retention", "ltv", "people"] as const).map((one) => [one, c[one]] as const);
    const tools = html`${choice(t.views.cohort, modes, mode, (one) => {
      this.mode = one;
    })}
      <label><input type="checkbox" .checked=${this.all} @change=${() => {
        this.all = !this.all;
      }} /> ${c.more}</label>`;
    return html`${head(t.views.cohort, watched.length ? c.says(f.share(mean), WATCHED) : nothing, `${c.todo} ${c.open}`, tools)}
      <section class="card">${heatTable(this.desk, {
        caption: c.caption,
        heads: [c.first, c.size],
        columns: Array.from({ length: width }, (_, k) => c.after(k)),
        lines: shown.map(({ cohort, size, cells }) => ({
          name: f.month(cohort),
          plain: [opens(this.desk, f.count(size), { in: "cohort", cohort })],
          cells: cells.map((cell) => ({
            value: value(cell),
            words: write(cell),
            pending: cell.open,
            open: () => this.desk.open([{ in: "cohort", cohort, k: cell.k }]),
          })),
        })),
        most,
        even: mode === "retention",
      })}</section>`;
  }
}

define("okaeri-cohort", Cohort);
