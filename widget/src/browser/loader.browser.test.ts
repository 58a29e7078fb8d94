import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeWindows, sharedChromium } from "../../../tests/support/chromium.ts";
import { eventually } from "../../../tests/support/eventually.ts";

const CHANNEL = "01936f00-0000-7000-8000-000000000001";
const NONCE = "cmFuZG9tLXBlci1wYWdl";
/** The page trusts one nonce and its own origin for data; no address of a script is listed. */
const POLICY = `default-src 'none'; script-src 'nonce-${NONCE}'; connect-src 'self'; img-src 'self' data:; base-uri 'none'`;
const TAG = `<script nonce="${NONCE}" src="/clew.js" data-channel="${CHANNEL}" async></script>`;

let folder: string;
let server: Server;
let origin: string;
let browser: Browser;
let body = TAG;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "clew-widget-"));
  // As it is shipped: the test runner's own environment would build something larger.
  vi.stubEnv("NODE_ENV", "production");
  await build({
    configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true },
  });
  vi.unstubAllEnvs();
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://local").pathname;
    if (path === "/") {
      response.writeHead(200, { "content-type": "text/html", "content-security-policy": POLICY });
      response.end(
        `<!doctype html><html lang="en"><title>Host</title><link rel="icon" href="data:,"><body>${body}</body></html>`,
      );
    } else if (path.endsWith(".js")) {
      const file = await readFile(join(folder, path)).catch(() => null);
      response.writeHead(file ? 200 : 404, { "content-type": "text/javascript" }).end(file);
    } else {
      response.writeHead(404, { "content-type": "application/problem+json" });
      response.end(JSON.stringify({ type: "x", code: "not-found", status: 404, title: "Nothing", retry: "no" }));
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await sharedChromium();
}, 120_000);

afterAll(async () => {
  await closeWindows();
  await new Promise((closed) => server?.close(closed));
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function visit(html: string): Promise<{ page: Page; scripts: string[]; refused: string[] }> {
  body = html;
  const page = await browser.newPage();
  const scripts: string[] = [];
  const refused: string[] = [];
  page.on("request", (request) => {
    const name = new URL(request.url()).pathname;
    if (name.endsWith(".js")) scripts.push(name.replace(/-[^.]+/, ""));
  });
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  await page.goto(origin);
  return { page, scripts, refused };
}

describe("the loader", () => {
  it("[W44] keeps its budget: loader within 3 kB, chat within 35 kB gzip", async () => {
    const sizes = new Map<string, number>();
    for (const name of await readdir(folder))
      sizes.set(name.replace(/-[^.]+/, ""), gzipSync(await readFile(join(folder, name)), { level: 9 }).length);
    expect(sizes.get("clew.js")).toBeLessThanOrEqual(3_000);
    expect(sizes.get("chat.js")).toBeLessThanOrEqual(35_000);
  });

  it("[W45] shows the launcher at once and fetches nothing more until the chat is wanted", async () => {
    const { page, scripts, refused } = await visit(TAG);
    await page.getByRole("button", { name: "Open chat" }).waitFor();
    expect(scripts).toEqual(["/clew.js"]);
    await page.getByRole("button", { name: "Open chat" }).click();
    await page.getByRole("dialog").waitFor();
    expect(scripts).toContain("/chat.js");
    expect(refused).toEqual([]);
    await page.close();
  });

  it("[W48] is busy while the chat loads; when that fails it says so, and the next press tries again", async () => {
    const { page } = await visit(TAG);
    await page.evaluate("window.told = []; clew.on('error', (detail) => window.told.push(detail.code))");
    let hold = () => {};
    const held = new Promise<void>((resolve) => {
      hold = resolve;
    });
    await page.route("**/chat-*.js", async (route) => {
      await held;
      await route.abort();
    });
    const launcher = page.locator(".launcher button");
    await launcher.click();
    await eventually(() => launcher.getAttribute("aria-busy")).toBe("true");
    hold();
    await page.getByRole("button", { name: "Open chat (Try again)" }).waitFor();
    await eventually(() => page.locator(".badge").innerText()).toBe("Try again");
    await eventually(() => launcher.getAttribute("aria-busy")).toBe("false");
    expect(await page.evaluate("window.told")).toEqual(["load-failed"]);
    await page.unroute("**/chat-*.js");
    await launcher.click();
    await page.getByRole("dialog").waitFor();
    await page.getByRole("button", { name: "Close chat" }).waitFor();
    await page.close();
  });

  it("[W46] under a policy with a nonce alone, a page without it gets no widget and no broken page", async () => {
    const { page, refused } = await visit(TAG.replace(` nonce="${NONCE}"`, ""));
    expect(await page.locator("clew-chat").count()).toBe(0);
    await eventually(() => refused.length).toBeGreaterThan(0);
    await page.close();
  });

  it("[W47] calls before the script, events, two widgets, and nothing left after unmount", async () => {
    const early = `<script nonce="${NONCE}">
      window.heard = [];
      window.clew = { q: [["on", "opened", (detail) => window.heard.push("opened " + detail.channel)], ["open"]] };
    </script>`;
    const { page } = await visit(early + TAG);
    await page.getByRole("dialog").waitFor();
    expect(await page.evaluate("window.heard")).toEqual([`opened ${CHANNEL}`]);
    const second = CHANNEL.replace(/1$/, "2");
    await page.evaluate(`clew.mount({ channel: "${second}", position: "start" })`);
    await eventually(() => page.locator("clew-chat").count()).toBe(2);
    expect(await page.evaluate("clew.state().open")).toBe(true);
    expect(await page.evaluate(`clew.widget("${second}").state().open`)).toBe(false);
    await page.evaluate("clew.unmount()");
    await eventually(() => page.locator("clew-chat").count()).toBe(0);
    await page.evaluate(`clew.mount({ channel: "${CHANNEL}" })`);
    await page.getByRole("button", { name: /(Open|Close) chat/ }).waitFor();
    await eventually(() => page.locator("clew-chat").count()).toBe(1);
    await page.close();
  });
});
