import { expect, test } from "vitest";
import { NoQuestion, QUESTIONS, questionOf } from "../src/demo/questions.ts";
import { words } from "../src/demo/words.ts";
import { kindOf, PAGES } from "../src/report/registry.ts";
import schema from "../src/wire.schema.json";

test("what is listed can be asked, and is explained in both languages or by its page", () => {
  const kinds = schema.$defs.Question.oneOf.map((one) => one.properties.kind.const);
  const listed = Object.keys(QUESTIONS);
  expect(kinds).toEqual(expect.arrayContaining(listed));
  for (const { questions } of Object.values(words)) {
    const explained = [...Object.keys(questions), ...PAGES.map(({ name }) => kindOf(name))];
    expect(listed.toSorted()).toEqual(explained.toSorted());
  }
});

test("a short name and JSON are questions", () => {
  expect(questionOf(" cells ")).toEqual({ kind: "cells" });
  expect(questionOf('{"kind":"flow","top":3}')).toEqual({ kind: "flow", top: 3 });
});

test.each([
  ["", "empty", []],
  ["flows", "kind", ["flow", "flow12"]],
  ['{"kind":"cell"}', "kind", ["cells"]],
  ['{"top":3}', "kind", []],
  ["[1]", "kind", []],
  ['{"kind":', "json", []],
  ["zzz", "kind", []],
])("%j is none: %s", (line, why, near) => {
  let cause: unknown;
  try {
    questionOf(line);
  } catch (thrown) {
    cause = thrown;
  }
  expect(cause).toBeInstanceOf(NoQuestion);
  expect(cause).toMatchObject({ why });
  if (near.length) expect((cause as NoQuestion).near).toEqual(expect.arrayContaining(near));
});
