import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeWindows, sharedChromium } from "../support/chromium.ts";
import { screenshot } from "../support/screenshot.ts";
import { eventually } from "./eventually.ts";

/** The console over its made-up desk: states that are rare in life, looked at one by one. */
const BUILT = fileURLToPath(new URL("../../artifacts/console-dev/", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../console/dev/vite.config.ts", import.meta.url));
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const MINUTE = 60_000;

let server: Server;
/** One page for all looks, each of which begins with nothing kept. */
let page: Page;
let base = "";

beforeAll(async () => {
  await build({ configFile: CONFIG });
  server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://x").pathname.replace(/^\/console\//, "");
    const type = TYPES[extname(path)];
    response.setHeader("content-type", type ?? "text/html");
    // Fetched and compiled once, not once a state.
    if (type) response.setHeader("cache-control", "max-age=600");
    response.end(readFileSync(path === "/axe.js" ? AXE : join(BUILT, type ? path : "dev/index.html")));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await sharedChromium();
  const context = await browser.newContext({ reducedMotion: "reduce" });
  await context.addInitScript(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  page = await context.newPage();
}, 3 * MINUTE);

afterAll(async () => {
  await closeWindows();
  server?.close();
});

type Look = { at?: string; state?: string; role?: string; width?: number; height?: number; dark?: boolean };

async function show({
  at = "/",
  state = "busy",
  role = "supervisor",
  width = 1440,
  height = 900,
  dark = false,
}: Look): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  await page.mouse.move(0, 0);
  const query = new URLSearchParams({ at, state, role });
  await page.goto(`${base}/console/dev/index.html?${query}`);
  await page.locator("h1").first().waitFor({ state: "attached" });
}

/** What axe-core finds, one line a finding. */
async function findings(): Promise<string[]> {
  await page.addScriptTag({ url: "/axe.js" });
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(context: Document, how: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
      };
    };
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`);
  });
}

const STATES: [name: string, look: Look, act?: (page: Page) => Promise<unknown>][] = [
  ["sign-in", { state: "signed-out" }, (page) => page.getByRole("heading", { name: "Sign in" }).waitFor()],
  ["signed-out-dark", { state: "wrong", dark: true }, (page) => page.getByRole("alert").waitFor()],
  ["set-up", { state: "setup", width: 390, height: 844 }, (page) => page.getByLabel("One-time code").waitFor()],
  ["empty", { state: "empty" }, (page) => page.getByText("Nothing on your desk").waitFor()],
  ["loading", { state: "loading" }, (page) => page.getByRole("status").first().waitFor()],
  ["conversation", { at: "/conversations/ana" }, lastWord],
  ["conversation-dark", { at: "/conversations/ana", dark: true }, lastWord],
  ["conversation-1024", { at: "/conversations/ana", width: 1024, height: 768 }, lastWord],
  ["conversation-phone", { at: "/conversations/ana", state: "typing", width: 390, height: 844 }, lastWord],
  ["conversation-zoomed", { at: "/conversations/ana", width: 720, height: 450 }, lastWord],
  [
    "right-to-left",
    { at: "/conversations/yusuf", state: "typing" },
    (page) => page.getByText("Tom is writing").waitFor(),
  ],
  [
    "long-names",
    { at: "/conversations/long", width: 1024, height: 600 },
    (page) => page.getByText("supercali").last().waitFor(),
  ],
  ["offer-dark", { state: "offer", dark: true }, (page) => page.getByRole("button", { name: /Accept/ }).waitFor()],
  [
    "offer-phone",
    { state: "offer", width: 390, height: 844 },
    (page) => page.getByRole("button", { name: /Accept/ }).waitFor(),
  ],
  [
    "offline",
    { at: "/conversations/ana", state: "offline" },
    (page) => page.getByText("The connection is away").waitFor(),
  ],
  ["ended", { at: "/conversations/over?list=ended" }, (page) => page.getByText("session 2 starts").waitFor()],
  [
    "waiting",
    { at: "/conversations/wait1?list=waiting" },
    (page) => page.getByRole("button", { name: "Take" }).waitFor(),
  ],
  ["list-phone", { width: 390, height: 844, role: "agent" }, (page) => page.getByText("Ana Weber").first().waitFor()],
  ["supervision", { at: "/supervision" }, (page) => page.getByRole("cell", { name: /Tom Okafor/ }).waitFor()],
  [
    "supervision-phone-dark",
    { at: "/supervision", width: 390, height: 844, dark: true },
    (page) => page.getByRole("heading", { name: "Agents" }).waitFor(),
  ],
  ["away", { at: "/conversations/gone" }, (page) => page.getByRole("button", { name: "Release now" }).waitFor()],
  [
    "away-phone-dark",
    { at: "/conversations/gone", width: 390, height: 844, dark: true },
    (page) => page.getByRole("button", { name: "Release now" }).waitFor(),
  ],
  [
    "hand-over",
    { at: "/conversations/returned" },
    (page) => page.getByRole("region", { name: "Jo Almeida is back, and now with you" }).waitFor(),
  ],
  [
    "hand-over-phone-dark",
    { at: "/conversations/returned", width: 390, height: 844, dark: true },
    (page) => page.getByText("Tom Okafor was busy when the customer came back").first().waitFor(),
  ],
  [
    "timeline",
    { at: "/conversations/returned/timeline" },
    (page) => page.getByRole("cell", { name: /is back after/ }).waitFor(),
  ],
  [
    "timeline-phone-dark",
    { at: "/conversations/returned/timeline", width: 390, height: 844, dark: true },
    (page) => page.getByRole("cell", { name: /is back after/ }).waitFor(),
  ],
  ["holds", { at: "/supervision" }, (page) => page.getByRole("cell", { name: "Noor El-Amin · My order" }).waitFor()],
  ["keys-dark", { at: "/conversations/ana", dark: true }, opens("?", "Keyboard shortcuts")],
  ["palette", { at: "/conversations/ana", role: "admin" }, opens("Control+k", "Search and commands")],
  ["transfer", { at: "/conversations/ana" }, opens("t", "Transfer the session")],
  ["end", { at: "/conversations/ana" }, opens("Shift+E", "End the session?")],
  ["filter", {}, chooses("Agent", "Inês de Albuquerque e Vasconcelos-Monteiro")],
  ["filter-phone-dark", { width: 390, height: 844, dark: true }, hides],
  ["note-dark", { at: "/conversations/ana", dark: true }, note],
];

test.each(STATES)("[CO20] axe-core finds nothing in %s", async (name, look, act) => {
  await show(look);
  await act?.(page);
  await screenshot(page, `console-${name}`);
  expect(await findings()).toEqual([]);
});

async function lastWord(page: Page): Promise<void> {
  await page.getByRole("log").getByText("And can I choose another colour").waitFor();
}

function opens(keys: string, dialog: string) {
  return async (page: Page) => {
    await lastWord(page);
    await page.keyboard.press(keys);
    await page.getByRole("dialog", { name: dialog }).waitFor();
  };
}

function chooses(what: string, name: string) {
  return async (page: Page) => {
    await page.getByRole("link", { name: /Ana Weber/ }).waitFor();
    await page.keyboard.press("f");
    await page.getByLabel(what, { exact: true }).selectOption({ label: name });
    await page.getByRole("button", { name: `Take off the filter ${what}: ${name}` }).waitFor();
  };
}

async function hides(page: Page): Promise<void> {
  await chooses("Queue", "Business customers")(page);
  await page.keyboard.press("Escape");
  await page.getByLabel("Queue", { exact: true }).waitFor({ state: "detached" });
  await page.getByText("The filter hides 6 conversations").waitFor();
}

async function note(page: Page): Promise<void> {
  await lastWord(page);
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Private note" }).fill("Ask the warehouse");
}

test("[CO12] a slash, a letter and Enter put a filled quick reply into the reply, and Enter sends it", async () => {
  await show({ at: "/conversations/ana" });
  await lastWord(page);
  await page.keyboard.press("r");
  const box = page.getByRole("textbox", { name: "Reply" });
  await box.pressSequentially("/hel");
  await page.getByRole("option", { name: /Greeting/ }).waitFor();
  await screenshot(page, "console-quick-replies");
  await box.press("Enter");
  await eventually(() => box.inputValue()).toBe("Hello Ana Weber, this is Bea. How can I help you?");
  await box.press("Enter");
  await page.getByRole("log").getByText("Hello Ana Weber, this is Bea.").waitFor();
  await eventually(() => box.inputValue()).toBe("");
});

test("[CO27] where the customer's link will stand the reply shows a mark", async () => {
  await show({ at: "/conversations/ana" });
  await lastWord(page);
  await page.keyboard.press("r");
  await page.getByRole("button", { name: "Put in a link back to this chat" }).click();
  await eventually(() => page.getByRole("textbox", { name: "Reply" }).inputValue()).toBe("{{reconnect.link}}");
  await page.getByText("a link for the customer appears here").waitFor();
  await page.mouse.move(0, 0);
  await page.getByRole("tooltip").waitFor({ state: "detached" });
  await screenshot(page, "console-link-place");
  expect(await findings()).toEqual([]);
});

test("[CO18] letters typed into the reply run no command", async () => {
  await show({ at: "/conversations/ana" });
  await lastWord(page);
  await page.keyboard.press("r");
  const box = page.getByRole("textbox", { name: "Reply" });
  await box.pressSequentially("tiny ?");
  await eventually(() => box.inputValue()).toBe("tiny ?");
  expect(await page.getByRole("dialog").count()).toBe(0);
});

test("[CO4] j and k go through the list", async () => {
  await show({});
  await page.getByText("Ana Weber").first().waitFor();
  await page.keyboard.press("j");
  await page.getByRole("heading", { name: "Ana Weber" }).waitFor();
  await page.keyboard.press("j");
  await page.getByRole("heading", { name: "يوسف الحداد" }).waitFor();
  await page.keyboard.press("k");
  await page.getByRole("heading", { name: "Ana Weber" }).waitFor();
});

test("[CO15] Enter answers an offer only once it has been there to be seen", async () => {
  await show({ state: "offer" });
  await page.getByRole("button", { name: /Accept/ }).waitFor();
  // However long the machine takes to press the key, for the page no time has passed.
  await page.evaluate(() => Object.assign(performance, { now: () => 0 }));
  await page.keyboard.press("Enter");
  expect(await page.getByRole("button", { name: /Accept/ }).count()).toBe(1);
  await page.evaluate(() => Reflect.deleteProperty(performance, "now"));
  await page.waitForFunction((from) => performance.now() - from > 800, await page.evaluate(() => performance.now()));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Lucía Fernández" }).waitFor();
});

test.each([
  ["an offer", { state: "offer" }],
  ["somebody away", { at: "/conversations/gone" }],
])("[CO32] the ring of %s glides, and steps with the seconds for those who want less motion", async (_, look) => {
  await show(look);
  const ring = page.locator("circle[stroke-dashoffset]").first();
  await ring.waitFor({ state: "attached" });
  const moves = () =>
    ring.evaluate(
      (circle) =>
        new Promise((resolve) => {
          const stepped = () => requestAnimationFrame(() => resolve(circle.getAnimations().length > 0));
          new MutationObserver(stepped).observe(circle, { attributes: true, attributeFilter: ["stroke-dashoffset"] });
        }),
    );
  expect(await moves()).toBe(false);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await moves()).toBe(true);
  await page.emulateMedia({ reducedMotion: "reduce" });
});

test("[CO16] Close is done at once, says what became of the session, and can be undone", async () => {
  await show({ at: "/conversations/ana" });
  await lastWord(page);
  await page.keyboard.press("c");
  await page.getByText("You stepped away").waitFor();
  await screenshot(page, "console-close");
  expect(await findings()).toEqual([]);
  await page.getByRole("button", { name: /Undo/ }).first().click();
  await page.getByRole("button", { name: "Close", exact: true }).waitFor();
});

test("[CO21] a message that was refused stays with its reason, to be tried again or discarded", async () => {
  await show({ at: "/conversations/ana", state: "failing" });
  await lastWord(page);
  await page.keyboard.press("r");
  await page.getByRole("textbox", { name: "Reply" }).fill("Does not go out");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await screenshot(page, "console-failed-message");
  expect(await findings()).toEqual([]);
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByText("Does not go out").waitFor({ state: "detached" });
});

test("[CO20] the menu of presence is clean, and the choice is shown at once", async () => {
  await show({ at: "/conversations/ana" });
  await lastWord(page);
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await page.getByRole("menuitem", { name: "Lunch" }).waitFor();
  await screenshot(page, "console-presence");
  expect(await findings()).toEqual([]);
  await page.getByRole("menuitem", { name: "Lunch" }).click();
  await page.getByRole("button", { name: /Lunch.*units/ }).waitFor();
});
