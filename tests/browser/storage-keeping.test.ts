import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { continuityScene, conversationOf, showsInOrder } from "./continuity-scene.ts";
import { foreignSite } from "./foreign-site.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS } from "./stage.ts";
import { blockStorage, CustomerStorage, partitioningDevice } from "./storage-of.ts";

const scene = continuityScene();
const KEEPS_NOTHING = "This browser keeps nothing: if you reload, this chat is gone from here.";

test("[K59] where the browser may keep nothing the chat goes on from memory, and the customer is told what that means", async () => {
  const { stage, through, desk } = scene();
  const device = await stage.device({ viewport: { width: 390, height: 780 } });
  await blockStorage(device);
  const page = await device.newPage();
  const customer = await CustomerWindow.inShop(page, through, DEMO_CHANNELS.shop);
  await customer.begin();
  await customer.sees(KEEPS_NOTHING);
  const agent = await desk(customer);
  await agent.take();
  await customer.write("Nothing of this is kept");
  await agent.say("I read you all the same");
  await customer.reads("I read you all the same");
  await customer.reload();
  await customer.reopenIfClosed();
  await customer.field("Your name").waitFor();
  expect(await customer.field("Your name").inputValue()).toBe("");
});

test("[K59] a browser that throws its storage away: under an open window the chat goes on, after it the customer is new", async () => {
  const { talking, through } = scene();
  const { customer, agent } = await talking();
  await customer.write("Before the purge");
  await agent.has("Before the purge");
  const storage = await CustomerStorage.of(customer, through);
  await storage.purge();
  await customer.write("After the purge");
  await agent.has("After the purge");
  await agent.say("Still here");
  await showsInOrder(customer, ["Before the purge", "After the purge", "Still here"]);

  const device = customer.page.context();
  const shop = customer.page.url();
  await customer.page.close();
  const again = new CustomerWindow(await device.newPage());
  const late = await CustomerStorage.of(again, through);
  await late.purge();
  await again.page.goto(shop);
  await again.open();
  await again.field("Your name").waitFor();
  expect(await again.line("Before the purge").count()).toBe(0);
});

test("[K59] in a frame of another site the chat has storage of its own: kept over a reload, unknown outside", async () => {
  const { stage, admin, amara } = scene();
  const site = await foreignSite();
  const inner = site.show(stage.url, DEMO_CHANNELS.shop);
  const outer = await framing(inner);
  const device = await partitioningDevice();
  const page = await device.newPage();
  const framed = await windowInFrame(page, outer);
  await framed.begin();
  await framed.write("Said in a frame");
  await framed.reads(/^Sent$|^Delivered$/);
  const again = await windowInFrame(page, outer);
  await again.reads("Said in a frame");
  const [{ conversationId = "" } = {}] = await admin.conversations();
  await amara.command({ type: "session.take", conversationId });
  await amara.command({ type: "message.post", conversationId, text: "And heard in a frame", attachments: [] });
  await again.reads("And heard in a frame");

  const outside = new CustomerWindow(await device.newPage());
  await outside.page.goto(inner);
  await outside.open();
  await outside.field("Your name").waitFor();
  expect(await outside.line("Said in a frame").count()).toBe(0);
  await amara.command({ type: "session.end", conversationId });
});

test("[K60] a full disk: what one writes is sent and the customer is told; once there is room all of it is kept", async () => {
  const { stage, through, desk } = scene();
  const device = await stage.device();
  const customer = new CustomerWindow(await device.newPage());
  const storage = await CustomerStorage.of(customer, through);
  await storage.quota(1);
  await customer.page.goto(`${through}/?channel=${DEMO_CHANNELS.shop}`);
  await customer.begin();
  await customer.sees(KEEPS_NOTHING);
  const agent = await desk(customer);
  await agent.take();
  await customer.write("With a full disk");
  await agent.has("With a full disk");
  await agent.say("It arrived");
  await customer.reads("It arrived");
  expect(await customer.kept()).not.toContain("It arrived");
  await storage.quota();
  await customer.write("With room again");
  await agent.has("With room again");
  await customer.window.getByText(KEEPS_NOTHING).waitFor({ state: "detached" });
  await customer.hasKept("It arrived");
  await customer.reload();
  await showsInOrder(customer, ["With a full disk", "It arrived", "With room again"]);
  expect(await agent.texts()).toEqual(["With a full disk", "It arrived", "With room again"]);
});

test("[K60] a broken local copy is replaced from the server; a broken identity starts anew, without a fault", async () => {
  const { talking, through } = scene();
  const { customer, agent } = await talking();
  await customer.write("Whole and sound");
  await agent.has("Whole and sound");
  await agent.say("So am I");
  await customer.reads("So am I");
  await customer.hasKept("So am I");
  const id = await conversationOf(customer);
  const storage = await CustomerStorage.of(customer, through);
  const broken = { view: "{{{", boot: 7, "outbox/x": { command: null }, "upload/y": "no file", "shared/draft": 5 };
  await storage.tamper(broken, { scratch: "{not json" });
  await showsInOrder(customer, ["Whole and sound", "So am I"]);
  expect(await conversationOf(customer)).toBe(id);

  await storage.tamper({ identity: { customerId: 1 } });
  await customer.field("Your name").waitFor();
});

test("[K60] a copy of an older version is read again from the server, and what it had not sent goes out", async () => {
  const { talking, through, proxy } = scene();
  const { customer, agent } = await talking();
  await customer.write("Of the old version");
  await agent.has("Of the old version");
  proxy.stall();
  await customer.write("Not sent yet");
  await customer.hasKept("Not sent yet");
  const storage = await CustomerStorage.of(customer, through);
  const backOnline = async () => {
    proxy.drop();
    await proxy.resume();
  };
  await storage.tamper({ format: 0, view: { of: "another shape" } }, { then: backOnline });
  await showsInOrder(customer, ["Of the old version", "Not sent yet"]);
  await agent.has("Not sent yet");
  expect(await agent.texts()).toEqual(["Of the old version", "Not sent yet"]);
});

async function windowInFrame(page: Page, outer: string): Promise<CustomerWindow> {
  await page.goto(outer);
  return new CustomerWindow(page, page.frameLocator("iframe").locator("clew-chat"));
}

/** A site by another name that shows `inner` in a frame. */
async function framing(inner: string): Promise<string> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><title>Market</title><iframe src="${inner}" width="900" height="640"></iframe>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}
