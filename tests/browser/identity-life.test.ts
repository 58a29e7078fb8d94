import { expect, test } from "vitest";
import { continuityScene, showsInOrder } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { LAPSED, triesUntil } from "./lapsed-scene.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { identify, signingShop } from "./signing-shop.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const scene = continuityScene();

const signOut = ({ page }: CustomerWindow) =>
  page.evaluate(() => (window as unknown as { clew: { signOut(): void } }).clew.signOut());

test("[K65] after signing out the history is hidden; the chat goes on with the agent, or ends where the channel says so", async () => {
  const { talking, admin } = scene();
  const shop = await signingShop(admin);
  const ends = async (onSignOut: "keep" | "end") => {
    await admin.publish(DEMO_CHANNELS.shop, (draft) => ({ ...draft, onSignOut }));
    const { customer, agent } = await talking();
    await identify(customer, await shop.sign(`ana-${onSignOut}`, "Ana Ruiz"));
    await customer.reads("You’re signed in. The conversation stays with you.");
    await customer.write("Only while I am here");
    await agent.has("Only while I am here");
    await signOut(customer);
    await customer.window.getByText("Only while I am here").waitFor({ state: "detached" });
    await eventually(async () => (await customer.kept()).includes("Only while I am here")).toBe(false);
    const ended = async () => (await agent.events()).some(({ type }) => type === "session.ended");
    if (onSignOut === "end") await eventually(ended).toBe(true);
    else await agent.say("I am still here");
    return ended();
  };
  expect(await ends("keep")).toBe(false);
  expect(await ends("end")).toBe(true);
  await admin.publish(DEMO_CHANNELS.shop, (draft) => ({ ...draft, onSignOut: "keep" }));
});

test("[K66] access is renewed in silence; where that fails one can read and not write, until it works again", async () => {
  const { customer: open, desk } = scene();
  const customer = await open();
  await customer.page.clock.install();
  await customer.reload();
  await customer.begin();
  const agent = await desk(customer);
  await agent.take();
  await customer.write("Within a quarter of an hour");
  await agent.has("Within a quarter of an hour");

  const renewed = customer.page.waitForResponse(/identity\/resume$/);
  await customer.page.clock.fastForward("14:10");
  expect((await renewed).ok()).toBe(true);
  await customer.write("And after it");
  await agent.has("And after it");
  expect(await customer.window.getByText("Reconnecting").count()).toBe(0);

  await customer.box.fill("Half a sentence");
  await customer.page.route("**/identity/resume", (route) => route.fulfill({ status: 503, body: "no" }));
  const { clock } = customer.page;
  await clock.fastForward("15:00");
  await triesUntil(customer, true);
  await eventually(() => customer.box.isEditable()).toBe(false);
  await customer.sees(LAPSED);
  expect(await customer.button("Send").isDisabled()).toBe(true);
  await customer.box.press("Enter");
  await showsInOrder(customer, ["Within a quarter of an hour", "And after it"]);
  expect(await customer.box.inputValue()).toBe("Half a sentence");

  await customer.page.unroute("**/identity/resume");
  await triesUntil(customer, false);
  await eventually(() => customer.box.isEditable()).toBe(true);
  expect(await customer.box.inputValue()).toBe("Half a sentence");
  await customer.button("Send").click();
  await agent.has("Half a sentence");
  expect(await agent.texts()).toEqual(["Within a quarter of an hour", "And after it", "Half a sentence"]);
});

test("[K67] one customer signs out and another in, in the same tab: each sees their own conversation and nothing else", async () => {
  const { customer: open, desk, admin } = scene();
  const shop = await signingShop(admin);
  const customer = await open();
  const speak = async (name: string, text: string) => {
    await customer.fillShopForm({ name });
    await customer.start();
    const agent = await desk(customer);
    await agent.take();
    await customer.write(text);
    await agent.has(text);
    return agent;
  };
  await identify(customer, await shop.sign("ana-67", "Ana Ruiz"));
  await customer.open();
  const ana = await speak("Ana Ruiz", "I am Ana");
  await signOut(customer);
  await customer.window.waitFor({ state: "detached" });
  await identify(customer, await shop.sign("bo-67", "Bo Lund"));
  await customer.open();
  const bo = await speak("Bo Lund", "I am Bo");
  expect(await customer.line("I am Ana").count()).toBe(0);
  expect(bo.id).not.toBe(ana.id);
  await eventually(() => customer.kept()).not.toContain("I am Ana");

  // The page may also change over without a word of signing out.
  await identify(customer, await shop.sign("ana-67", "Ana Ruiz"));
  await customer.button(/Chat with Amara/).click();
  await customer.reads("I am Ana");
  expect(await customer.line("I am Bo").count()).toBe(0);
  await eventually(async () => (await customer.kept()).includes("I am Bo")).toBe(false);
  await customer.write("Ana again");
  await ana.has("Ana again");
  expect(await bo.texts()).toEqual(["I am Bo"]);
});
