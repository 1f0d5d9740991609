// The snippets of the demo page, pasted into a page of another site.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { blank, foreign, open, visit } from "./stage.mjs";

let stage;
let site;
before(async () => {
  site = await foreign();
  stage = await open(["--origin", `demo=${site.origin}`]);
});
after(async () => {
  site?.close();
  await stage?.close();
});

const FIGURES = "okaeri-overview .tile .value";

test("the server's snippet shows the shop on a page that is allowed, and on no other", async () => {
  const { page: demo } = await visit(stage);
  const figures = await demo.locator(FIGURES).allTextContents();
  const snippet = await demo.locator("#snippet").textContent();
  await demo.close();
  const { token, as_of } = await (await fetch(`${stage.host}/demo/config.json`)).json();
  site.html = snippet.replace("okaeri_…", token).replace("lang=", `as-of="${as_of}" lang=`);

  const { page, faults } = await blank(stage);
  await page.goto(site.origin);
  await page.locator("okaeri-widget .hero").waitFor();
  assert.deepEqual(await page.locator(FIGURES).allTextContents(), figures);
  await page.locator('okaeri-overview [data-cell="3-3"] button').click();
  await page.locator("okaeri-customers tbody tr").first().waitFor();
  assert.deepEqual(faults, []);

  // The same page under another name is another origin, which nobody has allowed.
  await page.goto(site.origin.replace("127.0.0.1", "localhost"));
  await page.getByText("このページのオリジンが許可されているか").waitFor();
  await page.close();
});

test("the snippet without a server counts the orders it is given", async () => {
  const { page: demo } = await visit(stage);
  site.html = await demo.locator("#snippet-local").textContent();
  await demo.close();
  const { page, faults } = await blank(stage);
  const sent = [];
  page.on("request", (request) => sent.push(`${request.method()} ${request.url()}`));
  await page.goto(site.origin);
  await page.locator("okaeri-widget .hero", { hasText: "1人" }).waitFor();
  assert.equal(await page.locator(FIGURES).first().textContent(), "1");
  assert.deepEqual(
    sent.filter((one) => !/^GET (blob:.*|http:\/\/[^/]+\/(okaeri[\w.-]*)?)$/.test(one)),
    [],
  );
  assert.deepEqual(faults, []);
  await page.close();
});
