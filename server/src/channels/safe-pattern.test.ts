import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { checkPattern } from "./safe-pattern.ts";

const GOOD = [
  "[A-Z]{2}-\\d{6}",
  "\\d{4,8}",
  "\\S+@\\S+\\.[a-z]+",
  "(\\d{3}-){2}\\d{4}",
  "(LK|SO)-?\\d+",
  "^[^\\s]+$",
  "(?:a{1,3})?b*",
  "\\p{L}+ \\p{L}+",
];

for (const pattern of GOOD) {
  test(`[C24] the pattern ${pattern} is taken`, () => {
    expect(checkPattern(pattern)).toBeNull();
  });
}

for (const pattern of ["(", "[z-a]", "a)(b", "\\d{3,1}", "*"]) {
  test(`[C24] ${pattern} is no pattern`, () => {
    expect(checkPattern(pattern)).toBe("pattern-invalid");
  });
}

const SLOW = [
  "(a+)+",
  "(a*)*b",
  "(a|a)*",
  "([a-z]+\\d?){2,}",
  "((a{1,30}))+",
  "\\d*\\d*\\d*x",
  ".*.*.*=",
  "(?=a+)b",
  "(a)\\1",
  "(?:(?:x?){1,50})",
];

for (const pattern of SLOW) {
  test(`[C24] ${pattern} could stop the server and is refused`, () => {
    expect(checkPattern(pattern)).toBe("pattern-slow");
  });
}

test("[C24] the patterns taken are quick on the longest answer made to hurt them", () => {
  const began = performance.now();
  for (const pattern of GOOD) {
    for (const character of ["a", "1", "-", "@", ".", "A", " "]) {
      new RegExp(`^(?:${pattern})$`, "u").test(`${character.repeat(3999)}!`);
    }
  }
  expect(performance.now() - began).toBeLessThan(2000);
});
