import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeWindows, sharedChromium } from "../../../tests/support/chromium.ts";
import { eventually } from "../../../tests/support/eventually.ts";
import { screenshot } from "../../../tests/support/screenshot.ts";
import { id } from "./dev/fixtures.ts";
import { serveAdmin } from "./dev/serve.ts";
import { findings, overflowsSideways, PAGES } from "./dev/visit.ts";

const SHOP = `channels/${id(5, 1)}`;

let browser: Browser;
let page: Page;
let served: Awaited<ReturnType<typeof serveAdmin>>;

beforeAll(async () => {
  [browser, served] = await Promise.all([sharedChromium(), serveAdmin()]);
  // One page for all, so that the script is fetched and compiled once.
  page = await browser.newPage({ reducedMotion: "reduce" });
}, 60_000);
afterAll(async () => {
  await closeWindows();
  served?.close();
});

async function visit(path: string, options: { query?: string } = {}): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.mouse.move(0, 0);
  await page.goto(`${served.address}/console/admin/${path}?${options.query ?? ""}`);
  await page.locator("h1").waitFor();
}

describe("every page", () => {
  for (const [name, path] of Object.entries(PAGES)) {
    test(`[AD19] ${name} has no finding in light and dark and fits a phone`, async () => {
      await visit(path);
      await page.getByRole("status", { name: "Loading" }).waitFor({ state: "detached" });
      expect(await findings(page)).toEqual([]);
      await screenshot(page, `admin-${name}`);
      await page.setViewportSize({ width: 390, height: 860 });
      await page.emulateMedia({ colorScheme: "dark" });
      await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
      expect(await findings(page)).toEqual([]);
      expect(await overflowsSideways(page)).toBe(false);
      await screenshot(page, `admin-${name}-dark-phone`);
    });
  }

  for (const path of ["channels", "queues", "agents", "agents/skills", "hours", "replies", "keys", "audit"]) {
    test(`[AD19] an empty list of ${path} says what belongs there and has no finding`, async () => {
      await visit(path, { query: "empty" });
      await page.getByRole("heading", { level: 2 }).waitFor();
      expect(await findings(page)).toEqual([]);
      await screenshot(page, `admin-empty-${path.replace("/", "-")}`);
    });
  }
});

describe("editing", () => {
  test("[AD1] leaving with something typed asks; tabs of the channel keep it; staying keeps it", async () => {
    await visit(`${SHOP}/general`);
    await page.getByLabel("Name").fill("Shop and more");
    await page.getByRole("tab", { name: "Timers" }).click();
    await page.getByRole("tab", { name: "General" }).click();
    await eventually(() => page.getByLabel("Name").inputValue()).toBe("Shop and more");
    await page.getByRole("link", { name: "Queues" }).click();
    await page.getByRole("dialog").getByText("Leave without saving?").waitFor();
    await page.getByRole("button", { name: "Stay here" }).click();
    await eventually(() => page.getByLabel("Name").inputValue()).toBe("Shop and more");
    await page.getByRole("link", { name: "Queues" }).click();
    await page.getByRole("button", { name: "Save and leave" }).click();
    await page.getByRole("heading", { level: 1, name: "Queues" }).waitFor();
    await page.getByRole("link", { name: "Channels" }).click();
    await page.getByText("Shop and more").waitFor();
  });

  test("[AD3] a conflict explains itself and keeps what was typed on top of what was saved meanwhile", async () => {
    await visit(`${SHOP}/general`);
    await page.getByLabel("Name").fill("Mine");
    await page.evaluate("fake.store.channels[0].revision = 8; fake.store.channels[0].draft.weight = 5");
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.getByText("Somebody else saved this").waitFor();
    await screenshot(page, "admin-conflict");
    await page.getByRole("button", { name: "Load theirs, keep what I typed" }).click();
    await eventually(() => page.getByLabel("Weight").inputValue()).toBe("5");
    await eventually(() => page.getByLabel("Name").inputValue()).toBe("Mine");
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.getByText("Draft saved").waitFor();
    expect(await page.evaluate("[fake.store.channels[0].draft.name, fake.store.channels[0].draft.weight]")).toEqual([
      "Mine",
      5,
    ]);
  });

  test("[AD4] verified customers on a session-based channel: the server's refusal is shown at the switch and the tab", async () => {
    await visit(`channels/${id(5, 2)}/identity`);
    await page.getByLabel("Let your site verify customers").check();
    await page.getByLabel("Issuer").fill("https://shop.example");
    await page.getByLabel("Audience").fill("clew");
    await page.getByText("Fetched from an address").click();
    await page.getByLabel("Address of the keys").fill("https://shop.example/jwks.json");
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.getByText("cannot go together").waitFor();
    await eventually(() => page.getByRole("tab", { name: "Identity needs attention" }).count()).toBe(1);
    expect(await findings(page)).toEqual([]);
    await screenshot(page, "admin-identity-refused");
  });

  test("[AD9] a new agent without a usable password or address is not sent", async () => {
    await visit("agents/new");
    await page.getByLabel(/^Name/).fill("Eve Example");
    await eventually(() => page.getByLabel("Public name").inputValue()).toBe("Eve");
    await page.getByLabel("E-mail").fill("eve");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("This is not an e-mail address.").waitFor();
    await page.getByText("At least 10 characters.", { exact: true }).waitFor();
    expect(await page.evaluate("fake.calls.includes('createAgent')")).toBe(false);
    await page.getByLabel("E-mail").fill("eve@shop.example");
    await page.getByLabel("First password").fill("correct horse battery");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Eve Example" }).waitFor();
  });
});

