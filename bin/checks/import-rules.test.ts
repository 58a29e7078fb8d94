import { expect, test } from "vitest";
import { importProblems } from "./import-rules.ts";
import { plantProject } from "./planted.ts";
import { readSources } from "./sources.ts";

function problemsOf(files: Record<string, string>): string[] {
  const root = plantProject(files);
  return importProblems(readSources(root), root);
}

test.each([
  ["domain may not know the server", "domain/src/a.ts", 'import "@clew/server/main";', "domain may not import server"],
  [
    "the client may not know the domain",
    "client/src/a.ts",
    'export * from "@clew/domain/a";',
    "client may not import domain",
  ],
  [
    "a type is an import too",
    "widget/src/a.ts",
    'import type { A } from "@clew/domain/a";',
    "widget may import only flows",
  ],
  [
    "so is a type named in place",
    "client/src/a.ts",
    'let a: import("@clew/domain/a").A;',
    "client may not import domain",
  ],
  ["so is an import on demand", "client/src/a.ts", 'await import("@clew/domain/a");', "client may not import domain"],
  [
    "the console sees the flows of the domain only",
    "console/src/a.ts",
    'import "@clew/domain/sessions/end";',
    "only flows/",
  ],
  [
    "a package is entered by its exports",
    "server/src/a.ts",
    'import "@clew/client/inner";',
    "client does not offer that",
  ],
  ["a path is no way into a package", "server/src/a.ts", 'import "../../domain/src/a.ts";', "entered by its name"],
  ["tests enter by the exports as well", "tests/a.test.ts", 'import "../domain/src/a.ts";', "entered by its name"],
  ["nothing imports the tests", "server/src/a.ts", 'import "../../tests/support/a.ts";', "outside server"],
  ["inside a package the file is imported", "domain/src/b.ts", 'import "@clew/domain/a";', "import the file"],
  ["an import names its file with its ending", "domain/src/b.ts", 'import "./a";', "no such file"],
  ["contract imports the schema library only", "contract/src/a.ts", 'import "kysely";', "only typebox"],
  ["the domain imports nothing from outside", "domain/src/b.ts", 'import "typebox";', "only what is ours"],
  ["the domain knows no Node", "domain/src/b.ts", 'import "node:crypto";', "runs outside Node"],
  ["the client imports nothing from outside", "client/src/a.ts", 'import "preact";', "only what is ours"],
  ["what is imported is declared", "server/src/a.ts", 'import "left-pad";', "not a dependency of server"],
  ["SQL has owners", "server/src/sessions/routes.ts", 'import { sql } from "kysely";', "SQL belongs"],
  ["node:sqlite is SQL", "server/src/commands/execute.ts", 'import "node:sqlite";', "SQL belongs"],
  [
    "the web framework has owners",
    "server/src/sessions/routes.ts",
    'import fastify from "fastify";',
    "web framework belongs",
  ],
  ["sockets have owners", "server/src/presence/a.ts", 'import "ws";', "web framework belongs"],
  ["the environment has one reader", "server/src/app.ts", 'import { env } from "node:process";', "only config.ts"],
  ["timers have owners", "server/src/presence/a.ts", 'import "node:timers/promises";', "timers belong"],
  [
    "routes take types from http/",
    "server/src/sessions/routes.ts",
    'import { reply } from "../http/reply.ts";',
    "only types",
  ],
])("%s", (_name, path, text, problem) => {
  const found = problemsOf({
    "domain/src/a.ts": "",
    "server/src/http/reply.ts": "",
    "tests/support/a.ts": "",
    [path]: `\n${text}`,
  });
  expect(found).toEqual([expect.stringContaining(problem)]);
  expect(found[0]).toMatch(new RegExp(`^${path}:2 imports `));
});

test("what the layout allows is left alone", () => {
  const found = problemsOf({
    "contract/src/ids.ts": 'import Type from "typebox";',
    "domain/src/flows/run.ts": 'import type { Id } from "@clew/contract/ids";',
    "domain/src/flows/run.test.ts": 'import { test } from "vitest"; import "node:fs"; import "./run.ts";',
    "server/src/http/reply.ts": 'import "fastify";',
    "server/src/sessions/routes.ts": 'import type { Reply } from "../http/reply.ts"; import "./closed-store.ts";',
    "server/src/sessions/closed-store.ts": 'import "kysely"; import "node:path"; import "@clew/domain/flows/run";',
    "server/src/database/connect.ts": 'import pg from "pg"; import "node:sqlite"; import "node:timers/promises";',
    "client/src/index.ts": 'import type { Static } from "typebox"; import "@clew/contract/ids";',
    "widget/src/look.css": "",
    "widget/src/messages/bubble.tsx":
      'import "preact/hooks"; import look from "../look.css?inline"; import "@clew/client";',
    "console/src/a.tsx": 'import "react"; import "@clew/widget/messages/bubble"; import "@clew/domain/flows/run";',
    "tests/support/chromium.ts": "",
    "widget/src/browser/states.test.ts": 'import "../../../tests/support/chromium.ts"; import "playwright-core";',
    "widget/dev/vite.config.ts": 'import "vite";',
    "tests/a.test.ts": 'import "@clew/client"; import "@clew/domain/flows/run"; import "vitest";',
  });
  expect(found).toEqual([]);
});
