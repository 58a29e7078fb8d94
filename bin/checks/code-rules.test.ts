import { expect, test } from "vitest";
import { codeProblems } from "./code-rules.ts";
import { readSource } from "./sources.ts";

const problemsOf = (path: string, text: string): string[] => codeProblems([readSource(path, text)]);

test.each([
  "const at = Date.now();",
  "const at = new Date();",
  "const at = Date();",
  "const dice = Math.random();",
  "const id = crypto.randomUUID();",
  "const id = globalThis.crypto.randomUUID();",
  "setTimeout(() => {}, 10);",
  "const later = setInterval;",
  "async function load() {}",
  "export const load = async () => 1;",
  "let soon: Promise<number>;",
  "const soon = Promise.resolve(1);",
  "const began = performance.now();",
])("the domain stays pure: %s", (text) => {
  expect(problemsOf("domain/src/sessions/end.ts", text)).toEqual([expect.stringContaining("rules are pure")]);
});

test.each([
  "const at = new Date(now);",
  "const year = Date.UTC(2026, 1);",
  "const up = Math.floor(2.5);",
  "type Terms = { crypto: boolean; setTimeout: number };",
  "const kept = terms.crypto;",
  "const plain = { Promise: 1 };",
])("and may still write: %s", (text) => {
  expect(problemsOf("domain/src/sessions/end.ts", text)).toEqual([]);
});

test("tests of the domain may wait and look at the clock", () => {
  expect(problemsOf("domain/src/sessions/end.test.ts", "await Promise.resolve(Date.now());")).toEqual([]);
});

test.each(["process.env.PORT", 'process["env"]', "const { env } = process"])(
  "the environment has one reader: %s",
  (text) => {
    expect(problemsOf("server/src/app.ts", text)).toEqual([expect.stringContaining("config.ts")]);
    expect(problemsOf("client/src/a.ts", text)).toHaveLength(1);
    expect(problemsOf("server/src/config.ts", text)).toEqual([]);
    expect(problemsOf("tests/support/a.ts", text)).toEqual([]);
  },
);

test("timers in the server have owners", () => {
  for (const text of ["setInterval(look, 1000)", "globalThis.setTimeout(look, 1000)"]) {
    expect(problemsOf("server/src/presence/heartbeats.ts", text)).toEqual([
      expect.stringContaining("a deadline is a row"),
    ]);
    expect(problemsOf("server/src/deadlines/sweeper.ts", text)).toEqual([]);
    expect(problemsOf("client/src/connection/backoff.ts", text)).toEqual([]);
  }
});

test("SQL is found in plain and in built strings", () => {
  const statements = [
    '"SELECT id FROM sessions"',
    "`insert into events values ($1)`",
    "`\n  UPDATE $" + "{table} SET a = 1`",
    '"delete from x"',
  ];
  for (const text of statements) {
    expect(problemsOf("server/src/sessions/routes.ts", `db.run(${text})`)).toEqual([
      expect.stringContaining("SQL is written"),
    ]);
    expect(problemsOf("server/src/sessions/store.ts", `db.run(${text})`)).toEqual([]);
  }
  expect(problemsOf("console/src/strings/en.ts", 'const words = "Select an agent from the list";')).toEqual([]);
});

test("a problem names the file and the line", () => {
  expect(problemsOf("domain/src/a.ts", "\n\nconst at = Date.now();")[0]).toMatch(/^domain\/src\/a\.ts:3 /);
});
