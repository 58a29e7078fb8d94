import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { asks, button, formOf } from "../testing/form-flows.ts";
import { changed, formSide, pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { startTestApp } from "../testing/test-app.ts";

/** What a customer may as well say on the phone. */
const FORM = formOf("test.dictated", {
  components: [
    { id: "wish", kind: "text", label: "Wish", required: true, edit: "both" },
    { id: "note", kind: "text", label: "Note" },
  ],
  outputs: { wish: { type: "text" } },
});
/** A secret beside what both may say. */
const CODE = formOf("test.code", {
  components: [
    { id: "wish", kind: "text", label: "Wish", edit: "both" },
    { id: "note", kind: "text", label: "Note" },
    { id: "code", kind: "secret", label: "Code", required: true },
  ],
});
const script = (key: string, ask: object) => asks(key, { form: FORM.key, ask });

describe.each(ENGINES)("the agent's part in a form, on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
    await admin.publish(FORM);
  });
  afterAll(() => app.close());

  async function open(key: string, ask: object) {
    await admin.publish(script(key, ask));
    const served = await servedCase(app);
    const { conversationId } = served;
    const { formId, runId } = await pressButton(app, served, key, { conversationId });
    const customer = formSide(served.customer, conversationId, formId);
    const agent = formSide(served.desk, conversationId, formId);
    return { conversationId, formId, runId, customer, agent };
  }

  test("[FN11] who serves withdraws what was suggested, their own and the script's, and takes nothing over themselves", async () => {
    const act = {
      type: "cowork.act",
      handle: "form",
      action: { do: "suggest", field: "note", value: "From the script" },
    };
    const nodes = {
      open: { type: "cowork.open", flow: FORM.key, conversation: "=conversationId", handle: "form", next: "act" },
      act: { ...act, next: "wait", closed: "end" },
      wait: { type: "cowork.await", handles: "form", next: "end", cancelled: "end", expired: "end" },
      end: { type: "end" },
    };
    await admin.publish(button("test.suggests", nodes, { vars: { form: { type: "map?" } } }));
    const served = await servedCase(app);
    const { conversationId } = served;
    const { formId } = await pressButton(app, served, "test.suggests", { conversationId });
    const customer = formSide(served.customer, conversationId, formId);
    const agent = formSide(served.desk, conversationId, formId);
    await customer.join();
    await agent.join();
    const field = "ask.note";
    const gone = async (from: number) => customer.until("suggestion-gone", (said) => said.field === field, from);
    await expect
      .poll(async () => (await customer.join()).view.suggestions.map(({ value }) => value))
      .toEqual(["From the script"]);
    const taking = agent.act({ act: "answer-suggestion", field, accept: true });
    expect((await agent.until("reject", ({ op }) => op === taking)).code).toBe("not-yours");
    let from = served.customer.messages.length;
    agent.act({ act: "answer-suggestion", field, accept: false });
    await gone(from);
    from = served.customer.messages.length;
    agent.act({ act: "suggest", field, value: "Mine" });
    await customer.until("suggestion", ({ suggestion: { value } }) => value === "Mine", from);
    agent.act({ act: "answer-suggestion", field, accept: false });
    await gone(from);
    const { view } = await customer.join();
    expect(view.suggestions).toEqual([]);
    expect(view.fields.find((one) => one.field === field)).toMatchObject({ status: "empty" });
  });

  test("[AX6] where the flow says so the agent sends for a customer who dictates, and the receipt says who did; elsewhere never", async () => {
    const { customer, agent, conversationId, formId, runId } = await open("test.dictates", { submitBy: "agent" });
    const { view } = await agent.join();
    expect(view.submitBy).toBe("agent");
    await customer.join();
    const early = await submit(agent.stream, conversationId, formId, {});
    expect(early).toMatchObject({
      ok: false,
      problem: { code: "invalid", fields: { "ask.wish": expect.any(String) } },
    });
    agent.act({ act: "set", field: "ask.wish", value: "A red bicycle", base: 0 });
    const told = await customer.until(
      "field",
      ({ view: { field, value } }) => field === "ask.wish" && value !== undefined,
    );
    expect(told.view).toMatchObject({ value: "A red bicycle", by: "agent" });
    const theirs = agent.act({ act: "set", field: "ask.note", value: "Mine", base: 0 });
    await agent.until("ack", ({ op }) => op === theirs);
    expect((await customer.until("suggestion")).suggestion).toMatchObject({ field: "ask.note", value: "Mine" });
    expect(await submit(agent.stream, conversationId, formId, {})).toMatchObject({ ok: true });
    const { form, by } = await changed(customer.stream, formId, "submitted");
    expect([by.who, form.receipt?.by]).toEqual(["agent", "agent"]);
    expect(form.receipt?.answers.map(({ text }) => text)).toEqual(["A red bicycle"]);
    await expect.poll(async () => (await admin.run(runId)).run.status).toBe("completed");

    const other = await open("test.asksOnly", {});
    await other.agent.join();
    other.agent.act({ act: "set", field: "ask.wish", value: "A red bicycle", base: 0 });
    expect(await submit(other.agent.stream, other.conversationId, other.formId, {})).toMatchObject({
      ok: false,
      problem: { code: "forbidden" },
    });
    const consents = asks("test.consents", {
      form: "loan.useOfFunds.form",
      ask: { in: { firstName: "Ana" }, submitBy: "agent" },
    });
    await expect(admin.publish(consents)).rejects.toThrow("/nodes/ask/submitBy");
  });

  test("[C19] where the agent may send, what is not theirs to fill in does not go with it", async () => {
    await admin.publish(CODE);
    await admin.publish(asks("test.asksCode", { form: CODE.key, ask: { submitBy: "agent" } }));
    const served = await servedCase(app);
    const { conversationId, customer, desk } = served;
    const { formId } = await pressButton(app, served, "test.asksCode", { conversationId });
    for (const values of [{ "ask.code": "1234" }, { "ask.note": "Mine" }, { "ask.nothing": 1 }])
      expect(await submit(desk, conversationId, formId, values)).toMatchObject({
        ok: false,
        problem: { code: "forbidden" },
      });
    expect(await submit(desk, conversationId, formId, { "ask.wish": "A bicycle" })).toMatchObject({
      ok: false,
      problem: { code: "invalid", fields: { "ask.code": expect.any(String) } },
    });
    expect(await submit(customer, conversationId, formId, { "ask.code": "1234" })).toMatchObject({ ok: true });
  });

  test("[AX7] where the flow shows states only the agent reads no value, and where it shows nothing no field", async () => {
    for (const live of ["status", "none"] as const) {
      const { customer, agent } = await open(`test.shows${live}`, { live });
      await customer.join();
      await agent.join();
      const op = customer.act({ act: "set", field: "ask.wish", value: "geranium", base: 0 });
      await customer.until("ack", (said) => said.op === op);
      const seen = await agent.join();
      const fields = seen.view.fields.map(({ field, status }) => [field, status]);
      expect(fields).toEqual(live === "none" ? [] : expect.arrayContaining([["ask.wish", "valid"]]));
      expect(JSON.stringify(agent.says())).not.toContain("geranium");
      expect((await customer.join()).view.fields.find(({ field }) => field === "ask.wish")?.value).toBe("geranium");
    }
  });
});
