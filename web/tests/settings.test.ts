import { afterEach, expect, test } from "vitest";
import { Problem } from "../src/api.ts";
import type { Desk } from "../src/desk.ts";
import { formats } from "../src/format.ts";
import { en } from "../src/text/en.ts";
import { ja } from "../src/text/ja.ts";
import { words } from "../src/text/reports/settings.ts";
import { FIELDS, GROUPS } from "../src/views/settings/fields.ts";
import type { Settings } from "../src/wire.gen.ts";
import "../src/views/settings.ts";

const settle = () => new Promise((done) => setTimeout(done));

/** The page of a shop with these settings; what it saves is kept. */
async function shown(settings: Settings, lang: "ja" | "en" = "ja", refuse?: Problem) {
  const saved: Settings[] = [];
  const tables = { media: { columns: ["group", "part"], rows: [["google", "group"]] } };
  const view = document.createElement("okaeri-settings") as HTMLElement & {
    desk: Desk;
    updateComplete: Promise<unknown>;
  };
  view.desk = {
    lang,
    t: lang === "ja" ? ja : en,
    f: formats(lang, settings.currency ?? "JPY"),
    source: {
      kind: "browser",
      askText: async () => JSON.stringify({ answer: { is: "tables", tables }, notes: [] }),
    },
    asOf: "2026-10-31",
    settings,
    configure: async (next: Settings) => {
      if (refuse) throw refuse;
      saved.push(next);
    },
    report: () => {},
  } as unknown as Desk;
  document.body.append(view);
  await settle();
  await view.updateComplete;
  const field = (label: string) =>
    view.querySelector(`[aria-label="${label}"]`) as HTMLInputElement | HTMLSelectElement;
  const type = async (label: string, value: string) => {
    const input = field(label);
    input.value = value;
    input.dispatchEvent(new Event("change"));
    await view.updateComplete;
  };
  const press = async (words_: string) => {
    const button = [...view.querySelectorAll("button")].find(
      (one) => one.textContent?.trim() === words_,
    );
    button?.click();
    await settle();
    await view.updateComplete;
  };
  const save = async () => {
    view.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
    await view.updateComplete;
  };
  return { view, saved, field, type, press, save };
}

afterEach(() => document.body.replaceChildren());

test("every field has a label in both languages, and every group its words", () => {
  for (const w of Object.values(words)) {
    for (const field of FIELDS) {
      expect(w.labels[field.at], field.at).toBeTruthy();
      if (field.kind === "choice") {
        for (const one of field.options) expect(w.options[field.at]?.[one]).toBeTruthy();
      }
      if (field.kind !== "list") continue;
      expect(w.add[field.at]).toBeTruthy();
      for (const { name } of field.parts) expect(w.labels[`${field.at}.${name}`]).toBeTruthy();
    }
    for (const [name, { more }] of Object.entries(GROUPS)) {
      expect(w.groups[name]).toBeTruthy();
      expect(Boolean(w.more[name])).toBe(Boolean(more));
    }
  }
});

test("costs of media are typed by medium and month", async () => {
  const { view, saved, type, press, save } = await shown({});
  expect(view.querySelector("datalist option")).toBeNull();
  await press("広告費を足す");
  expect(view.querySelector("datalist option")?.getAttribute("value")).toBe("google");
  await type("1行目の媒体", "google");
  await type("1行目の費用", "120000");
  await press("広告費を足す");
  await type("2行目の費用", "90000");
  await save();
  expect(saved).toEqual([
    {
      media_costs: [
        { media: "google", from: "2026-10-01", to: "2026-10-31", cost: 120_000 },
        { media: "google", from: "2026-11-01", to: "2026-11-30", cost: 90_000 },
      ],
    },
  ]);
});

test("money is typed in the shop's currency, and a margin in percent", async () => {
  const { saved, type, press, save } = await shown({ currency: "USD" }, "en");
  await press("Add a cost");
  await type("Medium, line 1", "google");
  await type("Cost, line 1", "12.5");
  await type("Margin of products whose cost is not known", "55");
  await save();
  const [one] = saved;
  expect(one?.media_costs?.[0]?.cost).toBe(1250);
  expect(one?.margin).toEqual({ gross_margin: 5500 });
});

