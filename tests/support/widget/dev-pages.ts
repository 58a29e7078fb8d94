import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { build } from "vite";

const DEV = fileURLToPath(new URL("../../../widget/dev/", import.meta.url));
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
/** What strict host pages send: nothing inline, nothing evaluated, no other origin. */
const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
/** Where the pages' own server has axe-core: a script of the page's origin, which the strict policy lets run. */
const AXE = "/axe.js";
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Builds the page that shows every state of the window and serves it under a strict policy. */
export async function serveDevPages(): Promise<{ origin: string; close(): Promise<void> }> {
  // A folder of its own: other tests build these pages at the same time, and would empty a common one.
  const folder = await mkdtemp(join(tmpdir(), "clew-dev-pages-"));
  await build({ configFile: `${DEV}vite.config.ts`, logLevel: "error", build: { outDir: folder } });
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://local").pathname;
    try {
      const body = await readFile(path === AXE ? axe : join(folder, path === "/" ? "index.html" : path));
      response.writeHead(200, {
        "content-type": TYPES[extname(path || ".html")] ?? "text/html",
        "content-security-policy": STRICT_POLICY,
        // The scripts of all states are compiled once, not once a state.
        "cache-control": path.startsWith("/assets/") || path === AXE ? "max-age=3600, immutable" : "no-store",
      });
      response.end(body);
    } catch {
      response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await new Promise<void>((closed) => server.close(() => closed()));
      await rm(folder, { recursive: true });
    },
  };
}

/** Opens a state by its name in STATES and does what leads to it; answers the name of its picture. */
export async function show(
  page: Page,
  origin: string,
  state: string,
  query: string,
  act: (page: Page) => Promise<void>,
): Promise<string> {
  const [path = state, hash = ""] = state.split("#");
  const [shown = path] = path.split("~");
  await page.goto(`${origin}/?state=${shown}&for=${path}&${query}${hash && `#${hash}`}`);
  await page.locator(shown === "launcher" ? ".launcher button" : ".window").waitFor();
  await settled(page);
  await act(page);
  await settled(page);
  return path;
}

/** Waits until the language is there and nothing moves any more. */
export async function settled(page: Page, spoken?: string): Promise<void> {
  const language = spoken ?? new URL(page.url()).searchParams.get("language") ?? "en";
  await page.locator(`.clew[lang=${language}]`).waitFor({ state: "attached" });
  await page.evaluate(async () => {
    const root = document.querySelector("clew-chat")?.shadowRoot;
    const running = root?.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations === 1) ?? [];
    await Promise.allSettled(running.map((each) => each.finished));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

/** What axe-core finds, as lines, by all its rules, by some only, or by all without some. */
export async function violations(page: Page, rules: { only?: string[]; without?: string[] } = {}): Promise<string[]> {
  const options: RunOptions = {
    resultTypes: ["violations"],
    ...(rules.only ? { runOnly: rules.only } : {}),
    rules: Object.fromEntries((rules.without ?? []).map((rule) => [rule, { enabled: false }])),
  };
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ url: AXE });
  const results = await page.evaluate(async (how) => {
    const { axe: tool } = window as unknown as { axe: { run(context: object, how: object): Promise<AxeResults> } };
    return tool.run({ exclude: [["main"]] }, how);
  }, options);
  return results.violations.flatMap((each) =>
    each.nodes.map((node) => `${each.id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  );
}
