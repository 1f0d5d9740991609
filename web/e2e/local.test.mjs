// Without a server's help: files of every cart and orders of the page, in this browser alone.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { okaeri, open, visit } from "./stage.mjs";

const DAY = "2026-10-31";
const CARTS = [["okaeri"], ["next-engine"], ["next-engine", cp932], ["shopify"], ["ec-cube"]];

let stage;
before(async () => {
  stage = await open();
});
after(() => stage?.close());

/** The page with a widget that has no server, and every request that is made from then on. */
async function alone() {
  const { page, faults } = await visit(stage);
  // The demo page has asked all that it asks of its server.
  await page.locator("#verdict.equal").waitFor();
  await page.evaluate(() => {
    const fresh = Object.assign(document.createElement("okaeri-widget"), { id: "widget" });
    document.querySelector("okaeri-widget").replaceWith(fresh);
  });
  await page.locator("okaeri-load .drop").waitFor();
  const sent = [];
  page.on("request", (request) =>
    sent.push(`${request.method()} ${new URL(request.url()).pathname}`),
  );
  return { page, faults, sent };
}

/** Drops a file on the widget, beside the import's own field. */
async function drop(page, path) {
  const bytes = readFileSync(path).toString("base64");
  await page.evaluate(
    ([name, content]) => {
      const given = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([given], name));
      const target = document.querySelector("okaeri-widget").shadowRoot.querySelector(".top");
      const options = { bubbles: true, cancelable: true, dataTransfer };
      target.dispatchEvent(new DragEvent("dragover", options));
      target.dispatchEvent(new DragEvent("drop", options));
    },
    [basename(path), bytes],
  );
}

const ask = (page, day, question) =>
  page.evaluate(
    ([asOf, asked]) => document.querySelector("okaeri-widget").source.askText(asOf, asked),
    [day, question],
  );

/** Files of the module and the widget may be fetched; nothing may be sent, and nobody asked. */
const isAsset = (request) => /^GET \/okaeri[\w.-]*\.(js|wasm)$/.test(request);

/** Text as old Japanese software writes it. */
function cp932(text) {
  const codes = new Map();
  const decoder = new TextDecoder("shift_jis");
  for (let code = 0x8140; code < 0xfd00; code += 1) {
    const letter = decoder.decode(Uint8Array.of(code >> 8, code & 255));
    if (letter.length === 1 && !codes.has(letter)) codes.set(letter, [code >> 8, code & 255]);
  }
  return Buffer.from(Array.from(text, (c) => codes.get(c) ?? [c.charCodeAt(0)]).flat());
}

/** A file of a cart on disk, and what the command answers about it. */
function made(cart, encode) {
  const shop = encode ? `${cart}-cp932` : cart;
  const file = join(stage.folder, `${shop}.csv`);
  const text = okaeri(stage.folder, "sample", "--orders", "1500", "--seed", "7", "--as", cart);
  writeFileSync(file, encode ? encode(text.toString()) : text);
  stage.okaeri("shop", "add", shop);
  stage.okaeri("import", "--shop", shop, "--from", "auto", file);
  const asked = ["ask", "--shop", shop, "--as-of", DAY, "--format", "json", "dashboard"];
  return { file, there: JSON.parse(stage.okaeri(...asked).toString()) };
}

for (const [cart, encode] of CARTS) {
  const name = encode ? `${cart} in CP932` : cart;
  test(`a dropped file of ${name} answers as the server does, and stays here`, async () => {
    const { file, there } = made(cart, encode);
    const { page, faults, sent } = await alone();
    await drop(page, file);
    await page.getByText("すべての行を取り込めました").waitFor();
    const here = JSON.parse(await ask(page, DAY, { kind: "dashboard" })).answer;
    assert.ok(here.tables.summary.rows[0][1] > 1000);
    assert.equal(JSON.stringify(here), JSON.stringify({ is: "tables", ...there }));
    assert.deepEqual(
      sent.filter((request) => !isAsset(request)),
      [],
    );
    assert.deepEqual(faults, []);
    await page.close();
  });
}

const order = (id, email, price) => ({
  order_id: id,
  ordered_at: "2025-01-10T10:00:00",
  buyer: email ? { email, name: "長い名前".repeat(40) } : {},
  lines: [
    { product: `P${"X".repeat(80)}`, name: "長い品名".repeat(40), quantity: 1, unit_price: price },
  ],
});
const SMALL = {
  "no orders": [[], "までの注文は、まだありません"],
  "guests only": [[order("1", null, 1000)], "だれの注文か分かるお客さまは、まだいません"],
  "one customer, one day": [[order("1", "a@x.example", 1080)], "1人、全体の 100.0%"],
  "huge amounts": [["a", "b", "a"].map((who, i) => order(`${i}`, `${who}@x.example`, 9e10)), "2人"],
};

for (const [name, [orders, words]] of Object.entries(SMALL)) {
  test(`orders of the page, ${name}, leave no view without sense`, async () => {
    const { page, faults } = await alone();
    const views = await page.evaluate((given) => {
      const widget = document.querySelector("okaeri-widget");
      widget.orders = given;
      return Array.from(
        widget.shadowRoot.querySelectorAll(".menu li button"),
        (one) => one.textContent,
      );
    }, orders);
    await page.locator("okaeri-widget .stage", { hasText: words }).waitFor();
    for (const view of views) {
      await page
        .locator("nav.menu")
        .getByRole("button", { name: view.trim(), exact: true })
        .click();
      await page.locator("okaeri-widget .stage h2").first().waitFor();
      const text = await page.locator("okaeri-widget .stage").textContent();
      assert.doesNotMatch(text, /NaN|undefined|Infinity|null|\[object/, view);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, view);
    }
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test("a large file shows how far it is, and the page stays at hand", async () => {
  const file = join(stage.folder, "large.csv");
  const words = ["sample", "--orders", "20000", "--as", "next-engine", "--out", file];
  stage.okaeri(...words);
  const { page } = await alone();
  await page.evaluate(() => {
    globalThis.bars = 0;
    globalThis.beats = 0;
    setInterval(() => {
      globalThis.beats += 1;
      const root = document.querySelector("okaeri-widget").shadowRoot;
      if (root.querySelector("progress")) globalThis.bars += 1;
    }, 20);
  });
  await page.locator("okaeri-load input[type=file]").setInputFiles(file);
  await page.getByText("すべての行を取り込めました").waitFor();
  const [bars, beats] = await page.evaluate(() => [globalThis.bars, globalThis.beats]);
  // The bar was there, and the page's own clock went on beside it.
  assert.ok(bars > 3 && beats >= bars, `${bars} of ${beats}`);
  await page.close();
});
