import { chmodSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plantProject } from "../checks/planted.ts";
import { findChromium } from "./chromium.mjs";

test("the browser that CLEW_CHROMIUM names comes before the one on the path", () => {
  const project = plantProject({ "mine/browser": "", "bin/chromium": "" });
  for (const path of ["mine/browser", "bin/chromium"]) chmodSync(join(project, path), 0o755);
  const PATH = join(project, "bin");
  expect(findChromium({ PATH })).toBe(join(PATH, "chromium"));
  expect(findChromium({ PATH, CLEW_CHROMIUM: join(project, "mine/browser") })).toBe(join(project, "mine/browser"));
});

test("a CLEW_CHROMIUM that leads nowhere is told, not passed over", () => {
  expect(() => findChromium({ CLEW_CHROMIUM: "/nowhere/chromium" })).toThrow(/CLEW_CHROMIUM names \/nowhere/);
});
