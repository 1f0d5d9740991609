// A running `okaeri serve --demo` on a store of its own, and a browser to look at it.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
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

export async function open() {
  const folder = mkdtempSync(join(tmpdir(), "okaeri-e2e-"));
  mkdirSync(SHOTS, { recursive: true });
  const server = spawn(
    BINARY,
    ["--db", join(folder, "okaeri.db"), "serve", "--demo", "--listen", "127.0.0.1:0"],
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

/** A page whose own errors, and every breach of its policy, fail the test. */
export async function visit({ browser, host }, options = {}) {
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
  await page.goto(host);
  await page.locator("okaeri-widget .hero").waitFor();
  return { page, faults };
}

/** Serious findings of axe. It is evaluated by the driver, so the page's policy stays as it is. */
export async function serious(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat().join(" ")).slice(0, 4)}`,
    );
}
