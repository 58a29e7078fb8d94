import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGES } from "../checks/sources.ts";
import { root } from "./paths.mjs";

const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
const { packages } = read("package-lock.json");

test.each(["", ...PACKAGES])("package-lock.json asks for what package.json asks for (%s)", (folder) => {
  const { dependencies, devDependencies } = read(join(folder, "package.json"));
  expect(packages[folder].dependencies ?? {}).toEqual(dependencies ?? {});
  expect(packages[folder].devDependencies ?? {}).toEqual(devDependencies ?? {});
});

test("package-lock.json holds every optional package, those of other platforms too: npm ci insists on it", () => {
  const missing = Object.values<{ optionalDependencies?: Record<string, string> }>(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]);
});

test("package-lock.json names no registry, so that it serves everyone", () => {
  expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toMatch(/"resolved": "https?:/);
});
