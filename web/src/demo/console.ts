// The console: a line is asked, and the answer stands below, as the module wrote it.

import { answerOf } from "../api.ts";
import { download } from "../csv.ts";
import { pageOf } from "../report/registry.ts";
import type { Source } from "../source.ts";
import { en } from "../text/en.ts";
import { ja } from "../text/ja.ts";
import type { Question, Reply } from "../wire.gen.ts";
import { problemWords } from "../words.ts";
import { find } from "./page.ts";
import { type Kind, NoQuestion, QUESTIONS, questionOf } from "./questions.ts";
import type { Words } from "./words.ts";

// More than this a page does not show well; the whole can be saved.
const SHOWN = 100_000;

/** What the console needs of the page around it. */
export interface Around {
  t(): Words;
  lang(): "ja" | "en";
  /** Whom to ask, and about which day. */
  source(): Source | undefined;
  asOf(): string;
  /** The same question to the other side; nothing where the two do not hold the same orders. */
  other(): Promise<Source> | undefined;
}

/** Answers with one line a row, so that a person can read it. */
function legible(text: string): string {
  return text
    .replaceAll('"rows":[[', '"rows":[\n   [')
    .replaceAll("],[", "],\n   [")
    .replaceAll('},"', '},\n "')
    .replaceAll('},{"', '},\n {"');
}

/** What is wrong with a line, or with asking it, in words. */
function wordsOf(around: Around, cause: unknown): string {
  const t = around.t();
  if (cause instanceof NoQuestion) {
    if (cause.why === "empty") return t.askEmpty;
    if (cause.why === "json") return t.askJson(cause.message);
    return t.askKind(cause.message, cause.near.join(", "));
  }
  const { says, detail } = problemWords(around.lang() === "ja" ? ja : en, cause);
  return detail ? `${says}\n${detail}` : says;
}

async function ask(around: Around, question: Question): Promise<void> {
  const t = around.t();
  const source = around.source();
  if (!source) throw new Error(t.noServer);
  const asOf = around.asOf();
  const start = performance.now();
  const text = await source.askText(asOf, question);
  const took = (performance.now() - start).toFixed(1);
  answerOf(JSON.parse(text) as Reply);
  const size = new TextEncoder().encode(text).length;
  const where = source.kind === "server" ? t.server : t.browser;
  find("timing").textContent = t.took(where, asOf, took, size.toLocaleString("en-US"));
  find("answer").textContent = legible(text.slice(0, SHOWN)) + (text.length > SHOWN ? "…" : "");
  const save = find<HTMLButtonElement>("save");
  save.hidden = false;
  save.onclick = () =>
    download(new Blob([text], { type: "application/json" }), `okaeri-${question.kind}.json`);
  if (!find<HTMLInputElement>("both").checked) return;
  const other = await around.other();
  if (!other) {
    find("timing").textContent += ` ${t.noOther}`;
    return;
  }
  const same = text === (await other.askText(asOf, question));
  find("timing").textContent += ` ${same ? t.sameBytes : t.otherBytes}`;
}

async function run(around: Around): Promise<void> {
  const answer = find("answer");
  find("save").hidden = true;
  find("timing").textContent = "";
  try {
    await ask(around, questionOf(find<HTMLTextAreaElement>("question").value));
    answer.classList.remove("bad");
  } catch (cause) {
    answer.classList.add("bad");
    answer.textContent = wordsOf(around, cause);
  }
}

/** The list of what can be asked, in the page's language. */
export function listQuestions(t: Words): void {
  const question = find<HTMLTextAreaElement>("question");
  const words: Partial<Record<Kind, string>> = t.questions;
  const lang = document.documentElement.lang === "ja" ? "ja" : "en";
  find("questions").replaceChildren(
    ...(Object.keys(QUESTIONS) as Kind[]).map((kind) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = kind;
      const example = QUESTIONS[kind];
      const isBare = Object.keys(example ?? {}).length === 1;
      button.onclick = () => {
        question.value = isBare ? kind : JSON.stringify(example);
        question.focus();
      };
      const line = document.createElement("li");
      line.append(button, ` ${words[kind] ?? pageOf(kind)?.[lang]}`);
      return line;
    }),
  );
}

/** Starts the console. */
export function startConsole(around: Around): void {
  const form = find<HTMLFormElement>("console");
  form.onsubmit = (event) => {
    event.preventDefault();
    void run(around);
  };
  find("question").onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  };
}
