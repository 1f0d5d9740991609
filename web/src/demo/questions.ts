// The questions that the console knows, and how a person's line becomes one.
import { kindOf, PAGES } from "../report/registry.ts";
import type { Question } from "../wire.gen.ts";

export type Kind = Question["kind"];

/** Every kind, with an example that says more than its name where there is more to say. */
export const QUESTIONS: Partial<Record<Kind, Question>> = {
  summary: { kind: "summary" },
  dashboard: { kind: "dashboard", top: 50 },
  counts: { kind: "counts" },
  shops: { kind: "shops" },
  cells: { kind: "cells" },
  rfm: { kind: "rfm", mode: "threshold" },
  decile: { kind: "decile" },
  months: { kind: "months" },
  products: { kind: "products" },
  cohort: { kind: "cohort" },
  f2: { kind: "f2" },
  f2hist: { kind: "f2hist" },
  f2prod: { kind: "f2prod" },
  flow: { kind: "flow", top: 20 },
  flow12: { kind: "flow12", top: 20 },
  pairs_order: { kind: "pairs_order", top: 20 },
  pairs_customer: { kind: "pairs_customer", top: 20 },
  id_cc: { kind: "id_cc" },
  review: { kind: "review", limit: 20 },
  customers: { kind: "customers", filter: [{ in: "cells", freq: 3, rec: 3 }], limit: 10 },
  withdrawn: { kind: "withdrawn", emails: ["…"] },
  customer: { kind: "customer", key: "…" },
  ...Object.fromEntries(PAGES.map(({ name }) => [kindOf(name), { kind: kindOf(name) }])),
  segment: { kind: "segment", text: "number_of_orders >= 3 AND last_order_date < -90d" },
  segment_overlap: { kind: "segment_overlap", texts: ["decile = 1", "mailable"] },
  segment_words: { kind: "segment_words", text: "prefecture = '" },
  segment_attributes: { kind: "segment_attributes" },
};

/** Why a line is no question. */
export class NoQuestion extends Error {
  readonly why: "empty" | "json" | "kind";
  readonly near: readonly Kind[];

  constructor(why: NoQuestion["why"], message: string, near: readonly Kind[] = []) {
    super(message);
    this.why = why;
    this.near = near;
  }
}

const KINDS = Object.keys(QUESTIONS) as Kind[];
const isKind = (text: string): text is Kind => KINDS.some((kind) => kind === text);

/** Kinds that share a beginning, or a part, with what was typed. */
function near(text: string): Kind[] {
  const typed = text.toLowerCase();
  const close = (kind: Kind) =>
    kind.includes(typed) || typed.includes(kind) || kind.slice(0, 3) === typed.slice(0, 3);
  return KINDS.filter(close);
}

/** A question in JSON, or the short name of one. What else is wrong with it the module says. */
export function questionOf(line: string): Question {
  const text = line.trim();
  if (!text) throw new NoQuestion("empty", "");
  if (!/^[{["]/.test(text)) {
    if (isKind(text)) return { kind: text } as Question;
    throw new NoQuestion("kind", text, near(text));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new NoQuestion("json", cause instanceof Error ? cause.message : String(cause));
  }
  const kind = (value as { kind?: unknown } | null)?.kind;
  if (typeof kind === "string" && isKind(kind)) return value as Question;
  throw new NoQuestion("kind", String(kind ?? ""), near(String(kind ?? "")));
}
