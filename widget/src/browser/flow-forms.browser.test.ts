import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeWindows, sharedChromium } from "../../../tests/support/chromium.ts";
import { eventually } from "../../../tests/support/eventually.ts";
import { screenshot } from "../../../tests/support/screenshot.ts";
import { serveDevPages, violations } from "../../../tests/support/widget/dev-pages.ts";

/** States of a form, and what a person does first to reach them. */
const STATES: Record<string, (page: Page) => Promise<void>> = {
  form: async () => undefined,
  "form~faults": (page) => page.getByRole("button", { name: /^(Send|إرسال)$/ }).click(),
  texts: async () => undefined,
  kinds: async (page) => {
    await page.getByRole("combobox", { name: /^(Find an address|ابحث عن عنوان)$/ }).fill("Ring");
    await page.getByRole("option", { name: /^Ring 1, 1010 Wien, Ö/ }).waitFor();
  },
  repeat: async () => undefined,
  suggested: async () => undefined,
  "sent-back": async () => undefined,
  closing: async () => undefined,
  review: (page) => page.getByRole("button", { name: /^(Next|التالي)$/ }).click(),
  sending: async () => undefined,
  receipt: async () => undefined,
  expired: async () => undefined,
  loading: async () => undefined,
};
/** The states with most to reach and to read; every variant sees these, the first one all. */
const CLOSELY = ["form~faults", "kinds", "suggested"];
type Variant = { name: string; query: string; context: BrowserContextOptions };
const desktop = { viewport: { width: 480, height: 800 }, reducedMotion: "reduce" as const };
const VARIANTS: Variant[] = [
  { name: "light", query: "scheme=light", context: desktop },
  { name: "dark", query: "scheme=dark", context: { ...desktop, colorScheme: "dark" } },
  { name: "right-to-left", query: "scheme=light&language=ar", context: desktop },
  {
    name: "mobile",
    query: "scheme=light",
    context: { ...desktop, viewport: { width: 320, height: 600 }, hasTouch: true },
  },
  // A browser's zoom halves the window's CSS pixels and doubles what each is drawn with.
  {
    name: "zoomed",
    query: "scheme=light",
    context: { ...desktop, viewport: { width: 240, height: 400 }, deviceScaleFactor: 2 },
  },
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

async function open(page: Page, state: string, query = "scheme=light"): Promise<void> {
  await page.goto(`${pages.origin}/forms.html?state=${state.split("~")[0]}&${query}`);
  await page.locator(state.startsWith("loading") ? ".ff-loading" : ".ff-page").waitFor();
  if (query.includes("language=ar")) await page.locator("[lang=ar]").waitFor({ state: "attached" });
}

describe.each(VARIANTS)("$name", ({ name, query, context }) => {
  it(`[FS20] axe finds nothing in any state of a form, nothing scrolls sideways, and a strict policy is not violated (${name})`, {
    timeout: 120_000,
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
      if (name !== "light" && !CLOSELY.includes(state)) continue;
      faults = [];
      await open(page, state, query);
      await act(page);
      await screenshot(page, `flow-forms/${name}/${state}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const wrong = [...(await violations(page)), ...faults, ...(wide > 0 ? [`${wide} px too wide`] : [])];
      if (wrong.length > 0) found[state] = wrong;
    }
    expect(found).toEqual({});
    await session.close();
  });
});

type Held = {
  done: { act: string; field?: string; value?: unknown; status?: string }[];
  form: { state: { get(): { entry: object } } };
  put(changes: object): void;
  write(field: string, value: unknown, more?: object): void;
};
declare const held: Held;
const done = (page: Page) => page.evaluate(() => held.done);
const inFocus = (page: Page) =>
  page.evaluate(() => document.querySelector("#form")?.shadowRoot?.activeElement?.id ?? "");

it("[FS21] sending with faults shows a summary that takes focus and leads to each answer; mended it is sent", async () => {
  const page = await browser.newPage();
  await open(page, "form");
  await page.getByRole("button", { name: "Send" }).click();
  const summary = page.getByRole("region", { name: "2 answers need another look" });
  await eventually(() => summary.evaluate((it) => (it.getRootNode() as ShadowRoot).activeElement === it)).toBe(true);
  await summary.getByRole("link", { name: /^Purpose/ }).click();
  await eventually(() => inFocus(page)).toMatch(/-ask-reason$/);
  await page.keyboard.press("Space");
  await page.getByLabel("I agree").check();
  await page.getByRole("button", { name: "Send" }).click();
  expect((await done(page)).map(({ act }) => act)).toContain("submit");
  await eventually(() => page.getByRole("button", { name: "Sending…" }).getAttribute("aria-busy")).toBe("true");
  await page.close();
});

it("[RC32] what only the server can do cannot be pressed while nothing can be sent; filling in and sending can", async () => {
  const page = await browser.newPage();
  const connection = (now: "ready" | "offline") => page.evaluate((to) => held.put({ connection: to }), now);
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  await open(page, "texts");
  expect(await button("Next").isEnabled()).toBe(true);
  await connection("offline");
  await page.getByText("What you write is kept here").waitFor();
  await eventually(() => button("Next").isEnabled()).toBe(false);
  await connection("ready");
  await eventually(() => button("Next").isEnabled()).toBe(true);
  await open(page, "suggested");
  await connection("offline");
  await eventually(() => button(/^Accept/).isEnabled()).toBe(false);
  expect(await button(/^Dismiss/).isEnabled()).toBe(false);
  expect(await button("Send").isEnabled()).toBe(true);
  await page.close();
});

it("[FS22] what is asked follows what is chosen, and the value is told in normal form with its status", async () => {
  const page = await browser.newPage();
  await open(page, "form");
  expect(await page.getByLabel("Tell us a little more").count()).toBe(0);
  await page.getByLabel("Something else").check();
  await page.getByLabel("Tell us a little more").fill("  A boat ");
  await page.getByLabel(/^Account to pay into/).fill("at61 1904 3002 3457 3201");
  const acts = (await done(page)).filter(({ act }) => act === "set");
  expect(acts.at(-1)).toMatchObject({ field: "ask.iban", value: "AT611904300234573201", status: "valid" });
  expect(acts.find(({ field }) => field === "ask.detail")).toMatchObject({ value: "A boat" });
  // What stands in the field is what was typed, until it is left.
  expect(await page.getByLabel(/^Account to pay into/).inputValue()).toBe("at61 1904 3002 3457 3201");
  await page.getByLabel("Tell us a little more").focus();
  await eventually(() => page.getByLabel(/^Account to pay into/).inputValue()).toBe("AT611904300234573201");
  await page.close();
});

it("[FW6] a picture stands beside its option and says nothing; it is fetched for a page that has one", async () => {
  const page = await browser.newPage();
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  const pictures = () => fetched.filter((url) => url.includes("icons-part"));
  await open(page, "texts");
  expect(pictures()).toEqual([]);
  await open(page, "form");
  await eventually(pictures).not.toEqual([]);
  const option = page.locator("label", { has: page.getByRole("radio", { name: /^Renovation work/ }) });
  expect(await option.locator("svg[aria-hidden=true] path").getAttribute("d")).toMatch(/^M/);
  const plain = page.locator("label", { has: page.getByRole("radio", { name: "Something else" }) });
  expect(await plain.locator("svg").count()).toBe(0);
  await page.close();
});

it("[C22] the agent suggests and changes three fields: focus stays, one announcement is made, and the form is finished by keyboard alone", async () => {
  const page = await browser.newPage();
  await page.clock.install();
  await open(page, "texts");
  await page.getByLabel("E-mail address").focus();
  await page.keyboard.type("ines@exam");
  const status = page.locator(".ff > [role=status]");
  const spoken: string[] = [];
  await page.exposeFunction("spoken", (text: string) => void (text && spoken.push(text)));
  await status.evaluate((element) => {
    new MutationObserver(() =>
      (window as unknown as { spoken(text: string | null): void }).spoken(element.textContent),
    ).observe(element, { childList: true, characterData: true, subtree: true });
  });
  await page.evaluate(() => {
    const by = { name: "Sam" };
    held.write("ask.first", "Ines", { by: "agent" });
    held.write("ask.email", "sam@example.com", { by: "agent" });
    held.put({ suggestions: [{ field: "ask.family", value: "Moser", by, at: 1 }] });
    held.put({
      suggestions: [
        { field: "ask.family", value: "Moser", by, at: 1 },
        { field: "ask.phone", value: "+436641234567", by, at: 2 },
      ],
    });
  });
  await page.clock.runFor(6_000);
  await eventually(() => spoken).toEqual(["Sam suggested 2 answers. Sam filled in 2 answers."]);
  expect(await inFocus(page)).toMatch(/-ask-email$/);
  expect(await page.getByLabel("E-mail address").inputValue()).toBe("ines@exam");
  await page.keyboard.type("ple.com");
  for (let presses = 0; presses < 40 && !(await isOn(page, "Accept Moser")); presses += 1)
    await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await eventually(() => page.getByLabel("Family name").inputValue()).toBe("Moser");
  for (let presses = 0; presses < 40 && !(await isOn(page, "Next")); presses += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "What will the money be used for?" }).waitFor();
  expect((await done(page)).at(-1)).toMatchObject({ act: "page", to: "next" });
  expect((await done(page)).findLast(({ act, field }) => act === "set" && field === "ask.email")).toMatchObject({
    value: "ines@example.com",
  });
  expect(await violations(page)).toEqual([]);
  await page.close();
});

it("[AX3] announcements of what others do can be switched off once there was one, and on again", async () => {
  const page = await browser.newPage();
  await page.clock.install();
  await open(page, "texts");
  const status = page.locator(".ff > [role=status]").first();
  const announce = page.getByRole("switch", { name: "Announce what others do here" });
  const write = async (value: string) => {
    await page.evaluate((text) => held.write("ask.first", text, { by: "agent" }), value);
    await page.clock.runFor(6_000);
  };
  expect(await announce.count()).toBe(0);
  await write("Ines");
  await eventually(() => status.textContent()).toBe("Sam filled in an answer.");
  await announce.uncheck();
  await eventually(() => status.textContent()).toBe("");
  await write("Anna");
  expect(await page.getByLabel("First name").inputValue()).toBe("Anna");
  expect(await status.textContent()).toBe("");
  await announce.check();
  await write("Eva");
  await eventually(() => status.textContent()).toBe("Sam filled in an answer.");
  expect(await violations(page)).toEqual([]);
  await page.close();
});

it("[AX4] that a form closes soon is read out when it is so: its place is there before", async () => {
  const page = await browser.newPage();
  await page.clock.install();
  await open(page, "closing");
  const soon = page.locator("[role=status]", { hasText: "This form closes at" });
  await soon.getByRole("button", { name: "More time" }).waitFor();
  const place = await soon.elementHandle();
  await page.evaluate(() => held.put({ entry: { ...held.form.state.get().entry, expiresAt: Date.now() + 1_200_000 } }));
  await soon.waitFor({ state: "detached" });
  expect(await place?.evaluate((element) => [element.isConnected, element.textContent])).toEqual([true, ""]);
  await page.clock.runFor(1_000_000);
  await soon.waitFor();
  expect(await place?.evaluate((element) => element.textContent)).toContain("This form closes at");
  await page.close();
});

it("[FS25] a page that comes with answers of others is no news, what comes after is", async () => {
  const page = await browser.newPage();
  await page.clock.install();
  await open(page, "loading");
  const status = page.locator(".ff > [role=status]").first();
  await page.evaluate(() => {
    const components = [{ id: "first", kind: "text", label: "First name" }];
    held.write("ask.first", "Ines", { by: "agent" });
    held.put({ page: { node: "ask", title: "You", components, scope: {}, back: false, last: true, review: false } });
  });
  await page.getByText("Filled in by Sam").or(page.getByText("Filled in by The team")).waitFor();
  await page.clock.runFor(6_000);
  expect(await status.textContent()).toBe("");
  await page.evaluate(() => held.write("ask.first", "Anna", { by: "agent" }));
  await page.clock.runFor(6_000);
  await eventually(() => status.textContent()).toBe("The team filled in an answer.");
  await page.close();
});

function isOn(page: Page, name: string): Promise<boolean> {
  return page.evaluate(
    (wanted) => document.querySelector("#form")?.shadowRoot?.activeElement?.textContent?.trim() === wanted,
    name,
  );
}

it("[FS26] private and secret fields are marked for recorders of sessions, the others are not", async () => {
  const page = await browser.newPage();
  await open(page, "form");
  const marked = page.locator("[data-private].rr-ignore.ph-no-capture");
  expect(await marked.locator("input").evaluateAll((all) => all.map(({ id }) => id))).toEqual([
    expect.stringMatching(/-ask-iban$/),
  ]);
  await open(page, "texts");
  expect(await marked.locator("input").evaluateAll((all) => all.map(({ id }) => id))).toEqual([
    expect.stringMatching(/-ask-code$/),
  ]);
  await page.close();
});

it("[FS23] items of a repeat are added and removed by keyboard, and focus goes where it happened", async () => {
  const page = await browser.newPage();
  await open(page, "repeat");
  await page.getByRole("button", { name: "Add another" }).press("Enter");
  await eventually(() => inFocus(page)).toMatch(/-ask-borrowers-2-name$/);
  await page.keyboard.type("Tom");
  expect((await done(page)).findLast(({ act }) => act === "set")).toMatchObject({
    field: "ask.borrowers",
    value: [{ name: "Ines Moser" }, {}, { name: "Tom" }],
  });
  await eventually(() => page.getByRole("button", { name: "Add another" }).count()).toBe(0);
  await page.getByRole("button", { name: "Remove Person 2" }).press("Enter");
  expect(await page.getByLabel("Name").evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))).toEqual(
    ["Ines Moser", "Tom"],
  );
  await page.close();
});

it("[PY7] a payment page that never says a word is given up, and can be asked for again", async () => {
  const page = await browser.newPage();
  await page.clock.install();
  await open(page, "kinds");
  const group = page.getByRole("group", { name: /^Deposit/ });
  const pay = group.getByRole("button", { name: "Pay €20.00" });
  await pay.click();
  await group.getByText("The payment page is loading…").waitFor();
  const address = new URL((await group.locator("iframe").getAttribute("src")) ?? "");
  expect(`${address.origin}${address.pathname}`).toBe("https://pay.example/page");
  expect(Object.fromEntries(address.searchParams)).toMatchObject({ amount: "20.00", currency: "EUR", language: "en" });
  await page.clock.fastForward(20_000);
  await group.getByText("The payment page cannot be reached. Nothing was paid.").waitFor();
  await eventually(() => inFocus(page)).toMatch(/-ask-pay$/);
  expect((await done(page)).filter(({ act, field }) => act === "set" && field === "ask.pay")).toEqual([]);
  await pay.click();
  await group.getByRole("button", { name: "Cancel payment" }).click();
  await group.getByText("The payment was cancelled. Nothing was paid.").waitFor();
  await page.close();
});
