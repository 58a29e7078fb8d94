import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { lastLines, runWithProgress, Told } from "./terminal.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
const PLACES = [
  "/usr/bin/chromium",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The browser for the tests: the one CLEW_CHROMIUM names, or one that is installed. */
export function findChromium(env = process.env) {
  if (env.CLEW_CHROMIUM) {
    if (!isProgram(env.CLEW_CHROMIUM))
      throw new Told(`CLEW_CHROMIUM names ${env.CLEW_CHROMIUM}, which is not a program.`);
    return env.CLEW_CHROMIUM;
  }
  const onPath = (env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...PLACES].find(isProgram);
}

/** Finds Chromium, or as root on Debian installs it; says what to do when neither works. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const { ok, output } = await runWithProgress(
      "Installing Chromium (apt-get) for the browser tests",
      "sh",
      ["-c", "apt-get update && apt-get install -y chromium"],
      { env },
    );
    const installed = ok ? findChromium() : undefined;
    if (installed) return installed;
    throw new Told(`Chromium could not be installed:\n\n${lastLines(output)}`);
  }
  throw new Told(
    "The browser tests need Chromium or Chrome, and none was found. Install it, or set CLEW_CHROMIUM to the path of one, then run the tests again.",
  );
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
