import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../setup/paths.mjs";
import { plantProject } from "./planted.ts";

/** The errors that a package's settings find in this text. */
function errorsOf(settings: string, text: string): string[] {
  const config = { extends: join(root, settings), include: ["*.ts"], exclude: [] };
  const project = plantProject({
    "tsconfig.json": JSON.stringify(config),
    "package.json": '{"type":"module"}',
    "a.ts": text,
  });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "--pretty", "false", "-p", project], { encoding: "utf8" });
  return stdout.match(/error TS\d+/g) ?? [];
}

test.each(["contract", "domain"])("the sources of %s know neither a browser nor Node", (name) => {
  for (const text of [
    "setTimeout(() => {}, 1);",
    "document.title;",
    "process.exit();",
    'import "node:fs"; fetch("/");',
  ]) {
    expect(errorsOf(`${name}/tsconfig.pure.json`, `${text} export {};`)).not.toEqual([]);
  }
  expect(errorsOf(`${name}/tsconfig.pure.json`, "export const at = new Date(0).getTime();")).toEqual([]);
});

test.each(["client", "widget", "console"])("the sources of %s know a browser and no Node", (name) => {
  expect(errorsOf(`${name}/tsconfig.pure.json`, 'document.title = "a"; export {};')).toEqual([]);
  expect(errorsOf(`${name}/tsconfig.pure.json`, "process.exit(); export {};")).not.toEqual([]);
});

test.each([
  ["Node cannot erase it", "export enum Side { Left, Right }"],
  [
    "it is a type and says it is not",
    'import { Static } from "./a.ts"; export type B = Static; export type Static = 1;',
  ],
  ["it may be missing", "const list: number[] = []; export const first: number = list[0];"],
  ["null was not thought of", "export const length = (text: string | null) => text.length;"],
])("the settings refuse what is unsafe: %s", (_why, text) => {
  expect(errorsOf("server/tsconfig.json", text)).not.toEqual([]);
});
