// What a person is told when the server, the token, the shop or the file is not as it should be.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, open, visit } from "./stage.mjs";

let stage;
before(async () => {
  stage = await open();
  stage.okaeri("shop", "add", "empty", "--name", "まだ空の店");
});
after(() => stage?.close());

const token = (shop, scope) =>
  /okaeri_[\w-]+/.exec(
    stage.okaeri("token", "add", "--shop", shop, "--scope", scope).toString(),
  )[0];

/** The demo page with its widget set to something; events of problems are kept. */
async function widget(props) {
  const { page, faults } = await visit(stage);
  await page.evaluate((given) => {
    globalThis.problems = [];
    addEventListener("okaeri-problem", ({ detail }) => globalThis.problems.push(detail.code));
    Object.assign(document.querySelector("okaeri-widget"), given);
  }, props);
  return { page, faults };
}

const alert = (page, words) =>
  page.locator("okaeri-widget [role=alert] .says", { hasText: words }).waitFor();
const problems = (page) => page.evaluate(() => globalThis.problems);

test("a wrong token is named, and a fresh one mends it", async () => {
  const { page } = await widget({ token: `okaeri_${"0".repeat(40)}` });
  await alert(page, "トークンが正しくないか、取り消されています");
  assert.deepEqual(await problems(page), ["unauthorized"]);
  assert.deepEqual(await findings(page), []);
  const fresh = token("demo", "read");
  await page.evaluate((given) => {
    document.querySelector("okaeri-widget").token = given;
  }, fresh);
  await page.locator("okaeri-widget .hero").waitFor();
  await page.close();
});

test("a token that may only read imports and sends nothing", async () => {
  const { page } = await widget({ token: token("demo", "read") });
  await page.locator("nav.menu").getByRole("button", { name: "取り込み" }).click();
  await page.locator("okaeri-load input[type=file]").setInputFiles({
    name: "orders.json",
    mimeType: "application/json",
    buffer: Buffer.from('[{"order_id":"1","ordered_at":"2025-01-10","lines":[]}]'),
  });
  await alert(page, "このトークンでは、この操作はできません");
  assert.deepEqual(await problems(page), ["forbidden"]);
  await page.close();
});

test("a token of another shop opens nothing, and nothing of the first shop stays on show", async () => {
  const { page } = await widget({ shop: "empty" });
  await page.locator("okaeri-widget [role=alert]").waitFor();
  assert.equal(await page.locator("okaeri-widget .hero, okaeri-widget table").count(), 0);
  await page.close();
});

test("a shop without orders offers the import", async () => {
  const { page } = await widget({
    shop: "empty",
    token: token("empty", "write"),
    asOf: "2025-01-31",
  });
  await page.getByText("2025年1月31日 までの注文は、まだありません").waitFor();
  await page.locator("okaeri-load .drop").waitFor();
  assert.deepEqual(await findings(page), []);
  await page.close();
});

test("a server that is away is told of, and asked again", async () => {
  const { page } = await widget({});
  await page.route("**/ask", (route) => route.abort());
  await page.getByLabel("基準日").fill("2026-09-30");
  await page.getByLabel("基準日").press("Enter");
  await alert(page, "サーバーにつながりません");
  await page.unroute("**/ask");
  await page.getByRole("button", { name: "もう一度" }).click();
  await page.locator("okaeri-widget .hero").waitFor();
  assert.equal(await page.getByLabel("基準日").inputValue(), "2026/09/30");
  await page.close();
});

test("an error of the server, and of a proxy before it, say what to do", async () => {
  const { page } = await widget({});
  const error = { code: "internal", message: "request id 7" };
  for (const [status, body, words] of [
    [500, JSON.stringify({ error }), "サーバーの中で問題が起きました"],
    [502, "<h1>Bad Gateway</h1>", "サーバーが応えられません"],
  ]) {
    await page.route("**/ask", (route) => route.fulfill({ status, body }));
    await page.evaluate(() => document.querySelector("okaeri-widget").refresh());
    await alert(page, words);
    await page.unroute("**/ask");
  }
  await page.close();
});

test("a list that fails can be asked for again where it stands", async () => {
  const { page } = await widget({});
  await page.route("**/ask", (route) => route.fulfill({ status: 503, body: "" }));
  await page.locator('okaeri-overview [data-cell="3-3"] button').click();
  await alert(page, "サーバーが応えられません");
  await page.unroute("**/ask");
  await page.getByRole("button", { name: "もう一度" }).click();
  await page.locator("okaeri-customers tbody tr").first().waitFor();
  await page.close();
});

test("too many calls wait as long as the server asks", async () => {
  const { page } = await widget({});
  let refused = 0;
  await page.route("**/ask", async (route) => {
    if (refused++) return route.continue();
    const error = { code: "too_many_requests", message: "try again in 1 s" };
    return route.fulfill({ status: 429, headers: { "retry-after": "1" }, json: { error } });
  });
  await page.evaluate(() => document.querySelector("okaeri-widget").refresh());
  assert.ok(refused > 1);
  assert.deepEqual(await problems(page), []);
  await page.locator("okaeri-widget .hero").waitFor();
  await page.close();
});

test("a file of no known cart, and refused rows, are explained", async () => {
  const { page } = await visit(stage);
  await page.locator("#own").setInputFiles({
    name: "memo.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("a,b\n1,2\n"),
  });
  await alert(page, "どのカートの形式か分かりません");
  const head = "order_id,ordered_at,email,product,quantity,unit_price";
  const rows = ["A-1,2025-01-10,a@x.example,tea,1,1000", "A-2,きのう,b@x.example,tea,1,1000"];
  await page.locator("#own").setInputFiles({
    name: "some.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      [head, ...rows, "A-3,2025-01-12,c@x.example,tea,たくさん,1000", ""].join("\n"),
    ),
  });
  await page.getByRole("heading", { name: "2 行は取り込めませんでした" }).waitFor();
  const cells = await page
    .locator("okaeri-load tbody tr")
    .evaluateAll((lines) =>
      lines.map((line) => Array.from(line.cells, (cell) => cell.textContent).slice(0, 3)),
    );
  assert.deepEqual(cells, [
    ["2", "ordered_at", "日付として読めません"],
    ["3", "quantity", "数字として読めません"],
  ]);
  assert.deepEqual(await findings(page), []);
  await page.getByRole("button", { name: "集計を見る" }).click();
  await page.locator("okaeri-widget .hero", { hasText: "1人" }).waitFor();
  await page.close();
});
