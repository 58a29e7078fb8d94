import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plantProject } from "../checks/planted.ts";
import { fingerprint } from "./screens.mjs";

test("a changed, added or renamed source makes the built screens stale; tests and what was built do not", () => {
  const project = plantProject({ "widget/src/a.ts": "1", "widget/src/look.css": "", "contract/src/a.ts": "" });
  const places = ["widget", "contract/src"];
  const before = fingerprint(places, project);
  const change = (path: string, text: string) => {
    writeFileSync(join(project, path), text);
    return fingerprint(places, project);
  };
  expect(change("widget/src/a.test.ts", "2")).toBe(before);
  expect(change("console/package.json", "{}")).toBe(before);
  expect(change("widget/src/b.ts", "")).not.toBe(before);
  const withB = fingerprint(places, project);
  expect(change("widget/src/a.ts", "2")).not.toBe(withB);
  expect(change("widget/src/a.ts", "1")).toBe(withB);
});
