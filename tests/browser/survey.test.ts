import type { ChannelSettings } from "@clew/contract/channels";
import type { ConversationEvent } from "@clew/contract/events";
import { expect, test } from "vitest";
import { continuityScene } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { ChannelSettingsPage } from "./pages/admin-pages.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { ofType } from "./reconnect-scene.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const scene = continuityScene();
const question = { required: false, hidden: false, editable: true };
const SURVEY: NonNullable<ChannelSettings["survey"]> = {
  on: true,
  fields: [
    { ...question, key: "rating", type: "rating", label: { en: "How satisfied are you?" }, required: true },
    { ...question, key: "more", type: "longText", label: { en: "What could we do better?" } },
  ],
};

const SILENCE = { inactiveAfter: null, warnAfter: null, endAfterWarning: 600 };

/** The shop asks this after the chat. */
const asks = (change: Partial<ChannelSettings> = {}) =>
  scene().admin.publish(DEMO_CHANNELS.shop, (draft) => ({
    ...draft,
    ...{ survey: SURVEY, onAgentEnd: "stay", inactivity: SILENCE },
    ...change,
  }));
const surveyIn = ({ window }: CustomerWindow) => window.getByRole("region", { name: "How was it?" });
const rate = ({ window }: CustomerWindow, name: string) => window.getByRole("radio", { name });
const send = (customer: CustomerWindow) => surveyIn(customer).getByRole("button", { name: "Send" });

/** What is in the log of answers. The window is content as soon as they are kept on the device, so they may come later. */
async function stored(agent: { events(): Promise<ConversationEvent[]> }) {
  const answered = async () => ofType(await agent.events(), "survey.answered");
  await eventually(async () => (await answered()).length).toBeGreaterThan(0);
  return answered();
}

test("[K6] [SV7] the survey is there again after a reload with what was filled in, and is answered once", async () => {
  await asks();
  const { customer, agent } = await scene().talking();
  await customer.write("Thank you");
  await agent.has("Thank you");
  await agent.end();
  await surveyIn(customer).waitFor();
  await rate(customer, "4 of 5").check();
  await customer.field("What could we do better?").fill("More orchids");
  await customer.hasKept("More orchids");
  await customer.reload();
  await surveyIn(customer).waitFor();
  await customer.reads("Thank you");
  await eventually(() => rate(customer, "4 of 5").isChecked()).toBe(true);
  await eventually(() => customer.field("What could we do better?").inputValue()).toBe("More orchids");
  expect(ofType(await agent.events(), "survey.answered")).toEqual([]);

  // It is on its way when the page goes; what was kept goes out once.
  await customer.page.context().setOffline(true);
  await send(customer).click();
  await customer.hasKept("survey.answer");
  expect(await send(customer).isDisabled()).toBe(true);
  await customer.page.context().setOffline(false);
  await customer.reload();
  await customer.sees("Thank you for your answer.");
  await customer.reload();
  await customer.sees("Thank you for your answer.");
  expect(await surveyIn(customer).count()).toBe(0);
  const answered = await stored(agent);
  expect(answered.map(({ answers }) => answers?.map(({ value }) => value))).toEqual([[4, "More orchids"]]);
  await eventually(async () => (await customer.kept()).includes("More orchids")).toBe(false);
});

test("[SV5] one writes on without answering; the next session asks again, and who says not now is left alone", async () => {
  await asks();
  const { customer, agent } = await scene().talking();
  await agent.end();
  await surveyIn(customer).waitFor();
  await customer.write("One more thing");
  await agent.has("One more thing");
  await surveyIn(customer).waitFor({ state: "detached" });
  await agent.take();
  await agent.end();
  await send(customer).click();
  await surveyIn(customer).getByText("Please fill this in.").waitFor();
  await surveyIn(customer).getByRole("button", { name: "Not now" }).click();
  await surveyIn(customer).waitFor({ state: "detached" });
  await customer.reload();
  await customer.reads("One more thing");
  await customer.box.waitFor();
  // What a window draws first is the copy on the device, which may be older than the answer by a moment.
  await surveyIn(customer).waitFor({ state: "detached" });
  const [skipped, ...others] = await stored(agent);
  expect(skipped?.session).toMatchObject({ number: 2, survey: "skipped" });
  expect(others).toEqual([]);
});

