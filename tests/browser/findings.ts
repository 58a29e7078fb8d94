import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong in a page, shadow trees included, as lines; `within` looks at a part of it. */
export async function findings(page: Page, within = "html"): Promise<string[]> {
  await page.evaluate(AXE);
  const run = `axe.run(${JSON.stringify(within)}, { resultTypes: ["violations"] })`;
  const results = (await page.evaluate(run)) as AxeResults;
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, target }) => `${target} ${html.slice(0, 160)}`).join(" | ")}`,
  );
}
