import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Flow } from "@clew/contract/flows/definition";
import type { StoredRecord } from "@clew/contract/flows/records";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connect } from "../database/connect.ts";
import { DEMO_QUEUES } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { exampleFlow, flowAdmin } from "../testing/flows.ts";
import { asks, pinForm } from "../testing/form-flows.ts";
import { changed, formSide, opened, pressButton, servedCase, skip, submit } from "../testing/form-stage.ts";
import { newId, postJson, signIn, startTestApp, TestStream } from "../testing/test-app.ts";

const LOAN = "loan.useOfFunds.agent";
const GOOD = { "ask.reason": "vehicle", "ask.agreed": true };
const MINUTE = 60_000;

/** Says what a customer wrote who writes in brackets. */
const ECHO = {
  $schema: "flow/1",
  key: "test.echo",
  kind: "background",
  trigger: { on: "message.received", filter: "=startsWith(message.text, '{{')" },
  inputs: { message: { type: "map" } },
  start: "say",
  nodes: {
    say: { type: "message.send", as: "bot", text: "You wrote: {{message.text}}", next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;

describe.each(ENGINES)("the life of a form on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
  });
  afterAll(() => app.close());

  async function open(agent = "amara") {
    const served = await servedCase(app, agent);
    return { ...served, ...(await pressButton(app, served, LOAN)) };
  }
  const node = async (runId: string) => (await admin.run(runId)).run.node;

  test("[C2] two customers, two agents, one flow: only the run of the form that is sent goes on", async () => {
    const a = await open();
    const b = await open("chiyo");
    expect(await submit(b.customer, b.conversationId, b.formId, GOOD)).toMatchObject({ ok: true });
    await expect.poll(() => node(b.runId)).toBe("show");
    expect(await node(a.runId)).toBe("ask");
    expect(a.customer.events(a.conversationId).some(({ type }) => type === "form.changed")).toBe(false);
    expect(await submit(a.customer, a.conversationId, a.formId, GOOD)).toMatchObject({ ok: true });
    await expect.poll(() => node(a.runId)).toBe("show");
  });

  test("[C5] [C7] [SE4] pressed twice it is one form and one run that goes on; what is sent at once is not missed", async () => {
    const { customer, formId, runId, conversationId, caseId } = await open();
    const press = (about: string) =>
      admin.request<{ id: string }>("POST", `/flows/${LOAN}/runs`, { id: newId(), conversationId, caseId: about });
    const again = await press(caseId);
    await expect.poll(async () => (await admin.run(again.id)).run.status).toBe("cancelled");
    const another = newId();
    await admin.post("/records/Case", { id: another, conversationId, values: { subject: "Another loan" } });
    const forAnother = await press(another);
    await expect.poll(() => node(forAnother.id)).toBe("ask");
    expect(customer.events(conversationId).filter(({ type }) => type === "form.opened")).toHaveLength(1);
    expect(await submit(customer, conversationId, formId, GOOD)).toMatchObject({ ok: true });
    await expect.poll(() => Promise.all([runId, forAnother.id].map(node))).toEqual(["show", "show"]);
    expect((await admin.run(again.id)).run).toMatchObject({ status: "cancelled", node: "ask" });
  });

  test("[C5] where the flow wants a form for each, each that is sent takes its own run on", async () => {
    const each = { in: { firstName: "Ana" }, ifOpen: "parallel" };
    await admin.publish(asks("test.each", { form: "loan.useOfFunds.form", ask: each }));
    const served = await servedCase(app);
    const { conversationId, customer } = served;
    const press = () => pressButton(app, served, "test.each", { conversationId });
    const [one, other] = [await press(), await press()];
    expect(one.formId).not.toBe(other.formId);
    const status = async ({ runId }: typeof one) => (await admin.run(runId)).run.status;
    expect(await submit(customer, conversationId, other.formId, GOOD)).toMatchObject({ ok: true });
    await expect.poll(() => status(other)).toBe("completed");
    expect(await status(one)).toBe("waiting");
    expect(await submit(customer, conversationId, one.formId, GOOD)).toMatchObject({ ok: true });
    await expect.poll(() => status(one)).toBe("completed");
  });

  test("[C12] nobody serves any more: the form is taken, the case kept, the thank-you said", async () => {
    const { customer, desk, conversationId, formId, caseId, runId } = await open();
    await desk.command({ type: "session.end", conversationId });
    expect(await submit(customer, conversationId, formId, GOOD)).toMatchObject({ ok: true });
    await expect.poll(() => node(runId)).toBe("show");
    expect(await admin.request("GET", `/records/Case/${caseId}`)).toMatchObject({ values: { useOfFunds: "vehicle" } });
  });

  test("[C12] sent while the session waits in a queue where nobody is: the thank-you is no agent's, who comes next finds the receipt", async () => {
    const { customer, desk, conversationId, formId, caseId, runId } = await open();
    const to = { kind: "queue", id: DEMO_QUEUES.orders };
    expect(await desk.command({ type: "session.transfer", conversationId, to })).toMatchObject({ ok: true });
    expect(await submit(customer, conversationId, formId, GOOD)).toMatchObject({ ok: true });
    await expect.poll(() => node(runId)).toBe("show");
    expect(await admin.request("GET", `/records/Case/${caseId}`)).toMatchObject({ values: { useOfFunds: "vehicle" } });
    const thanks = () =>
      customer
        .events(conversationId)
        .flatMap((event) =>
          event.type === "message.posted" && event.text.startsWith("Thank you") ? [event.by.who] : [],
        );
    await expect.poll(thanks).toEqual(["bot"]);

    const next = await signIn(app.url, "chiyo");
    const take = { type: "session.take", id: newId(), conversationId };
    await postJson(`${app.url}/api/v1/staff/commands`, take, next.headers);
    const read = await fetch(`${app.url}/api/v1/conversations/${conversationId}`, { headers: next.headers });
    const { forms, session } = (await read.json()) as ConversationSnapshot;
    expect(session?.agent?.id).toBe(next.me.agent.id);
    expect(forms?.find(({ id }) => id === formId)?.receipt?.answers[0]?.text).toBe("To buy a vehicle");
  });

  test("[C13] after the end of the session the form stays open; what is sent starts the next one", async () => {
    const { customer, desk, conversationId, formId, caseId } = await open();
    await desk.command({ type: "form.extend", conversationId, formId, by: 180 * MINUTE });
    await desk.command({ type: "session.end", conversationId });
    const from = customer.messages.length;
    skip(app, 120 * MINUTE, customer);
    expect(await submit(customer, conversationId, formId, GOOD)).toMatchObject({ ok: true });
    await customer.until(
      (message) => message.type === "events" && message.events.some(({ type }) => type === "session.started"),
      from,
    );
    const caseNow = () => admin.request("GET", `/records/Case/${caseId}`);
    await expect.poll(caseNow).toMatchObject({ values: { useOfFunds: "vehicle" } });
    const now = () => admin.request<ConversationSnapshot>("GET", `/conversations/${conversationId}`);
    await expect.poll(async () => (await now()).session).toMatchObject({ number: 2, status: "waiting" });
    const { staff, forms } = await now();
    expect(staff?.queueId).toBeTruthy();
    expect(forms?.find(({ id }) => id === formId)?.receipt?.answers).toHaveLength(2);
    const other = await open("chiyo");
    const cancelled = await other.desk.command({
      ...{ type: "form.cancel", conversationId: other.conversationId, formId: other.formId },
      text: "We do not need it any more.",
    });
    expect(cancelled).toMatchObject({ ok: true });
    const { form, text } = await changed(other.customer, other.formId, "cancelled");
    expect([text, form.remark?.text]).toEqual(Array(2).fill("We do not need it any more."));
    expect(await submit(other.customer, other.conversationId, other.formId, GOOD)).toMatchObject({
      ok: false,
      problem: { code: "form-closed", reason: "cancelled" },
    });
  });

  test("[AX9] closed with its conversation, a form is a fault to a script that names it, not an answer of the customer's", async () => {
    const { customer, desk, conversationId, formId, runId } = await open();
    expect(await customer.command({ type: "session.end", conversationId })).toMatchObject({ ok: true });
    await changed(desk, formId, "cancelled");
    await expect.poll(async () => (await admin.run(runId)).run.status).toBe("cancelled");
    const { run, trace } = await admin.run(runId);
    expect(run.node).toBe("gone");
    expect(trace.flatMap(({ fault }) => (fault ? [fault.code] : []))).toEqual(["conversationClosed"]);
    expect(desk.events(conversationId).some(({ type }) => type === "note.posted")).toBe(false);
  });

  test("[C14] a reminder, more time, then the end; asked once more it goes on from the drafts", async () => {
    const { customer, conversationId, formId } = await open();
    const side = formSide(customer, conversationId, formId);
    await side.join();
    const op = side.act({ act: "set", field: "ask.reason", value: "other", base: 0 });
    await side.until("ack", (said) => said.op === op);
    skip(app, 6 * MINUTE, customer);
    await changed(customer, formId, "reminded");
    await customer.command({ type: "form.extend", conversationId, formId, by: 30 * MINUTE });
    const { form } = await changed(customer, formId, "extended");
    expect(form.expiresAt).toBeGreaterThan(form.openedAt + 31 * MINUTE);
    const from = customer.messages.length;
    skip(app, 31 * MINUTE, customer);
    await changed(customer, formId, "expired");
    const second = formSide(customer, conversationId, await opened(customer, from));
    const { view } = await second.join();
    expect(view.fields.find(({ field }) => field === "ask.reason")).toMatchObject({
      value: "other",
      source: "carried",
    });
  });

  test("[C15] [FZ6] [FZ10] late within grace: refused where the flow says never, taken where it says so, until the case is closed", async () => {
    await admin.publish(
      asks("test.late", {
        form: "loan.useOfFunds.form",
        ask: { in: { firstName: "Ana" }, expires: "PT25M", acceptLate: "untilCaseClosed" },
      }),
    );
    const never = await servedCase(app, "chiyo");
    const one = await pressButton(app, never, LOAN);
    const takes = await servedCase(app, "amara");
    const other = await pressButton(app, takes, "test.late", { conversationId: takes.conversationId });
    const over = await servedCase(app, "amara");
    const closed = await pressButton(app, over, "test.late", { conversationId: over.conversationId });
    skip(app, 31 * MINUTE, never.customer, takes.customer, over.customer);
    await changed(never.customer, one.formId, "expired");
    await changed(takes.customer, other.formId, "expired");
    await changed(over.customer, closed.formId, "expired");
    const kase = await admin.request<StoredRecord>("GET", `/records/Case/${over.caseId}`);
    const values = { ...kase.values, status: "closed" };
    await admin.request("PUT", `/records/Case/${over.caseId}`, { values, version: kase.version });
    expect(await submit(over.customer, over.conversationId, closed.formId, GOOD)).toMatchObject({
      ok: false,
      problem: { code: "form-closed", reason: "expired" },
    });
    expect(await submit(never.customer, never.conversationId, one.formId, GOOD)).toMatchObject({
      ok: false,
      problem: { code: "form-closed", reason: "expired" },
    });
    expect(await submit(takes.customer, takes.conversationId, other.formId, GOOD)).toMatchObject({ ok: true });
    const { form } = await changed(takes.customer, other.formId, "submitted");
    expect(form.receipt).toMatchObject({ late: true });
    const notes = ({ desk, conversationId }: typeof takes) =>
      desk
        .events(conversationId)
        .flatMap((event) => (event.type === "note.posted" && event.automatic ? [event.automatic] : []));
    const late = { what: "late-answers", title: form.title };
    await expect.poll(() => notes(takes)).toEqual([late]);
    expect(notes(over)).toEqual([]);
    const transcript = `${app.url}/api/v1/conversations/${takes.conversationId}/transcript?language=`;
    const { headers } = await signIn(app.url, "amara");
    const read = async (language: string) => (await fetch(transcript + language, { headers })).text();
    expect(await read("en")).toContain(`The form “${form.title}” was sent after its time was over.`);
    expect(await read("de-AT")).toContain(`Das Formular „${form.title}“ wurde nach Ablauf seiner Zeit gesendet.`);
    expect(takes.customer.events(takes.conversationId).some(({ type }) => type === "note.posted")).toBe(false);
  });

  test("[C24] formulas, JSON and commands that are typed are text everywhere", async () => {
    const { customer, conversationId, formId, caseId } = await open();
    const odd = `{{1+1}} =1+1 {"a":1} /transfer`;
    const values = { "ask.reason": "other", "ask.detail": odd, "ask.agreed": true };
    expect(await submit(customer, conversationId, formId, values)).toMatchObject({ ok: true });
    const { form } = await changed(customer, formId, "submitted");
    expect(form.receipt?.answers.map(({ text }) => text)).toContain(odd);
    await expect
      .poll(() => admin.request("GET", `/records/Case/${caseId}`))
      .toMatchObject({ values: { useOfFundsDetail: odd } });

    await admin.publish(ECHO);
    const said = `${odd} {{reconnect.link}}`;
    await customer.command({ type: "message.post", conversationId, text: said, attachments: [] });
    const words = () =>
      customer.events(conversationId).flatMap((event) => (event.type === "message.posted" ? [event.text] : []));
    // Said by the flow it would become the customer's own link, so that it is repeated with fewer brackets.
    await expect.poll(words).toContain(`You wrote: ${odd} {reconnect.link}`);
    expect(words()).toContain(said);
    const { events } = await admin.request<{ events: { text?: string }[] }>(
      "GET",
      `/conversations/${conversationId}/events`,
    );
    expect(events.map(({ text }) => text)).toContain(said);
    expect((await admin.request<ConversationSnapshot>("GET", `/conversations/${conversationId}`)).session?.status).toBe(
      "active",
    );
  });

  test("[C26] published anew while it is open, the form stays as it was opened", async () => {
    const { customer, conversationId, formId } = await open();
    const form = exampleFlow("loan.useOfFunds.form");
    const version = await admin.publish({ ...form, title: "Use of funds, anew" });
    const side = formSide(customer, conversationId, formId);
    expect((await side.join()).view.page?.components).toHaveLength(4);
    expect(await submit(customer, conversationId, formId, GOOD)).toMatchObject({ ok: true });
    const sent = await changed(customer, formId, "submitted");
    expect(sent.form).toMatchObject({ title: "Use of funds", flow: { version: 1 } });
    expect(version).toBeGreaterThan(1);
  });

  test("[CW1] a secret is nowhere before it is sent, sealed after, and gone a day later", async () => {
    await admin.publish(pinForm("test.password"));
    await admin.publish(asks("test.asksPassword", { form: "test.password" }));
    const served = await servedCase(app);
    const inputs = { conversationId: served.conversationId };
    const { formId } = await pressButton(app, served, "test.asksPassword", inputs);
    const side = formSide(served.customer, served.conversationId, formId);
    await side.join();
    const told = side.act({ act: "set", field: "ask.pin", value: "4711-secret", base: 0 });
    expect((await side.until("reject", (said) => said.op === told)).code).toBe("invalid");
    const status = side.act({ act: "set", field: "ask.pin", status: "filled", base: 0 });
    await side.until("ack", (said) => said.op === status);
    const sent = await submit(served.customer, served.conversationId, formId, { "ask.pin": "4711-secret" });
    expect(sent).toMatchObject({ ok: true });
    const { form } = await changed(served.desk, formId, "submitted");
    expect(form.receipt?.answers).toMatchObject([{ field: "ask.pin", text: null, privacy: "secret" }]);
    expect(JSON.stringify(served.desk.messages)).not.toContain("4711-secret");
    if (engine !== "sqlite") return;
    expect((await stored(app.folder)).includes("4711-secret")).toBe(false);
    const database = await connect({ folder: app.folder });
    onTestFinished(() => database.close());
    const kept = async () => (await database.query.selectFrom("form_secrets").select("id").execute()).length;
    expect(await kept()).toBe(1);
    app.skip(24 * 60 * MINUTE);
    await expect.poll(kept, { timeout: 5_000 }).toBe(0);
  });

  if (engine === "sqlite")
    test("[CW5] with the customer everything goes that they typed and sent", async () => {
      const { customer, conversationId, formId, identity } = await open();
      expect(await submit(customer, conversationId, formId, GOOD)).toMatchObject({ ok: true });
      const database = await connect({ folder: app.folder });
      onTestFinished(() => database.close());
      const kept = async () => {
        const { query } = database;
        const [sent, drafts] = await Promise.all([
          query.selectFrom("form_submissions").select("id").where("form_id", "=", formId).execute(),
          query.selectFrom("form_fields").select("field").where("form_id", "=", formId).execute(),
        ]);
        return [sent.length, drafts.length];
      };
      expect(await kept()).toEqual([1, 2]);
      await admin.request("DELETE", `/customers/${identity.customerId}`);
      expect(await kept()).toEqual([0, 0]);
    });

  test("[CW2] whoever sends too much in a second is told to wait, and too large a value is refused", async () => {
    const { customer, conversationId, formId } = await open();
    const side = formSide(customer, conversationId, formId);
    await side.join();
    const large = side.act({ act: "set", field: "ask.detail", value: "x".repeat(9_000), base: 0 });
    expect((await side.until("reject", (said) => said.op === large)).code).toBe("too-large");
    for (let time = 0; time < 60; time += 1) side.act({ act: "focus", field: "ask.detail" });
    expect((await side.until("refused")).problem.code).toBe("rate-limited");
  });

  test("[CW3] a supervisor looks on, is named to the customer, and changes nothing", async () => {
    const { customer, conversationId, formId } = await open();
    const { cookie } = await signIn(app.url, "supervisor");
    const above = await TestStream.open(app.url, { cookie, origin: app.url });
    const side = formSide(customer, conversationId, formId);
    await side.join();
    const looking = formSide(above, conversationId, formId);
    await looking.join();
    await side.until("people", ({ people }) => people.some(({ who }) => who === "supervisor"));
    const op = looking.act({ act: "set", field: "ask.detail", value: "mine", base: 0 });
    expect((await looking.until("reject", (said) => said.op === op)).code).toBe("not-yours");
  });
});

/** All that the store has on disk. */
async function stored(folder: string): Promise<string> {
  const files = await Promise.all(
    ["clew.db", "clew.db-wal"].map((name) => readFile(join(folder, name), "latin1").catch(() => "")),
  );
  expect(files.join("").length).toBeGreaterThan(0);
  return files.join("");
}
