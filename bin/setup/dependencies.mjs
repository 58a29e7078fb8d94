import { existsSync, readFileSync } from "node:fs";
import { inRoot, node } from "./paths.mjs";
import { capture, firstLines, runWithProgress, Told } from "./terminal.mjs";

/** Installs what package-lock.json asks for, when something of it is not there. */
export async function ensureDependencies() {
  requireNode();
  const missing = await whatIsMissing();
  if (!missing) return;
  // `npm ci` begins by deleting node_modules, which would pull the ground from under a server that runs.
  const verb = existsSync(inRoot("node_modules/.package-lock.json")) ? "install" : "ci";
  const { ok, output } = await runWithProgress(
    `Installing dependencies (npm ${verb}: ${missing})`,
    "npm",
    [verb, "--no-audit", "--no-fund", "--loglevel=error"],
    { shell: process.platform === "win32" },
  );
  if (!ok) {
    throw new Told(
      `npm ${verb} failed:\n\n${firstLines(output)}\n\nIs npm installed, and can this machine reach its registry? Then try again.`,
    );
  }
  const still = await whatIsMissing();
  if (still) {
    throw new Told(
      `npm ${verb} ended well, and still: ${still}.\n\n${firstLines(output)}\n\nIf install scripts are switched off (npm config get ignore-scripts), allow them: the pinned Node comes by one.`,
    );
  }
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 10)) {
    throw new Told(`Clew needs Node 20.10 or newer to install itself; this is ${process.versions.node}.`);
  }
}

/** @returns {Promise<string | undefined>} a phrase, or nothing when all is there */
async function whatIsMissing() {
  if (!existsSync(inRoot("node_modules/.package-lock.json"))) return "nothing is installed yet";
  const different = differences(readLock("package-lock.json"), readLock("node_modules/.package-lock.json"));
  if (different.length > 0) {
    return `${different.length} package${different.length === 1 ? " is" : "s are"} missing or older, ${different[0]} for one`;
  }
  const { code } = await capture(node, ["--version"]);
  return code === 0 ? undefined : "the pinned Node does not run";
}

/** @typedef {Record<string, { version?: string, link?: boolean, optional?: boolean }>} Packages */

/** @param {string} path @returns {Packages} */
const readLock = (path) => JSON.parse(readFileSync(inRoot(path), "utf8")).packages;

/** Compares what is there with what should be; times of files say nothing after a `git checkout`.
 * @param {Packages} wanted @param {Packages} installed @returns {string[]} */
export function differences(wanted, installed) {
  return Object.entries(wanted)
    .filter(([path, entry]) => path.includes("node_modules/") && !entry.link)
    .filter(([path, entry]) => {
      const have = installed[path];
      // An optional package is for another platform, or it is here in the right version.
      return have ? have.version !== entry.version : !entry.optional;
    })
    .map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
}
