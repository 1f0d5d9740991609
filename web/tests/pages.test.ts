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
import { dueCard, standingCard, withRank } from "../src/views/standing.ts";
import type { CustomerRow, Filter, Question, Table, Why } from "../src/wire.gen.ts";

type Tables = Record<string, Table>;
const settle = () => new Promise((done) => setTimeout(done));

/** A page whose questions are all answered with these tables. */
async function shown(
  name: string,
  tables: Tables = {},
  params: Params = {},
  lang: "ja" | "en" = "ja",
  people: Partial<CustomerRow>[] = [],
) {
  const went: unknown[] = [];
  const opened: Filter[] = [];
  await PAGES.find((page) => page.name === name)?.load();
  const asked: Question[] = [];
  const askText = async (asOf: string, question: Question) => {
    asked.push(question);
    const empty = {
      is: "customers",
      as_of: asOf,
      total: 0,
      amount: 0,
      mailable: 0,
      customers: people,
    };
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
    open: (filter: Filter) => opened.push(filter),
    go: (route: unknown) => went.push(route),
    report: (cause: unknown) => {
      throw cause;
    },
  } as unknown as Desk;
  document.body.append(page);
  await settle();
  await page.updateComplete;
  const text = (selector: string) => page.querySelector(selector)?.textContent ?? "";
  return { page, asked, text, went, opened };
}

afterEach(() => document.body.replaceChildren());

describe("every page", () => {
  test.each(PAGES.filter(({ kind }) => !kind).map(({ name }) => name))(
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
  ["forecast", { seasonal: "yes", every: "month" }, { kind: "forecast", period: "month" }],
  ["forecast", { every: "season:ochugen" }, { kind: "forecast", season: "ochugen" }],
  ["steps", { subject: "subscription" }, { kind: "steps", subject: "subscription" }],
  ["product-repeat", { window_days: 90, shown: "ltv_all" }, { kind: "product_repeat" }],
  [
    "product-repeat",
    { new: "window_new", window_days: 90 },
    { kind: "product_repeat", new: "window_new", window_days: 90 },
  ],
  ["cross-sell", { unit: "order", window_days: 30 }, { kind: "cross_sell", unit: "order" }],
  ["ltv", { by: "none", shown: "margin" }, { kind: "ltv" }],
  ["ltv", { by: "media" }, { kind: "ltv", by: "media" }],
  ["effects", { by: "gift" }, { kind: "effects", horizon_days: 365, by: "gift" }],
  ["lifecycle-grid", { grid: "fit" }, { kind: "lifecycle_grid", fit: true }],
  ["ltv-ranks", { forecast: "no" }, { kind: "ltv_ranks", forecast: false }],
  [
    "bundles",
    { three: 20 },
    {
      kind: "bundles",
      ladder: [
        { pieces: 2, percent: 10 },
        { pieces: 3, percent: 20 },
      ],
    },
  ],
  ["gift-cross", { shown: 2024 }, { kind: "gift_cross" }],
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
    const curve: Table = {
      columns: ["day", "at_risk", "events", "waiting", "share"],
      rows: [
        [9, 9, 4, 2, 0.6],
        [20, 3, 1, 2, 0.8],
      ],
    };
    const tables = { peak: peak(23, "inside"), quantiles, curve };
    const once = await shown("days-to-next", tables);
    const buttons = [...once.page.querySelectorAll<HTMLElement>("table.report tbody button")];
    expect(buttons.length).toBe(2 + 6);
    // A row has the days since the row before it; who was there still, all days from then on.
    const asked = buttons.slice(-3).map((button) => {
      button.click();
      return once.opened.at(-1)?.[0];
    });
    const question = { kind: "days_to_next", days_min: 10 };
    const gaps = { in: "report", table: "gaps", key: [] };
    expect(asked).toEqual([
      { ...gaps, question },
      { ...gaps, question: { ...question, days_max: 20 }, measure: "converted" },
      { ...gaps, question: { ...question, days_max: 20 }, measure: "waiting" },
    ]);
    const every = await shown("days-to-next", tables, { from_order: 0 });
    expect(every.page.querySelectorAll("table.report tbody button").length).toBe(0);
  });
});

