import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { TERMS } from "./agent-side-scene.ts";
import { continuityScene } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { askedForFunds } from "./forms-scene.ts";
import { LAPSED, triesUntil } from "./lapsed-scene.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const scene = continuityScene();
const HOUR = 3_600_000;
/** A little more than access is given for. */
const ACCESS = 16 * 60_000;
const question = { required: false, hidden: false, editable: true };
const RATING = { ...question, key: "rating", type: "rating" as const, label: { en: "How satisfied are you?" } };

/** A customer who talks with an agent, and whose page's time can be moved on. */
async function talkingInTime() {
  const { customer: open, desk } = scene();
  const customer = await open();
  await customer.page.clock.install();
  await customer.reload();
  await customer.begin();
  const agent = await desk(customer);
  await agent.take();
  await customer.reads("Amara joined the chat");
  return { customer, agent };
}

/** The server answers, and renews nothing. */
async function lapses(customer: CustomerWindow): Promise<void> {
  const { page } = customer;
  await page.route("**/identity/resume", (route) => route.fulfill({ status: 503, body: "no" }));
  await page.clock.fastForward("15:00");
  await triesUntil(customer, true);
}

async function renews(customer: CustomerWindow): Promise<void> {
  await customer.page.unroute("**/identity/resume");
  await triesUntil(customer, false);
}

/** The copy of the conversation is gone from the device, so that it begins with the newest page. */
async function forgetCopy(): Promise<void> {
  for (const { name } of await indexedDB.databases()) {
    const opening = indexedDB.open(name as string);
    await new Promise((resolve) => Object.assign(opening, { onsuccess: resolve }));
    for (const store of opening.result.objectStoreNames) {
      const removing = opening.result.transaction(store, "readwrite").objectStore(store).delete("view");
      await new Promise((resolve) => Object.assign(removing, { onsuccess: resolve }));
    }
  }
}

type Problems = { code: string; detail: string }[];
type PageApi = {
  on(event: "error", heard: (problem: Problems[number]) => void): void;
  end(): void;
  told: Problems;
};

test("[K66] [RC32] [RC33] [RC34] a form, a press and a survey wait for access, the page's script is told, and nothing is lost", async () => {
  const { admin } = scene();
  await admin.publish(DEMO_CHANNELS.shop, (draft) => ({
    ...draft,
    survey: { on: true, fields: [RATING] },
    reconnect: TERMS,
    inactivity: { inactiveAfter: null, warnAfter: 600, endAfterWarning: HOUR },
  }));
  const { customer, agent } = await talkingInTime();
  const { page } = customer;
  const { stored } = await askedForFunds(admin, customer, agent.id);
  await customer.button("Fill in").click();
  await customer.sees("Amara can see what you type here.");
  await customer.box.fill("Half a sentence");
  await agent.say("Are you still there?");
  await customer.sees("Still there?");

  await lapses(customer);
  await screenshot(page, "lapsed/form-and-warning");
  expect(await customer.window.getByText(LAPSED).count()).toBe(1);
  expect(await customer.box.isEditable()).toBe(false);
  await customer.sees("What you write is kept here and sent as soon as it can be.");
  await customer.window.getByRole("radio", { name: "For something else" }).check();
  await customer.field("What will it be?").fill("A boat");
  await customer.button("I’m still here").click();
  await customer.line("I’m still here").waitFor();
  await customer.reads("Waits to be sent");
  expect(await customer.button("I’m still here").isDisabled()).toBe(true);
  await customer.button("Options").click();
  for (const name of ["End chat", "Continue on another device", "Download transcript"])
    expect(await customer.button(name).isDisabled(), name).toBe(true);
  await customer.button("Options").click();
  const told = await page.evaluate(() => {
    const { clew } = window as unknown as { clew: PageApi };
    const heard: Problems = [];
    clew.on("error", (problem) => heard.push(problem));
    clew.end();
    return heard;
  });
  expect(told).toMatchObject([{ code: "token-expired", channel: DEMO_CHANNELS.shop }]);
  // What others say is read all the same.
  await agent.say("I will wait");
  await customer.reads("I will wait");
  expect(await agent.holds("I’m still here")).toBe(false);
  expect(JSON.stringify(await stored())).not.toContain("A boat");

  await renews(customer);
  await agent.has("I’m still here");
  await eventually(async () => JSON.stringify(await stored())).toContain("A boat");
  expect(await customer.field("What will it be?").inputValue()).toBe("A boat");
  expect(await customer.box.inputValue()).toBe("Half a sentence");
  await customer.button("Send").last().click();
  await agent.has("Half a sentence");

  await agent.end();
  await customer.window.getByRole("radio", { name: "4 of 5" }).check();
  await lapses(customer);
  const survey = customer.window.getByRole("region", { name: "How was it?" });
  const send = survey.getByRole("button", { name: "Send" });
  await send.click();
  await customer.hasKept("survey.answer");
  expect(await send.isDisabled()).toBe(true);
  await screenshot(page, "lapsed/survey");
  const answered = async () => (await agent.events()).flatMap((one) => (one.type === "survey.answered" ? [one] : []));
  expect(await answered()).toEqual([]);
  await renews(customer);
  await customer.sees("Thank you for your answer.");
  await eventually(answered).toHaveLength(1);
  await admin.publish(DEMO_CHANNELS.shop, ({ survey: _, reconnect: __, ...draft }) => ({
    ...draft,
    inactivity: { inactiveAfter: null, warnAfter: null, endAfterWarning: HOUR },
  }));
});

