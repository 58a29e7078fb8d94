import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../../tests/support/chromium.ts";
import { screenshot } from "../../../tests/support/screenshot.ts";

const DEV = fileURLToPath(new URL("../../dev/", import.meta.url));
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
/** What strict host pages send: nothing inline, nothing evaluated, no other origin. */
const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** States by name, and what a person does first to reach them. */
const STATES: Record<string, (page: Page) => Promise<void>> = {
  launcher: none,
  loading: none,
  failed: none,
  "failed-for-good": none,
  "pre-chat": none,
  "pre-chat~faults": (page) => page.getByRole("button", { name: /start chat|بدء الدردشة/i }).click(),
  "pre-chat-prefilled": none,
  "pre-chat-starting": none,
  "pre-chat-refused": none,
  "out-of-hours": none,
  "closed-hours": none,
  empty: none,
  waiting: none,
  "waiting-unknown": none,
  conversation: none,
  "conversation~menu": (page) => page.locator("[data-opens=menu]").click(),
  "conversation~emoji": (page) => page.locator("[data-opens=emoji]").click(),
  "verified~end-dialog": async (page) => {
    await page.locator("[data-opens=menu]").click();
    await page.locator(".choice.danger").click();
    await page.getByRole("alertdialog").waitFor();
  },
  "history~scrolled-back": async (page) => {
    await page.locator(".log").evaluate((log) => log.scrollTo(0, 300));
    await page.locator(".pill").waitFor();
  },
  "not-sent": none,
  uploads: none,
  reconnecting: none,
  inactivity: none,
  "opt-out": none,
  "ended-asynchronous": none,
  "ended-asynchronous~asked-again": async (page) => {
    await page.locator("button.send").click();
    await page.locator(".ask-again").waitFor();
  },
  "ended-session-based": none,
  "leave-message": none,
  verified: none,
  "identity-refused": none,
  "storage-blocked": none,
  "conversation~elsewhere": async (page) => {
    await page.locator("[data-opens=menu]").click();
    await page.getByRole("button", { name: /another device|جهاز آخر/ }).click();
    await page.locator(".qr").waitFor();
  },
  "conversation~forget": async (page) => {
    await page.locator("[data-opens=menu]").click();
    await page.getByRole("button", { name: /^Not me|^لست أنا/ }).click();
    await page.getByRole("dialog", { name: /Forget this device|نسيان هذا/ }).waitFor();
  },
  "return-choices": none,
  "return-clearing": none,
  "return-locked": none,
  "after-end-ask": none,
  "after-end-read-only": none,
  "pre-chat~link#clew-reconnect=a-token": none,
  "pre-chat~link-refused#clew-reconnect=a-token": (page) => page.locator(".return .primary").click(),
  "pre-chat~link-expired#clew-reconnect=expired-token": (page) => page.locator(".return .primary").click(),
};
async function none(): Promise<void> {}

type Variant = { name: string; query: string; context: BrowserContextOptions };
const desktop = { viewport: { width: 760, height: 820 }, reducedMotion: "reduce" as const };
const VARIANTS: Variant[] = [
  { name: "light", query: "scheme=light", context: { ...desktop, colorScheme: "light" } },
  { name: "dark", query: "scheme=dark", context: { ...desktop, colorScheme: "dark" } },
  { name: "right-to-left", query: "scheme=light&language=ar", context: { ...desktop, colorScheme: "light" } },
  {
    name: "mobile",
    query: "scheme=light",
    context: { viewport: { width: 375, height: 700 }, reducedMotion: "reduce", colorScheme: "light", hasTouch: true },
  },
];

let browser: Browser;
let server: Server;
let origin: string;
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

