import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe-core finds wrong in a page, shadow trees included, as lines; `within` looks at a part of it, `only` by some of
 * its rules.
 */
export async function findings(page: Page, within = "html", only?: readonly string[]): Promise<string[]> {
  // Colours on their way from one theme to the other are nobody's.
  await page.evaluate(async () => {
    const all = [document, ...[...document.querySelectorAll("clew-chat")].map(({ shadowRoot }) => shadowRoot)];
    const passing = all
      .flatMap((root) => root?.getAnimations() ?? [])
      .filter((each) => each.effect?.getComputedTiming().iterations === 1);
    await Promise.allSettled(passing.map((each) => each.finished));
  });
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const options = { resultTypes: ["violations"], ...(only ? { runOnly: only } : {}) };
  const run = `axe.run(${JSON.stringify(within)}, ${JSON.stringify(options)})`;
  const results = (await page.evaluate(run)) as AxeResults;
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, target }) => `${target} ${html.slice(0, 160)}`).join(" | ")}`,
  );
}
