import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connect } from "../database/connect.ts";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { asks, button, opens, pinForm } from "../testing/form-flows.ts";
import { changed, formSide, pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { newId, signIn, startTestApp, TestStream } from "../testing/test-app.ts";

const LOAN = "loan.useOfFunds.agent";
const GOOD = { "ask.reason": "vehicle", "ask.agreed": true };

/** Opens the form, sends it back once, and says what it was told in the end. */
const REVIEWING = "test.reviews";
const REVIEWS = button(
  REVIEWING,
  {
    open: {
      type: "cowork.open",
      flow: "loan.useOfFunds.form",
      conversation: "=conversationId",
      in: { firstName: "Ana" },
      handle: "form",
      next: "first",
    },
    first: { type: "cowork.await", handles: "form", into: "before", next: "back", cancelled: "end", expired: "end" },
    back: {
      type: "cowork.act",
      handle: "form",
      action: { do: "sendBack", text: "Which one?", fields: ["reason"] },
      next: "again",
      closed: "end",
    },
    again: { type: "cowork.await", handles: "form", into: "after", next: "tell", cancelled: "end", expired: "end" },
    tell: {
      type: "message.send",
      conversation: "=conversationId",
      text: "Noted: {{label(after.reason)}}, after {{label(before.reason)}}.",
      next: "end",
    },
    end: { type: "end" },
  },
  { vars: { form: { type: "map?" }, before: { type: "map?" }, after: { type: "map?" } } },
);

describe.each(ENGINES)("forms filled in together on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
  });
  afterAll(() => app.close());

  async function open(agent = "amara") {
    const served = await servedCase(app, agent);
    const { formId, runId } = await pressButton(app, served, LOAN, {});
    const customer = formSide(served.customer, served.conversationId, formId);
    const desk = formSide(served.desk, served.conversationId, formId);
    return { ...served, formId, runId, customer, agent: desk };
  }

  test("[C1] the agent sees the choice before it is sent, the thank-you names it and the case holds it", async () => {
    const { customer, agent, formId, conversationId, caseId, runId } = await open();
    const view = await customer.join();
    expect(view.view.page).toMatchObject({ node: "ask", last: true });
    await agent.join();
    customer.act({ act: "set", field: "ask.reason", value: "vehicle", base: 0 });
    const seen = await agent.until("field", ({ view: { field } }) => field === "ask.reason");
    expect(seen.view).toMatchObject({ value: "vehicle", by: "customer", status: "valid" });
    expect(await submit(customer.stream, conversationId, formId, { "ask.agreed": true })).toMatchObject({ ok: true });
    await customer.stream.until(
      (message) =>
        message.type === "events" &&
        message.events.some((event) => event.type === "message.posted" && event.text.includes("To buy a vehicle")),
    );
    await expect
      .poll(async () => (await admin.request<{ values: object }>("GET", `/records/Case/${caseId}`)).values)
      .toMatchObject({ useOfFunds: "vehicle" });
    expect((await admin.run(runId)).run.status).toBe("waiting");
  });

  test("[C3] another's form is refused, noted in the audit, and nothing of it is told", async () => {
    const a = await open();
    const b = await open("chiyo");
    const crossed = formSide(a.customer.stream, a.conversationId, b.formId);
    crossed.act({ act: "join" });
    expect((await crossed.until("refused")).problem.code).toBe("forbidden");
    const sent = await submit(a.customer.stream, a.conversationId, b.formId, GOOD);
    expect(sent).toMatchObject({ ok: false, problem: { code: "forbidden" } });
    const from = a.customer.stream.messages.length;
    crossed.act({ act: "set", field: "ask.reason", value: "vehicle", base: 0 });
    expect((await crossed.until("refused", () => true, from)).problem.code).toBe("forbidden");
    const named = { conversationId: a.conversationId, formId: b.formId };
    for (const [stream, command] of [
      [a.customer.stream, { type: "form.extend", ...named, by: 3_600_000 }],
      [a.customer.stream, { type: "form.cancel", ...named }],
      [a.agent.stream, { type: "form.send-back", ...named, text: "Again", fields: [] }],
    ] as const)
      expect(await stream.command(command)).toMatchObject({ ok: false, problem: { code: "forbidden" } });
    const nowhere = { type: "form.cancel", conversationId: a.conversationId, formId: newId() };
    expect(await a.customer.stream.command(nowhere)).toMatchObject({ ok: false, problem: { code: "forbidden" } });
    const { items } = await admin.request<{ items: { noun: string; nounId: string; action: string }[] }>(
      "GET",
      "/audit",
    );
    expect(items.filter(({ noun, nounId }) => noun === "form" && nounId === b.formId)).toHaveLength(6);
    expect(await submit(b.customer.stream, b.conversationId, b.formId, GOOD)).toMatchObject({ ok: true });
  });

  test("[C6] double click, retry and a second tab at once are one submission and one receipt", async () => {
    const { customer, formId, conversationId, caseId, identity, runId } = await open();
    const tab = await TestStream.open(app.url, { token: identity.accessToken });
    const ids = [newId(), newId()];
    const [one, other] = await Promise.all([
      submit(customer.stream, conversationId, formId, GOOD, ids[0]),
      submit(tab, conversationId, formId, GOOD, ids[1]),
    ]);
    expect([one.ok, other.ok].sort()).toEqual([false, true]);
    const [first, second] = one.ok ? [one, other] : [other, one];
    expect(second).toMatchObject({ problem: { code: "form-closed", reason: "submitted" } });
    for (const stream of [customer.stream, tab])
      expect(await submit(stream, conversationId, formId, GOOD, ids[one.ok ? 0 : 1])).toEqual(first);
    const { form } = await changed(customer.stream, formId, "submitted");
    expect(form.receipt?.answers.map(({ text }) => text)).toEqual(["To buy a vehicle", "✓"]);
    await expect.poll(async () => (await admin.run(runId)).run.node).toBe("show");
    expect(await admin.request("GET", `/records/Case/${caseId}`)).toMatchObject({ version: 2 });
    const events = customer.stream.events(conversationId);
    expect(
      events.filter((event) => event.type === "message.posted" && event.text.startsWith("Thank you")),
    ).toHaveLength(1);
  });

  test("[C18] what the agent writes into the field the customer is in becomes a suggestion", async () => {
    const { customer, agent } = await open();
    await customer.join();
    await agent.join();
    customer.act({ act: "set", field: "ask.reason", value: "other", base: 0 });
    customer.act({ act: "focus", field: "ask.detail" });
    await agent.until("people", ({ people }) => people.some(({ field }) => field === "ask.detail"));
    agent.act({ act: "set", field: "ask.detail", value: "a boat", base: 0 });
    const { suggestion } = await customer.until("suggestion");
    expect(suggestion).toMatchObject({ field: "ask.detail", value: "a boat", by: { name: expect.any(String) } });
    customer.act({ act: "answer-suggestion", field: "ask.detail", accept: false });
    await agent.until("suggestion-gone");
    expect(
      customer.says().some((said) => said.say === "field" && said.view.field === "ask.detail" && said.view.value),
    ).toBe(false);
    agent.act({ act: "set", field: "ask.detail", value: "a ship", base: 0 });
    await customer.until("suggestion", ({ suggestion: { value } }) => value === "a ship");
    customer.act({ act: "answer-suggestion", field: "ask.detail", accept: true });
    const filled = await agent.until(
      "field",
      ({ view: { field, value } }) => field === "ask.detail" && value === "a ship",
    );
    expect(filled.view).toMatchObject({ by: "agent", source: "suggestion" });
  });

  test("[C19] nobody but the customer consents, or says what is secret", async () => {
    const { agent, ...served } = await open();
    await agent.join();
    const op = agent.act({ act: "set", field: "ask.agreed", value: true, base: 0 });
    expect((await agent.until("reject", (said) => said.op === op)).code).toBe("not-yours");
    const other = agent.act({ act: "suggest", field: "ask.agreed", value: true });
    expect((await agent.until("reject", (said) => said.op === other)).code).toBe("not-yours");

    await admin.publish(pinForm("test.theirPin"));
    await admin.publish(opens("test.theirPin"));
    const of = { person: served.person, conversationId: served.conversationId, customer: served.customer.stream };
    const inputs = { conversationId: served.conversationId };
    const { formId } = await pressButton(app, { ...served, ...of }, "opentest.theirPin", inputs);
    const desk = formSide(agent.stream, served.conversationId, formId);
    await desk.join();
    for (const act of [
      { act: "set", field: "ask.pin", value: "1234", base: 0 },
      { act: "set", field: "ask.pin", status: "filled", base: 0 },
      { act: "suggest", field: "ask.pin", value: "1234" },
    ] as const) {
      const tried = desk.act(act);
      await desk.until("reject", (said) => said.op === tried);
    }
    const { view } = await formSide(served.customer.stream, served.conversationId, formId).join();
    expect(view).toMatchObject({ suggestions: [], fields: [{ field: "ask.pin", status: "empty" }] });
  });

  test("[C16] [C17] private answers are never on the agent's wire, nothing is once typing is hidden", async () => {
    const { customer, agent, identity, conversationId, formId } = await open();
    await customer.join();
    await agent.join();
    customer.act({ act: "set", field: "ask.iban", value: "DE89370400440532013000", base: 0 });
    const iban = await agent.until("field", ({ view: { field } }) => field === "ask.iban");
    expect(iban.view).toMatchObject({ status: "valid" });
    expect(JSON.stringify(agent.says())).not.toContain("DE8937");
    customer.act({ act: "show-typing", on: false });
    await agent.until("show-typing", ({ on }) => !on);
    customer.act({ act: "set", field: "ask.reason", value: "renovation", base: 0 });
    await agent.until("field", ({ view: { field, status } }) => field === "ask.reason" && status === "valid");
    const seen = agent.says().flatMap((said) => (said.say === "field" ? [said.view] : []));
    expect(seen.filter(({ value }) => value !== undefined)).toEqual([]);
    const again = await agent.join();
    expect(again.view.showTyping).toBe(false);
    expect(again.view.fields.every((field) => field.value === undefined)).toBe(true);
    const reload = formSide(await TestStream.open(app.url, { token: identity.accessToken }), conversationId, formId);
    const { view } = await reload.join();
    expect(view.fields.find(({ field }) => field === "ask.iban")?.value).toBe("DE89370400440532013000");
  });

  test("[C20] [C21] what is hidden is not kept; what does not fit is told to both sides at its field", async () => {
    const { customer, agent, formId, conversationId } = await open();
    await customer.join();
    await agent.join();
    customer.act({ act: "set", field: "ask.reason", value: "other", base: 0 });
    customer.act({ act: "set", field: "ask.detail", value: "a boat", base: 0 });
    const bad = await submit(customer.stream, conversationId, formId, { "ask.iban": "DE00", "ask.agreed": true });
    expect(bad).toMatchObject({ ok: false, problem: { code: "invalid", fields: { "ask.iban": expect.any(String) } } });
    for (const side of [customer, agent])
      await side.until("field", ({ view: { field, problem } }) => field === "ask.iban" && problem !== undefined);
    const good = { "ask.reason": "vehicle", "ask.iban": null, "ask.agreed": true };
    expect(await submit(customer.stream, conversationId, formId, good)).toMatchObject({ ok: true });
    const { form } = await changed(customer.stream, formId, "submitted");
    expect(JSON.stringify(form.receipt)).not.toContain("a boat");
  });

  test("[C11] after a transfer the new agent goes on, and the one before hears nothing more", async () => {
    const { customer, agent, conversationId, formId, runId } = await open();
    await customer.join();
    await agent.join();
    customer.act({ act: "set", field: "ask.reason", value: "other", base: 0 });
    await agent.until("field");
    const kimSigned = await signIn(app.url, "chiyo");
    const kim = await TestStream.open(app.url, { cookie: kimSigned.cookie, origin: app.url });
    await kim.command({ type: "presence.set", status: "available", reason: null });
    const moved = await agent.stream.command({
      type: "session.transfer",
      conversationId,
      to: { kind: "agent", id: kimSigned.me.agent.id },
    });
    if (!moved.ok) throw new Error(JSON.stringify(moved.problem));
    await agent.until("refused");
    await kim.command({ type: "session.take", conversationId });
    const side = formSide(kim, conversationId, formId);
    const { view } = await side.join();
    expect(view.fields.find(({ field }) => field === "ask.reason")?.value).toBe("other");
    const { name } = kimSigned.me.agent as { id: string; name: string };
    await customer.until("people", ({ people }) =>
      people.some(({ who, name: read }) => who === "agent" && read !== undefined && name.startsWith(read)),
    );
    const step = await fetch(`${app.url}/api/v1/runs/${runId}/screen`, { headers: kimSigned.headers });
    expect(await step.json()).toMatchObject({ waitsFor: "form", formIds: [formId] });
    const heard = agent.says().length;
    customer.act({ act: "set", field: "ask.detail", value: "a boat", base: 0 });
    await side.until("field", ({ view: { field } }) => field === "ask.detail");
    expect(agent.says()).toHaveLength(heard);
    expect(await submit(customer.stream, conversationId, formId, { "ask.agreed": true })).toMatchObject({ ok: true });
    await expect.poll(async () => (await admin.run(runId)).run.node).toBe("show");
  });

  test("[C23] sent back with a remark, the customer corrects it and the last answers count", async () => {
    const { customer, agent, conversationId, formId } = await open();
    await customer.join();
    expect(await submit(customer.stream, conversationId, formId, GOOD)).toMatchObject({ ok: true });
    const back = await agent.stream.command({
      type: "form.send-back",
      conversationId,
      formId,
      text: "Which one?",
      fields: ["ask.reason"],
    });
    expect(back).toMatchObject({ ok: true });
    await changed(customer.stream, formId, "sent-back");
    const { view } = await customer.join();
    expect(view).toMatchObject({ revision: 2 });
    expect(view.fields.find(({ field }) => field === "ask.reason")?.value).toBe("vehicle");
    const stale = await submit(customer.stream, conversationId, formId, GOOD);
    expect(stale).toMatchObject({ ok: false, problem: { code: "form-closed" } });
    const again = await customer.stream.command({
      ...{ type: "form.submit", conversationId, formId, revision: 2 },
      values: { "ask.reason": "renovation" },
    });
    expect(again).toMatchObject({ ok: true });
  });

  test("[C23] [FN5] [FN6] sent back when the script has gone on, the corrected answers reach it: thanked for and kept on the case", async () => {
    const { customer, agent, conversationId, caseId, formId, runId } = await open();
    const shows = async () => (await admin.run(runId)).run.node;
    expect(await submit(customer.stream, conversationId, formId, GOOD)).toMatchObject({ ok: true });
    await expect.poll(shows).toBe("show");
    const back = { type: "form.send-back", conversationId, formId, text: "Which one?", fields: ["ask.reason"] };
    expect(await agent.stream.command(back)).toMatchObject({ ok: true });
    const values = { "ask.reason": "renovation" };
    const corrected = { type: "form.submit", conversationId, formId, revision: 2, values };
    expect(await customer.stream.command(corrected)).toMatchObject({ ok: true });
    const kept = async () => (await admin.request<{ values: object }>("GET", `/records/Case/${caseId}`)).values;
    await expect.poll(kept).toMatchObject({ useOfFunds: "renovation" });
    await expect.poll(shows).toBe("show");
    const { events } = await admin.request<{ events: { text?: string }[] }>(
      "GET",
      `/conversations/${conversationId}/events`,
    );
    const thanks = events.flatMap(({ text }) => (text?.startsWith("Thank you") ? [text] : []));
    expect(thanks.map((text) => /: (.*)\.$/.exec(text)?.[1])).toEqual(["To buy a vehicle", "To renovate"]);
    const { headers } = await signIn(app.url, "amara");
    const screen = await fetch(`${app.url}/api/v1/runs/${runId}/screen`, { headers });
    expect(JSON.stringify(await screen.json())).toContain("To renovate");
  });

  test("[C23] [FN7] a script that is over stays over: what is corrected is kept beside what was sent first", async () => {
    await admin.publish(asks("test.short", { form: "loan.useOfFunds.form", ask: { in: { firstName: "Ana" } } }));
    const served = await servedCase(app, "amara");
    const { customer, desk, conversationId } = served;
    const { formId, runId } = await pressButton(app, served, "test.short", { conversationId });
    expect(await submit(customer, conversationId, formId, GOOD)).toMatchObject({ ok: true });
    const ran = async () => (await admin.run(runId)).run;
    await expect.poll(async () => (await ran()).status).toBe("completed");
    const { steps } = await ran();
    const back = { type: "form.send-back", conversationId, formId, text: "Which one?", fields: [] };
    expect(await desk.command(back)).toMatchObject({ ok: true });
    const values = { "ask.reason": "renovation" };
    const corrected = { type: "form.submit", conversationId, formId, revision: 2, values };
    expect(await customer.command(corrected)).toMatchObject({ ok: true });
    const receipt = () => {
      const changes = customer
        .events(conversationId)
        .flatMap((event) => (event.type === "form.changed" ? [event] : []));
      return changes.findLast(({ how }) => how === "submitted")?.form.receipt;
    };
    await expect.poll(() => receipt()?.revision).toBe(2);
    expect(receipt()).toMatchObject({
      answers: expect.arrayContaining([expect.objectContaining({ text: "To renovate" })]),
    });
    expect(await ran()).toMatchObject({ status: "completed", steps });
    const database = await connect(app.place);
    onTestFinished(() => database.close());
    const sent = database.query.selectFrom("form_submissions").select("revision").where("form_id", "=", formId);
    expect((await sent.orderBy("revision").execute()).map(({ revision }) => revision)).toEqual([1, 2]);
  });

  test("[C23] a script that sends a form back hears of the corrected answers; those before are kept", async () => {
    await admin.publish(REVIEWS);
    const served = await servedCase(app, "amara");
    const { customer, conversationId } = served;
    const { formId, runId } = await pressButton(app, served, REVIEWING, { conversationId });
    expect(await submit(customer, conversationId, formId, GOOD)).toMatchObject({ ok: true });
    const back = await changed(customer, formId, "sent-back");
    expect(back.form.remark).toEqual({ text: "Which one?", fields: ["ask.reason"] });
    const values = { "ask.reason": "renovation" };
    const corrected = { type: "form.submit", conversationId, formId, revision: 2, values };
    expect(await customer.command(corrected)).toMatchObject({ ok: true });
    await expect.poll(async () => (await admin.run(runId)).run.status).toBe("completed");
    const words = customer.events(conversationId).flatMap((event) => ("text" in event ? [event.text] : []));
    expect(words.filter((text) => text?.startsWith("Noted"))).toEqual(["Noted: To renovate, after To buy a vehicle."]);
    const database = await connect(app.place);
    onTestFinished(() => database.close());
    const sent = database.query.selectFrom("form_submissions").select("revision").where("form_id", "=", formId);
    expect((await sent.orderBy("revision").execute()).map(({ revision }) => revision)).toEqual([1, 2]);
  });
});
