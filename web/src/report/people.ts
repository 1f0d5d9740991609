// Names of customers in reports: answers have keys alone, so names are looked up, once for each set
// of facts.
import type { Desk } from "../desk.ts";
import type { Tables } from "../shape.ts";
import { ask } from "../source.ts";
import type { Cell } from "../wire.gen.ts";

const KNOWN = new WeakMap<Tables, Map<string, string>>();
// So many rows one question may answer.
const PAGE = 5000;

const known = ({ tables }: Desk): Map<string, string> => {
  const names = KNOWN.get(tables) ?? new Map<string, string>();
  KNOWN.set(tables, names);
  return names;
};

/** A customer's key as people know it: `mail:a@example.jp` is a mail address. */
export const shownKey = (key: Cell): string => String(key ?? "").replace(/^[a-z]+:/, "");

/** A customer's name, if it was looked up and there is one. */
export const nameOf = (desk: Desk, key: Cell): string =>
  KNOWN.get(desk.tables)?.get(String(key)) ?? "";

/** Looks up names that are not known yet. Whether there were any; who has no orders has no name. */
export async function learn(desk: Desk, keys: readonly Cell[]): Promise<boolean> {
  const names = known(desk);
  const wanted = [...new Set(keys.map((key) => String(key ?? "")))];
  const missing = wanted.filter((key) => key && !names.has(key));
  for (let at = 0; at < missing.length; at += PAGE) {
    const part = missing.slice(at, at + PAGE);
    const found = await ask(
      desk.source,
      desk.asOf,
      { kind: "customers", filter: [{ in: "keys", keys: part }], sort: "key", limit: PAGE },
      "customers",
    );
    for (const key of part) names.set(key, "");
    for (const { key, name } of found.customers) names.set(key, name ?? "");
  }
  return missing.length > 0;
}
