import { expect, test } from "vitest";
import { continuityScene, showsInOrder } from "./continuity-scene.ts";

const scene = continuityScene();

test("[BA4] the tab with the connection is put to sleep: the one in sight goes on, and the sleeper has it all when it wakes up", async () => {
  const { talking } = scene();
  const { customer: leader, agent } = await talking();
  await leader.write("From the first tab");
  await agent.has("From the first tab");
  const other = await leader.secondTab();
  await other.reads("From the first tab");
  const session = await leader.page.context().newCDPSession(leader.page);
  // Nothing runs in it from here on, and it keeps its lock, as a tab that the browser puts to sleep.
  await session.send("Debugger.enable");
  const asleep = new Promise((resolve) => session.once("Debugger.paused", resolve));
  await session.send("Debugger.pause");
  // It pauses at the next thing that it does.
  const doing = leader.page.evaluate(() => null).catch(() => null);
  await asleep;
  await other.write("While it sleeps");
  await agent.say("I hear you");
  await other.page.evaluate(() => dispatchEvent(new Event("online")));
  await agent.has("While it sleeps");
  await other.reads("I hear you");

  await session.send("Debugger.disable");
  await doing;
  await leader.reads("While it sleeps");
  await leader.write("Awake again");
  await agent.has("Awake again");
  const all = await agent.texts();
  expect(all.toSorted()).toEqual(["Awake again", "From the first tab", "I hear you", "While it sleeps"]);
  for (const tab of [leader, other]) await showsInOrder(tab, all);
});
