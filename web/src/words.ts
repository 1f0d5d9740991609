// Sentences about filters, cells and problems.
import { Problem } from "./api.ts";
import type { Desk } from "./desk.ts";
import { pageOf } from "./report/registry.ts";
import type { Bilingual, Cell, Condition, Filter } from "./wire.gen.ts";

/** A name that may be any length, for a sentence or a picture. */
export function brief(name: string, letters = 32): string {
  const all = Array.from(name);
  return all.length > letters ? `${all.slice(0, letters - 1).join("")}…` : name;
}

/** Name of a lifecycle cell. */
export function cellName(desk: Desk, freq: number, rec: number): string {
  return desk.t.cells.names[freq - 1]?.[rec - 1] ?? "";
}

/** What to do for the customers of a lifecycle cell. */
export function cellAdvice(desk: Desk, freq: number, rec: number): string {
  return desk.t.cells.advice[freq - 1]?.[rec - 1] ?? "";
}

/** The bounds of a row of the matrix. */
export function freqBounds(desk: Desk, freq: number): string {
  const { promising_orders: promising, constant_orders: constant } = desk.lifecycle;
  const from = [1, promising, constant][freq - 1] ?? 1;
  const to = [promising - 1, constant - 1, null][freq - 1] ?? null;
  return desk.t.cells.freq(from, to);
}

/** The bounds of a column of the matrix. */
export function recBounds(desk: Desk, rec: number): string {
  const { active_days: active, drowsy_days: drowsy } = desk.lifecycle;
  const from = [null, active + 1, drowsy + 1][rec - 1] ?? null;
  const to = [active, drowsy, null][rec - 1] ?? null;
  return desk.t.cells.rec(from, to);
}

// The page that opened a condition knows its row and column by name.
const SAID = new WeakMap<Condition, string>();

/** Remembers in which words a report's page said a condition. */
export function sayCondition(condition: Condition, words: string): void {
  SAID.set(condition, words);
}

// Sentences of segments by their text.
const SENTENCES = new Map<string, Bilingual>();

/** Whether a segment's sentence is known. */
export const isSaid = (text: string): boolean => SENTENCES.has(text);

/** Remembers the sentence of a segment. */
export function saySegment(text: string, sentence: Bilingual): void {
  SENTENCES.set(text, sentence);
}

/** A condition in words. */
export function conditionWords(desk: Desk, condition: Condition): string {
  const { t, f } = desk;
  const product = (code: Cell | undefined) =>
    code === -1 ? t.flow.stop : code === undefined ? "…" : brief(desk.product(code));
  switch (condition.in) {
    case "cells": {
      const { freq, rec } = condition;
      if (freq && rec) return cellName(desk, freq, rec);
      return t.filter.cells(
        freq ? (t.cells.freqs[freq - 1] ?? "") : null,
        rec ? (t.cells.recs[rec - 1] ?? "") : null,
      );
    }
    case "rfm": {
      const part = (name: string, score?: number | null) => (score ? `${name}${score}` : "");
      const scores = [part("R", condition.r), part("F", condition.f), part("M", condition.m)];
      const mode = t.rfm[condition.mode ?? "quantile"];
      return t.filter.rfm(scores.filter(Boolean).join(" "), mode);
    }
    case "decile":
      return t.filter.decile(condition.decile);
    case "orders":
      return t.filter.orders(text(condition.min, f.count), text(condition.max, f.count));
    case "amount":
      return t.filter.amount(text(condition.min, f.money), text(condition.max, f.money));
    case "shops":
      return t.filter.shops(condition.n_shops);
    case "months":
      return t.filter.months(f.month(condition.month), condition.is_new ?? null);
    case "cohort":
      return t.filter.cohort(f.month(condition.cohort), condition.k ?? null);
    case "last_day":
      return t.filter.lastDay(text(condition.from, f.dayShort), text(condition.to, f.dayShort));
    case "f2":
      return t.filter.f2(
        condition.converted,
        condition.days_min ?? null,
        condition.days_max ?? null,
      );
    case "products":
      return t.filter.products(product(condition.product), condition.repeated ?? null);
    case "flow":
      return t.filter.flow([condition.p1, condition.p2, condition.p3].map(product).join(" → "));
    case "pairs_customer":
      return t.filter.pairs(product(condition.a), product(condition.b));
    case "report": {
      const page = pageOf(condition.question.kind);
      const key = (condition.key ?? []).filter((cell) => cell !== null).join("・");
      const parts = SAID.get(condition) ?? [key, condition.measure].filter(Boolean).join("・");
      return t.filter.report(page?.[desk.lang] ?? condition.question.kind, parts);
    }
    case "segment": {
      const text = condition.text ?? "";
      const said = SENTENCES.get(text)?.[desk.lang] ?? (text || condition.id || "…");
      return t.filter.report(t.groups.segments, brief(said, 160));
    }
    case "mailable":
      return t.filter.mailable;
    case "text":
      return t.filter.text(condition.contains);
    case "keys":
      return t.filter.keys(t.people(f.count(condition.keys.length)));
  }
}

/** A whole filter in words. */
export function filterWords(desk: Desk, filter: Filter): string {
  if (!filter.length) return desk.t.customers.everyone;
  return filter.map((condition) => conditionWords(desk, condition)).join(" + ");
}

/** What a program tells problems apart by. */
export function codeOf(cause: unknown): string {
  return cause instanceof Problem ? cause.code : "unexpected";
}

/** A problem in words: what we know to say in the reader's language, then the cause. */
export function problemWords(t: Desk["t"], cause: unknown): { says: string; detail: string } {
  const problem = cause instanceof Problem ? cause : undefined;
  // A server before ours, such as a proxy, tells no code of ours.
  const known = problem && (t.problem[problem.code] ?? t.problem[problem.code.slice(0, 6)]);
  const message = cause instanceof Error ? cause.message : String(cause);
  const at = problem?.at ? ` (${problem.at})` : "";
  return known
    ? { says: known, detail: `${message}${at}` }
    : { says: `${t.failed}: ${message}${at}`, detail: "" };
}

const text = <T>(value: T | null | undefined, write: (value: T) => string) =>
  value === null || value === undefined ? null : write(value);
