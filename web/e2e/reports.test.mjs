// Every report's page: it answers, reads well, and its numbers open customers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findings, open, SHOTS, visit } from "./stage.mjs";

const REGISTRY = readFileSync(new URL("../src/report/registry.ts", import.meta.url), "utf8");
const PAGES = Array.from(REGISTRY.matchAll(/"\.\/pages\/([\w-]+)\.ts"/g), ([, name]) => name);

let stage;
before(async () => {
  stage = await open();
});
after(() => stage?.close());

const show = (page, name) =>
  page.evaluate((wanted) => {
    document.querySelector("okaeri-widget").route = { view: "report", page: wanted };
  }, name);

for (const [lang, theme, width] of [
  ["ja", "light", 1280],
  ["en", "dark", 390],
]) {
  test(`every report reads well: ${lang}, ${theme}, ${width} px`, async () => {
    const { page, faults } = await visit(stage, {
      viewport: { width, height: 900 },
      colorScheme: theme,
      locale: lang === "ja" ? "ja-JP" : "en-GB",
    });
    for (const name of PAGES) {
      await show(page, name);
      const report = page.locator(`okaeri-report-${name}`);
      await report.locator("section.card").first().waitFor();
      const path = join(SHOTS, `report-${name}-${lang}-${theme}-${width}.png`);
      await page.locator("okaeri-widget").screenshot({ path });
      assert.deepEqual(await findings(page), [], name);
      assert.doesNotMatch(await report.textContent(), /NaN|undefined|Infinity|null|\[object/, name);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, `${name} is wider than the page`);
    }
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test("the numbers of every report open customers, and the way back keeps what was chosen", async () => {
  const { page, faults } = await visit(stage);
  for (const name of PAGES) {
    await show(page, name);
    const report = page.locator(`okaeri-report-${name}`);
    await report.locator("section.card").first().waitFor();
    const compare = report.getByLabel("くらべる日");
    // A page that is more than a report has no comparison.
    if (!(await compare.count())) continue;
    await compare.selectOption("month");
    await report.locator(".report-body[aria-busy=false]").waitFor();
    const number = report.locator("table.report tbody button.num").first();
    if (!(await number.count())) continue;
    await number.click();
    const rows = page.locator("okaeri-customers tbody tr");
    await rows
      .first()
      .waitFor()
      .catch(() => assert.fail(`${name} opens nobody`));
    await page.locator("okaeri-widget .back").click();
    assert.equal(await compare.inputValue(), "month", name);
  }
  assert.deepEqual(faults, []);
  await page.close();
});

test("every kind of number in every table opens whom it counts", async () => {
  const { page, faults } = await visit(stage);
  const pressed = {};
  for (const name of PAGES) {
    await show(page, name);
    const report = page.locator(`okaeri-report-${name}`);
    await report.locator("section.card").first().waitFor();
    const tables = await report.locator("okaeri-report-table").all();
    for (const table of tables) {
      // The lists are asked for as the view of customers does, without going there.
      const found = await table.evaluate(async (it) => {
        const { desk, sheet } = it;
        const lists = [];
        const own = desk.open;
        desk.open = (filter, scope) => lists.push({ filter, scope });
        const lines = [...it.renderRoot.querySelectorAll("tbody tr")];
        const found = [];
        for (const [at, column] of sheet.columns.entries()) {
          if (!column.opens) continue;
          const buttons = lines.map((line) => line.children[at]?.querySelector("button.num"));
          const button = buttons.find((one) => one);
          if (!button) continue;
          button.click();
          const { filter, scope } = lists.pop();
          const beside = !scope || scope === "all" ? {} : { scope };
          const question = { kind: "customers", filter, limit: 1 };
          const answer = await desk.source
            .askText(desk.asOf, question, beside)
            .catch((cause) => cause.message);
          const total = /"total":(\d+)/.exec(answer)?.[1];
          const shown = Number(button.textContent.replaceAll(",", ""));
          found.push({
            table: sheet.table,
            name: column.name,
            shown,
            total: Number(total),
            answer,
          });
        }
        desk.open = own;
        return found;
      });
      for (const one of found) {
        const number = `${name}: ${one.table}.${one.name} of ${one.shown} opens ${one.total}`;
        // Orders, contracts and shipments are of as many customers or of fewer.
        assert.ok(
          one.total > 0 && one.total <= one.shown,
          `${number}: ${one.answer.slice(0, 300)}`,
        );
        if (["customers", "buyers", "senders"].includes(one.name))
          assert.equal(one.total, one.shown, number);
        pressed[name] = (pressed[name] ?? 0) + 1;
      }
    }
  }
  // No page stopped offering its numbers unseen.
  assert.ok(Object.keys(pressed).length > 25, JSON.stringify(pressed));
  assert.deepEqual(faults, []);
  await page.close();
});

test("a report's picture and table are saved as files", async () => {
  const { page, faults } = await visit(stage);
  await show(page, "steps");
  const report = page.locator("okaeri-report-steps");
  const saved = async (name) => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      report.getByRole("button", { name }).first().click(),
    ]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  const picture = await saved("図を保存");
  assert.match(picture.name, /^okaeri-steps-.*\.png$/);
  assert.equal(picture.bytes.subarray(1, 4).toString(), "PNG");
  const table = await saved("CSVで保存");
  assert.match(table.name, /^okaeri-steps-.*-steps\.csv$/);
  assert.match(table.bytes.toString(), /^\ufeff購入回数,人数,/);
  assert.deepEqual(faults, []);
  await page.close();
});

test("customers of a list have their names, and open", async () => {
  const { page, faults } = await visit(stage);
  await show(page, "gift-lost");
  const list = page.locator("okaeri-report-gift-lost okaeri-report-table").last();
  const first = list.locator("tbody .person").first();
  // The name stands above what the customer is known by.
  await first.locator("small").waitFor();
  const name = await first.locator("button").textContent();
  assert.match(name, /^\S+ \S+$/);
  await first.locator("button").click();
  const customer = page.locator("okaeri-customer");
  await customer.locator("h2").waitFor();
  assert.match(await customer.locator("h2").textContent(), new RegExp(name));
  assert.deepEqual(faults, []);
  await page.close();
});

test("a row of the curve opens as many customers as it counts", async () => {
  const { page, faults } = await visit(stage);
  await show(page, "days-to-next");
  const curve = page.locator("okaeri-report-days-to-next okaeri-report-table").last();
  const row = curve.locator("tbody tr").nth(5);
  await row.waitFor();
  for (const at of [1, 2, 3]) {
    const number = row
      .locator("td")
      .nth(at - 1)
      .locator("button");
    const count = await number.textContent();
    await number.click();
    const says = page.locator("okaeri-customers .head .says", { hasText: "メールを送れるのは" });
    assert.match(await says.textContent(), new RegExp(`^\\s*${count}人`), `column ${at}`);
    await page.locator("okaeri-widget .back").click();
    await row.waitFor();
  }
  assert.deepEqual(faults, []);
  await page.close();
});

test("costs that are typed make a medium's CPA", async () => {
  const { page, faults } = await visit(stage);
  await show(page, "media");
  const media = page.locator("okaeri-report-media");
  await media.locator("section.card").first().waitFor();
  assert.match(await media.locator(".says").textContent(), /広告費はまだ登録されていません/);
  await media.getByRole("button", { name: "広告費を入力する" }).click();
  const form = page.locator("okaeri-settings");
  await form.getByRole("button", { name: "広告費を足す" }).click();
  await form.getByLabel("1行目の媒体").fill("google_ads");
  await form.getByLabel("1行目のはじめの日").fill("2025-01-01");
  await form.getByLabel("1行目の終わりの日").fill("2025-12-31");
  await form.getByLabel("1行目の費用").fill("600000");
  await form.getByRole("button", { name: "保存して集計し直す" }).click();
  await form.getByText("保存しました。").waitFor();
  await show(page, "media");
  await media.getByText("（CPA）は ¥").waitFor();
  assert.match(await media.locator(".says").textContent(), /広告費 ¥600,000 で \d+人/);
  await page.evaluate(() => {
    document.querySelector("okaeri-widget").route = { view: "settings" };
  });
  await form.getByRole("button", { name: "1行目を削除" }).first().waitFor();
  await page.screenshot({ path: join(SHOTS, "settings-costs.png"), fullPage: true });
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(faults, []);
  await page.close();
});
