// Revenue by month as stacked bars.
import type { Desk } from "../desk.ts";
import { columns } from "../report/columns.ts";
import type { MonthRow } from "../shape.ts";

const KINDS = ["repeat", "new", "guest"] as const;

/** The picture; `label` says what it is, and where its figures are as a table. */
export function monthBars(desk: Desk, months: readonly MonthRow[], label: string) {
  const { t, f } = desk;
  return columns(desk, {
    label,
    series: KINDS.map((kind) => ({ name: t.months[kind], colour: kind })),
    groups: months.map((row) => ({
      name: f.month(row.month),
      short: f.monthShort(row.month),
      values: KINDS.map((kind) => row[`${kind}_revenue`]),
      open: () => desk.open([{ in: "months", month: row.month }]),
    })),
    write: f.money,
    writeShort: f.moneyShort,
  });
}
