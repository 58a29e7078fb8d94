import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { launchProfile } from "../support/chromium.ts";
import { eventually } from "./eventually.ts";
import { CustomerWindow } from "./pages/customer-window.ts";
import { cameBack, leave, ofType, reconnectScene } from "./reconnect-scene.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const scene = reconnectScene();

test("[K35] the browser was closed and is opened again: a guest is back within the window, without a link or a question", async () => {
  const { stage, terms, desk, amara } = scene();
  await terms();
  const folder = await mkdtemp(join(tmpdir(), "clew-profile-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const browser = await launchProfile(folder);
  const customer = await CustomerWindow.inShop(await browser.newPage(), stage.url, DEMO_CHANNELS.shop);
  await customer.begin();
  const agent = await desk(customer);
  await amara.command({ type: "presence.set", status: "available", reason: null });
  await agent.take();
  await customer.write("See you after lunch");
  await agent.has("See you after lunch");
  await customer.box.fill("and then I wan");
  await customer.hasKept("and then I wan");
  await browser.close();
  await eventually(async () => {
    stage.skip(1_000);
    return ofType(await agent.events(), "customer.gone").length;
  }).toBe(1);
  await agent.say("Enjoy your meal");

  const opened = await launchProfile(folder);
  onTestFinished(() => opened.close());
  const again = await CustomerWindow.inShop(await opened.newPage(), stage.url, DEMO_CHANNELS.shop);
  await again.reopenIfClosed();
  await again.reads("See you after lunch");
  await again.reads("Enjoy your meal");
  await eventually(() => again.box.inputValue()).toBe("and then I wan");
  await again.write("Back from lunch");
  await agent.has("Back from lunch");
  await cameBack({ customer: again, agent });
});

test("[RC26] back in the same browser while the agent is away: the customer reads why they wait", async () => {
  const { stage, terms, talk, amara } = scene();
  await terms();
  const talking = await talk("Back in a moment");
  const device = talking.customer.page.context();
  await leave(stage, talking);
  await amara.command({ type: "presence.set", status: "away", reason: null });
  const again = await CustomerWindow.inShop(await device.newPage(), stage.url, DEMO_CHANNELS.shop);
  await again.reopenIfClosed();
  await again.reads("Your agent is away. We go on with you as soon as we can.");
  await again.sees("You’re next in line");
});

test("[W72] where the agent's end makes it read-only, it can be read until the customer says that they write again", async () => {
  const { terms, talk } = scene();
  await terms({}, { onAgentEnd: "readOnly" });
  const { customer, agent } = await talk("One thing");
  await agent.end();
  await customer.sees("Amara ended the chat. ");
  expect(await customer.box.count()).toBe(0);
  await customer.reads("One thing");
  await customer.page.reload();
  await customer.button("Write again").click();
  await customer.write("One thing more");
  await customer.reads("New session");
  await agent.has("One thing more");
  expect(ofType(await agent.events(), "session.started")).toHaveLength(2);
});

test("[W71] where the reset closes the window, the launcher stays, and opens an empty chat", async () => {
  const { terms, talk } = scene();
  await terms({}, { onAgentEnd: "reset", afterReset: "close" });
  const { customer, agent } = await talk("Forget me");
  await agent.end();
  await customer.window.waitFor({ state: "detached" });
  await customer.launcher.waitFor();
  await eventually(async () => (await customer.kept()).includes("Forget me")).toBe(false);
  await customer.open();
  await customer.sees("The chat was ended and removed from this device.");
  await customer.field("Your name").waitFor();
  expect(ofType(await agent.events(), "conversation.closed")).toHaveLength(1);
});
