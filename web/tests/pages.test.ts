import { render } from "lit";
import { afterEach, describe, expect, test } from "vitest";
import type { Desk } from "../src/desk.ts";
import { formats } from "../src/format.ts";
import type { Params } from "../src/report/controls.ts";
import { kindOf, PAGES, type PageName } from "../src/report/registry.ts";
import type { ReportView } from "../src/report/view.ts";
import { en } from "../src/text/en.ts";
import { ja } from "../src/text/ja.ts";
import { expectedCard } from "../src/views/expected.ts";
import type { CustomerRow, Question, Table } from "../src/wire.gen.ts";

type Tables = Record<string, Table>;
const settle = () => new Promise((done) => setTimeout(done));

/** A page whose questions are all answered with these tables. */
async function shown(
  name: string,
  tables: Tables = {},
  params: Params = {},
  lang: "ja" | "en" = "ja",
) {
  await PAGES.find((page) => page.name === name)?.load();
  const asked: Question[] = [];
  const askText = async (asOf: string, question: Question) => {
    asked.push(question);
    const empty = { is: "customers", as_of: asOf, total: 0, amount: 0, mailable: 0, customers: [] };
    const answer = question.kind === "customers" ? empty : { is: "tables", as_of: asOf, tables };
    return JSON.stringify({ answer, notes: [] });
  };
  const page = document.createElement(`okaeri-report-${name}`) as ReportView<{ title: string }>;
  page.choices = { params };
  page.desk = {
    lang,
    t: lang === "ja" ? ja : en,
    f: formats(lang, "JPY"),
    source: { kind: "browser", askText },
    asOf: "2026-10-31",
    tables: {},
    settings: {},
    before: {},
    lifecycle: {},
    product: String,
    open: () => {},
    report: (cause: unknown) => {
      throw cause;
    },
  } as unknown as Desk;
  document.body.append(page);
  await settle();
  await page.updateComplete;
  const text = (selector: string) => page.querySelector(selector)?.textContent ?? "";
  return { page, asked, text };
}

afterEach(() => document.body.replaceChildren());

describe("every page", () => {
  test.each(PAGES.map(({ name }) => name))(
    "%s asks the question of its name, and stands without an answer",
    async (name) => {
      const { page, asked, text } = await shown(name);
      expect(asked[0]?.kind).toBe(kindOf(name));
      expect(text("h2")).not.toBe("");
      expect(page.querySelector("[role=alert]")).toBeNull();
      expect(page.textContent).not.toMatch(/NaN|undefined|null/);
    },
  );
});

test.each([
  ["conversion", { shown: "90" }, { kind: "conversion" }],
  ["cohorts", { shown: "still", period_days: 90 }, { kind: "cohorts", period_days: 90 }],
  ["cohorts", { period: "months", period_days: 90 }, { kind: "cohorts", period: "months" }],
  ["forecast", { seasonal: "yes" }, { kind: "forecast", seasonal: true }],
  ["rfm-groups", {}, { kind: "rfm_groups", since: "2026-07-31" }],
  [
    "rfm-groups",
    { bounds: "consumable", since: "2026-01-01" },
    { kind: "rfm_groups", mode: "threshold", preset: "consumable", since: "2026-01-01" },
  ],
] as [PageName, Params, object][])("%s with %j asks %j", async (name, params, question) => {
  const { asked } = await shown(name, {}, params);
  expect(asked[0]).toEqual(question);
});

test("a rate says whom it is of, and one that is not over is said to be so", async () => {
  const columns = ["step", "customers", "converted", "waiting", "lapsed", "closed", "in_time"];
  const table = (closed: number, rate: number | null): Table => ({
    columns: [...columns, "rate"],
    rows: [[1, 10, 5, 3, 2, closed, closed / 2, rate]],
  });
  const over = await shown("steps", { steps: table(8, 0.5) });
  expect(over.text(".says")).toContain(
    "60日がたった 8人 のうち、60日以内に2回目に進んだのは 4人（50.0%）",
  );
  const open = await shown("steps", { steps: table(0, null) });
  expect(open.text(".says")).toContain("まだいません");
});

describe("days to the next purchase", () => {
  const peak = (send: number | null, state: string): Table => ({
    columns: ["send_day", "peak_day", "from_day", "to_day", "sure", "state"],
    rows: [[send, send === null ? null : send + 7, 28, 34, send === null ? null : 0.99, state]],
  });
  const quantiles: Table = { columns: ["share", "day"], rows: [[0.5, 41]] };
  test("names the day to write", async () => {
    const { text } = await shown("days-to-next", { peak: peak(23, "inside"), quantiles });
    expect(text(".says")).toContain("最初の購入から 23日後が目安です");
  });
  test("falls back to the median, or says why there is none", async () => {
    const few = peak(null, "few_customers");
    const median = await shown("days-to-next", { peak: few, quantiles });
    expect(median.text(".says")).toContain("41日で、半分のお客さま");
    const none = await shown("days-to-next", { peak: few });
    expect(none.text(".says")).toContain("人数がまだ少ない");
  });
  test("opens customers only where it counts customers", async () => {
    const curve: Table = { columns: ["day", "events", "waiting", "share"], rows: [[9, 4, 2, 0.6]] };
    const tables = { peak: peak(23, "inside"), quantiles, curve };
    const once = await shown("days-to-next", tables);
    expect(once.page.querySelectorAll("table.report tbody button").length).toBe(2);
    const every = await shown("days-to-next", tables, { from_order: 0 });
    expect(every.page.querySelectorAll("table.report tbody button").length).toBe(0);
  });
});

test("what is expected of a customer has its bounds, its day and its reasons", () => {
  const forecast = {
    horizon_days: 365,
    alive: 0.5,
    purchases: 1.5,
    purchases_low: 0,
    purchases_high: 4,
    value: 3000,
    value_low: 0,
    value_high: 9000,
    never: 0.25,
    next_day: "2026-11-20",
    next_low: "2026-11-01",
    next_high: null,
  };
  const desk = { lang: "ja", f: formats("ja", "JPY") } as unknown as Desk;
  const row = { forecast, orders: 3, recency_days: 40 } as CustomerRow;
  render(expectedCard(desk, row), document.body);
  const text = document.body.textContent?.replace(/\s+/g, " ");
  for (const said of [
    "50%",
    "1.50回",
    "0〜4",
    "¥3,000",
    "2026年11月20日",
    "早くて 2026年11月1日",
    "25%",
  ]) {
    expect(text).toContain(said);
  }
  render(expectedCard(desk, { ...row, forecast: null }), document.body);
  expect(document.body.textContent?.trim()).toBe("");
});
