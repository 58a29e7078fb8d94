import { expect, test } from "vitest";
import { continuityScene, conversationOf, showsInOrder } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { foreignSite } from "./foreign-site.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const scene = continuityScene({ backForwardCache: true });

test("[K7] on the next page of the site the chat is open and goes on, with what was said while the page changed", async () => {
  const { talking } = scene();
  const { customer, agent } = await talking();
  await customer.write("On the first page");
  await agent.has("On the first page");
  await customer.box.fill("I was about to");
  await customer.page.getByRole("link", { name: "Delivery" }).first().click();
  await agent.say("While you were leafing");
  await customer.page.waitForURL(/second-page/);
  await showsInOrder(customer, ["On the first page", "While you were leafing"]);
  await eventually(() => customer.box.inputValue()).toBe("I was about to");
  await customer.write("On the second page");
  await agent.has("On the second page");

  await customer.button("Minimise").click();
  await customer.page.goBack({ waitUntil: "commit" });
  await customer.page.getByRole("button", { name: /^Open chat/ }).waitFor();
  await agent.say("Still with us?");
  await customer.page.getByRole("button", { name: "Open chat (1)" }).waitFor();
  expect(await customer.window.isVisible()).toBe(false);
  await customer.open();
  await showsInOrder(customer, ["On the first page", "While you were leafing", "On the second page", "Still with us?"]);
  expect(await conversationOf(customer)).toBe(agent.id);
});

test("[K9] a page that comes out of the browser's memory takes up its conversation with what it missed", async () => {
  const { stage, through, desk } = scene();
  const site = await foreignSite();
  const device = await stage.device({ viewport: { width: 1100, height: 760 } });
  const customer = await CustomerWindow.at(await device.newPage(), site.show(through, DEMO_CHANNELS.shop));
  await customer.begin();
  const agent = await desk(customer);
  await agent.take();
  await customer.write("Before I left");
  await agent.has("Before I left");
  await customer.page.evaluate(() => {
    Object.assign(window, { same: true });
    addEventListener("pageshow", ({ persisted }) => Object.assign(window, { persisted }));
  });
  await customer.page.goto("about:blank");
  await agent.say("While you were away");
  await customer.page.goBack({ waitUntil: "commit" });
  await customer.page.waitForFunction(() => "same" in window && "persisted" in window && window.persisted === true);
  await showsInOrder(customer, ["Before I left", "While you were away"]);
  await customer.write("I am back");
  await agent.has("I am back");

  // Another page of the site takes the thread; the one in memory must neither keep it from there nor miss its words.
  await customer.page.goto(`${site.show(through, DEMO_CHANNELS.shop)}&page=2`);
  await customer.write("From page two");
  await agent.has("From page two");
  await customer.page.goBack({ waitUntil: "commit" });
  await showsInOrder(customer, ["Before I left", "While you were away", "I am back", "From page two"]);
  await customer.write("From page one");
  await agent.has("From page one");
  expect(await agent.texts()).toHaveLength(5);
});

test("[K18] a phone that freezes the page and then kills it: all is there when the customer comes back", async () => {
  const { talking } = scene();
  const { customer, agent } = await talking({ viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true });
  await customer.write("From my phone");
  await agent.has("From my phone");
  await customer.box.fill("And another th");
  const { page } = customer;
  const phone = page.context();
  const address = page.url();
  const session = await phone.newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await agent.say("Are you there?");
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await customer.reads("Are you there?");

  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  const crashed = page.waitForEvent("crash");
  void session.send("Page.crash").catch(() => undefined);
  await crashed;
  await agent.say("While your phone was in the pocket");
  const again = await CustomerWindow.at(await phone.newPage(), address);
  await showsInOrder(again, ["From my phone", "Are you there?", "While your phone was in the pocket"]);
  await eventually(() => again.box.inputValue()).toBe("And another th");
  await again.button("Send").click();
  await agent.has("And another th");
  expect(await agent.texts()).toHaveLength(4);
  await page.close();
});

test("[K8] on another sub-domain the customer is the same where the tag names the domain, and on no other site", async () => {
  const { stage, through, desk } = scene();
  const site = await foreignSite();
  const port = new URL(site.origin).port;
  const device = await stage.device({ viewport: { width: 1100, height: 760 } });
  const on = (host: string, domain = "") =>
    `http://${host}:${port}/?${new URLSearchParams({ clew: through, channel: DEMO_CHANNELS.shop, domain })}`;
  const shop = await CustomerWindow.at(await device.newPage(), on("www.shop.localhost", "shop.localhost"));
  await shop.begin();
  const agent = await desk(shop);
  await agent.take();
  await shop.write("On the shop's page");
  await agent.has("On the shop's page");

  const help = await CustomerWindow.at(await device.newPage(), on("help.shop.localhost", "shop.localhost"));
  await help.open();
  await help.reads("On the shop's page");
  await help.write("On the help page");
  await shop.reads("On the help page");
  await agent.say("I see you on both");
  await Promise.all([shop.reads("I see you on both"), help.reads("I see you on both")]);
  // Each has its own connection: whichever trades the secret, the other goes on with what came of it.
  for (const window of [help, shop, help]) {
    await window.reload();
    await window.reads("I see you on both");
    const text = `After reload ${(await agent.texts()).length}`;
    await window.write(text);
    await agent.has(text);
  }
  expect((await agent.texts()).at(-1)).toBe("After reload 5");
  expect(await conversationOf(help)).toBe(agent.id);

  for (const stranger of [on("www.other.localhost", "other.localhost"), on("shop.localhost")]) {
    const elsewhere = await CustomerWindow.at(await device.newPage(), stranger);
    await elsewhere.open();
    await elsewhere.field("Your name").waitFor();
    expect(await elsewhere.field("Your name").inputValue()).toBe("");
  }

  // Whoever signs out on one sub-domain leaves nothing on the other.
  await shop.page.evaluate(() => (window as unknown as { clew: { signOut(): void } }).clew.signOut());
  await eventually(() => shop.kept()).not.toContain("On the shop's page");
  await help.reload();
  await eventually(() => help.kept()).not.toContain("On the shop's page");
  await help.reopenIfClosed();
  await help.field("Your name").waitFor();
});
