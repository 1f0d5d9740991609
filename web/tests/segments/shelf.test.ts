import { afterEach, expect, test, vi } from "vitest";
import { Problem } from "../../src/api.ts";
import { shelfOf } from "../../src/report/segments/shelf.ts";
import { RemoteSource, type Source } from "../../src/source.ts";
import type { Question } from "../../src/wire.gen.ts";

afterEach(() => vi.unstubAllGlobals());

const saved = {
  id: "00ff00ff00ff00ff",
  name: "常連",
  text: "number_of_orders >= 3",
  version: 2,
  author: "token",
  created_at: 1_736_000_000_000,
  updated_at: 1_736_500_000_000,
};

/** A server that answers with these bodies, in turn. */
function server(...replies: [status: number, body: unknown][]) {
  const calls: [method: string, url: string, body: unknown][] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    calls.push([init.method ?? "", url, init.body ? JSON.parse(String(init.body)) : undefined]);
    expect(new Headers(init.headers).get("authorization")).toBe("Bearer okaeri_t");
    const [status, body] = replies.shift() ?? [500, {}];
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  });
  const source = new RemoteSource({ host: "https://h.example", shop: "お店", token: "okaeri_t" });
  return { calls, shelf: shelfOf(source), source };
}
const AT = `https://h.example/v1/shops/${encodeURIComponent("お店")}/segments`;

test("on a server each act is a call of its routes", async () => {
  const versions = [{ version: 1, name: "常連", text: "decile = 1", author: "token", at: 1 }];
  const days = [{ day: "2025-01-14", version: 1, customers: 2, amount: 5000 }];
  const { calls, shelf, source } = server(
    [200, { segments: [saved] }],
    [201, saved],
    [200, { ...saved, version: 3 }],
    [200, { versions }],
    [200, { days }],
    [200, { saved, segment: { is: "segment", customers: 7 } }],
    [204, null],
  );
  expect(shelfOf(source)).toBe(shelf);
  expect(await shelf.list()).toEqual([saved]);
  expect(await shelf.add("常連", saved.text)).toEqual(saved);
  expect((await shelf.change(saved, "常連", "decile = 1")).version).toBe(3);
  expect(await shelf.versions(saved.id)).toEqual(versions);
  expect(await shelf.history(saved.id)).toEqual(days);
  expect((await shelf.count(saved, "2025-01-14")).customers).toBe(7);
  expect(await shelf.remove(saved.id)).toBeUndefined();
  const one = `${AT}/${saved.id}`;
  expect(calls).toEqual([
    ["GET", AT, undefined],
    ["POST", AT, { name: "常連", text: saved.text }],
    ["PUT", one, { name: "常連", text: "decile = 1", version: 2 }],
    ["GET", `${one}/versions`, undefined],
    ["GET", `${one}/history`, undefined],
    ["GET", `${one}?as_of=2025-01-14&limit=0`, undefined],
    ["DELETE", one, undefined],
  ]);
});

test("what a server refuses is a problem with its code", async () => {
  const error = { code: "newer_version", message: "changed", at: "version" };
  const { shelf } = server([409, { error }]);
  await expect(shelf.change(saved, "常連", "decile = 1")).rejects.toMatchObject({
    code: "newer_version",
    at: "version",
  });
});

test("without a server segments are kept beside the source, with versions and sizes", async () => {
  let customers = 5;
  const source = {
    kind: "browser",
    askText: async (_: string, question: Question) => {
      const text = "text" in question ? question.text : "";
      const errors = text === "wrong" ? [{ code: "syntax", message: "", span: [0, 1] }] : [];
      const answer = { is: "segment", text, customers, amount: customers * 100, errors };
      return JSON.stringify({ answer, notes: [] });
    },
  } as unknown as Source;
  const shelf = shelfOf(source);
  const one = await shelf.add("常連", "decile = 1");
  await shelf.add("新規", "wrong");
  await expect(shelf.add("常連", "decile = 3")).rejects.toBeInstanceOf(Problem);
  expect((await shelf.list()).map(({ name }) => name)).toEqual(["常連", "新規"]);

  await shelf.count(one, "2025-02-01");
  customers = 6;
  await shelf.count(one, "2025-01-01");
  await shelf.count(one, "2025-02-01");
  const two = await shelf.change(one, "常連", "decile = 2");
  expect(two).toMatchObject({ id: one.id, version: 2, text: "decile = 2" });
  expect((await shelf.change(two, "常連", "decile = 2")).version).toBe(2);
  await shelf.count(two, "2025-02-01");
  expect(await shelf.history(one.id)).toEqual([
    { day: "2025-01-01", version: 1, customers: 6, amount: 600 },
    { day: "2025-02-01", version: 1, customers: 6, amount: 600 },
    { day: "2025-02-01", version: 2, customers: 6, amount: 600 },
  ]);
  expect((await shelf.versions(one.id)).map(({ text }) => text)).toEqual([
    "decile = 2",
    "decile = 1",
  ]);
  const [, other] = await shelf.list();
  if (other) await shelf.count(other, "2025-02-01");
  expect(await shelf.history(other?.id ?? "")).toEqual([]);
  await shelf.remove(one.id);
  expect((await shelf.list()).map(({ name }) => name)).toEqual(["新規"]);
  expect(await shelf.history(one.id)).toEqual([]);
});
