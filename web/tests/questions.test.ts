import { expect, test } from "vitest";
import { NoQuestion, QUESTIONS, questionOf } from "../src/demo/questions.ts";
import { words } from "../src/demo/words.ts";
import schema from "../src/wire.schema.json";

test("every kind of question is listed, and explained in both languages", () => {
  const kinds = schema.$defs.Question.oneOf.map((one) => one.properties.kind.const);
  expect(Object.keys(QUESTIONS).toSorted()).toEqual(kinds.toSorted());
  for (const { questions } of Object.values(words)) {
    expect(Object.keys(questions).toSorted()).toEqual(kinds.toSorted());
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
