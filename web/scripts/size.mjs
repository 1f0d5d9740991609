// Fails when what a page must fetch before the first figure outgrows its budget (gzip, kB), or when
// a page that embeds the widget would run the demo page.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const OUT = new URL("../../dist/web/", import.meta.url);
// A report's page is about 2 kB, that of segments 22, that of settings 9. Each is fetched alone.
const BUDGET = { entry: 49, lazy: 190 };

const gzipped = (name) => gzipSync(readFileSync(new URL(name, OUT)), { level: 9 }).length / 1024;
const source = (name) => readFileSync(new URL(name, OUT), "utf8");

/** The file and everything that it imports statically. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, next] of source(name).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
    closure(next, seen);
  }
  return seen;
}

const entry = closure("okaeri-widget.js");
const lazy = readdirSync(OUT).filter((n) => n.startsWith("okaeri-") && n.endsWith(".js"));
const sum = (names) => names.reduce((total, name) => total + gzipped(name), 0);
const page = closure("index.js");
const sizes = {
  entry: sum([...entry]),
  lazy: sum(lazy.filter((n) => !entry.has(n) && !page.has(n) && n !== "okaeri-worker.js")),
};
let over = false;
for (const name of lazy) {
  if (!/["']\.\/index\.js["']/.test(source(name))) continue;
  console.log(`${name} imports the demo page`);
  over = true;
}
for (const [part, size] of Object.entries(sizes)) {
  console.log(`${part}: ${size.toFixed(1)} kB gzip, at most ${BUDGET[part]}`);
  over ||= size > BUDGET[part];
}
if (over) process.exit(1);
