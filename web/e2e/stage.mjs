// A running `okaeri serve --demo` on a store of its own, and a browser to look at it.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const BINARY = process.env.OKAERI_BIN ?? join(root, "target/release/okaeri");
export const SHOTS = fileURLToPath(new URL("../shots", import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Chromium would call home at every start.
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The address that the server prints, once it listens. */
function address(server) {
  return new Promise((done, failed) => {
    let out = "";
    server.stdout.on("data", (piece) => {
      out += piece;
      const found = /page\s+(http:\/\/\S+?)\/?\s/.exec(out);
      if (found) done(found[1]);
    });
    server.once("error", failed);
    server.once("exit", (code) => failed(new Error(`okaeri ended with ${code}\n${out}`)));
  });
}

/** `args` are further arguments of `serve`. */
export async function open(args = []) {
  const folder = mkdtempSync(join(tmpdir(), "okaeri-e2e-"));
  mkdirSync(SHOTS, { recursive: true });
  const server = spawn(
    BINARY,
    ["--db", join(folder, "okaeri.db"), "serve", "--demo", "--listen", "127.0.0.1:0", ...args],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, OKAERI_LOG: "error" },
    },
  );
  const close = () => {
    server.removeAllListeners("exit");
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const host = await address(server);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
    return {
      host,
      folder,
      browser,
      /** The command on the server's store. */
      okaeri: (...words) => okaeri(folder, ...words),
      close: async () => {
        await browser.close();
        close();
      },
    };
  } catch (cause) {
    close();
    throw cause;
  }
}

/** Runs the command on the store in a folder; gives back what it prints. */
export function okaeri(folder, ...words) {
  const options = { cwd: root, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] };
  return execFileSync(BINARY, ["--db", join(folder, "okaeri.db"), ...words], options);
}

/** Another site: a server of one page, whose text may be set later. */
export async function foreign() {
  const site = { html: "", close: () => server.close() };
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html lang="ja"><title>よそのページ</title><body>${site.html}</body>`,
    );
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  site.origin = `http://127.0.0.1:${server.address().port}`;
  return site;
}

/** The demo page; its own errors, and every breach of its policy, fail the test. */
export async function visit(stage, options = {}) {
  const { page, faults } = await blank(stage, options);
  await page.goto(stage.host);
  await page.locator("okaeri-widget .hero").waitFor();
  return { page, faults };
}

/** The same before it is anywhere. */
export async function blank({ browser }, options = {}) {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
    locale: "ja-JP",
    acceptDownloads: true,
    ...options,
  });
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (line) => {
    if (line.type() === "error") faults.push(line.text());
  });
  return { page, faults };
}

/** What axe finds. It is evaluated by the driver, so the page's policy stays as it is. */
export async function findings(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  return violations.map(({ id, nodes }) => {
    const where = nodes.map(({ target }) => target.flat().join(" ")).slice(0, 4);
    return `${id}: ${where}`;
  });
}
