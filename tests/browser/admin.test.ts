import { expect, test } from "vitest";
import { ChannelSettingsPage } from "./pages/admin-pages.ts";
import { DEMO_CHANNELS, openStage } from "./stage.ts";

test("[BR9] a new question is a draft until it is published; an open window takes it, and leaves it again", async () => {
  const stage = await openStage();
  const waiting = await stage.customer();
  await waiting.begin({ name: "Early Bird" });
  const customer = await stage.customer();
  await customer.open();
  await customer.field("Your name").fill("Ana Ru");
  const admin = await stage.agent("admin", { status: null });
  const settings = new ChannelSettingsPage(admin.page);
  await settings.open(stage.url, DEMO_CHANNELS.shop, "preChat");
  await settings.addQuestion("Text", "Postcode");
  await admin.page
    .getByRole("complementary", { name: "Preview, as the customer sees it" })
    .getByText("Postcode")
    .waitFor();
  await settings.tab("Look");
  await admin.page.getByLabel("Title of the window").fill("Larkspur & Daughters");
  await settings.saveDraft();
  await admin.sees("Unpublished changes");
  expect(await customer.field("Postcode").count()).toBe(0);

  const difference = await settings.comparison();
  await difference.getByRole("row", { name: /Postcode.*not there/ }).waitFor();
  await settings.publish("We deliver by postcode", 2);
  await waiting.window.getByRole("heading", { name: "Larkspur & Daughters" }).waitFor();
  await waiting.sees("You’re next in line");
  // Nobody tells a window that has no conversation yet; it looks for itself when it is opened.
  await customer.button("Minimise").click();
  await customer.open();
  await customer.field("Postcode").waitFor();
  expect(await customer.field("Your name").inputValue()).toBe("Ana Ru");
  await customer.fillShopForm();
  await customer.field("Postcode").fill("10115");

  await settings.tab("Deployments");
  await settings.goBackTo(1);
  await admin.sees("Deployment 3 is live, with the settings of 1.");
  await waiting.window.getByRole("heading", { name: "Larkspur & Co" }).waitFor();
  await customer.button("Minimise").click();
  await customer.open();
  await customer.field("Postcode").waitFor({ state: "detached" });
  await customer.start();
  await customer.sees("Number 2 in line");
});
