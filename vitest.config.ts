import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const SECOND = 1_000;

/**
 * Short to read and long to run. By their size they would come last: one worker would be busy with them while the others have
 * nothing left to do, and those of processes that are killed would take the machine from browser tests. So they come first of
 * their project, beside each other.
 */
const LONG_RUNS = [
  "tests/crash/crash.test.ts",
  "tests/simulation/simulation.test.ts",
  "tests/flows/many-runs.test.ts",
  "bin/flows/testing/run-tests.test.ts",
  "tests/fuzz/http-fuzz.test.ts",
];
/** A process of its own for each of these files. */
const ALONE = ["tests/{crash,simulation,flows}/**/*.test.ts"];
/** After the browser tests, for which the cores are needed whole: these wait half of their time, so one more runs beside. */
const WAITING = { maxWorkers: 3, sequence: { groupOrder: 1 } };

class LongRunsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = LONG_RUNS.flatMap((path) => sorted.filter(({ moduleId }) => moduleId.endsWith(`/${path}`)));
    const others = sorted.filter((file) => !long.includes(file));
    // One project after the other, as they were: each that comes up again would be loaded again.
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((own) => [...long, ...others].filter(({ project }) => project === own));
  }
}

export default defineConfig({
  test: {
    environment: "node",
    globalSetup: ["tests/support/memory-disk.ts", "tests/support/postgres-setup.ts"],
    // Two cores: more workers only make each other late, and late looks like broken in browser tests.
    maxWorkers: 2,
    hookTimeout: 60 * SECOND,
    teardownTimeout: 20 * SECOND,
    // What is waited for is waited for as long as a busy machine takes; the library's own second is not meant for servers.
    expect: { poll: { timeout: 10 * SECOND, interval: 50 } },
    passWithNoTests: false,
    allowOnly: false,
    sequence: { sequencer: LongRunsFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "parts",
          // No server, no store, no page: nothing stays behind but what was loaded, and one process loads it once for many files.
          isolate: false,
          ...WAITING,
          include: ["{contract,domain,client,widget,console}/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", "**/dist/**", "**/*.browser.test.ts"],
          testTimeout: 20 * SECOND,
        },
      },
      {
        extends: true,
        test: {
          name: "server",
          // Every test opens servers and stores of its own; what is shared is what was loaded.
          isolate: false,
          ...WAITING,
          include: ["server/**/*.test.ts"],
          testTimeout: 20 * SECOND,
        },
      },
      {
        extends: true,
        test: {
          name: "unit",
          // What is started is a process of its own, or ends with its test.
          isolate: false,
          ...WAITING,
          include: ["{bench,bin}/**/*.test.{ts,tsx}", "tests/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", "tests/browser/**", "**/*.browser.test.ts", ...ALONE],
          testTimeout: 20 * SECOND,
        },
      },
      {
        extends: true,
        test: {
          // Much memory, and processes that are killed.
          name: "alone",
          // In megabytes: what a world of the simulation makes and drops is collected less often.
          execArgv: ["--min-semi-space-size=16"],
          include: ALONE,
          testTimeout: 20 * SECOND,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          // One process and its Chromium for file after file: what they load is loaded, and warm, once. Every test has a server
          // and windows of its own. Node runs our sources as they are.
          isolate: false,
          environment: "./tests/browser/environment.ts",
          experimental: { viteModuleRunner: false, nodeLoader: false },
          include: ["tests/browser/**/*.test.ts", "{widget,console}/**/*.browser.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**"],
          // What a person waits for has a patience of its own, in `stage.ts`; this is for whole tests on a machine that is busy.
          testTimeout: 120 * SECOND,
        },
      },
    ],
  },
});
