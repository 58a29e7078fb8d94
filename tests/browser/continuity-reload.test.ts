import { expect, test } from "vitest";
import { continuityScene, conversationOf, showsInOrder } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const scene = continuityScene();

test("[K1] a reload in mid-chat: the same conversation, nothing asked, nothing doubled, and the log where it stood", async () => {
  const { talking, admin } = scene();
  const { customer, agent } = await talking();
  const lines = Array.from({ length: 30 }, (_, index) => `Line ${index + 1}`);
  for (const line of lines) await agent.say(line);
  await customer.reads("Line 30");
  const held = (await admin.conversations()).length;
  const placeOf = async (text: string) => {
    const [line, log] = await Promise.all(
      [customer.log.getByText(text, { exact: true }), customer.log].map((each) => each.boundingBox()),
    );
    return Math.round((line?.y ?? 0) - (log?.y ?? 0));
  };
  await customer.log.evaluate((log) => log.scrollTo({ top: 333 }));
  const before = await placeOf("Line 12");

  await customer.reload();
  await showsInOrder(customer, lines);
  await eventually(() => placeOf("Line 12")).toBe(before);
  await agent.say("Line 31");
  await customer.button("1 new message").waitFor();
  expect(await placeOf("Line 12")).toBe(before);
  expect(await conversationOf(customer)).toBe(agent.id);
  expect(await customer.window.getByRole("textbox").count()).toBe(1);
  expect(await admin.conversations()).toHaveLength(held);

  await customer.button("1 new message").click();
  await customer.reload();
  await customer.reads("Line 31");
  await eventually(() => customer.log.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight)).toBe(0);
});

test("[K2] a reload while the message just typed is on its way: exactly one copy arrives", async () => {
  const { talking, proxy } = scene();
  const { customer, agent } = await talking();
  await customer.write("Before");
  await customer.reads(/^Sent$|^Delivered$/);
  proxy.stall();
  await customer.write("Just typed");
  await customer.reads(/^Sending$/);
  await customer.hasKept("Just typed");
  // What the old page had given to the network arrives after all, besides what the new page sends.
  const reloading = customer.reload();
  await proxy.resume();
  await reloading;
  await agent.has("Just typed");
  await customer.reads(/^Sent$|^Delivered$/);
  await customer.write("After");
  await agent.has("After");
  expect(await agent.texts()).toEqual(["Before", "Just typed", "After"]);
  await showsInOrder(customer, ["Before", "Just typed", "After"]);
});

test("[K5] a reload in the queue: those who came later stay behind, and one session waits", async () => {
  const { customer: newCustomer, waiting, desk } = scene();
  await waiting("Early Bird");
  const customer = await newCustomer();
  await customer.begin();
  await customer.sees("Number 2 in line");
  await waiting("Late Owl");
  const { events } = await desk(customer);
  const queued = async () => (await events()).filter(({ type }) => type === "session.waiting").length;
  const before = await queued();
  expect(before).toBe(1);
  await customer.reload();
  await customer.sees("Number 2 in line");
  await customer.write("Still here");
  await customer.reads(/^Sent$/);
  await customer.sees("Number 2 in line");
  expect(await queued()).toBe(before);
});

test("[K10] a hard reload with the caches emptied: the same conversation with all of it", async () => {
  const { talking } = scene();
  const { customer, agent } = await talking();
  await customer.write("Before the hard reload");
  await agent.has("Before the hard reload");
  await agent.say("I am here");
  await customer.reads("I am here");
  await customer.box.fill("Half a dr");
  await customer.hasKept("Half a dr");

  const asked: boolean[] = [];
  const session = await customer.page.context().newCDPSession(customer.page);
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ response }) => {
    if (response.url.endsWith("/clew.js")) asked.push(Boolean(response.fromDiskCache));
  });
  const { origin } = new URL(customer.page.url());
  await session.send("Network.clearBrowserCache");
  await session.send("Storage.clearDataForOrigin", {
    origin,
    storageTypes: "service_workers,cache_storage,shader_cache",
  });
  await session.send("Page.reload", { ignoreCache: true });
  await eventually(() => asked).toEqual([false]);

  await showsInOrder(customer, ["Before the hard reload", "I am here"]);
  await eventually(() => customer.box.inputValue()).toBe("Half a dr");
  await customer.button("Send").click();
  await agent.has("Half a dr");
  expect(await conversationOf(customer)).toBe(agent.id);
});

