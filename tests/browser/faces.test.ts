import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { findings } from "./findings.ts";
import { DEMO_CHANNELS, type DeviceOptions, openStage } from "./stage.ts";

const PHONE: DeviceOptions = {
  viewport: { width: 390, height: 780 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};
const COLOURS = ["light", "dark"] as const;

/** Keeps pictures and holds against them whatever axe finds; in the second colours only the colours can be wrong. */
async function look(page: Page, name: string, found: string[], within?: string): Promise<void> {
  for (const colorScheme of COLOURS) {
    await page.emulateMedia({ colorScheme });
    const picture = `${name}-${colorScheme}`;
    await screenshot(page, picture);
    const only = colorScheme === "dark" ? ["color-contrast"] : undefined;
    found.push(...(await findings(page, within, only)).map((finding) => `${picture}: ${finding}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** The demo shop speaks English; the window is put into the page's language as a translated site would do it. */
async function speakArabic(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.lang = "ar";
    document.documentElement.dir = "rtl";
    (window as unknown as { clew: { setLanguage(language: string): void } }).clew.setLanguage("ar");
  });
}

test("[BR12] the customer's window in every state, on a phone, light and dark", async () => {
  const stage = await openStage();
  const agent = await stage.agent("amara", { status: null });
  const customer = await stage.customer(PHONE);
  const { page } = customer;
  const found: string[] = [];
  const show = (state: string) => look(page, `window-phone-${state}`, found, "clew-chat");
  await page.getByRole("button", { name: /^Open chat/ }).waitFor();
  await show("closed");
  await customer.open();
  await customer.field("Your name").waitFor();
  await show("pre-chat");
  await customer.fillShopForm({ order: "LK-204518" });
  await customer.start();
  await customer.sees("You’re next in line");
  await show("waiting");
  await agent.choosePresence("Available");
  await agent.accept();
  await customer.post("Good morning! Where is my parcel? It was to come **yesterday**.");
  await agent.post(
    "Good morning, Ana! I look it up:\n\n- parcel LK-204518\n- [where it is](https://example.com/track)",
  );
  await customer.reads("where it is");
  await customer.write("Thank you 🌿");
  await customer.reads(/^Read$/);
  await show("conversation");
  await agent.end();
  await customer.sees(/your next message starts a new session here/);
  await show("ended");
  await customer.write("One more thing");
  await customer.reads("New session");
  await show("next-session");
  expect(found).toEqual([]);
});

test("[BR12] the customer's window from right to left, and read-only", async () => {
  const stage = await openStage();
  const customer = await stage.customer({ viewport: { width: 390, height: 780 } });
  const found: string[] = [];
  await customer.open();
  await speakArabic(customer.page);
  await customer.window.getByText("الاسم").first().waitFor();
  await look(customer.page, "window-arabic-pre-chat", found, "clew-chat");
  await customer.window.locator("[name=name]").fill("ليلى");
  await customer.window.locator("[name=email]").fill("layla@example.com");
  await customer.window.locator("[name=topic]").selectOption("order");
  await customer.window.locator("button[type=submit]").click();
  const agent = await stage.agent("amara");
  await agent.accept();
  await agent.write("مرحبًا ليلى! طلبك LK-204518 في الطريق.");
  await customer.window.getByText("طلبك LK-204518").first().waitFor();
  await customer.window.getByRole("textbox").fill("شكرًا جزيلًا");
  await customer.window.getByRole("textbox").press("Enter");
  await agent.reads("شكرًا جزيلًا");
  await look(customer.page, "window-arabic-conversation", found, "clew-chat");

  const ben = await stage.agent("ben");
  const desk = await stage.customer({ channel: DEMO_CHANNELS.supportDesk });
  await desk.open();
  await desk.fillSupportForm();
  await desk.start();
  await ben.accept();
  await ben.end();
  await desk.sees("This conversation is closed and can only be read.");
  await look(desk.page, "window-read-only", found, "clew-chat");
  expect(found).toEqual([]);
});

test.each(["desk", "phone"] as const)("[BR12] the console at work, %s, light and dark", async (sight) => {
  const stage = await openStage();
  const phone = sight === "phone";
  const agent = await stage.agent("amara", phone ? PHONE : {});
  const found: string[] = [];
  const show = (name: string) => look(agent.page, `console-${sight}-${name}`, found);
  await show("inbox-empty");
  const customers = [];
  for (const name of ["Ana Ruiz", "Bo Lundström-Featherstonehaugh"]) {
    const customer = await stage.customer();
    await customer.begin({ name, order: "LK-204518" });
    await customer.write(`This is ${name}. Where is my parcel?`);
    await agent.offer.waitFor();
    if (name === "Ana Ruiz") await agent.accept();
    customers.push(customer);
  }
  await show("offer");
  await agent.reads("This is Ana Ruiz. Where is my parcel?");
  await agent.post("Good morning! It is **on its way**.\n\n- 2 parcels\n- by Friday");
  await customers[0]?.reads("by Friday");
  await agent.decline("In the middle of another chat");
  await show("conversation");
  if (phone) await agent.page.getByRole("link", { name: "Back to the inbox" }).click();
  else await agent.open();
  await agent.row("Ana Ruiz").waitFor();
  await show("inbox");
  expect(found).toEqual([]);
});

test("[BR12] signing in and the settings", async () => {
  const stage = await openStage();
  const found: string[] = [];
  const visitor = await (await stage.device()).newPage();
  await visitor.goto(`${stage.url}/console/`);
  await visitor.getByLabel("E-mail").waitFor();
  await look(visitor, "console-sign-in", found);
  const admin = await stage.agent("admin", { status: null });
  await admin.open(`admin/channels/${DEMO_CHANNELS.shop}/preChat`);
  await admin.page.getByRole("heading", { level: 1 }).waitFor();
  await admin.page.getByRole("status", { name: "Loading" }).waitFor({ state: "detached" });
  await look(admin.page, "console-admin-pre-chat", found);
  await admin.open("supervision");
  await admin.page.getByRole("heading", { name: "Queues" }).waitFor();
  await look(admin.page, "console-supervision", found);
  expect(found).toEqual([]);
});
