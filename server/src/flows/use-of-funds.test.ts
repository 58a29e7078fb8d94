import type { FormEntry } from "@clew/contract/flows/entries";
import type { FormSay } from "@clew/contract/flows/form-live";
import type { StoredRecord } from "@clew/contract/flows/records";
import type { RunScreen, RunSummary } from "@clew/contract/flows/runs";
import type { ServerMessage } from "@clew/contract/stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { newId, signIn, startTestApp, TestStream } from "../testing/test-app.ts";

type Form = Extract<ServerMessage, { type: "form" }>;
const says = (stream: TestStream) =>
  stream.messages.flatMap((message) => (message.type === "form" ? [(message as Form).say as FormSay] : []));

describe.each(ENGINES)("use of funds on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
  });
  afterAll(() => app.close());

  test("[C1] a button on a case: the script line and the form, the choice as it is made, the thank-you, the case", async () => {
    const admin = await flowAdmin(app.url);
    const { stream: customer, ...started } = await startConversation(app.url, {
      told: { name: "Ines", email: "ines@clew.example" },
      shows: ["forms"],
    });
    const { conversationId } = started;
    customer.send({ type: "subscribe", topic: { kind: "conversation", id: conversationId } });

    const { cookie, headers } = await signIn(app.url, "amara");
    const amara = await TestStream.open(app.url, { cookie });
    await amara.until(({ type }) => type === "welcome");
    await amara.command({ type: "presence.set", status: "available", reason: null });
    expect((await amara.command({ type: "session.take", conversationId })).ok).toBe(true);
    amara.send({ type: "subscribe", topic: { kind: "conversation", id: conversationId } });

    const contact = await admin.post<StoredRecord>("/records/Contact", { id: newId(), values: { firstName: "Ines" } });
    const values = { subject: "A loan", contactId: contact.id };
    const kase = await admin.post<StoredRecord>("/records/Case", { id: newId(), values, conversationId });
    const run = await fetch(`${app.url}/api/v1/flows/loan.useOfFunds.agent/runs`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ id: newId(), caseId: kase.id }),
    }).then((response) => response.json() as Promise<RunSummary>);

    const opened = await customer.until(() =>
      customer.events(conversationId).some((event) => event.type === "form.opened"),
    );
    expect(opened).toBeDefined();
    const events = customer.events(conversationId);
    const form = events.flatMap((event) => (event.type === "form.opened" ? [event.form] : []))[0] as FormEntry;
    expect(form).toMatchObject({ title: "Use of funds", state: "open", flow: { key: "loan.useOfFunds.form" } });
    expect(events.some((event) => event.type === "message.posted" && event.text.startsWith("There is one form"))).toBe(
      true,
    );

    const about = { type: "form" as const, conversationId, formId: form.id };
    amara.send({ ...about, act: { act: "join" } });
    customer.send({ ...about, act: { act: "join" } });
    await customer.until(() => says(customer).some(({ say }) => say === "view"));
    const set = (field: string, value: unknown) =>
      customer.send({ ...about, act: { act: "set", op: newId(), field, value, base: 0 } });
    set("ask.reason", "renovation");
    set("ask.iban", "AT611904300234573201");
    await amara.until(() =>
      says(amara).some(
        (one) => one.say === "field" && one.view.field === "ask.reason" && one.view.value === "renovation",
      ),
    );
    await amara.until(() => says(amara).some((one) => one.say === "field" && one.view.field === "ask.iban"));
    expect(JSON.stringify(amara.messages)).not.toContain("AT611904300234573201");

    const submit = {
      type: "form.submit",
      id: newId(),
      conversationId,
      formId: form.id,
      revision: 1,
      values: { "ask.agreed": true },
    };
    const [sent, again] = await Promise.all([customer.command(submit), customer.command(submit)]);
    expect(sent).toMatchObject({ ok: true });
    expect(again).toEqual(sent);
    await customer.until(() =>
      customer
        .events(conversationId)
        .some((event) => event.type === "message.posted" && event.text.includes("To renovate")),
    );
    await expect
      .poll(async () => (await admin.request<StoredRecord>("GET", `/records/Case/${kase.id}`)).values, {
        timeout: 10_000,
      })
      .toMatchObject({ useOfFunds: "renovation", payoutIban: "AT611904300234573201" });
    const screen = () => admin.request<RunScreen>("GET", `/runs/${run.id}/screen`);
    await expect.poll(async () => (await screen()).screen?.title, { timeout: 10_000 }).toContain(String(kase.number));
    const thanks = customer
      .events(conversationId)
      .filter((event) => event.type === "message.posted" && event.text.includes("To renovate"));
    expect(thanks).toHaveLength(1);
    customer.cut();
    amara.cut();
  });
});
