import type { FormAct, FormView } from "@clew/contract/flows/form-live";
import { asks, formOf } from "@clew/server/testing/form-flows";
import { newId } from "@clew/server/testing/test-app";
import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { asked, endsWithTest, pairScene, thanks } from "./forms-pairs-scene.ts";
import { cardOf, publishFlow } from "./forms-scene.ts";
import type { AgentConsole } from "./pages/agent-console.ts";

const scene = pairScene();
const BOAT = "A boat for the lake";
const IBAN = "DE89370400440532013000";

/** What only the customer may say, beside what both may. */
const OWN = formOf("test.own", {
  components: [
    { id: "wish", kind: "text", label: "Wish", edit: "both" },
    { id: "pin", kind: "secret", label: "Code", required: true },
    {
      id: "agreed",
      kind: "consent",
      label: "Terms",
      textId: "terms",
      textVersion: 1,
      text: "I accept.",
      required: true,
    },
  ],
});
const ASKS_OWN = asks("test.asksOwn", { form: OWN.key, title: "Ask for their own" });
/** The agent may send this one, and has still no say in the code. */
const CODE = formOf("test.codeOnly", {
  components: [
    { id: "wish", kind: "text", label: "Wish", edit: "both" },
    { id: "pin", kind: "secret", label: "Code", required: true },
  ],
});
const ASKS_CODE = asks("test.asksCodeOnly", { form: CODE.key, ask: { submitBy: "agent" }, title: "Ask for a code" });

test("[C19] a changed console that consents, or says what is secret, is refused: nothing of it is at the customer or in the form", async () => {
  const { api, customer, agent, desk, conversationId, clients } = scene();
  const client = clients.agent;
  for (const flow of [OWN, ASKS_OWN, CODE, ASKS_CODE]) await publishFlow(api, flow);
  const opened = async (key: string) => {
    const id = newId();
    await desk.call("POST", `/flows/${key}/runs`, { id, conversationId, inputs: { conversationId } });
    endsWithTest(desk, id);
    await customer.button("Fill in").click();
    const form = (await desk.events(conversationId)).findLast(({ type }) => type === "form.opened");
    return { conversationId, formId: form?.type === "form.opened" ? form.form.id : "" };
  };
  const own = await opened(ASKS_OWN.key);
  const card = cardOf(agent, "Ask for their own");
  const view = () => desk.call<FormView>("GET", `/conversations/${conversationId}/forms/${own.formId}`);

  // What she fills in in her console leaves it as her word on the terms.
  client.rewrite = (message) => {
    const isFilling = message.type === "form" && message.act.act === "set" && message.act.field === "ask.wish";
    if (!isFilling) return [message];
    return [{ ...message, act: { ...message.act, field: "ask.agreed", value: true } as FormAct }];
  };
  await card.getByRole("button", { name: "What to do about Wish" }).click();
  await agent.page.getByRole("menuitem", { name: "Fill in" }).click();
  await card.getByRole("textbox", { name: "The answer to “Wish”" }).fill("A red bicycle");
  const from = client.heard.length;
  await card.getByRole("button", { name: "Fill in", exact: true }).click();
  const rejected = () =>
    client.heard
      .slice(from)
      .flatMap((word) => (word.type === "form" && word.say.say === "reject" ? [word.say.code] : []));
  await eventually(rejected).toEqual(["not-yours"]);
  client.behave();
  const codes: string[] = [];
  for (const act of [
    { act: "suggest", op: newId(), field: "ask.agreed", value: true },
    { act: "set", op: newId(), field: "ask.pin", value: "1234", base: 0 },
    { act: "set", op: newId(), field: "ask.pin", status: "filled", base: 0 },
    { act: "suggest", op: newId(), field: "ask.pin", value: "1234" },
  ] as const) {
    const said = await client.act(own, act, ["ack", "reject", "refused"]);
    codes.push(said.say === "reject" ? said.code : said.say);
  }
  expect(codes).toEqual(["not-yours", "invalid", "not-yours", "not-yours"]);
  const values = { "ask.agreed": true, "ask.pin": "1234" };
  const sending = await client.command({ type: "form.submit", ...own, revision: 1, values });
  expect(sending).toMatchObject({ ok: false, problem: { code: "forbidden" } });

  // A hint comes behind all that: had anything been taken, it would be there by now.
  client.say({ type: "form", ...own, act: { act: "hint", field: "ask.wish", text: "Whatever you like" } });
  await customer.sees("Whatever you like");
  const terms = customer.window.getByRole("checkbox");
  const code = customer.window.getByRole("textbox", { name: /^Code/ });
  expect([await terms.isChecked(), await code.inputValue()]).toEqual([false, ""]);
  expect(await customer.window.getByText(/suggests:|Filled in by/).count()).toBe(0);
  const { fields, suggestions } = await view();
  expect(suggestions).toEqual([]);
  for (const field of ["ask.agreed", "ask.pin"])
    expect(fields.find((one) => one.field === field)).toMatchObject({ status: "empty", seq: 0 });

  await terms.check();
  await code.fill("4711");
  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.sees(/^Receipt/);
  await agent.log.getByRole("region", { name: "Receipt: test.own" }).getByText("terms, version 1").waitFor();

  const dictated = await opened(ASKS_CODE.key);
  await cardOf(agent, "Ask for a code").getByRole("button", { name: "Send for Ana Ruiz" }).waitFor();
  const forged = { type: "form.submit", ...dictated, revision: 1, values: { "ask.pin": "1234" } } as const;
  expect(await client.command(forged)).toMatchObject({ ok: false, problem: { code: "forbidden" } });
  await customer.log.getByRole("button", { name: "Send" }).waitFor();
});

