import { defineConfig } from "vitest/config";

const SECOND = 1_000;

export default defineConfig({
  test: {
    environment: "node",
    globalSetup: ["tests/support/postgres-setup.ts"],
    // Two cores: more workers only make each other late, and late looks like broken in browser tests.
    maxWorkers: 2,
    hookTimeout: 60 * SECOND,
    teardownTimeout: 20 * SECOND,
    // What is waited for is waited for as long as a busy machine takes; the library's own second is not meant for servers.
    expect: { poll: { timeout: 10 * SECOND, interval: 50 } },
    passWithNoTests: false,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "{contract,domain,server,client,widget,console,bench,bin}/**/*.test.{ts,tsx}",
            "tests/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**", "**/dist/**", "tests/browser/**", "**/*.browser.test.ts"],
          testTimeout: 20 * SECOND,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts", "{widget,console}/**/*.browser.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**"],
          testTimeout: 60 * SECOND,
        },
      },
    ],
  },
});
