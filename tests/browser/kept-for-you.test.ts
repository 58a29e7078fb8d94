import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { MINUTE, ofType, reconnectScene } from "./reconnect-scene.ts";

const scene = reconnectScene();

test("[AV7] a customer whose network is gone sees for how long the chat waits, and it runs down as the agent's does", async () => {
  const { stage, terms, talk } = scene();
  await terms({ sessionWindow: 30 * MINUTE });
  const { customer, agent } = await talk("Into the tunnel");
  const { page } = customer;
  await page.clock.install();
  await customer.reload();
  await customer.reads("Into the tunnel");
  await customer.write("Here I go");
  await agent.has("Here I go");
  // From here on the page's time passes only as far as the test says.
  await page.clock.pauseAt(Date.now() + 10_000);
  await page.evaluate(() => {
    const cut = new Promise<void>((resolve) => addEventListener("offline", () => resolve(), { once: true }));
    Object.assign(window, { cut });
  });
  await page.context().setOffline(true);
  await page.evaluate(() => (window as unknown as { cut: Promise<void> }).cut);
  await page.clock.runFor(3_000);
  await customer.sees("You’re offline.");
  await customer.sees("Kept for you for 30 minutes.");
  await page.clock.fastForward(12 * MINUTE);
  await customer.sees("Kept for you for 18 minutes.");
  await eventually(async () => {
    stage.skip(1_000);
    return ofType(await agent.events(), "customer.gone").length;
  }).toBe(1);
  const [gone] = ofType(await agent.events(), "customer.gone");
  expect((gone?.session.away?.windowUntil ?? 0) - (gone?.session.away?.since ?? 0)).toBe(30 * MINUTE);
  await page.clock.resume();
  await page.context().setOffline(false);
  await customer.window.getByText("Kept for you").waitFor({ state: "detached" });
  await customer.write("Out again");
  await agent.has("Out again");
});
