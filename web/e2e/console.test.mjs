// The developer's part of the demo page, and what a page may do to the widget.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findings, open, SHOTS, visit } from "./stage.mjs";

let stage;
before(async () => {
  stage = await open();
});
after(() => stage?.close());

async function asking() {
  const { page, faults } = await visit(stage);
  const question = page.locator("#question");
  const ask = async (line) => {
    await question.fill(line);
    await question.press("Enter");
  };
  return { page, faults, ask, answer: page.locator("#answer") };
}

test("the console answers a short name, and explains what is no question", async () => {
  const { page, faults, ask, answer } = await asking();
  await ask("summary");
  await answer.filter({ hasText: '"is":"tables"' }).waitFor();
  assert.match(await page.locator("#timing").textContent(), /サーバーの答え（2026-10-31 時点）/);
  for (const [line, words] of [
    ["flows", /「flows」という質問はありません。近いもの：flow, flow12/],
    ['{"kind":', /JSONとして読めません/],
    ["", /質問を入れてください/],
    ['{"kind":"customers","limit":-1}', /受けつけない問い合わせ.*`-1`/s],
    ['{"kind":"customer","key":"nobody"}', /お客さまが見つかりません/],
  ]) {
    await ask(line);
    await answer.filter({ hasText: words }).waitFor();
    assert.equal(await page.locator("#answer.bad").count(), 1, line);
  }
  await page.locator("details summary", { hasText: "聞けること" }).click();
  await page.locator("#questions").getByRole("button", { name: "decile", exact: true }).click();
  await page.locator("#question").press("Enter");
  await answer.filter({ hasText: '"decile"' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await page.locator(".bench").screenshot({ path: join(SHOTS, "bench-ja.png") });
  // The two errors that the server answered are in the console of the browser, no others.
  assert.equal(faults.filter((fault) => !/status of 40[04]/.test(fault)).length, 0);
  await page.close();
});

test("the page speaks English as well", async () => {
  const { page, faults, ask, answer } = await asking();
  await page.locator("#lang").click();
  await page.getByText("= They are equal").waitFor();
  await ask("nonsense");
  await answer.filter({ hasText: "There is no question “nonsense”" }).waitFor();
  const japanese = /[\u3041-\u30ff\u4e00-\u9fff]/;
  const texts = await page.evaluate(() => [document.body.textContent, document.title]);
  const lines = texts.join("\n").split("\n");
  const left = lines.map((line) => line.trim()).filter((line) => japanese.test(line));
  assert.deepEqual(left, ["日本語"]);
  assert.deepEqual(faults, []);
  await page.close();
});

test("a brand's colours reach the widget, and motion stops where it is not wanted", async () => {
  const { page } = await visit(stage, { reducedMotion: "reduce" });
  const found = await page.evaluate(async () => {
    const widget = document.querySelector("okaeri-widget");
    widget.style.setProperty("--okaeri-accent", "rgb(138, 40, 70)");
    widget.style.setProperty("--okaeri-radius", "3px");
    const within = (selector) => getComputedStyle(widget.shadowRoot.querySelector(selector));
    return {
      menu: within('[aria-current="page"]').backgroundColor,
      corner: within(".card").borderRadius,
      motion: within(".button, .action").animationDuration,
    };
  });
  assert.deepEqual(found, { menu: "rgb(138, 40, 70)", corner: "3px", motion: "1e-05s" });
  assert.deepEqual(await findings(page), []);
  await page.locator("okaeri-widget").screenshot({ path: join(SHOTS, "brand.png") });
  await page.close();
});
