import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FieldView, FormPerson } from "@clew/contract/flows/form-live";
import { expect, onTestFinished, test } from "vitest";
import { flowAdmin } from "../testing/flows.ts";
import { formOf, opens } from "../testing/form-flows.ts";
import { changed, formSide, pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { json, openOtherSystem } from "../testing/other-system.ts";
import { createTestDatabase } from "../testing/postgres.ts";
import { startTestApp, TestStream } from "../testing/test-app.ts";

const LOAN = "loan.useOfFunds.agent";

test("[CW4] two servers on one store: what is typed at one is seen at the other, and either takes the form", async () => {
  const database = await createTestDatabase({ migrated: true });
  const environment = { DATABASE_URL: database.url, CLEW_SECRET: "the same secret of both, long enough" };
  const here = await startTestApp({ environment });
  const there = await startTestApp({ environment });
  onTestFinished(async () => {
    await there.close();
    await here.close();
    await database.drop();
  });
  const served = await servedCase(here);
  const { conversationId, person } = served;
  const { formId } = await pressButton(here, served, LOAN);
  const customer = formSide(served.customer, conversationId, formId);
  const desk = await TestStream.open(there.url, { cookie: person.cookie, origin: there.url });
  const agent = formSide(desk, conversationId, formId);
  await customer.join();
  await agent.join();
  customer.act({ act: "set", field: "ask.reason", value: "other", base: 0 });
  await agent.until("field", ({ view: { field, value } }) => field === "ask.reason" && value === "other");
  agent.act({ act: "set", field: "ask.detail", value: "a boat", base: 0 });
  await customer.until(
    "field",
    ({ view: { field, value, by } }) => field === "ask.detail" && value === "a boat" && by === "agent",
  );
  const tab = await TestStream.open(there.url, { token: served.identity.accessToken });
  expect(await submit(tab, conversationId, formId, { "ask.agreed": true })).toMatchObject({ ok: true });
  const { form } = await changed(served.customer, formId, "submitted");
  expect(form.receipt?.answers.map(({ text }) => text)).toEqual(["For something else", "a boat", "✓"]);
});

test("[FC12] [FC13] two servers on one store: who is there, where they are and point, and what is wrong is known at both", async () => {
  const database = await createTestDatabase({ migrated: true });
  const environment = { DATABASE_URL: database.url, CLEW_SECRET: "the same secret of both, long enough" };
  const [here, other] = [await startTestApp({ environment }), await openOtherSystem()];
  const admin = await flowAdmin(here.url);
  other.system.answer = ({ body }, response) =>
    json(200, { ok: false, message: `No order ${(body as { value: string }).value}` })(null, response);
  const rest = { hosts: [], headers: {}, privateAddresses: true, idempotent: true, breakAfter: 100, restMs: 60_000 };
  const settings = { baseUrl: other.url, methods: ["POST"], ...rest };
  await admin.request("PUT", "/connectors/orders", { settings, secrets: {}, revision: 0 });
  const components = [
    { id: "order", kind: "text", label: "Order", check: "orders" },
    { id: "name", kind: "text", label: "Name", edit: "both" },
  ];
  await admin.publish(formOf("order", { components }));
  await admin.publish(opens("order"));
  const there = await startTestApp({ environment });
  onTestFinished(async () => {
    await there.close();
    await here.close();
    await other.close();
    await database.drop();
  });
  const served = await servedCase(here);
  const { conversationId, person } = served;
  const { formId } = await pressButton(here, served, "openorder", { conversationId });
  const customer = formSide(served.customer, conversationId, formId);
  const desk = await TestStream.open(there.url, { cookie: person.cookie, origin: there.url });
  const agent = formSide(desk, conversationId, formId);
  await customer.join();
  await agent.join();
  await customer.until("people", ({ people }) => people.some(({ who, name }) => who === "agent" && name !== undefined));
  customer.act({ act: "focus", field: "ask.name" });
  const isAt = (field: string) => (said: { people: FormPerson[] }) =>
    said.people.some((one) => one.who === "customer" && one.field === field);
  await agent.until("people", isAt("ask.name"));
  // The customer is in it: what the agent writes is a suggestion.
  agent.act({ act: "set", field: "ask.name", value: "Bo", base: 0 });
  expect((await customer.until("suggestion")).suggestion).toMatchObject({ field: "ask.name", value: "Bo" });
  agent.act({ act: "hint", field: "ask.order", text: "It is on your bill." });
  expect(await customer.until("hint")).toMatchObject({ field: "ask.order", text: "It is on your bill." });

  customer.act({ act: "set", field: "ask.order", value: "47x", base: 0 });
  const isWrong = (words: string) => (said: { view: FieldView }) =>
    said.view.field === "ask.order" && said.view.problem === words;
  await agent.until("field", isWrong("No order 47x"));
  // It stays there while other answers change.
  customer.act({ act: "set", field: "ask.name", value: "Ana", base: 0 });
  await agent.until("field", ({ view }) => view.field === "ask.name" && view.value === "Ana");
  const { view } = await agent.join();
  expect(view.fields.find(({ field }) => field === "ask.order")).toMatchObject({ problem: "No order 47x" });
  const sent = await submit(served.customer, conversationId, formId, { "ask.order": "48x" });
  expect(sent).toMatchObject({ problem: { code: "invalid" } });
  await agent.until("field", isWrong("No order 48x"));
  const from = served.customer.messages.length;
  agent.act({ act: "leave" });
  await customer.until("people", ({ people }) => people.every(({ who }) => who === "customer"), from);
});

test("[C9] what was confirmed is there after the server went away and came back; a repeat changes nothing", async () => {
  const data = await mkdtemp(join(tmpdir(), "clew-"));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const before = await startTestApp({ data });
  const served = await servedCase(before);
  const { conversationId, identity } = served;
  const { formId } = await pressButton(before, served, LOAN);
  const customer = formSide(served.customer, conversationId, formId);
  await customer.join();
  const op = customer.act({ act: "set", field: "ask.iban", value: "DE89370400440532013000", base: 0 });
  const { seq } = await customer.until("ack", (said) => said.op === op);
  await before.close();
  const after = await startTestApp({ data });
  onTestFinished(() => after.close());
  const again = formSide(await TestStream.open(after.url, { token: identity.accessToken }), conversationId, formId);
  const { view } = await again.join();
  expect(view.fields.find(({ field }) => field === "ask.iban")).toMatchObject({ value: "DE89370400440532013000", seq });
  again.act({ act: "set", op, field: "ask.iban", value: "DE89370400440532013000", base: 0 });
  expect((await again.until("ack", (said) => said.op === op)).seq).toBe(seq);
});
