import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";

const FOLDER = new URL("../../artifacts/screenshots/", import.meta.url);

/** Keeps a picture of a page, or of a part of it, as `artifacts/screenshots/<name>.png`; answers where. */
export async function screenshot(what: Page | Locator, name: string): Promise<string> {
  const path = fileURLToPath(new URL(`${name}.png`, FOLDER));
  await mkdir(dirname(path), { recursive: true });
  await what.screenshot({ path, animations: "disabled" });
  return path;
}
