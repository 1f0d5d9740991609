import { afterEach, describe, expect, test, vi } from "vitest";
import { Problem } from "../src/api.ts";
import { frame, headerText } from "../src/core.ts";
import { ask, formatOf, LocalSource, RemoteSource } from "../src/source.ts";
import type { Task } from "../src/worker.ts";

afterEach(() => vi.unstubAllGlobals());

const respond = (status: number, body: unknown) =>
  vi.fn(async (_url: string, _init: RequestInit) => new Response(JSON.stringify(body), { status }));

describe("a server", () => {
  const source = () => new RemoteSource({ host: "https://x.test/", shop: "a b", token: "okr_1" });

  test("is asked with the shop's token, and its answer is unwrapped", async () => {
    const fetched = respond(200, {
      answer: { is: "tables", as_of: "2025-01-01", tables: {} },
      notes: [],
    });
    vi.stubGlobal("fetch", fetched);
    const answer = await ask(source(), "2025-01-01", { kind: "summary" }, "tables");
    expect(answer.tables).toEqual({});
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe("https://x.test/v1/shops/a%20b/ask");
    expect(new Headers(init?.headers).get("authorization")).toBe("Bearer okr_1");
    expect(JSON.parse(String(init?.body))).toEqual({
      as_of: "2025-01-01",
      question: { kind: "summary" },
    });
  });

  test("is told another day and a scope where there are any", async () => {
    const fetched = respond(200, { answer: { is: "tables", tables: {} }, notes: [] });
    vi.stubGlobal("fetch", fetched);
    const beside = { compare: "2024-01-01", scope: "gift" } as const;
    await ask(source(), "2025-01-01", { kind: "steps" }, "tables", beside);
    expect(JSON.parse(String(fetched.mock.calls[0]?.[1].body))).toEqual({
      as_of: "2025-01-01",
      compare: "2024-01-01",
      scope: "gift",
      question: { kind: "steps" },
    });
  });

  test("takes settings whole", async () => {
    const fetched = respond(200, {});
    vi.stubGlobal("fetch", fetched);
    await source().setSettings({ currency: "JPY" });
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect([url, init?.method]).toEqual(["https://x.test/v1/shops/a%20b/settings", "PUT"]);
    expect(JSON.parse(String(init?.body))).toEqual({ currency: "JPY" });
  });

  test("tells its error by code, place and message", async () => {
    const error = { code: "forbidden", message: "no", at: "question" };
    vi.stubGlobal("fetch", respond(403, { error }));
    await expect(source().askText("2025-01-01", { kind: "summary" })).rejects.toMatchObject(error);
  });

  test("that is asked too fast is asked again after the time that it says", async () => {
    vi.useFakeTimers();
    const error = { code: "too_many_requests", message: "slowly" };
    const replies = [
      new Response(JSON.stringify({ error }), { status: 429, headers: { "retry-after": "2" } }),
      new Response("{}", { status: 200 }),
    ];
    const fetched = vi.fn(async () => replies.shift());
    vi.stubGlobal("fetch", fetched);
    const asked = source().askText("2025-01-01", { kind: "summary" });
    await vi.advanceTimersByTimeAsync(1999);
    expect(fetched).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toBe("{}");
    vi.useRealTimers();
  });

  test("that asks for more patience than a reader has is a problem", async () => {
    const error = { code: "too_many_requests", message: "slowly" };
    const headers = { "retry-after": "60" };
    vi.stubGlobal(
      "fetch",
      async () => new Response(JSON.stringify({ error }), { status: 429, headers }),
    );
    await expect(source().askText("2025-01-01", { kind: "summary" })).rejects.toMatchObject(error);
  });

  test("before which something else answers is told by its status", async () => {
    vi.stubGlobal("fetch", async () => new Response("<html>", { status: 502 }));
    await expect(source().about()).rejects.toMatchObject({ code: "http_502" });
  });

  test("that cannot be reached is a problem of its own", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("offline");
    });
    await expect(source().about()).rejects.toMatchObject({ code: "unreachable" });
  });

  test("is told who is who", async () => {
    const fetched = respond(200, { answer: { is: "done" }, notes: [] });
    vi.stubGlobal("fetch", fetched);
    await source().judge(
      { contact: { email: "a@x.test" } },
      { contact: { email: "b@x.test" } },
      "different",
    );
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe("https://x.test/v1/shops/a%20b/judgements");
    const [a, b] = [{ email: "a@x.test" }, { email: "b@x.test" }];
    expect(JSON.parse(String(init?.body))).toEqual({ a, b, verdict: "different" });
  });

  test("sends for real only by `send`", async () => {
    const fetched = respond(200, { campaign: "c", added: 1, counts: {} });
    vi.stubGlobal("fetch", fetched);
    const template = { subject: "s", text: "t" };
    await source().send({ as_of: "2025-01-01", campaign: "c", template });
    expect(JSON.parse(String(fetched.mock.calls[0]?.[1].body))).toMatchObject({ dry_run: false });
  });
});