test("a rule of what sells together says how sure it is, and whom to tell", async () => {
  const names = ["left1", "left2", "left3", "right", "count", "left_count", "right_count"];
  const rules: Table = {
    columns: [...names, "baskets", "confidence", "confidence_low", "lift", "support"],
    rows: [["茶", "碗", -1, "急須", 6, 8, 20, 100, 0.75, 0.41, 3.75, 0.06]],
  };
  const baskets: Table = { columns: ["baskets", "least"], rows: [[100, 5]] };
  const { text } = await shown("cross-sell", { rules, baskets });
  expect(text(".says")).toContain(
    "「茶」と「碗」を買った人の 75.0%（控えめに見て 41.0%）が「急須」も買っています。全体では 20.0%",
  );
  const orders = await shown("cross-sell", { rules, baskets }, { unit: "order" });
  expect(orders.text(".says")).toContain("の入った注文の 75.0%");
});

test("a group differs only beyond what chance brings to one of all", async () => {
  const columns = ["group", "part", "customers", "purchase_ratio", "purchase_low", "purchase_high"];
  const effects = (chance: number): Table => ({
    columns: [
      ...columns,
      ...["leaving_ratio", "leaving_low", "leaving_high"],
      ...["purchases", "purchases_others", "chance"],
    ],
    rows: [
      ["line", "group", 90, 1.5, 1.2, 1.9, 0.8, 0.6, 1.1, 3, 2, chance],
      ["ads", "group", 80, 0.9, 0.7, 1.2, 1.1, 0.8, 1.4, 1.8, 2, 0.4],
      [null, "rest", 9, null, null, null, null, null, null, null, null, null],
    ],
  });
  const clear = await shown("effects", { effects: effects(0.02) });
  expect(clear.text(".says")).toContain("「line」で始めた人（1年の買い直しの見込み 3");
  expect(clear.text(".says")).not.toContain("ads");
  const vague = await shown("effects", { effects: effects(0.03) });
  expect(vague.text(".says")).toContain("はっきりしたちがいは見えません");
});

describe("a rest of small groups", () => {
  const ltv: Table = {
    columns: ["group", "days", "part", "customers", "closed", "ltv_sales", "ltv_margin"],
    rows: [
      ["a", 0, "group", 40, 40, 1000, 600],
      [null, 0, "unknown", 10, 10, 2000, 600],
      [null, 0, "rest", 50, 50, 3000, 600],
    ],
  };
  test("is in the mean of all and opens nobody", async () => {
    const { page, text } = await shown("ltv", { ltv }, { by: "media" });
    // (40 x 1000 + 10 x 2000 + 50 x 3000) / 100
    expect(text(".says")).toContain("¥2,100");
    const rows = [...page.querySelectorAll("table.report tbody tr")];
    const buttons = rows.map((row) => row.querySelectorAll("button").length);
    expect(buttons).toEqual([2, 2, 0]);
  });
});

test("a month's rate of cancelling is unusual only beyond chance", async () => {
  const names = ["month", "active_at_start", "new", "cancelled", "active_at_end", "amount_at_end"];
  const months = (low: number, high: number): Table => ({
    columns: [...names, "is_closed", "rate", "rate_low", "rate_high"],
    rows: [
      [24310, 100, 0, 5, 95, 9500, 1, 0.05, 0.02, 0.11],
      [24311, 95, 5, 12, 88, 8800, 1, 0.12, low, high],
      [24312, 88, 0, 1, 87, 8700, 0, 0.011, 0, 0.06],
    ],
  });
  const usual = await shown("contract-churn", { months: months(0.04, 0.2) });
  expect(usual.text(".says")).toContain("2025年12月の解約率は 12.0%（4.0%〜20.0%）");
  expect(usual.page.textContent).toContain("平均は 5.0% で、いつもの範囲です");
  const high = await shown("contract-churn", { months: months(0.07, 0.2) });
  expect(high.page.textContent).toContain("平均 5.0% より高く");
});

