// A list of customers as a CSV file.
import { csvFile, download } from "./csv.ts";
import type { Desk } from "./desk.ts";
import { ask } from "./source.ts";
import type { CustomerRow, Filter, Scope } from "./wire.gen.ts";
import { cellName } from "./words.ts";

const PAGE = 5000;

/** Everybody who matches, page by page. */
export async function everybody(
  desk: Desk,
  filter: Filter,
  scope: Scope = "all",
): Promise<CustomerRow[]> {
  const found: CustomerRow[] = [];
  for (;;) {
    const page = await ask(
      desk.source,
      desk.asOf,
      { kind: "customers", filter, offset: found.length, limit: PAGE },
      "customers",
      scope === "all" ? {} : { scope },
    );
    found.push(...page.customers);
    if (!page.customers.length || found.length >= page.total) return found;
  }
}

/** Saves everybody who matches. */
export async function exportCustomers(
  desk: Desk,
  filter: Filter,
  name: string,
  scope: Scope = "all",
): Promise<void> {
  const { t } = desk;
  const c = t.customers;
  const field = t.customer.field;
  const heading = [
    "key",
    field.name,
    field.email,
    field.phone,
    field.prefecture,
    c.orders,
    c.amount,
    c.first,
    c.last,
    c.cell,
    "R",
    "F",
    "M",
    c.decile,
    c.mail,
  ].map(String);
  const customers = await everybody(desk, filter, scope);
  const lines = customers.map((row) => [
    row.key,
    row.name,
    row.email,
    row.phone,
    row.prefecture,
    row.orders,
    row.amount,
    row.first_day,
    row.last_day,
    cellName(desk, row.cell[0] ?? 0, row.cell[1] ?? 0),
    row.rfm[0],
    row.rfm[1],
    row.rfm[2],
    row.decile,
    row.mailable ? c.mailYes : c.mailNo,
  ]);
  download(csvFile(heading, lines), `okaeri-${name}-${desk.asOf}.csv`);
}
