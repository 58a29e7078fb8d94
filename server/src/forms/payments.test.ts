import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../database/connect.ts";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { asks, formOf } from "../testing/form-flows.ts";
import { changed, formSide, pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { openOtherSystem } from "../testing/other-system.ts";
import { startTestApp } from "../testing/test-app.ts";

const PAGE = "https://pay.example/frame";
const TOKEN = "tok_never_to_be_read_4711";
const EUROS = { amount: "30.00", currency: "EUR" };
/** Thirty euros in the first class, ten otherwise. */
const FORM = formOf("test.pays", {
  components: [
    { id: "dear", kind: "boolean", label: "First class?" },
    {
      ...{ id: "fee", kind: "payment", label: "Fee", connector: "bank", required: true },
      amount: '=dear == true ? money("30.00", "EUR") : money("10.00", "EUR")',
    },
  ],
  outputs: {
    fee: { type: "map", privacy: "secret" },
  },
});
const FLOW = asks("test.asksToPay", {
  form: "test.pays",
  vars: { answer: { type: "map?", privacy: "secret" } },
  ask: { into: "answer", next: "capture" },
  nodes: {
    capture: {
      ...{ type: "http.call", connector: "bank", method: "POST", path: "/captures", next: "end" },
      body: { token: "=answer.fee.token", amount: "=answer.fee.amount.amount", reference: "=answer.fee.reference" },
    },
  },
});

describe.each(ENGINES)("payments in forms, on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let other: Awaited<ReturnType<typeof openOtherSystem>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  beforeAll(async () => {
    [app, other] = await Promise.all([startTestApp({ engine }), openOtherSystem()]);
    admin = await flowAdmin(app.url);
    await connector("bank", { baseUrl: other.url, paymentPage: PAGE });
    await admin.publish(FORM);
    await admin.publish(FLOW);
  });
  afterAll(async () => {
    await app.close();
    await other.close();
  });

  const connector = (name: string, change: object) => {
    const settings = {
      baseUrl: "https://bank.example",
      methods: ["POST"],
      hosts: [],
      headers: {},
      privateAddresses: true,
    };
    const rest = { idempotent: false, breakAfter: 50, restMs: 60_000 };
    return admin.request("PUT", `/connectors/${name}`, {
      settings: { ...settings, ...rest, ...change },
      secrets: {},
      revision: 0,
    });
  };
  async function open() {
    const served = await servedCase(app);
    const { conversationId, customer, desk } = served;
    const { formId, runId } = await pressButton(app, served, FLOW.key, { conversationId });
    const mine = formSide(customer, conversationId, formId);
    const theirs = formSide(desk, conversationId, formId);
    const send = (values: object) => submit(customer, conversationId, formId, { "ask.dear": true, ...values });
    return { ...served, formId, runId, mine, theirs, send };
  }

  test("[PY4] [PY5] the flow's call has the token, and nobody else ever does", async () => {
    const { customer, desk, formId, runId, mine, theirs, send } = await open();
    const view = await mine.join();
    expect(view.view.page?.payments).toEqual({ bank: PAGE });
    expect((await theirs.join()).view.page?.payments).toBeUndefined();
    const refused = mine.act({ act: "set", field: "ask.fee", value: { token: TOKEN, amount: EUROS }, base: 0 });
    expect((await mine.until("reject", ({ op }) => op === refused)).code).toBe("invalid");
    mine.act({ act: "set", field: "ask.fee", status: "valid", base: 0 });
    expect(
      (await theirs.until("field", ({ view: { field, status } }) => field === "ask.fee" && status === "valid")).view,
    ).not.toHaveProperty("value");

    expect(await send({ "ask.fee": { token: TOKEN, amount: EUROS } })).toMatchObject({ ok: true });
    const { form } = await changed(customer, formId, "submitted");
    expect(form.receipt?.answers).toContainEqual({ field: "ask.fee", label: "Fee", text: "€30.00 ✓", privacy: "open" });
    await expect
      .poll(() => other.received.map(({ url, body }) => [url, body]))
      .toEqual([["/captures", { token: TOKEN, amount: "30.00", reference: `${formId}.ask.fee` }]]);
    await expect.poll(async () => (await admin.run(runId)).run.status).toBe("completed");
    const seen = JSON.stringify([await admin.run(runId), desk.messages, theirs.says(), customer.messages]);
    expect(seen).not.toContain(TOKEN);
    const database = await connect(app.place);
    try {
      expect(await database.query.selectFrom("form_secrets").select("id").execute()).toEqual([]);
    } finally {
      await database.close();
    }
  });

  test("[PY3] [PY6] another amount than what is due is not taken, and the agent sees how it went", async () => {
    const { mine, theirs, send } = await open();
    await mine.join();
    await theirs.join();
    const cheap = { token: TOKEN, amount: { amount: "10.00", currency: "EUR" } };
    expect(await send({ "ask.fee": cheap })).toMatchObject({
      ok: false,
      problem: { code: "invalid", fields: { "ask.fee": expect.stringContaining("pay again") } },
    });
    expect(await send({})).toMatchObject({ ok: false, problem: { code: "invalid" } });
    for (const status of ["invalid", "valid", "empty"] as const) {
      mine.act({ act: "set", field: "ask.fee", status, base: 0 });
      await theirs.until("field", ({ view }) => view.field === "ask.fee" && view.status === status);
    }
    expect(await send({ "ask.fee": cheap, "ask.dear": false })).toMatchObject({ ok: true });
  });

  test("[PY9] pages with a chat may frame the payment pages there are, others may not", async () => {
    const policy = async (path: string) => {
      const { headers } = await fetch(`${app.url}${path}`);
      return /frame-src ([^;]*)/.exec(headers.get("content-security-policy") ?? "")?.[1];
    };
    expect(await policy("/")).toBe("'self' https://pay.example");
    expect(await policy("/chat?channel=0190a000-0000-7000-8000-000000000001")).toBe("'self' https://pay.example");
    expect(await policy("/console/")).toBe("'self'");
  });

  test("[PY10] a payment page is a safe address", async () => {
    const refused = async (paymentPage: string) =>
      expect(connector("unsafe", { paymentPage })).rejects.toThrow(/^(400|422) /);
    await refused("http://pay.example/frame");
    await refused("javascript:alert(1)");
    await refused("https://ann:pass@pay.example/frame");
    await refused("https://pay.example/frame#here");
    await refused("https://pay example");
    await refused("https://pay.example;script-src");
    await connector("local", { paymentPage: "http://localhost:4999/frame" });
    await admin.request("DELETE", "/connectors/local");
  });
});