/** A worker that answers what it is told to. */
class FakeWorker {
  static answer: (task: Task) => unknown[] = () => [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  terminate = vi.fn();
  postMessage(task: Task): void {
    queueMicrotask(() => {
      for (const data of FakeWorker.answer(task)) this.onmessage?.({ data });
    });
  }
}

describe("the module in this browser", () => {
  const reply = (id: number, answer: unknown) => ({ id, frame: frame({ answer, notes: [] }) });
  const start = (answer: (task: Task) => unknown[]) => {
    vi.stubGlobal("Worker", FakeWorker);
    FakeWorker.answer = answer;
    return LocalSource.start("https://x.test/w");
  };

  test("answers with the module's own bytes, Japanese text included", async () => {
    const source = await start((task) => [
      reply(task.id, { is: "customers", as_of: "2025-01-01", total: 1, note: "おかえり" }),
    ]);
    const text = await source.askText("2025-01-01", { kind: "customers" });
    expect(text).toContain("おかえり");
  });

  test("tells how far a file is read, and by which format", async () => {
    const seen: number[] = [];
    let format = "";
    const source = await start((task) => {
      if (task.do !== "load") return [reply(task.id, { is: "done" })];
      format = task.load.format;
      return [{ id: task.id, read: 5 }, reply(task.id, { is: "loaded", orders: 2 })];
    });
    const loaded = await source.load(new Blob(["0123456789"]), "a.NDJSON", (part) =>
      seen.push(part),
    );
    expect([loaded.orders, format, seen]).toEqual([2, "ndjson", [0.5]]);
  });

  test("that stops fails the call and nothing else", async () => {
    const source = await start((task) =>
      task.do === "call" && headerText(task.frame).includes('"ask"')
        ? [{ id: task.id, trap: "unreachable" }]
        : [reply(task.id, { is: "done" })],
    );
    await expect(source.askText("2025-01-01", { kind: "summary" })).rejects.toThrow(Problem);
  });

  test("keeps the settings that the module takes, and no others", async () => {
    const source = await start((task) => {
      const isBad = task.do === "call" && headerText(task.frame).includes('"XXX"');
      const error = { error: { code: "bad_setting", message: "no", at: "settings.currency" } };
      return [isBad ? { id: task.id, frame: frame(error) } : reply(task.id, { is: "done" })];
    });
    await source.setSettings({ currency: "USD" });
    await expect(source.setSettings({ currency: "XXX" })).rejects.toMatchObject({
      at: "settings.currency",
    });
    expect(await source.settings()).toEqual({ currency: "USD" });
  });

  test("has no way to send", async () => {
    const source = await start((task) => [reply(task.id, { is: "done" })]);
    expect("send" in source).toBe(false);
  });
});

test.each([
  ["orders.csv", "csv"],
  ["orders.JSON", "json"],
  ["lines.arrow", "arrow_lines"],
  ["受注データ", "csv"],
])("%s is read as %s", (name, format) => {
  expect(formatOf(name)).toBe(format);
});

test("a frame gives its header back", () => {
  const bytes = frame({ call: "about", word: "名寄せ" }, new Uint8Array([1, 2]));
  expect(JSON.parse(headerText(bytes))).toEqual({ call: "about", word: "名寄せ" });
  expect([...bytes.slice(-2)]).toEqual([1, 2]);
});
