import fc from "fast-check";
import { expect, test } from "vitest";
import { failureOf, OPTIONS } from "../../testing/formulas.ts";
import { compile, evaluate, type Value } from "./expression.ts";
import { compilePattern, PatternError } from "./pattern.ts";

const formula = compile("matches(text, pattern)");
const matches = (text: string, pattern: string, budget?: number): Value =>
  evaluate(formula, { text, pattern }, { ...OPTIONS, ...(budget && { budget }) });

test.each([
  ["abc", "abc", true],
  ["abcd", "abc", false],
  ["xabc", "abc", false],
  ["", "", true],
  ["a", "", false],
  ["abc", "a.c", true],
  ["a\nc", "a.c", false],
  ["2026", "\\d{4}", true],
  ["20265", "\\d{4}", false],
  ["DE-123456", "[A-Z]{2}-\\d{6}", true],
  ["de-123456", "[A-Z]{2}-\\d{6}", false],
  ["aaa", "a{2,}", true],
  ["a", "a{2,}", false],
  ["aaaa", "a{1,3}", false],
  ["", "(a|b)*", true],
  ["abba", "(a|b)*", true],
  ["abca", "(a|b)*", false],
  ["color", "colou?r", true],
  ["a+b", "a\\+b", true],
  ["x", "[^xyz]", false],
  ["w", "[^xyz]", true],
  ["-", "[a-]", true],
  ["]", "[\\]]", true],
  ["É", "\\p{Lu}", true],
  ["日本", "\\p{L}+", true],
  ["😀", ".", true],
  ["😀", "[😀-😂]", true],
  ["abc", "^abc$", true],
  ["abc", "a^bc", false],
  ["ab", "(?:a)(b)", true],
  ["é", "\\u00e9", true],
  ["ab", "a*?b", true],
  ["a b", "\\w\\s\\w", true],
  ["ab", "a||b", false],
  ["", "()*", true],
  ["aab", "((a*)*)*b", true],
])("[FX12] %j fits %s: %s", (text, pattern, expected) => {
  expect(matches(text, pattern)).toBe(expected);
});

test.each([
  "(",
  ")",
  "a)",
  "[a",
  "*",
  "a**",
  "a{2",
  "a{3,1}",
  "{2}",
  "[z-a]",
  "[\\d-z]",
  "\\1",
  "(a)\\1",
  "(?=a)",
  "(?!a)",
  "(?<=a)",
  "(?<name>a)",
  "\\b",
  "^*",
  "\\p{Nope}",
  "\\p",
  "\\u12",
  "\\",
  "a]",
  "(((((((((((((((((((((a)))))))))))))))))))))",
  "a{9999}",
  "((a{99}){99}){99}",
  "(((((){999}){999}){999}){999})",
  "a".repeat(201),
])("[FX12] %s is no pattern that is taken", (pattern) => {
  expect(() => compilePattern(pattern)).toThrow(PatternError);
  expect(failureOf(() => matches("a", pattern))).toBe("pattern@0");
});

test("[FX12] a long text with a plain pattern is within the budget, the same text each time", () => {
  expect(matches("a".repeat(20_000), "[a-z]*", 30_000)).toBe(true);
  const steps = (budget: number) => failureOf(() => matches("ab".repeat(500), "(a|b)*", budget));
  let [least, most] = [1, 10_000];
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (steps(middle) === "no error") most = middle;
    else least = middle + 1;
  }
  expect(steps(least - 1)).toBe("budget@0");
  expect(steps(least)).toBe("no error");
});

/** Patterns of the shared language, as people build them. */
const { sequence: PATTERN } = fc.letrec<{ sequence: string; term: string; group: string }>((tie) => ({
  sequence: fc.array(tie("term"), { minLength: 0, maxLength: 5 }).map((terms) => terms.join("")),
  term: fc
    .tuple(
      fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom("a", "b", "\\d", "\\w", ".", "[ab]", "[^b]", "[a-c-]", "-", "é", "\\.", "\\p{L}", "😀"),
        tie("group"),
      ),
      fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{2,}", "{1,3}", "{0}", "+?"),
    )
    .map((parts) => parts.join("")),
  group: fc
    .tuple(fc.constantFrom("(", "(?:"), fc.array(tie("sequence"), { minLength: 1, maxLength: 3 }))
    .map(([opening, branches]) => `${opening}${branches.join("|")})`),
}));

test("[FX12] for what both understand, the answer is that of JavaScript's expressions anchored at both ends", () => {
  fc.assert(
    fc.property(
      PATTERN,
      fc.array(fc.constantFrom("a", "b", "1", "-", ".", "é", "😀", "\n"), { maxLength: 8 }),
      (pattern, text) => {
        // JavaScript tries every way through groups that repeat groups: one in many thousand patterns takes it minutes.
        fc.pre((pattern.match(/\)[*+{]/g) ?? []).length <= 3);
        let mine: Value;
        try {
          mine = matches(text.join(""), pattern, 1_000_000);
        } catch {
          // Longer than patterns may be: the tables above prove what is refused.
          fc.pre(false);
          return;
        }
        expect(mine).toBe(new RegExp(`^(?:${pattern})$`, "u").test(text.join("")));
      },
    ),
    { numRuns: 2_000 },
  );
});