beforeAll(async () => {
  await build({ configFile: `${DEV}vite.config.ts`, logLevel: "error" });
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://local").pathname;
    try {
      const body = await readFile(`${DEV}dist${path === "/" ? "/index.html" : path}`);
      response.writeHead(200, {
        "content-type": TYPES[extname(path || ".html")] ?? "text/html",
        "content-security-policy": STRICT_POLICY,
      });
      response.end(body);
    } catch {
      response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await new Promise((closed) => server?.close(closed));
});

describe.each(VARIANTS)("$name", ({ name, query, context }) => {
  it(`[W30] axe finds nothing in any state, and a strict policy is not violated (${name})`, {
    timeout: 240_000,
  }, async () => {
    const session = await browser.newContext(context);
    const page = await session.newPage();
    const found: Record<string, string[]> = {};
    let faults: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(String(error)));
    for (const [state, act] of Object.entries(STATES)) {
      const [path = state, hash = ""] = state.split("#");
      const [shown = path] = path.split("~");
      faults = [];
      await page.goto(`${origin}/?state=${shown}&for=${path}&${query}${hash && `#${hash}`}`);
      await page.locator(shown === "launcher" ? ".launcher button" : ".window").waitFor();
      await settled(page);
      await act(page);
      await settled(page);
      await screenshot(page, `widget/${name}/${path}`);
      const wrong = [...(await violations(page)), ...faults];
      if (wrong.length > 0) found[state] = wrong;
    }
    expect(found).toEqual({});
    await session.close();
  });
});

describe("keyboard", () => {
  it("[W31] focus goes to what there is to fill in, Esc closes what is on top and then the chat, focus goes back", async () => {
    const page = await browser.newPage();
    const focused = () =>
      page.evaluate(
        () =>
          document.querySelector("clew-chat")?.shadowRoot?.activeElement?.getAttribute("aria-label") ??
          document.querySelector("clew-chat")?.shadowRoot?.activeElement?.id,
      );
    await page.goto(`${origin}/?state=pre-chat`);
    await page.locator(".form").waitFor();
    await expect.poll(focused).toBe("clew-field-name");
    await page.getByRole("button", { name: "Start chat" }).click();
    await expect.poll(focused).toBe("clew-field-name");
    const fault = await page.locator("#clew-field-name").getAttribute("aria-describedby");
    expect(await page.locator(`#${fault}`).innerText()).toBe("Please fill this in.");

    await page.goto(`${origin}/?state=conversation`);
    await expect.poll(focused).toBe("Message");
    await page.locator("[data-opens=emoji]").press("Enter");
    await page.locator(".emoji-picker").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    expect(await page.locator(".composer textarea").inputValue()).toContain("😃");
    await page.locator("[data-opens=menu]").press("Enter");
    await page.locator(".menu").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".menu").waitFor({ state: "detached" });
    await expect.poll(focused).toBe("Options");
    await page.keyboard.press("Escape");
    await page.locator(".window").waitFor({ state: "detached" });
    await expect.poll(focused).toBe("Open chat");
    await page.close();
  });
});

/** Waits until the language is there and nothing moves any more. */
async function settled(page: Page): Promise<void> {
  const language = new URL(page.url()).searchParams.get("language") ?? "en";
  await page.locator(`.clew[lang=${language}]`).waitFor({ state: "attached" });
  await page.evaluate(async () => {
    const root = document.querySelector("clew-chat")?.shadowRoot;
    const running = root?.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations === 1) ?? [];
    await Promise.allSettled(running.map((each) => each.finished));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

async function violations(page: Page): Promise<string[]> {
  // Evaluated, not added as an element: the page's own policy stays as strict as it is.
  await page.evaluate(await axeSource());
  const results = await page.evaluate(async () => {
    const { axe: tool } = window as unknown as { axe: { run(context: object): Promise<AxeResults> } };
    return tool.run({ exclude: [["main"]] });
  });
  return results.violations.flatMap((each) =>
    each.nodes.map((node) => `${each.id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  );
}

let source: Promise<string> | undefined;
function axeSource(): Promise<string> {
  source ??= readFile(axe, "utf8");
  return source;
}
