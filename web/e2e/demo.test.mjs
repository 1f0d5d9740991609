// The main job in Chromium: the same figures from both hosts, a cell, its customers, a file, a mail.
import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findings, open, SHOTS, visit } from "./stage.mjs";

const PICTURES = new URL("../screenshots/", import.meta.url);
const FIGURES = "okaeri-overview .tile .value";
const VIEWS = [
  "months",
  "cells",
  "rfm",
  "decile",
  "cohort",
  "f2",
  "flow",
  "products",
  "pairs",
  "load",
  "settings",
  "customers",
];
const ORDERS = `[{"order_id":"E2E-1","ordered_at":"2025-01-10T10:00:00","buyer":{"email":"=cmd@e2e.example",
"name":"=HYPERLINK(1)","mail_consent":true},"lines":[{"product":"E1","name":"試験の茶","quantity":1,"unit_price":1000}]}]`;

let stage;
before(async () => {
  stage = await open();
});
after(() => stage?.close());

const figures = (page) => page.locator(FIGURES).allTextContents();
const shoot = (page, name) => page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
const menu = (page, name) => page.locator("nav.menu").getByRole("button", { name, exact: true });
const show = (page, view) =>
  page.evaluate((name) => {
    document.querySelector("okaeri-widget").route =
      name === "customers" ? { view: name, filter: [] } : { view: name };
  }, view);

test("server and browser show the same figures from the same bytes", async () => {
  const { page, faults } = await visit(stage);
  const server = await figures(page);
  assert.equal(server.length, 5);
  await page.locator("#verdict.equal").waitFor();
  await shoot(page, "page-ja-light");

  await page.locator("#question").fill('{"kind":"dashboard","top":50}');
  await page.locator("#both").check();
  await page.locator("#console button").click();
  await page.getByText("答えはバイト単位で同じです").waitFor();

  await page.locator("#to-browser").click();
  await page.getByText("ここからは、このブラウザの中だけで").waitFor();
  await page.locator("okaeri-widget .hero").waitFor();
  assert.deepEqual(await figures(page), server);
  assert.deepEqual(faults, []);
  await page.close();
});

test("a cell opens its customers, saves them and tries a mail", async () => {
  const { page, faults } = await visit(stage);
  const cell = page.locator('okaeri-overview [data-cell="3-3"] button');
  const count = (await cell.locator(".many").textContent()).trim();
  await cell.click();
  await page.locator("okaeri-customers .says", { hasText: `${count}人` }).waitFor();

  const saving = page.waitForEvent("download");
  await page.locator("okaeri-customers").getByRole("button", { name: "CSVで保存" }).click();
  const lines = readFileSync(await (await saving).path(), "utf8")
    .trimEnd()
    .split("\r\n");
  assert.equal(lines.length - 1, Number(count.replaceAll(",", "")));
  assert.ok(lines[0].startsWith("\ufeffkey,"));
  await shoot(page, "customers-ja-light");

  await page.locator("okaeri-customers").getByRole("button", { name: "メールを送る" }).click();
  await page.getByRole("button", { name: "宛先と文面を確かめる" }).click();
  const plan = page.locator("[data-plan]");
  await plan.waitFor();
  // Everybody is accounted for: those who get it, and the others by reason.
  const number = (text) => Number(/[\d,]+/.exec(text)[0].replaceAll(",", ""));
  const [matched, toSend] = (await plan.textContent()).match(/[\d,]+(?=人)/g).map(number);
  const left = await page.locator("okaeri-mail dd .link").allTextContents();
  assert.equal(
    matched,
    left.map(number).reduce((sum, n) => sum + n, toSend),
  );
  assert.match(await plan.textContent(), new RegExp(`${count}人`));
  assert.equal(await page.locator("okaeri-mail .dialog-foot .main").isDisabled(), true);
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press("Escape");
  // The focus is back where the dialog was opened.
  const focused = () =>
    page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent);
  assert.match(await focused(), /メールを送る/);

  await page.locator("okaeri-customers tbody .link").first().click();
  await page.locator("okaeri-customer .timeline li").first().waitFor();
  await shoot(page, "customer-ja-light");
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(faults, []);
  await page.close();
});

