import { afterEach, expect, test } from "vitest";
import type { Desk } from "../src/desk.ts";
import { formats } from "../src/format.ts";
import type { Choices, Params } from "../src/report/controls.ts";
import { type Answered, ReportView } from "../src/report/view.ts";
import { en } from "../src/text/en.ts";
import { ja } from "../src/text/ja.ts";
import type { Filter, Question } from "../src/wire.gen.ts";

const words = { ja: { title: "段階" }, en: { title: "Stages" } };

class Stages extends ReportView<{ title: string }> {
  protected override readonly words = words;
  protected override question(params: Params): Question {
    return { kind: "steps", ...params } as Question;
  }
  protected override controls() {
    const limits = { min: 1, max: 9, value: 3 };
    return [{ kind: "number", name: "steps", label: "まで", ...limits }] as const;
  }
  protected override says(answer: Answered) {
    return answer
      .rows<{ customers: number }>("steps")
      .map(({ customers }) => customers)
      .join();
  }
  protected override todo() {
    return "する";
  }
  protected override figures() {
    return [];
  }
  protected override sheets() {
    const customers = { name: "customers", label: "人数", format: "count", opens: "customers" };
    const step = { name: "step", label: "回", format: "count" };
    return [{ table: "steps", keys: ["step"], columns: [step, customers] }] as never;
  }
}
customElements.define("test-stages", Stages);

/** A page on a desk whose source answers when it is told to. */
function stages(lang: "ja" | "en" = "ja") {
  const asked: { body: string; answer: (customers: number | undefined) => Promise<void> }[] = [];
  const opened: [Filter, string | undefined][] = [];
  const page = document.createElement("test-stages") as Stages;
  const settle = async () => {
    await new Promise((done) => setTimeout(done));
    await page.updateComplete;
  };
  const askText = (asOf: string, question: Question, beside?: object) =>
    new Promise<string>((done, failed) => {
      asked.push({
        body: JSON.stringify([asOf, question, beside]),
        answer: (customers) => {
          const rows = customers === undefined ? [] : [[1, customers]];
          const tables = { steps: { columns: ["step", "customers"], rows } };
          const answer = { is: "tables", as_of: asOf, tables };
          if (customers === -1) failed(new Error("boom"));
          else
            done(JSON.stringify({ answer, notes: [{ code: "waiting", count: 4, message: "" }] }));
          return settle();
        },
      });
    });
  const desk = {
    lang,
    t: lang === "ja" ? ja : en,
    f: formats(lang, "JPY"),
    source: { kind: "browser", askText },
    asOf: "2025-03-31",
    tables: {},
    product: String,
    open: (filter: Filter, scope?: string) => opened.push([filter, scope]),
    choose: (choices: Choices) => {
      page.choices = choices;
    },
    report: () => {},
  } as unknown as Desk;
  page.desk = desk;
  document.body.append(page);
  const says = () => page.querySelector(".says")?.textContent;
  return { page, desk, asked, opened, settle, says };
}

afterEach(() => document.body.replaceChildren());

test("a report keeps its answer until the next is there", async () => {
  const { page, asked, settle, says } = stages();
  await settle();
  expect(says()).toBe(ja.loading);
  await asked[0]?.answer(7);
  expect(says()).toBe("7");
  page.choices = { params: { steps: 5 }, scope: "gift", compare: "month" };
  await settle();
  expect(says()).toBe("7");
  expect(page.querySelector(".report-body")?.getAttribute("aria-busy")).toBe("true");
  expect(JSON.parse(asked[1]?.body ?? "")).toEqual([
    "2025-03-31",
    { kind: "steps", steps: 5 },
    { compare: "2025-02-28", scope: "gift" },
  ]);
  await asked[1]?.answer(8);
  expect(says()).toBe("8");
});

test("an answer that comes late is not shown, and one that was given is not asked again", async () => {
  const { page, asked, settle, says } = stages();
  await settle();
  page.choices = { params: { steps: 5 } };
  await settle();
  await asked[1]?.answer(8);
  await asked[0]?.answer(7);
  expect(says()).toBe("8");
  page.choices = {};
  await settle();
  expect([says(), asked.length]).toEqual(["7", 2]);
});

test("other facts are asked anew, another language is not", async () => {
  const { page, desk, asked, settle } = stages();
  await settle();
  await asked[0]?.answer(7);
  page.desk = { ...desk, lang: "en", t: en };
  await settle();
  expect(page.querySelector("h2")?.textContent).toBe("Stages");
  expect(asked.length).toBe(1);
  page.desk = { ...desk, tables: {} };
  await settle();
  expect(asked.length).toBe(2);
});

test("a number opens whom it counts, by the question and the scope that it was asked with", async () => {
  const { page, asked, opened, settle } = stages();
  page.choices = { params: { steps: 5 }, scope: "own" };
  await settle();
  await asked[0]?.answer(7);
  await settle();
  page.querySelector<HTMLButtonElement>("table.report tbody button")?.click();
  const question = { kind: "steps", steps: 5 };
  const condition = { in: "report", question, table: "steps", key: [1], measure: "customers" };
  expect(opened).toEqual([[[condition], "own"]]);
});

test("nothing to count and what went wrong are said", async () => {
  const { page, asked, settle } = stages();
  await settle();
  await asked[0]?.answer(undefined);
  expect(page.textContent).toContain("数えるものがありません");
  page.choices = { params: { steps: 5 } };
  await settle();
  await asked[1]?.answer(-1);
  expect(page.querySelector("[role=alert]")?.textContent).toContain("boom");
  page.querySelector<HTMLButtonElement>("[role=alert] button")?.click();
  await settle();
  await asked[2]?.answer(9);
  expect(page.querySelector("[role=alert]")).toBeNull();
});