test("[RC35] [RC36] earlier history is asked for once while it cannot be had, and comes by itself; a file is read with the newest access", async () => {
  const { customer, agent } = await talkingInTime();
  const { page } = customer;
  await customer.attach({ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("A plan") });
  await customer.box.fill("The plan");
  await eventually(() => customer.button("Send").isEnabled()).toBe(true);
  await customer.button("Send").click();
  await agent.has("The plan");
  await Promise.all(Array.from({ length: 60 }, (_, line) => agent.say(`One line of many, ${line}`)));
  await agent.say("The last line");
  await customer.reads("The last line");
  const shop = page.url();
  await page.goto(new URL("/robots.txt", shop).href);
  await page.evaluate(forgetCopy);
  await page.goto(shop);
  await customer.reads("The last line");
  expect(await customer.line("The plan").count()).toBe(0);

  const asked: string[] = [];
  await lapses(customer);
  await page.route("**/events?before=*", (route) => {
    asked.push(route.request().url());
    return route.fulfill({ status: 401, body: "{}" });
  });
  await customer.log.evaluate((log) => log.scrollTo(0, 0));
  await eventually(() => asked.length).toBe(1);
  await agent.say("Read on");
  await customer.reads("Read on");
  await page.clock.fastForward(30_000);
  expect(asked).toHaveLength(1);

  await page.unroute("**/events?before=*");
  await renews(customer);
  await customer.reads("The plan");

  // Renewed in silence: nothing is drawn anew for that.
  const given: string[] = [];
  page.on("response", async (answer) => {
    if (answer.url().endsWith("/identity/resume") && answer.ok()) given.push((await answer.json()).accessToken);
  });
  await page.clock.fastForward("14:10");
  await eventually(() => given.length).not.toBe(0);
  const reading = page.waitForEvent("download");
  await customer.log.getByRole("link", { name: /plan\.txt/ }).click();
  const token = new URL((await reading).url()).searchParams.get("token");
  await eventually(() => given).toContain(token);
});

test("[K66] [TE6] [TE8] the server ends what stands without access: that is seen by nobody where it is renewed, and told before and after a reload where it is not", async () => {
  const { customer: open, desk, stage, stays } = scene();
  const customer = await open();
  const { page } = customer;
  await page.clock.install();
  await customer.reload();
  await customer.begin();
  const agent = await desk(customer);
  stage.skip(ACCESS);
  await customer.write("The time was over");
  await agent.has("The time was over");
  expect(await customer.window.getByText("Reconnecting").count()).toBe(0);

  await page.route("**/identity/resume", (route) => route.fulfill({ status: 503, body: "no" }));
  stage.skip(ACCESS);
  await customer.write("Not for the moment");
  await page.clock.fastForward(ACCESS);
  await triesUntil(customer, true);
  await stays();
  await agent.take();
  await agent.say("Said meanwhile");

  await customer.reload();
  await triesUntil(customer, true);
  expect(await customer.box.isEditable()).toBe(false);
  expect(await customer.window.getByText("You can write already").count()).toBe(0);
  expect(await customer.window.getByText("Reconnecting").count()).toBe(0);
  await customer.reads("Not for the moment");
  await customer.reads("Waits to be sent");
  await screenshot(page, "lapsed/reloaded");
  expect(await agent.holds("Not for the moment")).toBe(false);

  await renews(customer);
  await agent.has("Not for the moment");
  await customer.reads("Said meanwhile");
  expect(await customer.box.isEditable()).toBe(true);
  const said = ["The time was over", "Said meanwhile", "Not for the moment"];
  expect((await agent.texts()).filter((text) => said.includes(text))).toEqual(said);
});
