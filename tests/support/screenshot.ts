import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const FOLDER = new URL("../../artifacts/screenshots/", import.meta.url);

/** Keeps a picture of a page as `artifacts/screenshots/<name>.png`; answers where. */
export async function keepPicture(page: Page, name: string): Promise<string> {
  const path = await placeOf(name);
  await page.screenshot({ path, animations: "disabled" });
  return path;
}

/**
 * Looks at a page once all that is on its way is drawn. Keeps the picture for whoever works on a screen: with CLEW_PICTURES=on,
 * which `npm test` sets in CI and where it runs a part (`--only …`). Else hundreds would be taken that nobody looks at.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  await drawn(page);
  if (process.env.CLEW_PICTURES === "on") await takeQuickly(page, name);
}

/** As it stands, packed for speed and not for size, without another layout: half the work of `keepPicture`. */
async function takeQuickly(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true });
  await session.detach();
  await writeFile(await placeOf(name), data, "base64");
}

async function placeOf(name: string): Promise<string> {
  const path = fileURLToPath(new URL(`${name}.png`, FOLDER));
  await mkdir(dirname(path), { recursive: true });
  return path;
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
