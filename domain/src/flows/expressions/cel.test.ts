import { Environment } from "@marcbachmann/cel-js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { failureOf, OPTIONS } from "../../testing/formulas.ts";
import { compile, evaluate, type Value, type ValueMap } from "./expression.ts";

/** The language of formulas is near to CEL where it can be; there an established library has to agree. */
const CEL = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });

const DATA: ValueMap = {
  n: 3,
  half: 0.5,
  s: "abc",
  t: "",
  yes: true,
  ns: [3, 1, 2, 1],
  ss: ["a", "abc", ""],
  m: { n: 7, s: "b", inner: { ns: [1], yes: false } },
};

type Kind = "number" | "text" | "boolean" | "numbers" | "texts";

/** Written so that both read it the same way: every number with a point, every operation in brackets. */
const FORMULAS = fc.letrec<Record<Kind, string>>((tie) => {
  const [number, text, boolean, numbers, texts] = (["number", "text", "boolean", "numbers", "texts"] as const).map(
    (kind) => tie(kind),
  ) as [fc.Arbitrary<string>, fc.Arbitrary<string>, fc.Arbitrary<string>, fc.Arbitrary<string>, fc.Arbitrary<string>];
  const deeper = { maxDepth: 5, depthIdentifier: "cel" };
  const form = (template: string, ...parts: fc.Arbitrary<string>[]) =>
    fc.tuple(...parts).map((given) => template.replace(/[0-9]/g, (digit) => given[Number(digit)] ?? ""));
  const choose = <Sign extends string>(...signs: Sign[]) => fc.constantFrom(...signs);
  return {
    number: fc.oneof(
      deeper,
      fc.oneof(
        fc.nat(9).map((value) => `${value}.0`),
        choose("n", "half", "m.n", "1.5", "m['n']", "ns[0]", "ns[2]", "2.5e1"),
      ),
      form("(0 1 2)", number, choose("+", "-", "*", "/"), number),
      form("(-0)", number),
      form("(0 ? 1 : 2)", boolean, number, number),
    ),
    text: fc.oneof(
      deeper,
      choose("s", "t", "m.s", "ss[1]", "'a'", '"b\'c"', "'\\n\\\\'", "'\\u0041'", "''"),
      form("(0 + 1)", text, text),
      form("(0 ? 1 : 2)", boolean, text, text),
    ),
    boolean: fc.oneof(
      deeper,
      choose("yes", "true", "false", "m.inner.yes"),
      form("(0 1 2)", number, choose("<", "<=", ">", ">=", "==", "!="), number),
      form("(0 1 2)", text, choose("<", "<=", ">", ">=", "==", "!="), text),
      form("(0 1 2)", numbers, choose("==", "!="), numbers),
      form("(0 1 2)", boolean, choose("&&", "||", "==", "!="), boolean),
      form("(!0)", boolean),
      form("(0 in 1)", number, numbers),
      form("(0 in 1)", text, texts),
      form("('n' in m)"),
      form("(0 in m)", text),
      form("0.1(2)", text, choose("startsWith", "endsWith", "contains"), text),
      form("0.1(x, (x 2 3))", numbers, choose("all", "exists"), choose("<", ">", "==", "!="), number),
      form("0.1(x, x.startsWith(2))", texts, choose("all", "exists"), text),
      form("(size(0) == size(1))", text, texts),
      form("(size(0) < size(1))", numbers, text),
    ),
    numbers: fc.oneof(
      deeper,
      choose("ns", "m.inner.ns", "[1.0, 2.0]", "[n]"),
      form("[0, 1]", number, number),
      form("(0 + 1)", numbers, numbers),
      form("0.filter(x, (x 1 2))", numbers, choose("<", ">=", "=="), number),
      form("0.map(x, (x 1 2))", numbers, choose("+", "-", "*"), number),
    ),
    texts: fc.oneof(
      deeper,
      choose("ss", "['a', 'b']"),
      form("[0]", text),
      form("0.filter(x, (x 1 2))", texts, choose("<", "==", "!="), text),
      form("0.map(x, (x + 1))", texts, text),
    ),
  };
});
const ANY_KIND = fc.oneof(...Object.values(FORMULAS));

test("[FX15] a formula of the language shared with CEL has the value that a CEL library gives it", () => {
  let compared = 0;
  fc.assert(
    fc.property(ANY_KIND, (source) => {
      fc.pre(source.length <= 2_000);
      let mine: Value = null;
      const outcome = failureOf(() => {
        mine = evaluate(compile(source), DATA, { ...OPTIONS, budget: 100_000 });
      });
      // Numbers that JSON cannot hold are an error here and Infinity or NaN there.
      if (/^(number|limit)@/.test(outcome)) return;
      expect(outcome, source).toBe("no error");
      expect(asJson(mine), source).toEqual(asJson(CEL.evaluate(source, DATA as Record<string, unknown>)));
      compared += 1;
    }),
    { numRuns: 4_000 },
  );
  expect(compared).toBeGreaterThan(2_000);
});

/** Zero has a sign there and none here; nothing else differs. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test.each([
  ["1 + 2 * 3 - 4", 3],
  ["-2 * -3", 6],
  ["!true || true", true],
  ["1 < 2 && 2 < 3", true],
  ["true ? false ? 1 : 2 : 3", 2],
  ["1 + 1 in [2]", true],
  ["!yes == false", true],
  ["'a' + 'b' == 'ab'", true],
  ["[[1, 2], [3]][0][1]", 2],
  ["{'a': {'b': 1}}.a['b']", 1],
  ["[1, 2, 3].filter(x, x > 1).map(x, x * 2) == [4, 6]", true],
  ["[1, 2].all(x, [3, 4].exists(y, y > x))", true],
])("[FX15] without brackets, %s binds as in CEL", (source, expected) => {
  expect(evaluate(compile(source), DATA, OPTIONS)).toEqual(expected);
  const theirs = CEL.evaluate(source, DATA as Record<string, unknown>);
  expect(typeof theirs === "bigint" ? Number(theirs) : theirs).toEqual(expected);
});
