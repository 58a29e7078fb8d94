import { writeFileSync } from "node:fs";
import type { SerializedError } from "vitest";
import type { Reporter, TestModule } from "vitest/node";

export type Totals = { passed: number; failed: number; skipped: number };

/**
 * Counts what really happened and leaves it for bin/test in the file that CLEW_TEST_TOTALS names. A file that could not be loaded and an
 * error that escaped every test are failures, though no test of theirs is among the failed ones.
 */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const totals: Totals = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      totals.passed += states.filter((state) => state === "passed").length;
      totals.failed += states.filter((state) => state === "failed" || state === "pending").length;
      totals.skipped += states.filter((state) => state === "skipped").length;
      if (module.state() === "failed" && !states.includes("failed")) totals.failed++;
    }
    writeFileSync(process.env.CLEW_TEST_TOTALS as string, JSON.stringify(totals));
  }
}
