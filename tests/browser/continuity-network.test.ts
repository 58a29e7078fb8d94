import { createServer } from "node:http";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { continuityScene, conversationOf, inFastTime, showsInOrder } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const scene = continuityScene();
const DAY_MS = 86_400_000;
const SENT = /^Sent$|^Delivered$/;

/** What goes over the page's sockets, from now on. */
function wire(page: Page) {
  const sent: ClientMessage[] = [];
  const got: ServerMessage[] = [];
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => void sent.push(JSON.parse(String(payload)) as ClientMessage));
    socket.on("framereceived", ({ payload }) => void got.push(JSON.parse(String(payload)) as ServerMessage));
  });
  return { sent, got };
}
const isAbout = (message: ServerMessage | ClientMessage) =>
  "topic" in message && message.topic?.kind === "conversation";

test("[K13] a cut of some seconds: both sides write on, and the resume goes on after the last number, no gap, no double", async () => {
  const { talking, proxy } = scene();
  const { customer, agent } = await talking();
  await customer.write("One");
  await agent.has("One");
  await agent.say("Two");
  await customer.reads("Two");
  const { sent, got } = wire(customer.page);
  const last = (await agent.events()).at(-1)?.number;

  await proxy.refuse();
  proxy.drop();
  await customer.write("Three");
  await agent.say("Four");
  await customer.sees("Reconnecting… What you write is kept.");
  await agent.say("Five");
  await proxy.resume();
  await customer.reads("Five");
  await agent.has("Three");
  await showsInOrder(customer, ["One", "Two", "Four", "Five", "Three"]);
  expect(await agent.texts()).toEqual(["One", "Two", "Four", "Five", "Three"]);
  expect(sent.filter(isAbout)[0]).toMatchObject({ type: "subscribe", cursor: { number: last } });
  expect(got.filter(isAbout).map(({ type }) => type)).not.toContain("snapshot");
});

test("[K14] a cut in which more was said than a connection holds: all of it comes by number, in order", async () => {
  const { talking, proxy } = scene();
  const { customer, agent } = await talking();
  await customer.write("Tell me everything");
  await agent.has("Tell me everything");
  const { got } = wire(customer.page);
  await proxy.refuse();
  proxy.drop();
  const lines = Array.from({ length: 300 }, (_, index) => `Chapter ${index + 1} of 300`);
  for (let from = 0; from < lines.length; from += 50) await Promise.all(lines.slice(from, from + 50).map(agent.say));
  await proxy.resume();
  await eventually(() => customer.log.locator(".bubble").count()).toBe(301);
  const log = await agent.texts();
  expect([...log].sort()).toEqual(["Tell me everything", ...lines].sort());
  const shown = await customer.log.locator(".bubble").allInnerTexts();
  expect(shown.map((text) => text.trim())).toEqual(log);
  const pages = got.flatMap((message) => (message.type === "events" ? [message.events.length] : []));
  expect(Math.max(...pages)).toBeLessThan(256);
});

test("[K15] a cut after the message arrived and before its answer did: sent again under its id, stored once", async () => {
  const { talking, proxy } = scene();
  const { customer, agent } = await talking();
  await customer.write("Before");
  await customer.reads(SENT);
  const { sent } = wire(customer.page);
  await customer.reload();
  await agent.say("Yes?");
  await customer.reads("Yes?");
  // The words arrive, the answer is still on its way when the line is cut.
  proxy.stall("answers");
  await customer.write("Was that heard?");
  await agent.has("Was that heard?");
  await customer.reads(/^Sending$/);
  proxy.drop();
  await proxy.resume();
  await customer.reads(SENT);
  await agent.say("It was.");
  await customer.reads("It was.");
  await showsInOrder(customer, ["Before", "Yes?", "Was that heard?", "It was."]);
  expect(await agent.texts()).toEqual(["Before", "Yes?", "Was that heard?", "It was."]);
  const ids = sent.flatMap((message) =>
    message.type === "command" && message.command.type === "message.post" ? [message.command.id] : [],
  );
  expect(ids).toEqual([ids[0], ids[0]]);
});

test("[K16] a network that answers with its own pages and comes back without a word: found again by trying", async () => {
  const { talking, proxy } = scene();
  const { customer, agent } = await talking();
  const { page } = customer;
  const told: string[] = [];
  await page.exposeFunction("tell", (event: string) => void told.push(event));
  await page.evaluate(() => {
    const { tell } = window as unknown as { tell(event: string): void };
    for (const event of ["online", "offline"]) addEventListener(event, () => tell(event));
  });
  await page.clock.install();
  await proxy.refuse();
  proxy.drop();
  const portal = createServer((_request, response) =>
    response.setHeader("content-type", "text/html").end("<h1>Welcome to the airport. Please sign in.</h1>"),
  );
  await new Promise<void>((resolve) => portal.listen(proxy.port, "127.0.0.1", resolve));
  onTestFinished(() => void portal.close());
  await customer.write("From the gate");
  await page.clock.fastForward(3_000);
  await customer.sees("Reconnecting… What you write is kept.");
  await customer.reads("Waits to be sent");
  // Long enough for the longest pauses between tries.
  for (let round = 0; round < 8; round += 1) await page.clock.runFor(15_000);
  await customer.reads("Waits to be sent");

  portal.closeAllConnections();
  await new Promise((resolve) => portal.close(resolve));
  await proxy.resume();
  await inFastTime(page, () => agent.holds("From the gate"));
  await customer.reads(SENT);
  await customer.window.getByText("Reconnecting…").waitFor({ state: "detached" });
  expect(await conversationOf(customer)).toBe(agent.id);
  expect(told).toEqual([]);
});

test.each([1, -1])(
  "[K21] a clock that is a day off (%i): times, order, tokens and lines of days are right",
  async (days) => {
    const { stage, through, desk, proxy } = scene();
    const device = await stage.device({ viewport: { width: 1100, height: 760 } });
    await device.clock.install({ time: Date.now() + days * DAY_MS });
    const page = await device.newPage();
    let renewals = 0;
    page.on("request", (request) => {
      if (request.url().includes("/identity/")) renewals += 1;
    });
    const customer = await CustomerWindow.inShop(page, through, DEMO_CHANNELS.shop);
    await customer.begin();
    const agent = await desk(customer);
    await agent.take();
    await agent.say("Good day");
    await customer.reads("Good day");
    await customer.write("Is it?");
    await agent.has("Is it?");
    proxy.stall();
    await customer.write("On its way");
    await customer.reads(/^Sending$/);
    expect(await customer.log.locator(".day").allInnerTexts()).toEqual(["Today"]);
    await proxy.resume();
    await agent.has("On its way");
    await agent.say("It is");
    await showsInOrder(customer, ["Good day", "Is it?", "On its way", "It is"]);
    const events = await agent.events();
    expect(Math.max(...events.map(({ at }) => Math.abs(at - Date.now())))).toBeLessThan(60_000);
    expect(renewals).toBe(1);
    await customer.reload();
    await showsInOrder(customer, ["Good day", "Is it?", "On its way", "It is"]);
    // What was kept is drawn before the server has told its time again.
    await eventually(() => customer.log.locator(".day").allInnerTexts()).toEqual(["Today"]);
  },
);
