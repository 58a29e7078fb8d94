import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { findChromium } from "../../bin/setup/chromium.mjs";

/**
 * What lies behind a window's address bar, loaded once a window: half a second of work, for nobody. Chromium heeds the last
 * such list alone, so that what Playwright switches off is named again.
 */
export const SWITCHED_OFF = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "TcpPortRandomizationWin",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "msForceBrowserSignIn",
  "msEdgeUpdateLaunchServicesPreferredVersion",
];

/** No sandbox, as tests run as root in containers; and none of the traffic that Chromium makes by itself. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${SWITCHED_OFF.join(",")}`,
];

type Options = {
  args?: string[];
  /** Of the flags that Playwright adds by itself, those to leave out. */
  without?: string[];
  headless?: boolean;
};

/** Starts the installed Chromium on a profile that outlives it. Close it when the test is over. */
export async function launchProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...found(), headless: true, args: FLAGS, locale: "en-GB" });
}

/** Starts the installed Chromium with an empty profile. Close it when all is over. Tests share one: `sharedChromium`. */
export async function launchChromium(options: Options = {}): Promise<Browser> {
  return chromium.launch({
    ...found(),
    headless: options.headless ?? true,
    args: [...FLAGS, ...(options.args ?? [])],
    ignoreDefaultArgs: options.without ?? [],
  });
}

/** Those of this process, by whether they keep pages that were left. */
const shared = new Map<boolean, Promise<Browser>>();

/**
 * The Chromium that all test files of a worker use one after the other, each with contexts of its own, which it closes. The
 * worker's environment (`tests/browser/environment.ts`) closes Chromium itself, after the last file.
 */
export async function sharedChromium({ backForwardCache = false } = {}): Promise<Browser> {
  const running = shared.get(backForwardCache);
  if (running && (await running).isConnected()) return running;
  const launched = launchChromium(backForwardCache ? { without: ["--disable-back-forward-cache"] } : {});
  shared.set(backForwardCache, launched);
  launched.catch(() => shared.delete(backForwardCache));
  return launched;
}

/** Who opened windows of the shared Chromium for a whole file closes them when the file is through. */
export async function closeWindows(): Promise<void> {
  const running = await Promise.all(shared.values());
  await Promise.all(running.flatMap((browser) => browser.contexts()).map((context) => context.close()));
}

export async function closeSharedChromium(): Promise<void> {
  const running = [...shared.values()];
  shared.clear();
  await Promise.all(running.map(async (browser) => (await browser).close()));
}

function found(): { executablePath: string } {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("Chromium is not installed; `npm test` installs it or says how.");
  return { executablePath };
}
