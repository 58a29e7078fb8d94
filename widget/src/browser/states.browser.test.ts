import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { closeWindows, sharedChromium } from "../../../tests/support/chromium.ts";
import { eventually } from "../../../tests/support/eventually.ts";
import { screenshot } from "../../../tests/support/screenshot.ts";
import { serveDevPages, settled, show, violations } from "../../../tests/support/widget/dev-pages.ts";
import { focusUnseen, outOfReach } from "../../../tests/support/widget/reach.ts";
import { STATES } from "../../../tests/support/widget/states.ts";

/** `only`: of axe-core's rules, those that can find something else than the sight before. */
type Sight = {
  name: string;
  colorScheme: "light" | "dark";
  size: { width: number; height: number };
  only?: string[];
  language?: string;
};
type Variant = { name: string; query: string; context: BrowserContextOptions };
const SIZE = { width: 760, height: 820 };
const desktop = { viewport: SIZE, reducedMotion: "reduce" as const };
const SCROLLS = "scrollable-region-focusable";
/**
 * Ways to look at a state that need no new page, one after the other. Only the colours are others in the dark; from right to
 * left, where the page changes its language at last, every word is.
 */
const SIGHTS: readonly Sight[] = [
  { name: "light", colorScheme: "light", size: SIZE },
  { name: "dark", colorScheme: "dark", size: SIZE, only: ["color-contrast"] },
  { name: "mobile", colorScheme: "light", size: { width: 375, height: 700 }, only: ["color-contrast", SCROLLS] },
  { name: "right-to-left", colorScheme: "light", size: SIZE, language: "ar" },
];

/** The states with most to reach and to read; the others are made of the same parts. Every variant sees the first. */
const CLOSELY = [
  "pre-chat~faults",
  "conversation~menu",
  "uploads",
  "conversation~elsewhere",
  "launcher",
  "waiting",
  "conversation~emoji",
  "verified~end-dialog",
  "history~scrolled-back",
  "not-sent",
  "inactivity",
  "ended-asynchronous~asked-again",
  "survey",
  "return-choices",
  "after-end-ask",
];
const FIRST = 4;
// A browser's zoom halves the window's CSS pixels and doubles what each is drawn with.
const zoomed = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, reducedMotion: "reduce" as const };
const CLOSER: Variant[] = [
  { name: "zoomed", query: "scheme=light", context: { ...zoomed, colorScheme: "light" } },
  { name: "zoomed-right-to-left", query: "scheme=dark&language=ar", context: { ...zoomed, colorScheme: "dark" } },
];

let browser: Browser;
let pages: Awaited<ReturnType<typeof serveDevPages>>;

beforeAll(async () => {
  pages = await serveDevPages();
  browser = await sharedChromium();
}, 120_000);

afterAll(async () => {
  await closeWindows();
  await pages?.close();
});

/** All states in two parts, so that each has time on a busy machine. */
const HALVES = [0, 1].map((part) => Object.entries(STATES).filter((_, index) => index % 2 === part));

test.each(HALVES)(
  "[W30] axe finds nothing in any state, light, dark, on a phone and from right to left, and a strict policy is not violated",
  {
    timeout: 240_000,
  },
  async (...states) => {
    const session = await browser.newContext({ ...desktop, colorScheme: "light" });
    const page = await session.newPage();
    const found: Record<string, string[]> = {};
    const faults: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(String(error)));
    for (const [state, act] of states) {
      await page.setViewportSize(SIZE);
      const path = await show(page, pages.origin, state, "scheme=auto", act);
      for (const sight of SIGHTS) {
        await page.emulateMedia({ colorScheme: sight.colorScheme });
        await page.setViewportSize(sight.size);
        if (sight.language) await speak(page, sight.language);
        await settled(page, sight.language);
        await screenshot(page, `widget/${sight.name}/${path}`);
        const wrong = [...(await violations(page, { only: sight.only })), ...faults.splice(0)];
        if (wrong.length > 0) found[`${state}, ${sight.name}`] = wrong;
      }
    }
    expect(found).toEqual({});
    await session.close();
  },
);

const speak = (page: Page, language: string) =>
  page.evaluate(
    (to) => (window as unknown as { clew: { setLanguage(language: string): void } }).clew.setLanguage(to),
    language,
  );

describe.each(CLOSER)("$name", ({ name, query, context }) => {
  it(`[CM1] at 200 % zoom all can be reached and read, nothing scrolls sideways, and axe finds nothing (${name})`, {
    timeout: 240_000,
  }, async () => {
    const session = await browser.newContext(context);
    const page = await session.newPage();
    const found: Record<string, string[]> = {};
    for (const state of query.includes("language") ? CLOSELY.slice(0, FIRST) : CLOSELY) {
      const path = await show(page, pages.origin, state, query, STATES[state] as (page: Page) => Promise<void>);
      await screenshot(page, `widget/${name}/${path}`);
      const wrong = [...(await violations(page)), ...(await outOfReach(page))];
      if (wrong.length > 0) found[state] = wrong;
    }
    expect(found).toEqual({});
    await session.close();
  });
});

describe.each(["light", "dark"] as const)("forced colours, %s", (colorScheme) => {
  it(`[CM2] with a person's own colours every control has an edge, focus is seen, and axe finds nothing (${colorScheme})`, {
    timeout: 240_000,
  }, async () => {
    const session = await browser.newContext({ ...desktop, colorScheme, forcedColors: "active" });
    const page = await session.newPage();
    const found: Record<string, string[]> = {};
    for (const state of colorScheme === "light" ? CLOSELY.slice(0, FIRST) : CLOSELY) {
      const act = STATES[state] as (page: Page) => Promise<void>;
      const path = await show(page, pages.origin, state, `scheme=${colorScheme}`, act);
      await screenshot(page, `widget/forced-${colorScheme}/${path}`);
      const { unseen, steps } = await focusUnseen(page);
      // Computed colours are the page's own there, drawn are the person's: contrast cannot be told from styles.
      const wrong = [
        ...(await violations(page, { without: ["color-contrast"] })),
        ...unseen.map((key) => `focus not seen: ${key}`),
      ];
      if (steps === 0) wrong.push("nothing takes focus");
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
    await page.goto(`${pages.origin}/?state=pre-chat`);
    await page.locator(".form").waitFor();
    await eventually(focused).toBe("clew-field-name");
    await page.getByRole("button", { name: "Start chat" }).click();
    await eventually(focused).toBe("clew-field-name");
    await page.getByText("Please fill this in.").first().waitFor();
    const fault = await page.locator("#clew-field-name").getAttribute("aria-describedby");
    await eventually(() => page.locator(`#${fault}`).innerText()).toBe("Please fill this in.");

    await page.goto(`${pages.origin}/?state=conversation`);
    await eventually(focused).toBe("Message");
    await page.locator("[data-opens=emoji]").press("Enter");
    await page.locator(".emoji-picker").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await eventually(() => page.locator(".composer textarea").inputValue()).toContain("😃");
    await page.locator("[data-opens=menu]").press("Enter");
    await page.locator(".menu").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".menu").waitFor({ state: "detached" });
    await eventually(focused).toBe("Options");
    await page.keyboard.press("Escape");
    await page.locator(".window").waitFor({ state: "detached" });
    await eventually(focused).toBe("Open chat");
    await page.close();
  });
});
