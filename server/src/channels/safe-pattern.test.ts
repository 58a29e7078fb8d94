import { performance } from "node:perf_hooks";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPattern } from "./safe-pattern.ts";

const GOOD = [
  "[^\\s@]+@[^\\s@]+\\.[^\\s@]+",
  "[\\w.+-]+@[\\w-]+\\.[\\w.-]+",
  "\\d+-\\d+-\\d+-\\d+",
  "[A-Z]+\\d+[a-z]+",
  "\\+?\\d[\\d ()-]{6,20}",
  "(DE|FR|ES|IT|PT|NL|BE|LU|AT|CH)\\d+|none",
  "[A-Z]{2}-\\d{6}",
  "\\d{4,8}",
  "(\\d{3}-){2}\\d{4}",
  "(LK|SO)-?\\d+",
  "^[^\\s]+$",
  "(?:a{1,3})?b*",
  "\\p{L}+ \\p{L}+",
];

for (const pattern of GOOD) {
  test(`[CF24] the pattern ${pattern} is taken`, () => {
    expect(checkPattern(pattern)).toBeNull();
  });
}

for (const pattern of ["(", "[z-a]", "a)(b", "\\d{3,1}", "*"]) {
  test(`[CF24] ${pattern} is no pattern`, () => {
    expect(checkPattern(pattern)).toBe("pattern-invalid");
  });
}

const SLOW = [
  "(a|a)".repeat(33),
  "(?:a)?".repeat(33),
  "(ab)+(ab)+(ab)+",
  "\\S+@\\S+\\.\\S+",
  "a*(b|)a*(b|)a*",
  "[ab]*a[ab]*b[ab]*a",
  "(a+)+",
  "(a*)*b",
  "(a|a)*",
  "([a-z]+\\d?){2,}",
  "((a{1,30}))+",
  "\\d*\\d*\\d*x",
  ".*.*.*=",
  "(?=a+)b",
  "(a)\\1",
  "a?".repeat(40),
  "a{1,20}".repeat(6),
  "(?:(?:x?){1,50})",
];

for (const pattern of SLOW) {
  test(`[CF24] ${pattern} could stop the server and is refused`, () => {
    expect(checkPattern(pattern)).toBe("pattern-slow");
  });
}

test("[CF24] the patterns taken are quick on the longest answer made to hurt them", () => {
  const began = performance.now();
  for (const pattern of GOOD) {
    for (const character of ["a", "1", "-", "@", ".", "A", " ", "@.", "a@", "1-"]) {
      new RegExp(`^(?:${pattern})$`, "u").test(`${character.repeat(3999 / character.length)}!`);
    }
  }
  expect(performance.now() - began).toBeLessThan(2000);
});

/** Patterns as people build them, of atoms, repetitions, groups and branches, with some nonsense in between. */
const { sequence: PATTERN } = fc.letrec<{ sequence: string; term: string; group: string }>((tie) => ({
  sequence: fc.array(tie("term"), { minLength: 1, maxLength: 8 }).map((terms) => terms.join("")),
  term: fc
    .tuple(
      fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom("a", "b", "\\d", "\\w", ".", "[ab]", "[^b]", "-", "é", ")", "["),
        tie("group"),
      ),
      fc.constantFrom("", "", "*", "+", "?", "{2}", "{2,}", "{1,30}", "{0,9}", "+?"),
    )
    .map((parts) => parts.join("")),
  group: fc
    .tuple(fc.constantFrom("(", "(?:", "(?i:"), fc.array(tie("sequence"), { minLength: 1, maxLength: 2 }))
    .map(([opening, branches]) => `${opening}${branches.join("|")})`),
}));

test("[CF24] whatever is taken is quick, and whatever comes is answered", () => {
  fc.assert(
    fc.property(PATTERN, (pattern) => {
      if (checkPattern(pattern) !== null) return;
      const expression = new RegExp(`^(?:${pattern})$`, "u");
      const began = performance.now();
      for (const text of ["a", "b", "1", "ab", "ba", "aab"]) expression.test(`${text.repeat(500)}!`);
      expect(performance.now() - began, pattern).toBeLessThan(1000);
    }),
    { numRuns: 10000 },
  );
});
