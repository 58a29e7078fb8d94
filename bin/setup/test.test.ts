import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plantProject } from "../checks/planted.ts";
import { root } from "./paths.mjs";
import { countOf, lastLine } from "./test.mjs";

/** Runs the test runner with our counting reporter over these files. */
function run(files: Record<string, string>): unknown {
  const project = plantProject({ "vitest.config.ts": "export default {};", ...files });
  mkdirSync(join(project, "node_modules"));
  symlinkSync(join(root, "node_modules/vitest"), join(project, "node_modules/vitest"));
  const totals = join(project, "totals.json");
  const reporter = join(root, "bin/checks/totals-reporter.ts");
  const { status } = spawnSync(
    process.execPath,
    [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", project, `--reporter=${reporter}`],
    { encoding: "utf8", cwd: project, env: { ...process.env, CLEW_TEST_TOTALS: totals } },
  );
  return countOf(status ?? 1, readTotals(totals));
}

function readTotals(path: string) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

const head = 'import { test, beforeAll } from "vitest";';

test("passed, failed and skipped tests are each counted", () => {
  const text = `${head} test("a", () => {}); test("b", () => {}); test("c", () => { throw new Error("no"); }); test.skip("d", () => {});`;
  expect(run({ "a.test.ts": text })).toEqual({ passed: 2, failed: 1, skipped: 1 });
});

test("a file that cannot be loaded counts as a failure", () => {
  const good = `${head} test("a", () => {});`;
  expect(run({ "a.test.ts": good, "b.test.ts": 'import "./nowhere.ts";' })).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});

test("an error that escapes every test counts as a failure", () => {
  const text = `${head} test("a", () => { Promise.reject(new Error("late")); });`;
  expect(run({ "a.test.ts": text })).toMatchObject({ failed: 1 });
});

test("a hook that fails is a failure, and its tests are not among the passed ones", () => {
  const text = `${head} beforeAll(() => { throw new Error("no"); }); test("a", () => {});`;
  expect(run({ "a.test.ts": text })).toMatchObject({ passed: 0, failed: 1 });
});

test("no tests at all is a failure", () => {
  expect(run({})).toMatchObject({ passed: 0, failed: 1 });
});

test("the last line is plain, and mentions skipped tests only when there are some", () => {
  expect(lastLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
  expect(lastLine({ passed: 12, failed: 1, skipped: 3 })).toBe("12 passed, 1 failed, 3 skipped");
});