test("[SV2] [SV5] who ended the chat is asked in the window that can only be read, on a phone too", async () => {
  await asks();
  const { customer, agent } = await scene().talking({ viewport: { width: 375, height: 640 } });
  await customer.endFromMenu();
  await customer.sees("This conversation is closed and can only be read.");
  await rate(customer, "5 of 5").check();
  await customer.reload();
  await send(customer).click();
  await customer.sees("Thank you for your answer.");
  await customer.button("Start a new conversation").waitFor();
  expect((await stored(agent))[0]?.answers).toMatchObject([{ value: 5, label: "5/5" }]);
});

test("[SV2] silence that ended the chat asks; a second tab has the same half-filled survey, and one answer is for both", async () => {
  await asks({ inactivity: { ...SILENCE, warnAfter: 600 } });
  const { customer, agent } = await scene().talking();
  await agent.say("Are you still there?");
  await customer.reads("The chat ended because it was quiet for a while");
  await rate(customer, "2 of 5").check();
  const tab = await customer.secondTab();
  await eventually(() => rate(tab, "2 of 5").isChecked()).toBe(true);
  await send(tab).click();
  for (const window of [tab, customer]) await window.sees("Thank you for your answer.");
  expect(await stored(agent)).toHaveLength(1);
});

test("[SV7] a reset wipes what was half filled in and asks no more", async () => {
  await asks({ onAgentEnd: "ask" });
  const { customer, agent } = await scene().talking();
  await agent.end();
  await customer.field("What could we do better?").fill("For your eyes only");
  await customer.hasKept("For your eyes only");
  await customer.button("Start fresh").click();
  await customer.button("Start chat").waitFor();
  await eventually(async () => (await customer.kept()).includes("For your eyes only")).toBe(false);
  expect(await surveyIn(customer).count()).toBe(0);
});

test("[SV6] [SV9] an admin builds the survey, and the agent reads the answers in the log and beside the session", async () => {
  const { stage, talking, admin } = scene();
  await admin.publish(DEMO_CHANNELS.shop, ({ survey: _, ...draft }) => ({ ...draft, onAgentEnd: "stay" }));
  const staff = await stage.agent("admin", { status: null });
  const settings = new ChannelSettingsPage(staff.page);
  await settings.open(stage.url, DEMO_CHANNELS.shop, "survey");
  await staff.page.getByRole("switch", { name: "Ask customers after the chat" }).check();
  await staff.page.getByRole("textbox", { name: "Title of the form" }).fill("Before you go");
  await settings.saveDraft();
  const difference = await settings.comparison();
  await difference.getByRole("row", { name: /Survey after the chat.*off.*on/ }).waitFor();
  await difference.getByRole("row", { name: /How satisfied are you\?.*new: Rating/ }).waitFor();
  await difference.getByRole("button", { name: "Publish", exact: true }).click();
  await staff.page.getByText(/Deployment \d+ is live/).waitFor();

  const { customer, agent } = await talking();
  await agent.end();
  await customer.window.getByRole("region", { name: "Before you go" }).waitFor();
  await rate(customer, "3 of 5").check();
  await customer.field("What could we do better?").fill("Quicker parcels");
  await customer.window.getByRole("region", { name: "Before you go" }).getByRole("button", { name: "Send" }).click();
  await customer.sees("Thank you for your answer.");
  await staff.open(`conversations/${agent.id}`);
  await staff.reads("The customer answered the survey");
  await staff.reads("Quicker parcels");
  const { customer: panel } = staff;
  await panel.getByText("How satisfied are you?").waitFor();
  await panel.getByText("3/5").waitFor();
  await panel.getByText("Quicker parcels").waitFor();
});
