import type { FormEntry } from "@clew/contract/flows/entries";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import { button } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "./eventually.ts";
import { asked, endsWithTest, pairScene, standsAt, thanks } from "./forms-pairs-scene.ts";
import { cardOf, caseOf, publishFlow } from "./forms-scene.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";

const scene = pairScene();
const THANKS = thanks("To renovate");
const SECOND = 1_000;

const send = (customer: CustomerWindow) => customer.log.getByRole("button", { name: /^Send/ });
const submissionIn = (message: ClientMessage) =>
  message.type === "command" && message.command.type === "form.submit" ? message.command : null;

test("[C6] a double click, a second tab at the same instant and a retry after time is up: one submission, one thank-you, one change of the case, equal receipts", async () => {
  const { api, customer, agent, clients } = scene();
  const client = clients.customer;
  const { clock } = customer.page.context();
  await clock.install();
  await customer.reload();
  const second = await customer.secondTab();
  onTestFinished(() => second.page.close());
  await customer.page.bringToFront();
  const { stored, receipts, kept, runId } = await asked(scene());
  for (const tab of [customer, second]) await tab.button("Fill in").click();
  await customer.window.getByRole("radio", { name: "To renovate" }).check();
  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
  await eventually(() => second.window.getByRole("radio", { name: "To renovate" }).isChecked()).toBe(true);
  await eventually(() => second.window.getByRole("checkbox", { name: /agree/i }).isChecked()).toBe(true);
  await eventually(async () => JSON.stringify(await stored())).toContain("renovation");

  // The line goes dumb with the first sending; beside it goes that of a tab which has not heard of it.
  let dumb = false;
  client.passes = () => !dumb;
  client.rewrite = (message) => {
    const command = dumb ? null : submissionIn(message);
    if (!command) return [message];
    dumb = true;
    return [message, { type: "command", command: { ...command, id: newId() } }];
  };
  // Whoever hears of the other first may not look enabled any more, and is pressed all the same.
  await Promise.all([send(customer).dblclick({ force: true }), send(second).click({ force: true })]);
  await eventually(async () => (await receipts()).length).toBe(1);
  for (const tab of [customer, second]) await tab.log.getByRole("button", { name: "Sending…" }).waitFor();
  const before = client.sent.filter(submissionIn).length;
  client.behave();
  await clock.fastForward(21 * SECOND);

  for (const tab of [customer, second]) {
    await tab.sees(/^Receipt/);
    await tab.reads(THANKS);
  }
  const [form] = await receipts();
  const receiptOf = (tab: CustomerWindow) => tab.log.getByRole("region", { name: "Use of funds" }).innerText();
  const read = await Promise.all([customer, second].map(receiptOf));
  expect(read[0]).toContain(`Receipt ${form?.receipt?.id.slice(-8)}`);
  expect(read[1]).toBe(read[0]);
  await customer.reload();
  await customer.sees(/^Receipt/);
  await eventually(() => receiptOf(customer)).toBe(read[0]);
  await agent.log.getByRole("region", { name: "Receipt: Use of funds" }).getByText("To renovate").waitFor();
  await cardOf(agent)
    .getByRole("heading", { name: /^Kept on case/ })
    .waitFor();

  // Another word after all of it: whatever is said twice would be there by now.
  await second.write("Done?");
  await agent.reads("Done?");
  await agent.write("Done!");
  await customer.reads("Done!");
  for (const side of [customer, second, agent]) await side.times(THANKS, 1);
  expect(await receipts()).toHaveLength(1);
  expect(await kept()).toMatchObject({ version: 2, values: { useOfFunds: "renovation" } });
  expect(await standsAt(api, runId)).toBe("waiting at show");
  expect(await agent.log.getByRole("region", { name: /^Receipt/ }).count()).toBe(1);

  const all = client.sent.flatMap((message) => submissionIn(message) ?? []);
  expect(all.length, "the time-out made it go again").toBeGreaterThan(before);
  const ids = new Set(all.map(({ id }) => id));
  expect(ids.size, "two that know nothing of each other").toBeGreaterThanOrEqual(2);
  const answers = client.heard.filter((word) => word.type === "answer").filter(({ commandId }) => ids.has(commandId));
  const [taken] = answers.filter(({ ok }) => ok);
  expect(taken?.commandId).toBe(form?.receipt?.id);
  for (const answer of answers)
    if (answer.ok) expect(answer).toEqual(taken);
    else expect(answer.problem).toMatchObject({ code: "form-closed", reason: "submitted" });
});