test("a contract at risk says why in words, and shows its customer", async () => {
  const key = "mail:a@example.jp";
  const past = ["customers", "contracts", "past", "past_cancelled", "expected"];
  const bands: Table = {
    columns: ["band", ...past],
    rows: [
      ["high", 1, 1, 4, 2, 0.5],
      ["low", 9, 9, 90, 3, 0.3],
    ],
  };
  const top: Table = {
    columns: ["customer", "contract", "band", "signal_1", "figure_1", "signal_2", "figure_2"],
    rows: [[key, "k1", "high", "skips", 2, "payment_failed", 0]],
  };
  const tables = { bands, top };
  const { page, text, asked, went } = await shown("churn-risk", tables, {}, "ja", [
    { key, name: "青木 花" },
  ]);
  expect(text(".says")).toContain("10 件のうち、これから30日で約 1 件（8.0%）");
  expect(text("table.report tbody")).toContain("スキップ2回、決済できていない");
  expect(asked[1]).toMatchObject({ kind: "customers", filter: [{ in: "keys", keys: [key] }] });
  expect(text("table.report tbody th")).toBe("青木 花a@example.jp");
  (page.querySelector("table.report tbody button") as HTMLElement).click();
  expect(went).toEqual([{ view: "customer", key }]);
  // Whoever has no name is still told apart.
  const nameless = await shown("churn-risk", tables);
  expect(nameless.text("table.report tbody th")).toBe("a@example.jp");
});

test("who began with a gift is told of by the second order, and opened by it", async () => {
  const gift_flow: Table = {
    columns: ["first", "second", "customers", "amount", "rate", "mean_days"],
    rows: [
      ["own", "none", 5, 9000, 1, null],
      ["gift", "none", 6, 9000, 0.6, null],
      ["gift", "own", 1, 3000, 0.1, 41],
      ["gift", "gift", 3, 9000, 0.3, 138],
    ],
  };
  const { text, page } = await shown("gift-flow", { gift_flow });
  expect(text(".says")).toBe(
    "最初の注文がギフトだった 10人 のうち、2回目も注文したのは 4人（40.0%）、そのうち2回目が自家需要だったのは 1人（25.0%）です。",
  );
  expect(page.textContent).toContain("2回目のない 6人 に");
  expect(page.querySelectorAll("table.report tbody button").length).toBe(4);
  const own = await shown("gift-flow", { gift_flow: { ...gift_flow, rows: [["own", "none", 5]] } });
  expect(own.text(".says")).toContain("自家需要だった 5人 のうち、2回目も注文したのは 0人（0.0%）");
});

test("recipients are counted and never listed", async () => {
  const gift_recipients: Table = {
    columns: ["recipients", "shipments", "buyers", "unknown_shipments", "rate"],
    rows: [[200, 260, 13, 4, 0.065]],
  };
  const { text, page } = await shown("gift-recipients", { gift_recipients });
  expect(text(".says")).toContain("200人 のうち、そのあとご自身でも注文したのは 13人（6.5%）");
  expect(page.querySelectorAll("table.report button.num").length).toBe(0);
  expect(text("caption").trim()).toBe("");
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
    residual_purchases: 4.5,
    residual_value: 9000,
    never: 0.25,
    next_day: "2026-11-20",
    next_low: "2026-11-01",
    next_high: null,
  };
  const desk = { lang: "ja", f: formats("ja", "JPY"), settings: {} } as unknown as Desk;
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
    "粗利率60%なら、粗利は ¥1,800",
    "この先ずっとの購入額（生涯の見込み）¥9,000",
    "4.50回",
  ]) {
    expect(text).toContain(said);
  }
  render(expectedCard(desk, { ...row, forecast: null }), document.body);
  expect(document.body.textContent?.trim()).toBe("");
});

test("a customer's rank is set by hand, and left to the plan again", () => {
  const settings = { member_ranks: { lowest: "並", ranks: [{ name: "上" }] } };
  const desk = { lang: "ja", t: ja, f: formats("ja", "JPY"), settings } as unknown as Desk;
  const why = [{ score: "member_rank", value: "並", rule: "window_amount", figure: 0 }];
  const set: string[] = [];
  const card = standingCard(desk, why as Why[], "c1", (rank) => set.push(rank));
  const place = document.body.appendChild(document.createElement("div"));
  render(card, place);
  const choice = place.querySelector("select") as HTMLSelectElement;
  expect([...choice.options].map(({ value }) => value)).toEqual(["", "並", "上"]);
  choice.value = "上";
  choice.dispatchEvent(new Event("change"));
  expect(set).toEqual(["上"]);
  const pinned = withRank(withRank(settings, "c1", "上"), "c2", "並");
  expect(pinned.member_ranks?.pinned).toEqual([
    { customer: "c1", rank: "上" },
    { customer: "c2", rank: "並" },
  ]);
  expect(withRank(pinned, "c1", "").member_ranks?.pinned).toEqual([{ customer: "c2", rank: "並" }]);
});

