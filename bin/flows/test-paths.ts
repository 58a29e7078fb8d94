import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The named files, and of folders all that end in .test.json, in order. */
export function testPaths(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => name.endsWith(".test.json"));
    return names.sort().map((name) => join(path, name));
  });
}