for (const [lang, theme, width] of [
  ["ja", "light", 1280],
  ["ja", "dark", 390],
  ["en", "dark", 1280],
  ["en", "light", 390],
]) {
  test(`every view reads well: ${lang}, ${theme}, ${width} px`, async () => {
    const { page, faults } = await visit(stage, {
      viewport: { width, height: 900 },
      colorScheme: theme,
      locale: lang === "ja" ? "ja-JP" : "en-GB",
    });
    const name = `${lang}-${theme}-${width}`;
    const look = async (view) => {
      const path = join(SHOTS, `${view}-${name}.png`);
      if (view === "mail") await page.screenshot({ path });
      else await page.locator("okaeri-widget").screenshot({ path });
      // Both themes and widths are among the Japanese ones, and English changes words alone.
      if (lang === "ja") assert.deepEqual(await findings(page), [], view);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, `${view} is wider than the page`);
    };
    await look("overview");
    for (const view of VIEWS) {
      await show(page, view);
      await page.locator(`okaeri-${view} h2`).waitFor();
      if (view === "customers") await page.locator("okaeri-customers tbody tr").first().waitFor();
      await look(view);
    }
    await page.locator("okaeri-customers .tools .main").click();
    await page.locator("okaeri-mail .dialog-foot .main").click();
    await page.locator("[data-plan]").waitFor();
    await look("mail");
    await page.keyboard.press("Escape");
    await page.locator("okaeri-customers tbody .link").first().click();
    await page.locator("okaeri-customer .timeline li").first().waitFor();
    await look("customer");
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test("the arrow keys walk the matrix", async () => {
  const { page } = await visit(stage);
  await show(page, "cells");
  await page.locator('okaeri-cells [data-cell="1-1"] button').focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator('okaeri-cells [data-cell="2-2"] button[aria-pressed="true"]').waitFor();
  await page.close();
});

test("a list keeps its page and order while a customer is looked at", async () => {
  const { page } = await visit(stage);
  await menu(page, "お客さま一覧").click();
  await page.getByRole("button", { name: "回数" }).click();
  const pager = page.locator("okaeri-customers .pager");
  await pager.getByText("1〜50 / ").waitFor();
  await pager.getByRole("button", { name: "次へ" }).click();
  await pager.getByText("51〜100 / ").waitFor();
  const names = page.locator("okaeri-customers tbody .link");
  const before = await names.allTextContents();
  await names.nth(3).press("Enter");
  await page.locator("okaeri-customer .timeline li").first().waitFor();
  await page.getByRole("button", { name: "戻る" }).press("Enter");
  await pager.getByText("51〜100 / ").waitFor();
  assert.deepEqual(await names.allTextContents(), before);
  await page.locator('okaeri-customers th[aria-sort="descending"]', { hasText: "回数" }).waitFor();
  await page.close();
});

test("a condition is made by hand, and a mail's first words are the module's in both hosts", async () => {
  const { page } = await visit(stage);
  await menu(page, "お客さま一覧").click();
  await page.locator("okaeri-condition select").selectOption("amount");
  await page.getByLabel("以上").fill("100000");
  await page.getByRole("button", { name: "この条件で見る" }).click();
  await page.locator("okaeri-customers .chip", { hasText: "購入額 ¥100,000以上" }).waitFor();

  const same = await page.evaluate(async (host) => {
    const config = await (await fetch("/demo/config.json")).json();
    const template = {
      subject: "{{ customer.name }} 様",
      text: "{{ customer.orders }} {{ unsubscribe_url }}",
    };
    const filter = [{ in: "amount", min: 100000 }];
    const request = { as_of: config.as_of, campaign: "c", filter, template, limit: 500 };
    const there = await fetch(`${host}/v1/shops/demo/plan`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${config.token}` },
      body: JSON.stringify(request),
    });
    const alone = document.createElement("okaeri-widget");
    const facts = await (await fetch("/demo/sample.ndjson")).blob();
    await alone.loadFile(new File([facts], "sample.ndjson"));
    const { answer } = await there.json();
    const here = { is: "plan", ...(await alone.source.plan(request)) };
    return {
      equal: JSON.stringify(answer) === JSON.stringify(here),
      mails: answer.deliveries.length,
    };
  }, stage.host);
  assert.ok(same.mails > 10);
  assert.equal(same.equal, true);
  await page.close();
});

test("the README's pictures are of this build", async () => {
  const { page } = await visit(stage, { viewport: { width: 1280, height: 980 } });
  await page.locator("#verdict.equal").waitFor();
  const take = {
    "dashboard.png": (path) => page.locator("okaeri-widget").screenshot({ path }),
    "demo.png": (path) => page.screenshot({ path, fullPage: true }),
  };
  for (const [name, shot] of Object.entries(take)) {
    const path = join(SHOTS, name);
    await shot(path);
    assert.ok(readFileSync(path).length > 20_000);
    if (process.env.UPDATE) copyFileSync(path, new URL(name, PICTURES));
  }
  await page.close();
});

// Last, because it adds an order.
test("a dropped file changes the figures, and its formulas stay text", async () => {
  const { page, faults } = await visit(stage);
  const [before] = await figures(page);
  await menu(page, "取り込み").click();
  await page.locator("okaeri-load input[type=file]").setInputFiles({
    name: "orders.json",
    mimeType: "application/json",
    buffer: Buffer.from(ORDERS),
  });
  await page.getByText("すべての行を取り込めました").waitFor();
  await page.getByRole("button", { name: "集計を見る" }).click();
  const number = (text) => Number(text.replaceAll(",", ""));
  const more = (number(before) + 1).toLocaleString("en-US");
  await page.locator(FIGURES).first().filter({ hasText: more }).waitFor();
  assert.equal((await figures(page))[0], more);

  await menu(page, "お客さま一覧").click();
  await page.locator("okaeri-customers input[type=search]").fill("=cmd@e2e.example");
  await page.getByRole("button", { name: "さがす" }).click();
  await page.locator("okaeri-customers .chip").waitFor();
  await page.locator("okaeri-customers .says", { hasText: "1人" }).waitFor();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSVで保存" }).click();
  const csv = readFileSync(await (await saving).path(), "utf8");
  assert.match(csv, /,'=HYPERLINK\(1\),'=cmd@e2e\.example,/);
  assert.deepEqual(faults, []);
  await page.close();
});
