import { expect, test } from "vitest";
import { cycleProblems } from "./cycles.ts";
import { plantProject } from "./planted.ts";
import { readSources } from "./sources.ts";

function problemsOf(files: Record<string, string>): string[] {
  const root = plantProject(files);
  return cycleProblems(readSources(root), root);
}

test("a circle of three files is told as a way round, type imports included", () => {
  const found = problemsOf({
    "domain/src/a.ts": 'import "./b.ts"; import "./d.ts";',
    "domain/src/b.ts": 'import type { C } from "./c.ts";',
    "domain/src/c.ts": 'export { a } from "./a.ts";',
    "domain/src/d.ts": "",
  });
  expect(found).toEqual(["domain/src/a.ts -> domain/src/b.ts -> domain/src/c.ts -> domain/src/a.ts"]);
});

test("a circle through the entrances of packages is found", () => {
  const found = problemsOf({
    "contract/src/a.ts": 'import "@clew/domain/b";',
    "domain/src/b.ts": 'import "@clew/contract/a";',
  });
  expect(found).toEqual(["contract/src/a.ts -> domain/src/b.ts -> contract/src/a.ts"]);
});

test("a file that imports itself is a circle; two ways to one file are not", () => {
  expect(problemsOf({ "domain/src/a.ts": 'import "./a.ts";' })).toEqual(["domain/src/a.ts -> domain/src/a.ts"]);
  const diamond = {
    "domain/src/a.ts": 'import "./b.ts"; import "./c.ts";',
    "domain/src/b.ts": 'import "./c.ts";',
    "domain/src/c.ts": "",
  };
  expect(problemsOf(diamond)).toEqual([]);
});
