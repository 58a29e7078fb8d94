import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROBLEMS } from "@clew/contract/problems";
import { expect, test } from "vitest";
import { root } from "../../bin/setup/paths.mjs";

const page = join(root, "docs/problems.md");
const text = existsSync(page) ? readFileSync(page, "utf8") : "";
const headings = [...text.matchAll(/^#{2,4}\s+`?([a-z][a-z-]*)`?\s*$/gm)].map((match) => match[1] as string);

test("every problem code has a heading in docs/problems.md", () => {
  expect(Object.keys(PROBLEMS).filter((code) => !headings.includes(code))).toEqual([]);
});

test("docs/problems.md explains no code that does not exist", () => {
  expect(headings.filter((heading) => !(heading in PROBLEMS))).toEqual([]);
});