test("what a customer lacks for a rank is said, and when nothing is lacking", () => {
  const said = (basis: string, amount: number, orders: number) => {
    const settings = { member_ranks: { basis } };
    const desk = { lang: "ja", t: ja, f: formats("ja", "JPY"), settings } as unknown as Desk;
    const why = [
      { score: "member_rank", value: "regular", rule: "window_amount", figure: 0 },
      { score: "member_rank", value: "regular", rule: "amount_to_next", figure: amount },
      { score: "member_rank", value: "regular", rule: "orders_to_next", figure: orders },
    ];
    const place = document.createElement("div");
    render(
      standingCard(desk, why as Why[], "c1", () => {}),
      place,
    );
    return place.textContent ?? "";
  };
  const rises = "次に決め直すときに上のランクになります";
  expect(said("either", 500, 2)).toContain("次のランクまであと ¥500、またはあと 2件");
  expect(said("either", 500, 0)).toContain(rises);
  expect(said("both", 500, 2)).toContain("次のランクまであと ¥500、かつあと 2件");
  expect(said("both", 500, 0)).toContain("次のランクまであと ¥500。");
  expect(said("both", 0, 0)).toContain(rises);
});

test("what is due to be bought again says by whose days", () => {
  const place = document.createElement("div");
  const desk = { lang: "ja", f: formats("ja", "JPY"), product: () => "煎茶" } as unknown as Desk;
  const one = { product: "T", last_day: "2026-09-01", days: 60, cycle_days: 45, gaps: 3 };
  const due = [
    { ...one, name: "ほうじ茶", own: true },
    { ...one, name: null, own: false },
  ];
  render(dueCard(desk, due), place);
  const text = place.textContent?.replace(/\s+/g, " ");
  expect(text).toContain("ほうじ茶");
  expect(text).toContain("2026年9月1日（60日前）。この方はこれまで 45日 ほど");
  expect(text).toContain("煎茶");
  expect(text).toContain("お店全体の間隔 3回 の中央値");
  render(dueCard(desk, []), place);
  expect(place.textContent?.trim()).toBe("");
});

test("the lifecycle grid opens its cells and names their bounds", async () => {
  const columns = ["freq", "rec", "customers", "orders", "amount", "orders_from", "orders_to"];
  const grid: Table = {
    columns: [...columns, "days_from", "days_to", "customer_share", "amount_share"],
    rows: [
      [1, 1, 4, 4, 400, 1, 1, 0, 30, 0.4, 0.2],
      [1, 2, 3, 3, 300, 1, 1, 31, 90, 0.3, 0.15],
      [1, 3, 0, 0, 0, 1, 1, 91, null, 0, 0],
      [2, 1, 0, 0, 0, 2, null, 0, 30, 0, 0],
      [2, 2, 3, 9, 1300, 2, null, 31, 90, 0.3, 0.65],
      [2, 3, 0, 0, 0, 2, null, 91, null, 0, 0],
    ],
  };
  const { asked, text, page, opened } = await shown("lifecycle-grid", { grid }, { grid: "food" });
  expect(asked).toContainEqual({ kind: "lifecycle_grid", orders: [2, 4], days: [30, 90] });
  expect(text(".says")).toContain(
    "0〜30日 のお客さまは、全体の 40% です。目安の 30% に届いています",
  );
  expect(page.textContent).toContain("足が遠のき始めたお客さまが 3人");
  const cells = page.querySelectorAll<HTMLButtonElement>("table.heat button");
  expect([...cells].map((cell) => cell.textContent?.trim().split(/\s/)[0])).toEqual([
    "440%",
    "330%",
    "330%",
  ]);
  cells[2]?.click();
  expect(JSON.stringify(opened)).toContain('"key":[2,2]');
  expect(text("table.heat tbody")).toContain("2回以上");
});
