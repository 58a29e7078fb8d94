import { expect, test } from "vitest";
import { foreignSite } from "./foreign-site.ts";
import { ChannelSettingsPage } from "./pages/admin-pages.ts";
import { AgentConsole } from "./pages/agent-console.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { openStage } from "./stage.ts";

test("[BR10] from the one-time code to a chat on a page of another origin with a strict policy; other pages are refused", async () => {
  const stage = await openStage({ environment: { CLEW_DEMO: "off" } });
  const desk = await stage.device({ viewport: { width: 1440, height: 900 } });
  const admin = new AgentConsole(await desk.newPage(), stage.url);
  const { page } = admin;
  await admin.open();
  await page.getByLabel("One-time code").fill("WRONG");
  await page.getByLabel("Organisation").fill("Bakery Ltd");
  await page.getByLabel("Your name").fill("Kim Baker");
  await page.getByLabel("E-mail").fill("kim@bakery.example");
  await page.getByLabel("Password", { exact: true }).fill("a good long password");
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("One-time code").fill(stage.setupCode as string);
  await page.getByRole("button", { name: "Set up" }).click();
  await admin.menu.waitFor();
  await admin.menu.click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await admin.signIn("kim@bakery.example", "a good long password");

  const site = await foreignSite();
  const stranger = await foreignSite();
  await page.goto(`${stage.url}/console/admin/queues/new`);
  await page.getByRole("textbox", { name: /^Name/ }).fill("Counter");
  await page.getByPlaceholder("Choose agents").click();
  await page.getByRole("option", { name: /Kim Baker/ }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await admin.sees("Saved");
  await page.goto(`${stage.url}/console/admin/channels/new`);
  await page.getByRole("textbox", { name: /^Name/ }).fill("Bakery chat");
  const settings = new ChannelSettingsPage(page);
  await settings.tab("Sites");
  await page.getByLabel("Addresses of sites").first().fill(site.origin);
  await page.keyboard.press("Enter");
  await settings.button("Make the channel").click();
  await admin.sees("Channel made. Publish it when it is ready.");
  await page.waitForURL(/channels\/[0-9a-f-]{36}/);
  const channel = /channels\/([0-9a-f-]{36})/.exec(page.url())?.[1] as string;
  await settings.comparison();
  await settings.publish("Open", 1);

  const visitor = await stage.device();
  const customer = new CustomerWindow(await visitor.newPage());
  const violations: string[] = [];
  customer.page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) violations.push(message.text());
  });
  await customer.page.goto(site.show(stage.url, channel));
  await customer.open();
  await customer.post("Do you have rye bread?");
  await customer.sees("You’re next in line");
  expect(violations).toEqual([]);

  const refused = new CustomerWindow(await (await stage.device()).newPage());
  await refused.page.goto(stranger.show(stage.url, channel));
  await refused.open();
  await refused.sees("This chat isn’t available here.");
  expect(await refused.box.count()).toBe(0);
});
