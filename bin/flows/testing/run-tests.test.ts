import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inRoot } from "../../setup/paths.mjs";
import { testPaths } from "../test-paths.ts";
import { testFiles } from "./run-tests.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clew-flow-tests-"));
  cpSync(inRoot("examples/flows"), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(paths: string[], patience?: number) {
  const lines: string[] = [];
  const code = await testFiles(paths, (line) => lines.push(line), patience);
  return { code, lines };
}

test.each(testPaths([inRoot("examples/flows")]).map((path) => [path.split(/[\\/]/).at(-1) ?? "", path] as const))(
  "[FT1] the tests of the example flows pass: %s",
  { timeout: 120_000 },
  async (_, path) => {
    const { code, lines } = await run([path]);
    expect(lines.filter((line) => line.includes("FAILED") || /step \d/.test(line))).toEqual([]);
    expect(code).toBe(0);
  },
);

test("[FT2] what is not as expected is told by its step, with what was expected and what was found", {
  timeout: 60_000,
}, async () => {
  const path = join(folder, "case.followUp.test.json");
  const tests = JSON.parse(readFileSync(path, "utf8"));
  tests.cases = [tests.cases[1]];
  Object.assign(tests.cases[0].steps[1].expect, { run: "faulted", record: { "Case:c1": { status: "closed" } } });
  writeFileSync(path, JSON.stringify(tests));
  const { code, lines } = await run([path], 1_500);
  expect(code).toBe(1);
  expect(lines.slice(1)).toEqual([
    "  FAILED  a case that goes on ends the wait, and nobody is asked",
    '          step 2  run: expected "faulted", found "completed"',
    '          step 2  Case:c1.status: expected "closed", found "open"',
    "0 passed, 1 failed",
  ]);
});

test("[FT3] a test that says what nobody understands, or tests nothing, fails and says why", async () => {
  const path = join(folder, "case.followUp.test.json");
  writeFileSync(path, JSON.stringify({ flow: "case.followUp", cases: [{ case: "odd", steps: [{ clok: "+PT1M" }] }] }));
  expect((await run([path])).lines.join("\n")).toMatch(/cannot be read: \/cases\/0\/steps\/0/);
  writeFileSync(path, JSON.stringify({ flow: "case.nothing", cases: [{ case: "odd", steps: [{}] }] }));
  expect(await run([path])).toMatchObject({
    code: 1,
    lines: expect.arrayContaining(["          there is no flow case.nothing beside the test"]),
  });
  expect((await run([])).code).toBe(1);
});
