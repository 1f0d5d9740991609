// Writes the widget's types beside it, and compiles a page that uses them.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const WEB = new URL("../", import.meta.url);
const OUT = new URL("../dist/web/", WEB);

const source = readFileSync(new URL("src/public.ts", WEB), "utf8");
const types = `${source.replace('"./wire.gen.ts"', '"./wire.gen.js"')}
/** The class behind the element. */
export declare const OkaeriWidget: {
  new (): OkaeriWidgetElement;
  readonly prototype: OkaeriWidgetElement;
};
`;
writeFileSync(new URL("okaeri-widget.d.ts", OUT), types);
copyFileSync(new URL("src/wire.gen.ts", WEB), new URL("wire.gen.d.ts", OUT));

const page = fileURLToPath(new URL("scripts/types.check.ts", WEB));
const tsc = fileURLToPath(new URL("node_modules/.bin/tsc", WEB));
const options = "--noEmit --strict --ignoreConfig --target es2022 --module nodenext --types";
execFileSync(tsc, [...options.split(" "), "", page], { stdio: "inherit" });
