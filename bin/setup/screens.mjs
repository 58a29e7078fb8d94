import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { inRoot, node, root } from "./paths.mjs";
import { lastLines, runWithProgress, Told } from "./terminal.mjs";

/** Which folders a screen is made of. A change in any of them makes the built one stale. */
const SCREENS = [
  { name: "widget", madeOf: ["widget", "client/src", "contract/src"] },
  { name: "console", madeOf: ["console", "client/src", "contract/src", "widget/src", "domain/src"] },
];
const SHARED = ["package-lock.json", "tsconfig.base.json"];

/** Builds the screens whose sources differ from those that the last build was made of. */
export async function ensureScreens() {
  for (const screen of SCREENS) {
    const sources = fingerprint([...screen.madeOf, ...SHARED]);
    const stamp = inRoot(screen.name, "dist/.sources");
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === sources) continue;
    if (!existsSync(inRoot(screen.name, "vite.config.ts"))) throw new Told(`${screen.name}/vite.config.ts is missing.`);
    const { ok, output } = await runWithProgress(
      `Building the ${screen.name}`,
      node,
      [inRoot("node_modules/vite/bin/vite.js"), "build"],
      { cwd: inRoot(screen.name), env: { ...process.env, NODE_ENV: "production" } },
    );
    if (!ok) throw new Told(`The ${screen.name} could not be built:\n\n${lastLines(output, 40)}`);
    // Written last, so that a build that was interrupted is not taken for a finished one.
    mkdirSync(inRoot(screen.name, "dist"), { recursive: true });
    writeFileSync(stamp, sources);
  }
}

/** One hash over the names and contents of all files that matter for a build.
 * @param {string[]} places relative to `base` @returns {string} */
export function fingerprint(places, base = root) {
  const hash = createHash("sha256");
  for (const place of places) {
    for (const path of filesUnder(join(base, place))) {
      hash
        .update(`${relative(base, path)}\0`)
        .update(readFileSync(path))
        .update("\0");
    }
  }
  return hash.digest("hex");
}

/** @param {string} place @returns {string[]} */
function filesUnder(place) {
  if (!existsSync(place)) return [];
  if (!isFolder(place)) return /\.test\.tsx?$/.test(place) ? [] : [place];
  return readdirSync(place)
    .filter((name) => name !== "node_modules" && name !== "dist" && !name.startsWith("."))
    .sort()
    .flatMap((name) => filesUnder(join(place, name)));
}

/** @param {string} place */
function isFolder(place) {
  try {
    readdirSync(place);
    return true;
  } catch {
    return false;
  }
}