describe("channels", () => {
  test("[AD17] publishing shows the difference first, then makes the next number; unsaved changes hold it back", async () => {
    await visit(`${SHOP}/general`);
    await page.getByLabel("Name").fill("Shop");
    await eventually(() => page.getByRole("button", { name: "Publish" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.getByText("Draft saved").waitFor();
    await page.getByRole("button", { name: "Publish" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("row", { name: /Colour #3d4ab4 #0b6e99/ }).waitFor();
    await dialog.getByRole("row", { name: /Question “E-mail” · Required off on/ }).waitFor();
    expect(await findings(page)).toEqual([]);
    await screenshot(page, "admin-publish");
    await dialog.getByLabel("Note for your team").fill("New colour");
    await dialog.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Deployment 4 is live.").waitFor();
    await page.getByText("Live: 4").waitFor();
    await eventually(() => page.getByText("Unpublished changes").count()).toBe(0);
  });

  test("[AD18] going back publishes an earlier deployment under a new number", async () => {
    await visit(`${SHOP}/deployments`);
    const second = page.getByRole("listitem").filter({ hasText: "English only" });
    await second.getByRole("button", { name: "Difference to live" }).click();
    await page
      .getByRole("dialog")
      .getByRole("row", { name: /Languages English, German, and French English/ })
      .waitFor();
    await screenshot(page, "admin-deployment-difference");
    await page.keyboard.press("Escape");
    await second.getByRole("button", { name: "View" }).click();
    await page.getByRole("dialog").getByRole("row", { name: "Name Shop chat" }).waitFor();
    await page.keyboard.press("Escape");
    await second.getByRole("button", { name: "Go back to this one" }).click();
    await page.getByText("become the draft").waitFor();
    await page.getByText("The draft has changes that were never published.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Go back" }).click();
    await page.getByText("goes back to 2").waitFor();
    await page.getByText("Live: 4").waitFor();
  });

  test("[AD13] questions are added, labelled, moved by key and told where they are", async () => {
    await visit(`${SHOP}/preChat`);
    await page.getByRole("button", { name: "Add a question" }).click();
    await page.getByRole("menuitem", { name: "Phone" }).click();
    await page.getByLabel("Label", { exact: false }).first().fill("Mobile number");
    await eventually(() => page.getByLabel("Key", { exact: true }).inputValue()).toBe("mobileNumber");
    expect(await findings(page)).toEqual([]);
    await screenshot(page, "admin-form-question");
    const up = page.getByRole("button", { name: "Move “Mobile number” up" });
    await up.focus();
    await page.keyboard.press("Enter");
    await page.getByText("“Mobile number” is now question 5 of 6").waitFor();
    const preview = page.getByRole("complementary", { name: /Preview/ });
    await preview.getByLabel("Mobile number").waitFor();
    await preview.getByLabel("What is it about?").selectOption("return");
    await eventually(() => preview.getByLabel("More precisely").locator("option").allTextContents()).toEqual([
      "Choose…",
      "It is broken",
    ]);
  });

  test("[AD13] a question is dragged by its handle", async () => {
    await visit(`${SHOP}/preChat`);
    const items = page.getByRole("list", { name: "Questions in their order" }).getByRole("listitem");
    await page.getByTitle("Drag “Your name” to another place").dragTo(items.nth(2));
    await page.getByText("“Your name” is now question 3 of 5").waitFor();
  });
});

test("[AD25] the secret of a key is shown once", async () => {
  await visit("keys");
  await page.getByRole("button", { name: "New API key" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Export");
  await page.getByRole("button", { name: "Make the key" }).click();
  await page.getByText(/^clew_/).waitFor();
  expect(await findings(page)).toEqual([]);
  await screenshot(page, "admin-key-secret");
  await page.getByRole("button", { name: "I have copied it" }).click();
  await page.getByText("Export", { exact: true }).waitFor();
  await eventually(() => page.getByText(/^clew_/).count()).toBe(0);
});

test("[AD21] times are typed freely and copied to other days", async () => {
  await visit(`hours/${id(4, 1)}`);
  const opens = page.getByLabel("Saturday, opens (1)");
  await opens.fill("8.30");
  await opens.blur();
  await eventually(() => opens.inputValue()).toBe("08:30");
  await opens.fill("soon");
  await opens.blur();
  await eventually(() => opens.inputValue()).toBe("08:30");
  await page.getByRole("button", { name: "Copy Saturday to other days" }).click();
  await page.getByRole("menuitem", { name: "To every day" }).click();
  await eventually(() => page.getByLabel("Sunday, opens (1)").inputValue()).toBe("08:30");
  await eventually(() => page.getByLabel(/Monday, opens/).count()).toBe(1);
});

test("[AD4] someone who is not an admin is told so", async () => {
  await visit("channels", { query: "agent" });
  await page.getByText("Settings are for admins").waitFor();
});

test("[AD27] a promise longer than the session waits is told at its field, and the chosen tab is in sight", async () => {
  await visit(PAGES["channel-reconnect"] ?? "");
  const promised = page.getByLabel("The same agent is promised for", { exact: true });
  await promised.fill("45");
  await page.getByText("For 45 minutes Ben is kept for her").waitFor();
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByText("Longer than the session waits (30 minutes)").waitFor();
  await eventually(() => promised.getAttribute("aria-invalid")).toBe("true");
  await page.getByRole("button", { name: "Discard" }).click();

  await visit(PAGES["channel-embedding"] ?? "");
  const inSight = await page.getByRole("tab", { selected: true }).evaluate((tab) => {
    const list = tab.parentElement?.getBoundingClientRect();
    return tab.getBoundingClientRect().right <= (list?.right ?? 0) + 1;
  });
  expect(inSight).toBe(true);
});
