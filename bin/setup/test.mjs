import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { ensureChromium } from "./chromium.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { inRoot, node } from "./paths.mjs";
import { ensureScreens } from "./screens.mjs";
import { runInForeground, say, Told } from "./terminal.mjs";

const TOTALS = inRoot("artifacts/test-totals.json");

/** Everything that must hold: the checks of the sources, then every test. The last line is the count. */
export async function test() {
  const { only } = parseArgs({ options: { only: { type: "string", multiple: true } } }).values;
  await ensureDependencies();
  const unmet = only ? await prepare(only) : await checkEverything();
  const totals = await runTests(only ?? []);
  totals.failed += unmet;
  if (totals.passed + totals.failed === 0) {
    say("\nNo test was run: that is a failure.");
    totals.failed = 1;
  }
  say(`\n${lastLine(totals)}`);
  return totals.failed === 0 ? 0 : 1;
}

/** @param {{ passed: number, failed: number, skipped: number }} totals */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Answers how many things failed; what fails here does not keep the tests from running.
 * @returns {Promise<number>} */
async function checkEverything() {
  say("Checks");
  const code = await runInForeground(node, [inRoot("bin/checks/check.ts")]);
  return code + (await failures(ensureChromium));
}

/** For one's own part of the tests: only what they may need.
 * @param {string[]} only */
async function prepare(only) {
  const inBrowser = only.some((pattern) => /browser|tests|console|widget/.test(pattern));
  return inBrowser ? (await failures(ensureScreens)) + (await failures(ensureChromium)) : 0;
}

/** @param {() => Promise<unknown>} step */
async function failures(step) {
  try {
    await step();
    return 0;
  } catch (error) {
    if (!(error instanceof Told)) throw error;
    say(`FAILED ${error.message}`);
    return 1;
  }
}

/** @param {string[]} only */
async function runTests(only) {
  mkdirSync(inRoot("artifacts"), { recursive: true });
  rmSync(TOTALS, { force: true });
  say("\nTests");
  const code = await runInForeground(
    node,
    [
      inRoot("node_modules/vitest/vitest.mjs"),
      "run",
      "--reporter=default",
      `--reporter=${inRoot("bin/checks/totals-reporter.ts")}`,
      ...only,
    ],
    // Whoever runs a part wants to see the screens in it; CI keeps them all as artefacts.
    {
      env: {
        ...(only.length > 0 || process.env.CI ? { CLEW_PICTURES: "on" } : {}),
        ...process.env,
        CLEW_TEST_TOTALS: TOTALS,
      },
    },
  );
  return countOf(code, existsSync(TOTALS) ? JSON.parse(readFileSync(TOTALS, "utf8")) : undefined);
}

/** A run that ended badly without a failed test, or without a count, has failed all the same.
 * @param {number} code @param {{ passed: number, failed: number, skipped: number } | undefined} totals */
export function countOf(code, totals) {
  if (!totals) return { passed: 0, failed: 1, skipped: 0 };
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}
