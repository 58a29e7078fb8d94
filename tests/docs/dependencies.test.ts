import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGES } from "../../bin/checks/sources.ts";
import { root } from "../../bin/setup/paths.mjs";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const page = read("docs/decisions/0003-dependencies.md");
const given = new Set([...page.matchAll(/`([^`]+)`/g)].map((match) => match[1]));

const asked = ["package.json", ...PACKAGES.map((each) => `${each}/package.json`)].flatMap((path) => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(read(path));
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith("@clew/"));
});

test("every dependency has its reason in docs/decisions/0003-dependencies.md", () => {
  expect(asked.filter((name) => !given.has(name))).toEqual([]);
});

test("all packages of Mantine have the same version, exactly", () => {
  const { dependencies } = JSON.parse(read("console/package.json"));
  const versions = Object.keys(dependencies)
    .filter((name) => name.startsWith("@mantine/"))
    .map((name) => dependencies[name]);
  expect(new Set(versions).size).toBe(1);
  expect(versions[0]).toMatch(/^\d/);
});
