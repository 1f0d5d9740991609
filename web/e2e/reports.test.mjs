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
    await page.locator("okaeri-customers tbody tr").first().waitFor();
    await page.locator("okaeri-widget .back").click();
    assert.equal(await compare.inputValue(), "month", name);
  }
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