/** Opens the form, has something else to show, and only then waits for it. */
const SLOW = button(
  "test.slow",
  {
    open: {
      ...{ type: "cowork.open", flow: "loan.useOfFunds.form", conversation: "=conversationId", handle: "form" },
      ...{ in: { firstName: "Ana" }, next: "show" },
    },
    show: { type: "screen", components: [{ kind: "display", text: "They have it." }], next: "wait" },
    wait: { type: "cowork.await", handles: "form", into: "answer", next: "tell", cancelled: "end", expired: "end" },
    tell: { type: "message.send", text: "Noted: {{label(answer.reason)}}.", next: "end" },
    end: { type: "end" },
  },
  { title: "Slow", vars: { form: { type: "map?" }, answer: { type: "map?" } } },
);

test("[C7] sent the moment that it is opened, quicker than anybody could: no run misses it, not even one that is not waiting yet", async () => {
  const { customer, agent, api, desk, conversationId, clients } = scene();
  const client = clients.customer;
  const receipts = customer.log.locator(".ff-done");
  const before = await receipts.count();
  const quick: number[] = [];
  client.passes = (word) => {
    for (const { id: formId } of formsOpenedIn(word)) {
      const heard = performance.now();
      const values = { "ask.reason": "vehicle", "ask.agreed": true };
      const command = { type: "form.submit", id: newId(), conversationId, formId, revision: 1, values } as const;
      client.say({ type: "command", command });
      quick.push(performance.now() - heard);
    }
    return true;
  };
  for (const time of [1, 2]) {
    const { caseId } = await caseOf(desk, conversationId);
    const runId = newId();
    await desk.call("POST", "/flows/loan.useOfFunds.agent/runs", { id: runId, conversationId, caseId });
    endsWithTest(desk, runId);
    await eventually(() => standsAt(api, runId)).toBe("waiting at show");
    await customer.times(thanks("To buy a vehicle"), time);
    await agent.times(thanks("To buy a vehicle"), time);
    await eventually(() => desk.call("GET", `/records/Case/${caseId}`)).toMatchObject({
      values: { useOfFunds: "vehicle" },
    });
  }
  await eventually(() =>
    cardOf(agent)
      .getByRole("heading", { name: /^Kept on case/ })
      .count(),
  ).toBe(2);

  await publishFlow(api, SLOW);
  const slow = newId();
  await desk.call("POST", `/flows/${SLOW.key}/runs`, { id: slow, conversationId, inputs: { conversationId } });
  endsWithTest(desk, slow);
  const card = cardOf(agent, "Slow");
  await card.getByText("They have it.").waitFor();
  await eventually(() => receipts.count()).toBe(before + 3);
  expect(await standsAt(api, slow)).toBe("waiting at show");
  await card.getByRole("button", { name: "Next" }).click();
  await customer.times("Noted: To buy a vehicle.", 1);
  await eventually(() => standsAt(api, slow)).toContain("completed");
  expect(await customer.button("Fill in").count()).toBe(0);
  expect(Math.min(...quick)).toBeLessThan(10);
  expect(quick).toHaveLength(3);
});

function formsOpenedIn(word: ServerMessage): FormEntry[] {
  if (word.type !== "events") return [];
  return word.events.flatMap((event) => (event.type === "form.opened" ? [event.form] : []));
}