test("ranks, rules, choices and weights are kept where the module has them", async () => {
  const { saved, type, press, save } = await shown({});
  await type("分け方の区切り", "own");
  await press("ルールを足す");
  await type("1行目の段階", "loyal");
  await type("1行目の購入回数（以上）", "10");
  await press("ランクを足す");
  await type("4行目のランク名", "diamond");
  await type("解約ページを見た", "50");
  await type("引き上げの目標 初回→よちよち以上", "40");
  await save();
  const [one] = saved;
  expect(one?.cpm).toEqual({
    preset: "own",
    rules: [{ level: "loyal", orders: 10, tenure_days: 0, amount: 0 }],
    targets: [40, 80, 50],
  });
  expect(one?.member_ranks?.ranks?.map(({ name }) => name)).toEqual([
    "silver",
    "gold",
    "platinum",
    "diamond",
  ]);
  expect(one?.member_ranks?.ranks?.[3]).toEqual({
    name: "diamond",
    average_orders: 24,
    orders: 24,
  });
  expect(one?.churn_risk).toEqual({ cancel_page: 50 });
});

test("a season of the shop's own has days of the year", async () => {
  const weekday = { name: "いい夫婦の日", weekday: [11, 4, 0] };
  const { saved, type, press, save } = await shown({ gift: { seasons: [weekday] } } as Settings);
  await press("シーズンを足す");
  await type("2行目のシーズン名", "七五三");
  await type("2行目の注文の終わりの日（月/日）", "11/15");
  await save();
  expect(saved[0]?.gift?.seasons).toEqual([
    weekday,
    { name: "七五三", from: [11, 1], to: [11, 15] },
  ]);
});

test("several values are typed with commas, and a season by its weekday", async () => {
  const { saved, type, press, save } = await shown({} as Settings);
  await type("LTVをみる日数（カンマで区切る）", "0, 45、90");
  await type("ギフト向けの商品コード（カンマで区切る）", "GIFT-1, GIFT-2,");
  await press("シーズンを足す");
  await type("1行目のシーズン名", "孫の日");
  await type("1行目の注文のはじめの日（月/日）", "");
  await type("1行目の注文の終わりの日（月/日）", "");
  await type("1行目の曜日で決める日（月/第何/曜日、日曜は0）", "10/3/0");
  await save();
  expect(saved[0]?.ltv_days).toEqual([0, 45, 90]);
  expect(saved[0]?.gift).toEqual({
    products: ["GIFT-1", "GIFT-2"],
    seasons: [{ name: "孫の日", weekday: [10, 3, 0] }],
  });
});

test("back to the defaults leaves what the shop says of itself", async () => {
  const media_costs = [{ media: "google", from: "2026-10-01", to: "2026-10-31", cost: 1 }];
  const settings = { media_costs, free_shipping: 5000, cpm: { amount: 1 }, currency: "JPY" };
  const { saved, press, save } = await shown(settings as Settings);
  await press("初期値に戻す");
  await save();
  expect(saved).toEqual([{ media_costs, free_shipping: 5000, cpm: {}, currency: "JPY" }]);
});

test("a line is taken out, and what may be empty is left out", async () => {
  const settings = { free_shipping: 5000 };
  const { view, saved, type, save } = await shown(settings);
  await type("送料無料になる購入額", "");
  const out = view.querySelector(
    '[aria-label="その上のランク（下から順に）の1行目を削除"]',
  ) as HTMLButtonElement;
  out.click();
  await save();
  expect(Object.keys(saved[0] ?? {})).toEqual(["member_ranks"]);
  expect(saved[0]?.member_ranks?.ranks?.map(({ name }) => name)).toEqual(["gold", "platinum"]);
});

test("what the module refuses is marked", async () => {
  const problem = new Problem("bad_setting", "must grow", "settings.churn_risk.high");
  const { view, field, type, save } = await shown({}, "ja", problem);
  await type("兆しが「強い」とみる点数（以上）", "1");
  await save();
  expect(view.querySelector("[role=alert]")?.textContent).toContain("must grow");
  const label = "兆しが「強い」とみる点数（以上）";
  expect(field(label).getAttribute("aria-invalid")).toBe("true");
});
