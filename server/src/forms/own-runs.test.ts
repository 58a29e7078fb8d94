import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_QUEUES } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { exampleFlow, flowAdmin } from "../testing/flows.ts";
import { asks } from "../testing/form-flows.ts";
import { changed, formSide, pressButton, servedCase, skip, submit } from "../testing/form-stage.ts";
import { newId, signIn, startTestApp, TestStream } from "../testing/test-app.ts";

const LOAN = "loan.useOfFunds.agent";
const GOOD = { "ask.reason": "vehicle", "ask.agreed": true };
const MINUTE = 60_000;
const ask = { in: { firstName: "Ana" } };

/** The same script with the settings of its run. */
const scriptOf = (key: string, settings: object) => ({ ...asks(key, { form: "loan.useOfFunds.form", ask }), settings });

describe.each(ENGINES)("forms and whose they are, on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
  });
  afterAll(() => app.close());

  async function open(key: string, agent = "amara") {
    const served = await servedCase(app, agent);
    return { ...served, ...(await pressButton(app, served, key, {})) };
  }
  const status = (runId: string) => expect.poll(async () => (await admin.run(runId)).run.status);

  test("[BB2] nobody says that a form was sent or that a run is to end; agents tell flows of nothing", async () => {
    const { formId, runId, person } = await open(LOAN);
    const emit = (headers: Record<string, string>, type: string, key: string) =>
      fetch(`${app.url}/api/v1/flow-events`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ id: newId(), type, key, data: { outcome: "submitted" } }),
      }).then(async (response) => [response.status, ((await response.json()) as { code?: string }).code]);
    for (const [type, key] of [
      ["form", formId],
      ["run.dismissed", runId],
      ["api", "any"],
    ] as const)
      expect(await emit(admin.headers, type, key)).toEqual([400, "invalid"]);
    expect(await emit(person.headers, "shop.paid", "4711")).toEqual([403, "forbidden"]);
    expect((await emit(admin.headers, "shop.paid", "4711"))[0]).toBe(200);
    expect((await admin.run(runId)).run).toMatchObject({ status: "waiting", node: "ask" });
  });

  test("[BB3] an agent starts a flow on what they may see, and on nothing that they say beside it", async () => {
    const mine = await servedCase(app, "amara");
    const theirs = await servedCase(app, "chiyo");
    await admin.publish(asks("test.about", { form: "loan.useOfFunds.form", ask }));
    const press = (body: object) =>
      fetch(`${app.url}/api/v1/flows/test.about/runs`, {
        method: "POST",
        headers: { ...mine.person.headers, "content-type": "application/json" },
        body: JSON.stringify({ id: newId(), ...body }),
      }).then(async (response) => [response.status, ((await response.json()) as { field?: string }).field]);
    const crossed = { conversationId: theirs.conversationId };
    expect(await press({ inputs: crossed })).toEqual([400, "/inputs/conversationId"]);
    expect(await press({ conversationId: mine.conversationId, inputs: crossed })).toEqual([
      400,
      "/inputs/conversationId",
    ]);
    expect(await press({ conversationId: mine.conversationId, contactId: mine.caseId })).toEqual([404, "/contactId"]);
    expect(await press({ conversationId: mine.conversationId, inputs: { session: {} } })).toEqual([
      400,
      "/inputs/session",
    ]);
    expect(theirs.customer.events(theirs.conversationId).some(({ type }) => type === "form.opened")).toBe(false);
    expect((await press({ conversationId: mine.conversationId }))[0]).toBe(200);
  });

  test("[BB4] with its session a script ends that belongs to it, and with the script its form", async () => {
    await admin.publish(scriptOf("test.session", { scope: "session" }) as never);
    const { customer, desk, conversationId, formId, runId } = await open("test.session");
    expect(await desk.command({ type: "session.end", conversationId })).toMatchObject({ ok: true });
    await changed(customer, formId, "cancelled");
    await status(runId).toBe("cancelled");
    expect(await submit(customer, conversationId, formId, GOOD)).toMatchObject({
      ok: false,
      problem: { code: "form-closed", reason: "cancelled" },
    });
  });

  test("[BB4] a script that another one replaces, and one whose time is up, close what they opened", async () => {
    await admin.publish({
      ...asks("test.anew", { form: "loan.useOfFunds.form", ask: { ...ask, ifOpen: "parallel" } }),
      settings: { concurrency: "replace" },
    });
    const { customer, ...served } = await open("test.anew");
    const again = await pressButton(app, { customer, ...served }, "test.anew");
    await changed(customer, served.formId, "cancelled");
    await status(served.runId).toBe("cancelled");
    expect(again.formId).not.toBe(served.formId);
    expect(
      customer.events(served.conversationId).flatMap((event) => (event.type === "form.changed" ? [event.form.id] : [])),
    ).toEqual([served.formId]);

    await admin.publish(scriptOf("test.short", { maxDuration: "PT10M" }) as never);
    const short = await open("test.short");
    skip(app, 11 * MINUTE, short.customer, customer);
    await changed(short.customer, short.formId, "cancelled");
    await status(short.runId).toBe("expired");
  });

  test("[BB8] a receipt says which words were agreed to, and that it came when the time was over", async () => {
    await admin.publish(
      asks("test.overdue", {
        form: "loan.useOfFunds.form",
        ask: { ...ask, expires: "PT25M", acceptLate: "untilCaseClosed" },
      }),
    );
    const { customer, conversationId, formId } = await open("test.overdue");
    skip(app, 26 * MINUTE, customer);
    await changed(customer, formId, "expired");
    expect(await submit(customer, conversationId, formId, GOOD)).toMatchObject({ ok: true });
    const { form } = await changed(customer, formId, "submitted");
    const { components } = (exampleFlow("loan.useOfFunds.form").nodes as Record<string, { components: object[] }>)
      .ask ?? {
      components: [],
    };
    const consent = components.find((one) => "textId" in one) as { textId: string; textVersion: number; text: string };
    const hash = createHash("sha256").update(consent.text).digest("hex");
    expect(form.receipt).toMatchObject({ late: true, answers: [{}, { field: "ask.agreed" }] });
    expect(form.receipt?.answers.map((answer) => answer.consent)).toEqual([
      undefined,
      { textId: consent.textId, version: consent.textVersion, hash },
    ]);
    const intime = await open(LOAN);
    expect(await submit(intime.customer, intime.conversationId, intime.formId, GOOD)).toMatchObject({ ok: true });
    expect((await changed(intime.customer, intime.formId, "submitted")).form.receipt).not.toHaveProperty("late");
  });

  test("[BB5] what an agent suggested is gone with the agent, for who has the form open and for who opens it later", async () => {
    const served = await open(LOAN);
    const { conversationId, formId } = served;
    const customer = formSide(served.customer, conversationId, formId);
    const sam = formSide(served.desk, conversationId, formId);
    await customer.join();
    await sam.join();
    sam.act({ act: "suggest", field: "ask.reason", value: "vehicle" });
    await customer.until("suggestion");
    const kimSigned = await signIn(app.url, "chiyo");
    const kim = await TestStream.open(app.url, { cookie: kimSigned.cookie, origin: app.url });
    await kim.command({ type: "presence.set", status: "available", reason: null });
    const to = { kind: "agent" as const, id: kimSigned.me.agent.id };
    expect(await served.desk.command({ type: "session.transfer", conversationId, to })).toMatchObject({ ok: true });
    await customer.until("suggestion-gone", ({ field }) => field === "ask.reason");
    await kim.command({ type: "session.take", conversationId });
    const side = formSide(kim, conversationId, formId);
    expect((await side.join()).view.suggestions).toEqual([]);

    side.act({ act: "suggest", field: "ask.reason", value: "renovation" });
    await customer.until("suggestion", ({ suggestion }) => suggestion.value === "renovation");
    customer.act({ act: "leave" });
    side.act({ act: "leave" });
    const queue = { kind: "queue" as const, id: DEMO_QUEUES.orders };
    expect(await kim.command({ type: "session.transfer", conversationId, to: queue })).toMatchObject({ ok: true });
    const from = served.customer.messages.length;
    const { view } = await customer.join();
    if (view.suggestions.length > 0) await customer.until("suggestion-gone", () => true, from);
    expect((await customer.join()).view.suggestions).toEqual([]);
  });
});
