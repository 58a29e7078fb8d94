import { expect, test } from "vitest";
import { failureOf, proveFailures, proveValues, resultOf, USUAL_SIZE } from "../../testing/formulas.ts";
import { compile } from "./expression.ts";

proveValues("[FX1]", [
  [" \n\t1\r\n", 1],
  ["'it\\'s'", "it's"],
  ['"it\'s"', "it's"],
  ["'say \"hi\"'", 'say "hi"'],
  ["'a\\n\\t\\r\\\\\\\"'", 'a\n\t\r\\"'],
  ["'\\u00e9\\ud83d\\ude00'", "é😀"],
  ["'😀'", "😀"],
  ["''", ""],
  ["true", true],
  ["null", null],
  ["((((1))))", 1],
  ["{a: {b: [1]}}.a.b[0]", 1],
  ["name.upper()", "INES"],
  ["name.startsWith('I')", true],
  ["list.size()", 3],
  ["name.substring(1, 3).upper()", "NE"],
  ["yes?1:2", 1],
  ["list.sum()", 6],
  ["inner", null],
  ["_private", null],
  ["{in: 1}.in", 1],
  ["{true: 1}.true", 1],
]);

proveFailures("[FX1]", [
  ["", "syntax@0"],
  ["  ", "syntax@2"],
  ["1 +", "syntax@3"],
  ["+ 1", "syntax@0"],
  ["1 2", "syntax@2"],
  ["(1", "syntax@2"],
  ["1)", "syntax@1"],
  ["[1, 2", "syntax@5"],
  ["[1,, 2]", "syntax@3"],
  ["{a 1}", "syntax@3"],
  ["{a: 1, a: 2}", "syntax@7"],
  ["{1: 2}", "syntax@1"],
  ["'abc", "syntax@0"],
  ["'a\\x'", "syntax@2"],
  ["'a\\u12'", "syntax@2"],
  ["a.", "syntax@2"],
  ["a.1", "syntax@2"],
  ["a..b", "syntax@2"],
  ["a[]", "syntax@2"],
  ["a = 1", "syntax@2"],
  ["a & b", "syntax@2"],
  ["a | b", "syntax@2"],
  ["a; b", "syntax@1"],
  ["a => b", "syntax@2"],
  ["a === b", "syntax@4"],
  ["`a`", "syntax@0"],
  ["#", "syntax@0"],
  ["1 < 2 < 3", "syntax@6"],
  ["1 == 1 == true", "syntax@7"],
  ["a ? b", "syntax@5"],
  ["in", "syntax@0"],
  ["1 in", "syntax@4"],
  ["list.filter(null, true)", "syntax@5"],
  ["1e999", "number@0"],
  ["nope(1)", "name@0"],
  ["name.nope()", "name@5"],
  ["filter(list, true)", "name@0"],
  ["list.filter(true)", "name@5"],
  ["upper()", "arguments@0"],
  ["upper('a', 'b')", "arguments@0"],
  ["now(1)", "arguments@0"],
  ["name.upper(1)", "arguments@5"],
  ["list.sortBy(x, x, x)", "syntax@16"],
  ["(a)(b)", "syntax@3"],
  ["a.b(1)(2)", "name@2"],
  ["list[0](1)", "syntax@7"],
]);

test("[FX1] a formula has at most 2,000 characters", () => {
  const read = (source: string) => failureOf(() => compile(source, USUAL_SIZE));
  expect(read(`1${" ".repeat(1_999)}`)).toBe("no error");
  expect(read(`1${" ".repeat(2_000)}`)).toBe("limit@2000");
});

test("[FX1] a formula has at most 500 parts, and a long chain of them is no deep one", () => {
  expect(failureOf(() => compile(Array(250).fill("1").join("+"), USUAL_SIZE))).toBe("no error");
  expect(resultOf(Array(250).fill("1").join("+"))).toBe(250);
  expect(failureOf(() => compile(Array(251).fill("1").join("+"), USUAL_SIZE))).toMatch(/^limit@/);
  expect(resultOf(Array(250).fill("yes").join("&&"))).toBe(true);
  expect(resultOf(`a${".a".repeat(499)}`)).toBe(null);
});

test("[FX1] nothing is nested deeper than 40", () => {
  expect(failureOf(() => compile(`${"(".repeat(39)}1${")".repeat(39)}`, USUAL_SIZE))).toBe("no error");
  const deep = (open: string, close = "") =>
    failureOf(() => compile(`${open.repeat(41)}1${close.repeat(41)}`, USUAL_SIZE));
  expect(deep("(", ")")).toBe("limit@40");
  expect(deep("[", "]")).toBe("limit@40");
  expect(deep("!")).toMatch(/^limit@/);
  expect(deep("-")).toMatch(/^limit@/);
  expect(deep("a[", "]")).toMatch(/^limit@/);
  expect(deep("abs(", ")")).toMatch(/^limit@/);
  expect(deep("1 ? 1 : ")).toMatch(/^limit@/);
});

test("[FX1] twenty thousand brackets are answered, not crashed into", () => {
  expect(failureOf(() => compile("(".repeat(20_000), USUAL_SIZE))).toBe("limit@2000");
  expect(failureOf(() => compile("(".repeat(20_000)))).toBe("limit@10000");
  expect(failureOf(() => compile("(".repeat(10_000)))).toBe("limit@100");
});

test("[FX1] macros take their items by name, around outer items and variables", () => {
  expect(resultOf("list.map(count, count)")).toEqual([3, 1, 2]);
  expect(resultOf("list.map(x, list.map(x, x * 2))[0]")).toEqual([6, 2, 4]);
  expect(resultOf("list.map(x, words.map(y, y + text(x)))[0]")).toEqual(["b3", "a3", "b3"]);
  expect(resultOf("list.map(x, x) == list && x == null")).toBe(true);
});
