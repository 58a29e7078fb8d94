import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";

const FOLDER = new URL("../../artifacts/screenshots/", import.meta.url);

/** Keeps a picture of a page, or of a part of it, as `artifacts/screenshots/<name>.png`; answers where. */
export async function keepPicture(what: Page | Locator, name: string): Promise<string> {
  const path = fileURLToPath(new URL(`${name}.png`, FOLDER));
  await mkdir(dirname(path), { recursive: true });
  await what.screenshot({ path, animations: "disabled" });
  return path;
}

/**
 * Looks at a page once all that is on its way is drawn. Keeps the picture for whoever works on a screen: with CLEW_PICTURES=on,
 * which `npm test` sets in CI and where it runs a part (`--only …`). Else hundreds would be taken that nobody looks at.
 */
export async function screenshot(what: Page | Locator, name: string): Promise<void> {
  if (process.env.CLEW_PICTURES === "on") await keepPicture(what, name);
  else await drawn("page" in what ? what.page() : what);
}

async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const roots = [document, ...[...document.querySelectorAll("clew-chat")].map(({ shadowRoot }) => shadowRoot)];
    const passing = roots
      .flatMap((root) => root?.getAnimations() ?? [])
      .filter((each) => each.effect?.getComputedTiming().iterations === 1);
    await Promise.allSettled(passing.map((each) => each.finished));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}
