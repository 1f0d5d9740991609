// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tokens } from "../src/styles/tokens.ts";

test("every property that may be set is documented, and no other", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const documented = Array.from(readme.matchAll(/^\| `(--okaeri-[a-z-]+)`/gm), ([, name]) => name);
  const defined = Array.from(tokens.cssText.matchAll(/(--okaeri-[a-z-]+):/g), ([, name]) => name);
  expect(documented.toSorted()).toEqual(defined.toSorted());
});
