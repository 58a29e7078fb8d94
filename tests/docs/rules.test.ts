import { expect, test } from "vitest";
import { readSource, readSources } from "../../bin/checks/sources.ts";
import { root } from "../../bin/setup/paths.mjs";
import { readPages } from "./pages.ts";
import { numberedRules, rulesNamedByTests } from "./rule-numbers.ts";

const written = numberedRules(readPages());
// This file names rules that exist nowhere.
const named = rulesNamedByTests(readSources(root).filter(({ path }) => path !== "tests/docs/rules.test.ts"));

test("every numbered rule is named by a test", () => {
  expect(written.filter((rule) => !named.has(rule))).toEqual([]);
});

test("every rule that a test names is written down", () => {
  expect([...named].filter((rule) => !written.includes(rule))).toEqual([]);
});

test("no number is given twice", () => {
  expect(written.filter((rule, index) => written.indexOf(rule) !== index)).toEqual([]);
});

test("numbers are read from lists in docs/rules, and names from titles only", () => {
  const text = "- **X1** one\n- **X2**: two\nas **X3** says\n";
  expect(
    numberedRules([
      { path: "docs/rules/x.md", text },
      { path: "docs/other.md", text: "- **Y1** no" },
    ]),
  ).toEqual(["X1", "X2"]);
  const source = readSource(
    "domain/src/x.test.ts",
    '// [X3]\ntest("[X1] it holds", () => {}); test(`[X2] for all`, () => {});',
  );
  expect([...rulesNamedByTests([source])]).toEqual(["X1", "X2"]);
});
