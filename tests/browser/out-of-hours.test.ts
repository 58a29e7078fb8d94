import type { Hours, HoursSettings } from "@clew/contract/hours";
import type { Queue } from "@clew/contract/routing";
import { DEMO_HOURS, DEMO_QUEUES } from "@clew/server/demo/ids";
import { expect, onTestFinished, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import type { AdminApi } from "./admin-api.ts";
import { agentSidePeople } from "./agent-side-people.ts";
import { MINUTE } from "./agent-side-scene.ts";
import { eventually } from "./eventually.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";

const { shop, arrives } = agentSidePeople(["amara"]);

const DAYS = Array.from({ length: 7 });
const OPEN: HoursSettings["week"] = DAYS.map(() => [{ from: 0, to: 1440 }]);

/** An admin changes the hours of the demo's shop; after the test it is open again. */
function doors(admin: AdminApi) {
  const hoursAre = async (week: HoursSettings["week"]) => {
    const { items } = await admin.call<{ items: Hours[] }>("GET", "/hours");
    const { id, revision, ...settings } = items.find((each) => each.id === DEMO_HOURS.always) as Hours;
    await admin.call("PUT", `/hours/${id}`, { settings: { ...settings, week }, revision });
  };
  const open = () => hoursAre(OPEN);
  onTestFinished(open);
  return { open, close: () => hoursAre(DAYS.map(() => [])) };
}

/** The window asks anew when it is opened. */
async function looksAgain(customer: CustomerWindow): Promise<void> {
  await customer.button("Minimise").click();
  await customer.open();
}

test("[AU1] a message left out of hours is answered in the same conversation, by whoever is there first", async () => {
  const { stage, admin } = await shop();
  const { open, close } = doors(admin);
  await close();
  const customer = await stage.customer();
  await customer.open();
  await customer.sees("We’re closed right now");
  await customer.sees("Leave a message: it stays in this conversation and we’ll answer here.");
  await customer.fillShopForm({ name: "Early Ana" });
  await customer.button("Leave a message").click();
  await customer.sees("We’re closed. Your next message is kept and answered here.");
  await customer.write("Please water my order.");
  await customer.reads(/^Sent$/);
  expect(await customer.window.getByText(/in line/).count()).toBe(0);

  await open();
  const agent = await arrives("amara");
  await agent.accept();
  await agent.reads("Please water my order.");
  await agent.reads(/a message for later/);
  await agent.write("It is watered.");
  await customer.reads("It is watered.");
  await customer.window.getByText("Your next message is kept").waitFor({ state: "detached" });
  expect((await admin.conversations()).filter(({ title }) => title.includes("Early Ana"))).toHaveLength(1);
});

test("[AU5] after an end the window says what the next word will do: by day it starts a session, by night it is kept", async () => {
  const { stage, admin } = await shop();
  const { close } = doors(admin);
  const customer = await stage.customer();
  await customer.begin();
  const agent = await arrives("amara");
  await agent.accept();
  await agent.end();
  await customer.sees(/your next message starts a new session here/);
  await close();
  await looksAgain(customer);
  await customer.sees("We’re closed. Your next message is kept and answered here.");
  await screenshot(customer.page, "window-next-message-is-kept");
  await customer.write("Thank you!");
  await customer.reads("New session");
  await customer.sees("We’re closed. Your next message is kept and answered here.");
});

test("[AU2] [AU6] where nothing is taken out of hours, a form that is filled in over the hour says so, and is there again in the morning", async () => {
  const { stage, admin } = await shop({}, { settings: () => ({ outOfHours: "refuse" }) });
  const { open, close } = doors(admin);
  const customer = await stage.customer();
  await customer.open();
  await customer.fillShopForm({ name: "Late Ana" });
  await close();
  await customer.button("Start chat").click();
  await customer.window.getByRole("heading", { name: "We’re closed right now" }).waitFor();
  await customer.sees("Please come back during opening hours.");
  await screenshot(customer.page, "window-closed-while-filled-in");
  expect(await customer.button("Start chat").count()).toBe(0);
  expect((await admin.conversations()).filter(({ title }) => title.includes("Late Ana"))).toEqual([]);
  await open();
  await looksAgain(customer);
  await eventually(() => customer.field("Your name").inputValue()).toBe("Late Ana");
});

test("[AU2] [AU5] nor is a next word: it is told before it is typed, and who writes all the same is told that it was not sent", async () => {
  const { stage, admin } = await shop({}, { settings: () => ({ outOfHours: "refuse" }) });
  const { close } = doors(admin);
  const customer = await stage.customer();
  await customer.begin();
  const agent = await arrives("amara");
  await agent.accept();
  await agent.end();
  await customer.sees(/your next message starts a new session here/);
  await close();
  await looksAgain(customer);
  await customer.sees(/We’re closed right now\. Please come back during opening hours\./);
  await customer.post("Hello?");
  await customer.reads("Not sent");
  await screenshot(customer.page, "window-closed-not-sent");
});

test("[AU7] who has waited as long as the queue lets reads that they need not wait, and not that it is closed", async () => {
  const { stage, admin } = await shop();
  const { items } = await admin.call<{ items: Queue[] }>("GET", "/queues");
  const { maxWait, overWait } = items.find(({ id }) => id === DEMO_QUEUES.orders) as Queue;
  onTestFinished(() => admin.changeQueue(DEMO_QUEUES.orders, { maxWait, overWait }));
  await admin.changeQueue(DEMO_QUEUES.orders, { maxWait: MINUTE, overWait: { next: "leave-message" } });
  const customer = await stage.customer();
  await customer.begin();
  await customer.sees("You’re next in line");
  stage.skip(MINUTE);
  await customer.sees("You needn’t wait here: what you write is kept, and we answer here.");
  expect(await customer.window.getByText("We’re closed").count()).toBe(0);
});