test("[K11] when nobody answers who this is, or only with errors, the session is kept and asked for until it is there", async () => {
  const { talking } = scene();
  const { customer, agent } = await talking();
  await customer.write("Before the trouble");
  await agent.has("Before the trouble");
  const { page } = customer;
  let asked = 0;
  await page.route("**/identity/resume", (route) => {
    asked += 1;
    return route.fulfill({ status: 500, contentType: "text/html", body: "<h1>Internal error</h1>" });
  });
  await customer.reload();
  await customer.reads("Before the trouble");
  await customer.sees("Reconnecting… What you write is kept.");
  await customer.write("While it fails");
  await customer.reads("Waits to be sent");
  await eventually(() => asked).toBeGreaterThan(1);

  // The next one never answers at all.
  await page.unroute("**/identity/resume");
  let hung = 0;
  await page.route("**/identity/resume", (route) => {
    hung += 1;
    return hung === 1 ? undefined : route.continue();
  });
  await page.clock.install();
  await customer.reload();
  await showsInOrder(customer, ["Before the trouble", "While it fails"]);
  await eventually(() => hung).toBe(1);
  await page.clock.fastForward(3_000);
  await customer.sees("Reconnecting… What you write is kept.");
  await page.clock.fastForward(30_000);
  await agent.has("While it fails");
  await customer.reads(/^Sent$|^Delivered$/);
  expect(await agent.texts()).toEqual(["Before the trouble", "While it fails"]);
  expect(await conversationOf(customer)).toBe(agent.id);
});

test("[K12] a reload finds the session over: the history to read, who ended it, and a way to start anew", async () => {
  const { customer: newCustomer, desk, admin } = scene();
  const customer = await newCustomer({ channel: DEMO_CHANNELS.supportDesk });
  await customer.open();
  await customer.fillSupportForm();
  await customer.start();
  const agent = await desk(customer);
  await customer.write("Is anybody there?");
  await agent.has("Is anybody there?");
  const device = customer.page.context();
  const address = customer.page.url();
  await customer.page.close();
  await admin.command({ type: "session.end", conversationId: agent.id });

  const again = await CustomerWindow.at(await device.newPage(), address);
  await again.reads("Is anybody there?");
  await again.sees(/ended the chat|The chat was ended/);
  await again.sees("This conversation is closed and can only be read.");
  expect(await again.box.count()).toBe(0);
  await again.button("Start a new conversation").click();
  await again.field("Your name").waitFor();
});

test("[K6] what is asked after the end is asked again after a reload, and not once more when it was answered", async () => {
  const { talking, admin } = scene();
  await admin.publish(DEMO_CHANNELS.shop, (draft) => ({ ...draft, onAgentEnd: "ask" }));
  const { customer, agent } = await talking();
  await customer.write("Thank you");
  await agent.has("Thank you");
  await agent.end();
  await customer.sees("Start fresh or keep this chat?");
  await customer.reload();
  await customer.sees("Start fresh or keep this chat?");
  await customer.reads("Thank you");
  await customer.button("Keep this chat").click();
  await customer.box.waitFor();
  await customer.reload();
  await customer.reads("Thank you");
  await customer.box.waitFor();
  expect(await customer.button("Start fresh").count()).toBe(0);
  const ended = (await agent.events()).filter(({ type }) => type === "session.ended");
  expect(ended).toHaveLength(1);
});
