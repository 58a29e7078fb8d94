import { HIGHEST_LIMITS } from "@clew/contract/flows/flow-limits";
import { expect, test } from "vitest";
import { failureOf, OPTIONS } from "../../testing/formulas.ts";
import { formulaOf } from "../engine/compiled.ts";
import { compile, evaluate } from "./expression.ts";
import { LARGEST } from "./parse.ts";
import { print } from "./print.ts";
import { readsOf } from "./reads.ts";
import { compileText } from "./text.ts";
import { typeOf } from "./types.ts";

const { characters, parts, depth } = LARGEST;

test("[FZ8] what is read at all is as large as an operator may raise it to", () => {
  const { formulaCharacters, formulaParts, formulaDepth } = HIGHEST_LIMITS;
  expect(LARGEST).toEqual({ characters: formulaCharacters, parts: formulaParts, depth: formulaDepth });
});

test.each([
  [
    "a sum",
    Array(parts / 2)
      .fill("1")
      .join("+"),
  ],
  [
    "conditions side by side",
    Array(parts / 2)
      .fill("a")
      .join("&&"),
  ],
  ["a path", `a${".a".repeat(parts - 1)}`],
  ["a path by index", `a${"[0]".repeat(parts / 2 - 1)}`],
  ["calls of calls", `1${".abs()".repeat(parts - 1)}`],
  [
    "a list",
    `[${Array(parts - 1)
      .fill("1")
      .join(",")}]`,
  ],
  ["signs", `${"!".repeat(depth - 1)}a`],
  ["branches", `${"a ? 1 : ".repeat(depth - 1)}1`],
  ["lists within lists", "[".repeat(depth - 1) + "]".repeat(depth - 1)],
  ["macros within macros", `${"list.map(x, ".repeat(depth - 1)}1${")".repeat(depth - 1)}`],
])("[FZ8] the largest formula is read, typed, printed and computed: %s", (_what, source) => {
  expect(source.length).toBeLessThanOrEqual(characters);
  const compiled = compile(source);
  expect(typeOf(compiled, { variables: new Map() }).errors).toBeInstanceOf(Array);
  expect(readsOf(compiled.root)).toBeInstanceOf(Array);
  expect(print(compiled.root).length).toBeGreaterThan(0);
  expect(failureOf(() => evaluate(compiled, { a: null, list: [1] }, OPTIONS))).toMatch(/^(no error|type@\d+)$/);
});

test("[FZ8] how large a formula may be is said by who reads it, also of each hole of a text; runs read all that was published", () => {
  const most = { characters: 20, parts: 3, depth: 2 };
  const read = (source: string) => failureOf(() => compile(source, most));
  expect(read("1 + 2")).toBe("no error");
  expect(read("1 + 2 + 3")).toBe("limit@8");
  expect(read("((1))")).toBe("limit@2");
  expect(read(`1${" ".repeat(20)}`)).toBe("limit@20");
  expect(failureOf(() => compileText("{{1 + 2}} {{1 + 2}}", most))).toBe("no error");
  expect(failureOf(() => compileText("{{1 + 2}} {{1 + 2 + 3}}", most))).toBe("limit@20");
  const long = Array(300).fill("1").join("+");
  expect(evaluate(formulaOf(long), {}, OPTIONS)).toBe(300);
});
