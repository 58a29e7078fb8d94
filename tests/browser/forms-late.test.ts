import type { StoredRecord } from "@clew/contract/flows/records";
import type { RunPage } from "@clew/contract/flows/runs";
import { asks, formOf } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { screenshot } from "../support/screenshot.ts";
import { MINUTE } from "./agent-side-scene.ts";
import { continuityScene } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { agreesAndSends, askedForFunds, cardOf, caseOf, inOwnWords, publishFlow } from "./forms-scene.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { ofType } from "./reconnect-scene.ts";

const scene = continuityScene();
const OWN_WORDS = "A boat for the lake";
const IBAN = "DE89370400440532013000";
const OVER = "The time for this form is over.";

/** Amara's window on the conversation that she has. */
async function watching(conversationId: string) {
  const amara = await scene().stage.agent("amara", { status: null });
  await amara.open(`conversations/${conversationId}`);
  await amara.log.waitFor();
  return amara;
}

test("[C14] five minutes before a form of half an hour closes the customer may take more time; once it is over the script goes its way for that, and asked once more the drafts are there", async () => {
  const { stage, talking, admin, stays } = scene();
  const { customer, agent } = await talking();
  const { page } = customer;
  await page.clock.install();
  await customer.reload();
  const { caseId, runId } = await askedForFunds(admin, customer, agent.id);
  const amara = await watching(agent.id);
  await inOwnWords(customer, OWN_WORDS);
  await customer.field("Account that shall receive the money").fill(IBAN);
  await page.keyboard.press("Tab");
  const card = cardOf(amara);
  await card.getByText("Filled, hidden from you").waitFor();
  await card.getByText(OWN_WORDS).waitFor();
  /** Time passes for the server and the customer alike. */
  const passes = async (milliseconds: number) => {
    stage.skip(milliseconds);
    await page.clock.fastForward(milliseconds);
    await stays();
  };
  const warning = customer.window.getByText(/^This form closes at \d/);
  /** In minutes, after what happened last to it. */
  const life = async (how: string) => {
    const form = ofType(await agent.events(), "form.changed").findLast((event) => event.how === how)?.form;
    return form && Math.round(((form.expiresAt ?? 0) - form.openedAt) / MINUTE);
  };
  expect(await warning.count()).toBe(0);
  expect(await customer.button("More time").count()).toBe(0);
  await passes(25 * MINUTE);
  await warning.waitFor();
  await amara.reads("Reminded of the form: Use of funds");
  expect(await life("reminded")).toBe(30);
  await screenshot(page, "forms/soon-over");
  await customer.button("More time").click();
  await warning.waitFor({ state: "detached" });
  await amara.reads(/took more time for the form: Use of funds/);
  expect(await life("extended")).toBe(25 + 30);

  await passes(31 * MINUTE);
  await customer.sees(OVER);
  await amara.reads("The form ran out of time: Use of funds");
  await customer.sees("This was not sent:");
  await screenshot(page, "forms/over-and-once-more");
  await customer.button("Fill in").click();
  await eventually(() => customer.field("What will it be?").inputValue()).toBe(OWN_WORDS);
  const account = customer.field("Account that shall receive the money");
  await eventually(async () => (await account.inputValue()).replaceAll(" ", "")).toBe(IBAN);
  expect(await customer.window.getByRole("radio", { name: "For something else" }).isChecked()).toBe(true);
  await card.getByText(OWN_WORDS).waitFor();
  await agreesAndSends(customer);
  await customer.reads("Thank you, this is what we noted: For something else.");
  await card.getByRole("heading", { name: /^Kept on case/ }).waitFor();
  await eventually(() => admin.call("GET", `/records/Case/${caseId}`)).toMatchObject({
    values: { useOfFunds: "other", useOfFundsDetail: OWN_WORDS, payoutIban: IBAN },
  });
  const { trace } = await admin.call<RunPage>("GET", `/runs/${runId}`);
  const way = trace.map(({ node }) => node).filter((node, index, all) => node !== all[index - 1]);
  expect(way).toEqual(["load", "ask", "late", "ask", "thank", "store", "show"]);
});

