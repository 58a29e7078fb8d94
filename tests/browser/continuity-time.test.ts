import { afterAll, expect, test, vi } from "vitest";
import { continuityScene, conversationOf, inFastTime, showsInOrder } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { DEMO_CHANNELS } from "./stage.ts";

// The server's watch over its connections looks when the test says so; its clock is moved by the stage.
vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
afterAll(() => vi.useRealTimers());

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

const scene = continuityScene();

/** The shop waits two hours for a customer who dropped, and promises them the same agent as long. */
async function waitingTwoHours() {
  const acts = scene();
  await acts.admin.publish(DEMO_CHANNELS.shop, (draft) => ({
    ...draft,
    reconnect: {
      sessionWindow: 2 * HOUR_MS,
      sameAgentWindow: 2 * HOUR_MS,
      capacityHold: "full",
      holdFor: 2 * HOUR_MS,
      linkLife: 2 * HOUR_MS,
      whenAgentUnavailable: "any",
      portalUrl: null,
      redirectUrl: null,
    },
  }));
  return acts;
}

test("[K20] a connection that is only half there is found by both sides: by the client within 35 seconds, by the server within 45", async () => {
  const { talking, proxy, stage, stays } = await waitingTwoHours();
  const { customer, agent } = await talking();
  const { page } = customer;
  await page.clock.install();
  await customer.reload();
  await customer.write("Before the silence");
  await agent.has("Before the silence");
  const has = async (type: string) => (await agent.events()).some((event) => event.type === type);

  proxy.stall();
  await agent.say("Into the silence");
  for (let second = 0; second < 40; second += 10) {
    await stays();
    stage.skip(10 * SECOND_MS);
    vi.advanceTimersByTime(10 * SECOND_MS);
  }
  stage.skip(6 * SECOND_MS);
  await eventually(() => has("customer.gone")).toBe(true);

  await page.clock.runFor(36 * SECOND_MS);
  await page.clock.runFor(3 * SECOND_MS);
  await customer.sees("Reconnecting… What you write is kept.");
  await customer.write("Out of the silence");
  proxy.drop();
  await proxy.resume();
  await inFastTime(page, () => agent.holds("Out of the silence"));
  await showsInOrder(customer, ["Before the silence", "Into the silence", "Out of the silence"]);
  await eventually(() => has("customer.returned")).toBe(true);
  expect(await agent.texts()).toEqual(["Before the silence", "Into the silence", "Out of the silence"]);
});

test("[K17] a lid closed for an hour, within the limit, finds the session as it was; beyond it, it is told why it is over", async () => {
  const { talking, proxy, stage, stays } = await waitingTwoHours();
  const { customer, agent } = await talking();
  const { page } = customer;
  await customer.write("Before I close the lid");
  await agent.has("Before I close the lid");
  const count = async (type: string) => (await agent.events()).filter((event) => event.type === type).length;
  await page.clock.install();
  const closeLid = async (times: number) => {
    await proxy.refuse();
    proxy.drop();
    // The server counts from when it notices: its time passes while we look.
    const missed = () => {
      stage.skip(SECOND_MS);
      return count("customer.gone");
    };
    await eventually(missed, "how often the customer was missed").toBe(times);
  };
  const openLid = async (after: number) => {
    await proxy.resume();
    await page.clock.fastForward(after);
  };

  await closeLid(1);
  stage.skip(HOUR_MS);
  await stays();
  await agent.say("Still here when you are back");
  await openLid(HOUR_MS);
  await inFastTime(page, () => customer.line("Still here when you are back").isVisible());
  await customer.write("Here I am");
  await agent.has("Here I am");
  expect(await count("session.ended")).toBe(0);
  expect(await count("session.assigned")).toBe(1);

  await closeLid(2);
  stage.skip(3 * HOUR_MS);
  await eventually(() => count("session.ended")).toBe(1);
  await openLid(3 * HOUR_MS);
  await inFastTime(page, () => customer.line("The chat ended because the connection was lost").isVisible());
  await customer.sees(/your next message starts a new session here/);
  await customer.write("I am late");
  await customer.reads("New session");
  await agent.has("I am late");
  expect(await conversationOf(customer)).toBe(agent.id);
});