test("[C20] what was written and is asked no more is not stored, also where the client sends it along", async () => {
  const { customer, agent, desk, conversationId, clients } = scene();
  const client = clients.customer;
  const { stored, receipts, kept } = await asked(scene());
  await customer.button("Fill in").click();
  await customer.window.getByRole("radio", { name: "For something else" }).check();
  await customer.field("What will it be?").fill(BOAT);
  const card = cardOf(agent);
  await card.getByText(BOAT).waitFor();
  await customer.window.getByRole("radio", { name: "To buy a vehicle" }).check();
  await customer.field("What will it be?").waitFor({ state: "detached" });
  await card.getByText(BOAT).waitFor({ state: "detached" });
  await customer.window.getByRole("checkbox", { name: /agree/i }).check();
  client.rewrite = (message) =>
    message.type === "command" && message.command.type === "form.submit"
      ? [{ ...message, command: { ...message.command, values: { ...message.command.values, "ask.detail": BOAT } } }]
      : [message];
  await customer.log.getByRole("button", { name: "Send" }).click();
  await customer.reads(thanks("To buy a vehicle"));
  await card.getByRole("heading", { name: /^Kept on case/ }).waitFor();

  expect(client.sent.filter((message) => JSON.stringify(message).includes(BOAT)).at(-1)?.type).toBe("command");
  await eventually(kept).toMatchObject({ version: 2, values: { useOfFunds: "vehicle" } });
  for (const look of [kept, receipts, stored, () => desk.events(conversationId)])
    expect(JSON.stringify(await look()).includes(BOAT), String(look)).toBe(false);
  for (const { page } of [customer, agent]) expect(await page.getByText(BOAT).count()).toBe(0);
  await eventually(async () => (await customer.kept()).includes(BOAT), "kept by the browser").toBe(false);
});

test("[C21] a client that skips validation: what the server finds is told at the right fields of both sides, and once mended it is sent", async () => {
  const { customer, agent, clients } = scene();
  const client = clients.customer;
  const { receipts, kept } = await asked(scene());
  await customer.button("Fill in").click();
  await customer.window.getByRole("radio", { name: "To renovate" }).check();
  const account = customer.field("Account that shall receive the money");
  await account.fill(IBAN);
  const agreed = customer.window.getByRole("checkbox", { name: /agree/i });
  await agreed.check();
  const wrong = { "ask.reason": "a boat", "ask.iban": "DE00", "ask.agreed": false };
  client.rewrite = (message) =>
    message.type === "command" && message.command.type === "form.submit"
      ? [{ ...message, command: { ...message.command, values: wrong } }]
      : [message];
  const send = customer.log.getByRole("button", { name: "Send" });
  await send.click();

  await customer.sees("3 answers need another look");
  const faulty = customer.window.locator(".ff-faulty");
  await eventually(() => faulty.count()).toBe(3);
  const words = await faulty.locator(".ff-wrong").allInnerTexts();
  const labels = ["Purpose", "Account that shall receive the money", "Declaration"];
  for (const [index, label] of labels.entries()) {
    const said = words[index]?.trim() ?? "";
    expect(said).not.toBe("");
    expect(await faulty.nth(index).innerText()).toContain(label);
    // The same words at the same field of the other side.
    await rowOf(agent, label).getByText(said).waitFor();
  }
  expect(await account.getAttribute("aria-invalid")).toBe("true");
  expect(await rowOf(agent, "What will it be?").count()).toBe(0);
  expect(await receipts()).toEqual([]);
  expect((await kept()).version).toBe(1);
  expect(await customer.line(thanks("To renovate")).count()).toBe(0);

  client.behave();
  await send.click();
  await customer.reads(thanks("To renovate"));
  await cardOf(agent)
    .getByRole("heading", { name: /^Kept on case/ })
    .waitFor();
  expect(await receipts()).toHaveLength(1);
});

/** A question in the agent's mirror of the form. */
function rowOf(agent: AgentConsole, label: string) {
  const named = agent.page.locator("dt").filter({ hasText: label });
  return cardOf(agent).locator("dl > div").filter({ has: named });
}
