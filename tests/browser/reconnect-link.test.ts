import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { cameBack, copiedLink, deviceAt, goOn, isRefused, leave, ofType, reconnectScene } from "./reconnect-scene.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const scene = reconnectScene();

test("[K23] a link in time, in the browser that knows the chat: on one goes, nothing doubled, nothing asked, the link unspent", async () => {
  const { stage, terms, talk, admin } = scene();
  await terms();
  const talking = await talk("Where is my fern?");
  const { customer, agent } = talking;
  const url = await copiedLink(customer);
  const device = customer.page.context();
  await leave(stage, talking);
  const again = await CustomerWindow.at(await device.newPage(), url);
  await again.reads("Where is my fern?");
  await again.box.waitFor();
  expect(await again.window.getByText("Continue your chat?").count()).toBe(0);
  await again.write("I am back.");
  await agent.has("I am back.");
  await again.times("Where is my fern?", 1);
  await cameBack(talking);
  expect((await admin.conversations()).filter(({ conversationId }) => conversationId === agent.id)).toHaveLength(1);
  expect(await agent.texts()).toEqual(["Where is my fern?", "I am back."]);
  const phone = await deviceAt(stage, url);
  await goOn(phone);
  await phone.reads("I am back.");
});

test("[K24] [K28] on another device both stay in step; the link is spent by it, and the one it gave instead is good", async () => {
  const { stage, terms, talk } = scene();
  await terms();
  const { customer, agent } = await talk("On my laptop");
  const url = await copiedLink(customer);
  const phone = await deviceAt(stage, url);
  await goOn(phone);
  await phone.reads("On my laptop");
  await phone.sees("Welcome back. The chat goes on.");
  await phone.write("On my phone");
  await customer.reads("On my phone");
  await customer.write("On both");
  await phone.reads("On both");
  await agent.say("I see you twice");
  for (const window of [phone, customer]) await window.times("I see you twice", 1);

  await isRefused(await deviceAt(stage, url));
  const renewed = await copiedLink(phone);
  expect(renewed).not.toBe(url);
  const tablet = await deviceAt(stage, renewed);
  await goOn(tablet);
  await tablet.reads("On my phone");
  await isRefused(await deviceAt(stage, renewed));
});

test("[K26] a link after the agent's end says who ended, shows what was said, and the next word begins anew", async () => {
  const { stage, terms, talk } = scene();
  await terms();
  const { customer, agent } = await talk("Can ivy climb?");
  const url = await copiedLink(customer);
  await agent.end();
  await customer.reads("Amara ended the chat");
  const phone = await deviceAt(stage, url);
  await goOn(phone);
  await phone.reads("Can ivy climb?");
  await phone.window.getByRole("status").filter({ hasText: "Amara ended the chat" }).waitFor();
  await phone.sees(/your next message starts a new session here/);
  await phone.write("And roses?");
  await phone.reads("New session");
  await agent.has("And roses?");
  const events = await agent.events();
  expect(ofType(events, "session.started").map(({ session }) => session.number)).toEqual([1, 2]);
  expect(ofType(events, "customer.returned")).toEqual([]);
});

test("[K29] mail scanners and browsers that look ahead use nothing up; the press of the button does", async () => {
  const { stage, terms, talk } = scene();
  await terms();
  const { customer } = await talk("Do not spend my link");
  const url = await copiedLink(customer);
  const token = url.split("#clew-reconnect=")[1] as string;
  for (const method of ["HEAD", "GET", "GET"]) {
    const headers = { "user-agent": "MailGuard/2.1 (link scanner)", "sec-purpose": "prefetch" };
    expect((await fetch(url, { method, headers })).status).toBe(200);
  }
  // A scanner that runs what it finds, and waits until nothing more comes.
  const asked: string[] = [];
  const scanner = await stage.device();
  scanner.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));
  const scanned = await CustomerWindow.at(await scanner.newPage(), url);
  await scanned.sees("Continue your chat?");
  await scanned.page.waitForLoadState("networkidle");
  expect(asked.filter((request) => request.includes(token))).toEqual([]);
  expect(asked.filter((request) => request.includes("/reconnect/open"))).toEqual([]);

  const phone = await deviceAt(stage, url);
  await goOn(phone);
  await phone.reads("Do not spend my link");
  await scanned.button("Continue").click();
  await scanned.sees("This link doesn’t work");
});

test("[K37] who pressed End is not brought back: what was said can be read, and the next chat is a new one", async () => {
  const { stage, terms, talk, admin } = scene();
  await terms();
  const talking = await talk("That was all");
  const { customer, agent } = talking;
  const url = await copiedLink(customer);
  await customer.endFromMenu();
  await customer.sees("This conversation is closed and can only be read.");
  const before = (await admin.conversations()).length;
  const device = customer.page.context();
  await customer.page.close();
  const again = await CustomerWindow.inShop(
    await device.newPage(),
    stage.url,
    (await admin.conversations())[0]?.channelId ?? "",
  );
  await again.reopenIfClosed();
  await again.reads("That was all");
  await again.sees("You ended the chat");
  expect(await again.box.count()).toBe(0);
  const phone = await deviceAt(stage, url);
  await goOn(phone);
  await phone.reads("That was all");
  await phone.sees("This conversation is closed and can only be read.");
  expect(ofType(await agent.events(), "customer.returned")).toEqual([]);
  await again.button("Start a new conversation").click();
  await again.fillShopForm();
  await again.start();
  await eventually(async () => (await admin.conversations()).length).toBe(before + 1);
  expect(await again.line("That was all").count()).toBe(0);
});

test("[AV11] staff stop all links to a conversation: none leads there any more, and the next one does", async () => {
  const { stage, terms, talk } = scene();
  await terms();
  const { customer, agent } = await talk("Somebody else has my link");
  const url = await copiedLink(customer);
  const console = await stage.agent("amara", { status: null });
  await console.open(`conversations/${agent.id}`);
  await console.action("Stop all links back").click();
  await console.page.getByText("No link that was given out leads to this conversation any more.").waitFor();
  await isRefused(await deviceAt(stage, url));
  const phone = await deviceAt(stage, await copiedLink(customer));
  await goOn(phone);
  await phone.reads("Somebody else has my link");
});

test("[CB7] on a page with the chats of two channels a link is its own channel's: the other stays shut and leaves it alone", async () => {
  const { stage, terms, talk } = scene();
  await terms({ portalUrl: `${stage.url}/?channel=${DEMO_CHANNELS.supportDesk}` });
  const { customer } = await talk("From a page with two chats");
  const url = await copiedLink(customer);
  const page = await (await stage.device()).newPage();
  await page.goto(url);
  const other = new CustomerWindow(page, page.locator("clew-chat").first());
  await other.launcher.waitFor();
  await page.evaluate((channel) => {
    type Clew = { mount(options: { channel: string; position: "start" }): void };
    (window as unknown as { clew: Clew }).clew.mount({ channel, position: "start" });
  }, DEMO_CHANNELS.shop);
  const own = new CustomerWindow(page, page.locator("clew-chat").nth(1));
  await goOn(own);
  await own.reads("From a page with two chats");
  expect([await other.window.isVisible(), page.url().includes("clew-reconnect")]).toEqual([false, false]);
  await terms();
});