/** A form of one wish, and the script for it, which takes it late or does not. */
const wish = (title: string, acceptLate: "untilCaseClosed" | "never") => {
  const components = [{ id: "wish", kind: "text", label: `Wish for ${title}`, required: true }];
  const form = { ...formOf(`test.${title}`, { components, outputs: { wish: { type: "text" } } }), title };
  return { form, script: asks(`test.${title}.script`, { form: form.key, ask: { expires: "PT5M", acceptLate } }) };
};
const WISHES = { patient: wish("patient", "untilCaseClosed"), strict: wish("strict", "never") };
type Wish = keyof typeof WISHES;

/** Of the customer's window what is about one form. */
const formOn = (customer: CustomerWindow, title: Wish) =>
  customer.log.locator("section.ff-card").filter({ has: customer.page.getByRole("heading", { name: title }) });

test("[C15] sent when its time was over: taken where the script takes it and its case is open, else refused, and nothing that was typed is gone without a word", async () => {
  const { stage, talking, admin, proxy, stays } = scene();
  for (const { form, script } of Object.values(WISHES))
    for (const flow of [form, script]) await publishFlow(admin, flow);
  const asked = async (wishes: Wish[]) => {
    const talk = await talking();
    const { id } = talk.agent;
    // Who has had their answer stays with her, however long she is not heard of.
    await talk.agent.say("Please tell us your wish.");
    const { caseId } = await caseOf(admin, id);
    for (const title of wishes) {
      const run = { id: newId(), conversationId: id, caseId, inputs: { conversationId: id } };
      await admin.call("POST", `/flows/${WISHES[title].script.key}/runs`, run);
      await formOn(talk.customer, title).getByRole("button", { name: "Fill in" }).click();
      await talk.customer.field(`Wish for ${title}`).waitFor();
    }
    return { ...talk, caseId };
  };
  const open = await asked(["patient", "strict"]);
  const closed = await asked(["patient"]);
  await proxy.refuse();
  proxy.drop();
  const sends = async ({ customer }: typeof open, title: Wish) => {
    const form = formOn(customer, title);
    await form.getByText("What you write is kept here and sent as soon as it can be.").waitFor();
    await customer.field(`Wish for ${title}`).fill(`A ${title} boat`);
    await form.getByRole("button", { name: "Send" }).click();
    await form.getByRole("button", { name: "Sending…" }).waitFor();
  };
  await sends(open, "patient");
  await sends(open, "strict");
  await sends(closed, "patient");

  const { values, version } = await admin.call<StoredRecord>("GET", `/records/Case/${closed.caseId}`);
  const over = { version, values: { ...values, status: "closed" } };
  await admin.call("PUT", `/records/Case/${closed.caseId}`, over);
  stage.skip(6 * MINUTE);
  await stays();
  const fates = async ({ agent }: typeof open) =>
    ofType(await agent.events(), "form.changed")
      .map(({ form, how }) => `${form.title} ${how}`)
      .toSorted();
  await eventually(() => fates(open)).toEqual(["patient expired", "strict expired"]);
  await eventually(() => fates(closed)).toEqual(["patient expired"]);
  await proxy.resume();
  for (const { customer } of [open, closed])
    await customer.page.evaluate(() => void dispatchEvent(new Event("online")));

  const taken = formOn(open.customer, "patient");
  await taken.getByText(/^Receipt/).waitFor();
  await taken.getByText("It came after its time was over, and was taken all the same.").waitFor();
  const isToldOff = async ({ customer }: typeof open, title: Wish) => {
    const form = formOn(customer, title);
    for (const words of [OVER, "This was not sent:", `A ${title} boat`]) await form.getByText(words).waitFor();
    expect(await form.getByRole("button", { name: /Send|Fill in/ }).count()).toBe(0);
  };
  await isToldOff(open, "strict");
  await isToldOff(closed, "patient");
  await eventually(() => fates(open)).toEqual(["patient expired", "patient submitted", "strict expired"]);
  await screenshot(open.customer.page, "forms/late");
  await closed.customer.reload();
  await isToldOff(closed, "patient");
  expect(await fates(closed)).toEqual(["patient expired"]);

  const amara = await watching(open.agent.id);
  const receipt = amara.log.getByRole("region", { name: "Receipt: patient" });
  await receipt.getByText("A patient boat").waitFor();
  await receipt.getByText(/after its time was over/).waitFor();
  await amara.reads("The form ran out of time: strict");
  await amara.open(`conversations/${closed.agent.id}`);
  await amara.reads("The form ran out of time: patient");
  expect(await amara.log.getByRole("region", { name: /^Receipt/ }).count()).toBe(0);
});
