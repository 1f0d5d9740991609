import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Problem } from "../../src/api.ts";
import type { Desk } from "../../src/desk.ts";
import { formats } from "../../src/format.ts";
import "../../src/report/pages/segments.ts";
import "../../src/views/customers.ts";
import type { Choices } from "../../src/report/controls.ts";
import { en } from "../../src/text/en.ts";
import { ja } from "../../src/text/ja.ts";
import { words } from "../../src/text/reports/segments.ts";
import type { Filter, Question, SegmentOverlap, SegmentWords } from "../../src/wire.gen.ts";
import { conditionWords } from "../../src/words.ts";
import { known } from "./known.ts";

const ROW = {
  key: "mail:a@example.jp",
  name: "佐藤 花子",
  orders: 2,
  amount: 3000,
  first_day: "2025-01-01",
  last_day: "2025-02-01",
  recency_days: 10,
  cell: [1, 1],
  rfm: [5, 1, 5],
  decile: 1,
  mailable: true,
};
type View = HTMLElement & {
  desk: Desk;
  choices?: Choices;
  updateComplete: Promise<unknown>;
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

/** What a module would answer: texts with `decil ` are wrong, all others have as many as letters. */
function answerTo(question: Question): object {
  switch (question.kind) {
    case "segment_attributes":
      return { is: "segment_attributes", ...known };
    case "segment_words": {
      const found: SegmentWords = {
        span: [0, question.text.length],
        words: [
          { kind: "attribute", text: "mailable", label: { ja: "宛先", en: "address" } },
          { kind: "attribute", text: "products_purchased", label: { ja: "購入", en: "purchase" } },
        ],
      };
      return { is: "segment_words", ...found };
    }
    case "segment_overlap": {
      const wrong = question.texts.findIndex((text) => text.includes("decil "));
      if (wrong >= 0) {
        throw new Problem("bad_call", "there is no attribute", `question.texts[${wrong}]`);
      }
      const segments = question.texts.map((text) => ({
        text,
        customers: 6,
        sentence: { ja: `文:${text}`, en: text },
      }));
      const overlap: SegmentOverlap = {
        as_of: "2025-03-31",
        of: 10,
        segments,
        pairs: [{ a: 0, b: 1, customers: 4 }],
        cells: [
          { inside: [], customers: 2 },
          { inside: [0], customers: 2 },
          { inside: [1], customers: 2 },
          { inside: [0, 1], customers: 4 },
        ],
      };
      return { is: "segment_overlap", ...overlap };
    }
    case "segment": {
      const { text } = question;
      const at = text.indexOf("decil ");
      const nobody = { of: 100, amount: 0, mailable: 0, conditions: [], sample: [], share: null };
      if (at >= 0) {
        const error = {
          code: "attribute",
          message: "no",
          span: [at, at + 5],
          suggestion: "decile",
        };
        return { is: "segment", text, customers: 0, errors: [error], ...nobody };
      }
      const sentence = { ja: `文:${text}`, en: `Sentence: ${text}` };
      const conditions = [
        { text: "one", sentence: { ja: "ひとつめ", en: "first" }, customers: 9 },
        { text: "two", sentence: { ja: "ふたつめ", en: "second" }, customers: 0 },
      ];
      const counted = {
        customers: text.length,
        share: text.length / 100,
        amount: 500,
        mailable: 3,
      };
      return { is: "segment", text, sentence, ...nobody, ...counted, conditions, sample: [ROW] };
    }
    default:
      return { is: "customers", total: 1, amount: 500, mailable: 1, customers: [] };
  }
}

async function shown(text = "", lang: "ja" | "en" = "ja", tag = "okaeri-report-segments") {
  const asked: Question[] = [];
  const opened: Filter[] = [];
  const mailed: Filter[] = [];
  const page = document.createElement(tag) as View;
  const askText = async (_: string, question: Question) => {
    asked.push(question);
    return JSON.stringify({ answer: answerTo(question), notes: [] });
  };
  page.choices = { params: { text } };
  Object.assign(page, { filter: [{ in: "segment", text }], scope: "all" });
  page.desk = {
    lang,
    t: lang === "ja" ? ja : en,
    f: formats(lang, "JPY"),
    source: { kind: "browser", askText },
    asOf: "2025-03-31",
    tables: {},
    settings: {},
    product: String,
    open: (filter: Filter) => opened.push(filter),
    mail: (filter: Filter) => mailed.push(filter),
    choose: (choices: Choices) => {
      page.choices = choices;
    },
    go: () => {},
    report: () => {},
  } as unknown as Desk;
  document.body.append(page);
  const settle = async (ms = 400) => {
    for (let i = 0; i < 4; i += 1) await vi.advanceTimersByTimeAsync(ms / 4);
    await page.updateComplete;
  };
  await settle();
  const find = <T extends HTMLElement>(selector: string) => page.querySelector<T>(selector) as T;
  const button = (name: string) =>
    Array.from(page.querySelectorAll("button")).find((one) => one.textContent?.includes(name));
  const area = () => find<HTMLTextAreaElement>("textarea");
  const write = async (next: string) => {
    area().value = next;
    area().setSelectionRange(next.length, next.length);
    area().dispatchEvent(new Event("input", { bubbles: true }));
    await settle();
  };
  const choose = async (selector: string, value: string) => {
    const field = find<HTMLSelectElement>(selector);
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    await settle();
  };
  const segments = () => asked.filter(({ kind }) => kind === "segment");
  return { page, asked, opened, mailed, settle, find, button, area, write, choose, segments };
}
const w = words.ja;

describe("the builder and the text", () => {
  test("rows write the text, and the text writes rows", async () => {
    const { button, area, settle, choose, find, write, page } = await shown();
    expect(page.textContent).toContain(w.saysNone);
    button(w.addRow)?.click();
    await settle();
    expect(area().value).toBe("number_of_orders >= 1");
    await choose("select.attribute", "lifecycle");
    expect(area().value).toBe("lifecycle = 'constant_active'");
    await choose("select.operator", "IN");
    button("constant_drowsy")?.click();
    await settle();
    expect(area().value).toBe("lifecycle IN ('constant_active', 'constant_drowsy')");
    button(w.not)?.click();
    await settle();
    expect(area().value).toMatch(/^NOT lifecycle/);
    await write("decile = 3 OR mailable");
    expect(page.querySelectorAll(".term").length).toBe(2);
    expect(find<HTMLInputElement>(".term input").value).toBe("3");
  });

  test("a season takes a year by a choice or a number, a chance its part", async () => {
    const { button, area, settle, choose } = await shown();
    button(w.addRow)?.click();
    await settle();
    await choose("select.attribute", "season");
    expect(area().value).toBe("season(name: 'mothers_day') = true");
    const year = `select[aria-label="${w.parameters.year}"]`;
    await choose(year, "last_year");
    expect(area().value).toBe("season(name: 'mothers_day', year: last_year) = true");
    await choose(year, "own");
    expect(area().value).toBe("season(name: 'mothers_day', year: 2025) = true");
    await choose(`input[aria-label="${w.yearOf(w.parameters.year ?? "")}"]`, "2023");
    expect(area().value).toBe("season(name: 'mothers_day', year: 2023) = true");
    await choose(year, "");
    expect(area().value).toBe("season(name: 'mothers_day') = true");
    await choose("select.attribute", "p_alive");
    expect(area().value).toBe("p_alive >= 0.5");
    await choose(`input[aria-label="${w.value}"]`, "0.25");
    expect(area().value).toBe("p_alive >= 0.25");
  });

  test("what lacks a value stays beside the text, and comes in with it", async () => {
    const { button, area, settle, choose, find, page } = await shown("decile = 1");
    button(w.addRow)?.click();
    await settle();
    const last = page.querySelectorAll<HTMLSelectElement>("select.attribute")[1];
    if (last) last.value = "prefecture";
    last?.dispatchEvent(new Event("change"));
    await settle();
    expect(area().value).toBe("decile = 1");
    expect(page.textContent).toContain(w.missing);
    await choose("input.text", "京都府");
    expect(area().value).toBe("decile = 1 AND prefecture = '京都府'");
    expect(find(".missing")).toBeNull();
  });

  test("text that rows cannot show is kept and counted", async () => {
    const deep = "(decile = 1 OR (decile = 2 AND mailable)) AND mailable";
    const { page, area, segments } = await shown(deep);
    expect(area().value).toBe(deep);
    expect(page.textContent).toContain(w.tooDeep);
    expect(page.querySelector("okaeri-segment-builder")).toBeNull();
    expect(segments()[0]).toEqual({ kind: "segment", text: deep, limit: 10 });
    expect(page.querySelector(".seg-sentence")?.textContent).toBe(`文:${deep}`);
  });

  test("what is wrong is marked, said, and corrected by one click", async () => {
    const { page, area, find, settle, write, button } = await shown("decile = 1");
    await write("mailable AND decil = 1");
    expect(find("mark").textContent).toBe("decil");
    expect(area().getAttribute("aria-invalid")).toBe("true");
    expect(find("#seg-errors").textContent).toContain("「decil」という項目はありません。");
    // The last answer stands, and nothing is done with it.
    expect(page.textContent).toContain(w.stale);
    expect(button(w.open)?.disabled).toBe(true);
    find<HTMLButtonElement>("#seg-errors button").click();
    await settle();
    expect(area().value).toBe("mailable AND decile = 1");
    expect(find("mark")).toBeNull();
    expect(button(w.open)?.disabled).toBe(false);
  });

  test("what may come next is chosen by keys, functions with their parenthesis", async () => {
    const { area, find, settle, write } = await shown();
    const key = async (name: string) => {
      area().dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
      await settle();
    };
    await write("prod");
    expect(find("[role=listbox]").children.length).toBe(2);
    await key("ArrowDown");
    await key("ArrowDown");
    expect(area().getAttribute("aria-activedescendant")).toBe("seg-word-1");
    await key("Enter");
    expect(area().value).toBe("products_purchased(");
    await key("Escape");
    expect(find("[role=listbox]")).toBeNull();
  });
});

describe("who is in a segment", () => {
  test("is asked when the reader pauses, once", async () => {
    const { area, settle, segments } = await shown("decile = 1");
    const before = segments().length;
    for (const text of ["d", "decile = 1", "decile = 12"]) {
      area().value = text;
      area().dispatchEvent(new Event("input", { bubbles: true }));
      await settle(100);
    }
    expect(segments().length).toBe(before);
    await settle();
    expect(segments().slice(before)).toEqual([{ kind: "segment", text: "decile = 12", limit: 10 }]);
  });

  test.each(["ja", "en"] as const)("is said whole, and handed on: %s", async (lang) => {
    const { page, button, opened, mailed, find } = await shown("decile = 1", lang);
    const text = page.textContent ?? "";
    for (const part of ["10.0%", "¥500", "佐藤 花子"]) expect(text).toContain(part);
    expect(text).not.toMatch(/NaN|undefined|null|\[object/);
    const filter: Filter = [{ in: "segment", text: "decile = 1" }];
    button(words[lang].open)?.click();
    button((lang === "ja" ? ja : en).send)?.click();
    expect([opened, mailed]).toEqual([[filter], [filter]]);
    find<HTMLButtonElement>(".seg-alone button").click();
    expect(opened[1]).toEqual([{ in: "segment", text: "one" }]);
    // Nobody is no list.
    expect(page.querySelectorAll(".seg-alone button").length).toBe(1);
  });

  test("is there again after a list, by what the route keeps", async () => {
    const { page, write } = await shown();
    await write("decile = 2");
    expect(page.choices).toEqual({ params: { text: "decile = 2", id: undefined } });
  });
});

test("a segment is saved, gets a version, and is deleted", async () => {
  const { page, find, button, settle, write } = await shown("decile = 1");
  const name = find<HTMLInputElement>("okaeri-segment-saved input[name=name]");
  name.value = "上位";
  name.dispatchEvent(new Event("input"));
  await settle();
  const save = async (label: string) => {
    const submitter = button(label);
    submitter
      ?.closest("form")
      ?.dispatchEvent(Object.assign(new Event("submit", { cancelable: true }), { submitter }));
    await settle();
  };
  await save(w.save);
  expect(find(".seg-saved tbody").textContent).toContain("上位");
  await write("decile = 2");
  await save(w.saveChange("上位"));
  expect(page.textContent).toContain(w.saved("上位", "2"));
  button(w.past)?.click();
  await settle();
  expect(find("del").textContent).toBe(`${w.gone}1`);
  expect(find("ins").textContent).toBe(`${w.come}2`);
  await save(w.saveOther);
  expect(page.textContent).toContain(w.refused.name_taken);
  button(w.delete)?.click();
  await settle();
  expect(find(".seg-saved")).not.toBeNull();
  button(w.sure)?.click();
  await settle();
  expect(find(".seg-saved")).toBeNull();
});

test("two segments show each cell, which opens who is in some and not in others", async () => {
  const { page, opened, settle, find } = await shown("decile = 1");
  const boxes = page.querySelectorAll<HTMLInputElement>(".seg-choices input");
  for (const box of [boxes[0], boxes[1]]) {
    if (box) box.checked = true;
    box?.dispatchEvent(new Event("change"));
    await settle();
  }
  const lines = Array.from(page.querySelectorAll("table.overlap tbody tr"));
  expect(lines.map((line) => line.querySelector("button")?.textContent)).toEqual([
    "4",
    "2",
    "2",
    "2",
  ]);
  lines[1]?.querySelector("button")?.click();
  const [inside, outside] = opened[0] ?? [];
  expect(inside).toEqual({ in: "segment", text: "decile = 1" });
  expect(outside).toMatchObject({ in: "segment", text: expect.stringMatching(/^NOT \(.+\)$/) });
  const desk = (page as View).desk;
  expect(outside && conditionWords(desk, outside)).toMatch(/^セグメント：「文:.+」ではない$/);
  expect(find(".seg-overlap tbody").textContent).toContain("∩");
});

test("a text that is added to be compared and cannot be read is named", async () => {
  const { page, settle, find } = await shown("decile = 1");
  const form = find<HTMLFormElement>("okaeri-segment-overlap form");
  for (const text of ["mailable", "decil = 1"]) {
    find<HTMLInputElement>("okaeri-segment-overlap input[name=text]").value = text;
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
  }
  expect(page.querySelector("okaeri-segment-overlap [role=alert]")?.textContent).toContain(
    w.overlapWrong("decil = 1", "there is no attribute"),
  );
  expect(find("table.overlap")).toBeNull();
});

test("a ready-made segment fills the editor", async () => {
  const { page, area, settle, find } = await shown();
  find<HTMLButtonElement>(".seg-starts button").click();
  await settle();
  expect(area().value).not.toBe("");
  expect(page.querySelector(".seg-sentence")).not.toBeNull();
});

test("a list says a segment as a sentence, and leads to a segment of its conditions", async () => {
  const { page, asked } = await shown("decile = 7", "ja", "okaeri-customers");
  expect(asked).toContainEqual({ kind: "segment", text: "decile = 7", limit: 0 });
  expect(page.querySelector(".chip")?.textContent).toContain("セグメント：文:decile = 7");
  expect(page.textContent).toContain(ja.customers.asSegment);
});
