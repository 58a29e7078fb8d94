import type { Hours, HoursSettings } from "@clew/contract/hours";
import { DEMO_HOURS, DEMO_QUEUES } from "@clew/server/demo/ids";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { DEMO_CHANNELS, openStage } from "./stage.ts";

const DAYS = Array.from({ length: 7 });
const OPEN: HoursSettings["week"] = DAYS.map(() => [{ from: 0, to: 1440 }]);
const CLOSED: HoursSettings["week"] = DAYS.map(() => []);

/** The demo's shop, whose hours an admin changes. */
async function shop() {
  const stage = await openStage();
  const admin = await stage.admin();
  const hoursAre = async (week: HoursSettings["week"]) => {
    const { items } = await admin.call<{ items: Hours[] }>("GET", "/hours");
    const { id, revision, ...settings } = items.find((each) => each.id === DEMO_HOURS.always) as Hours;
    await admin.call("PUT", `/hours/${id}`, { settings: { ...settings, week }, revision });
  };
  return { stage, admin, hoursAre };
}

test("[AU1] [AU5] a message left out of hours is answered in the same conversation; what the next one does is told before it is typed", async () => {
  const { stage, admin, hoursAre } = await shop();
  await hoursAre(CLOSED);
  const customer = await stage.customer();
  await customer.open();
  await customer.sees("We’re closed right now");
  await customer.sees("Leave a message: it stays in this conversation and we’ll answer here.");
  await customer.fillShopForm({ order: "LK-204518" });
  await customer.button("Leave a message").click();
  await customer.sees("We’re closed. Your next message is kept and answered here.");
  await customer.write("Please water my order.");
  expect(await customer.window.getByText(/in line/).count()).toBe(0);

  await hoursAre(OPEN);
  const agent = await stage.agent("amara");
  await agent.accept();
  await agent.reads("Please water my order.");
  await agent.reads(/a message for later/);
  await agent.write("It is watered.");
  await customer.reads("It is watered.");
  await customer.window.getByText("Your next message is kept").waitFor({ state: "detached" });
  await agent.end();
  await customer.sees(/your next message starts a new session here/);

  await hoursAre(CLOSED);
  await customer.button("Minimise").click();
  await customer.open();
  await customer.sees("We’re closed. Your next message is kept and answered here.");
  await screenshot(customer.page, "window-next-message-is-kept");
  await customer.write("Thank you!");
  await customer.reads("New session");
  await customer.sees("We’re closed. Your next message is kept and answered here.");
  expect(await admin.conversations()).toHaveLength(1);
});

test("[AU2] [AU6] where nothing is taken out of hours, a form that is filled in over the hour says so, and is there again in the morning", async () => {
  const { stage, admin, hoursAre } = await shop();
  await admin.publish(DEMO_CHANNELS.shop, (draft) => ({ ...draft, outOfHours: "refuse" }));
  const customer = await stage.customer();
  await customer.open();
  await customer.fillShopForm({ name: "Late Ana" });
  await hoursAre(CLOSED);
  await customer.button("Start chat").click();
  await customer.window.getByRole("heading", { name: "We’re closed right now" }).waitFor();
  await customer.sees("Please come back during opening hours.");
  await screenshot(customer.page, "window-closed-while-filled-in");
  expect(await customer.button("Start chat").count()).toBe(0);
  expect(await admin.conversations()).toEqual([]);

  await hoursAre(OPEN);
  await customer.button("Minimise").click();
  await customer.open();
  await customer.field("Your name").waitFor();
  expect(await customer.field("Your name").inputValue()).toBe("Late Ana");
  await customer.start();
  const agent = await stage.agent("amara");
  await agent.accept();
  await agent.end();
  await customer.sees(/your next message starts a new session here/);
  await hoursAre(CLOSED);
  await customer.button("Minimise").click();
  await customer.open();
  await customer.sees(/We’re closed right now\. Please come back during opening hours\./);
  await customer.post("Hello?");
  await customer.reads("Not sent");
  await screenshot(customer.page, "window-closed-not-sent");
});

test("[AU7] who has waited as long as the queue lets reads that they need not wait, and not that it is closed", async () => {
  const { stage, admin } = await shop();
  const minute = 60_000;
  await admin.changeQueue(DEMO_QUEUES.orders, { maxWait: minute, overWait: { next: "leave-message" } });
  const customer = await stage.customer();
  await customer.begin();
  await customer.sees("You’re next in line");
  stage.skip(minute);
  await customer.sees("You needn’t wait here: what you write is kept, and we answer here.");
  expect(await customer.window.getByText("We’re closed").count()).toBe(0);
});
