import type { FieldView } from "@clew/contract/flows/form-live";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../database/connect.ts";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { asks, formOf } from "../testing/form-flows.ts";
import { changed, type FormSide, formSide, pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { openOtherSystem } from "../testing/other-system.ts";
import { startTestApp, TestStream } from "../testing/test-app.ts";

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
const CAPTURE = {
  vars: { answer: { type: "map?", privacy: "secret" } },
  ask: { into: "answer", next: "capture" },
  nodes: {
    capture: {
      ...{ type: "http.call", connector: "bank", method: "POST", path: "/captures", next: "end" },
      body: { token: "=answer.fee.token", amount: "=answer.fee.amount.amount", reference: "=answer.fee.reference" },
    },
  },
};
const FLOW = asks("test.asksToPay", { form: "test.pays", ...CAPTURE });
/** Which class, then the payment (of nothing in the third), then a page that says what was paid. */
const PAGES = {
  ...FORM,
  key: "test.paysFirst",
  outputs: { fee: { type: "map?", privacy: "secret" } },
  start: "choose",
  nodes: {
    choose: {
      ...{ type: "screen", title: "Class", next: "ask" },
      components: [{ id: "class", kind: "number", label: "Class", required: true }],
    },
    ask: {
      ...{ type: "screen", title: "Fee", next: "last" },
      components: [
        {
          ...{ id: "fee", kind: "payment", label: "Fee", connector: "bank" },
          ...{ required: "=choose.class < 3" },
          amount:
            '=choose.class == 1 ? money("30.00", "EUR") : choose.class == 2 ? money("10.00", "EUR") : money("0.00", "EUR")',
        },
      ],
    },
    last: {
      ...{ type: "screen", title: "Thanks", next: "done" },
      components: [
        { kind: "display", text: "{{ask.fee.amount}}" },
        { id: "note", kind: "text", label: "Note" },
      ],
    },
    done: { type: "end", out: { fee: "=ask.fee" } },
  },
} as unknown as typeof FORM;
const PAGES_FLOW = asks("test.asksToPayFirst", { form: PAGES.key, ...CAPTURE });

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
    await admin.publish(PAGES);
    await admin.publish(PAGES_FLOW);
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
  async function open({ key } = FLOW) {
    const served = await servedCase(app);
    const { conversationId, customer, desk } = served;
    const { formId, runId } = await pressButton(app, served, key, { conversationId });
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
    for (const value of [TOKEN, { token: TOKEN }, { amount: EUROS }, { token: "two words", amount: EUROS }]) {
      const refused = mine.act({ act: "set", field: "ask.fee", value, base: 0 });
      expect((await mine.until("reject", ({ op }) => op === refused)).code).toBe("invalid");
    }
    mine.act({ act: "set", field: "ask.dear", value: true, base: 0 });
    mine.act({ act: "set", field: "ask.fee", value: { token: TOKEN, amount: EUROS }, base: 0 });
    const paid = { amount: EUROS, due: EUROS };
    for (const side of [mine, theirs]) {
      const { view } = await side.until("field", ({ view }) => view.field === "ask.fee" && view.status === "valid");
      expect(view.value).toEqual(paid);
    }

    expect(await send({})).toMatchObject({ ok: true });
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
    const told = [
      [{ status: "invalid" }, "invalid"],
      [{ value: cheap }, "valid"],
      [{ value: null, status: "valid" }, "empty"],
    ] as const;
    for (const [how, status] of told) {
      const from = theirs.stream.messages.length;
      mine.act({ act: "set", field: "ask.fee", base: 0, ...how });
      await theirs.until("field", ({ view }) => view.field === "ask.fee" && view.status === status, from);
    }
    expect(await send({ "ask.fee": cheap, "ask.dear": false })).toMatchObject({ ok: true });
  });

  /** One's own form in another window, or on another device. */
  async function another({ identity, conversationId, topic, formId }: Awaited<ReturnType<typeof open>>) {
    const stream = await TestStream.open(app.url, { token: identity.accessToken });
    stream.send({ type: "subscribe", topic });
    await stream.until(({ type }) => type === "live");
    const side = formSide(stream, conversationId, formId);
    return { ...side, first: await side.join() };
  }
  const fill = (side: FormSide, field: string, value: unknown) => side.act({ act: "set", field, value, base: 0 });
  async function turn(side: FormSide, to: "next" | "back") {
    const op = side.act({ act: "page", to });
    await side.until("ack", (said) => said.op === op);
  }
  const feeIn = (side: FormSide, fits: (view: FieldView) => boolean, from = 0) =>
    side.until("field", ({ view }) => view.field === "ask.fee" && fits(view), from);

  test("[FM3] what was paid is known in other windows and after a return, on every page, and is sent from any of them", async () => {
    const opened = await open(PAGES_FLOW);
    const { customer, desk, conversationId, formId, mine, theirs } = opened;
    await mine.join();
    await theirs.join();
    const beside = await another(opened);
    fill(mine, "choose.class", 1);
    await turn(mine, "next");
    const unpaid = mine.act({ act: "page", to: "next" });
    const { problems } = await mine.until("reject", ({ op }) => op === unpaid);
    expect(Object.keys(problems ?? {})).toEqual(["ask.fee"]);
    fill(mine, "ask.fee", { token: TOKEN, amount: EUROS });
    await feeIn(beside, ({ status, value }) => status === "valid" && value !== undefined);
    await turn(beside, "next");

    const later = await another(opened);
    const { page, fields } = later.first.view;
    expect(page).toMatchObject({ node: "last", last: true, scope: { ask: { fee: { amount: EUROS } } } });
    const known = fields.find(({ field }) => field === "ask.fee");
    expect(known).toMatchObject({ status: "valid", value: { amount: EUROS, due: EUROS } });
    const drafts = async () => {
      const database = await connect(app.place);
      try {
        return await database.query.selectFrom("form_fields").selectAll().where("form_id", "=", formId).execute();
      } finally {
        await database.close();
      }
    };
    expect((await drafts()).map(({ field }) => field)).toContain("ask.fee");
    expect(JSON.stringify(await drafts())).not.toContain(TOKEN);

    expect(await submit(later.stream, conversationId, formId, {})).toMatchObject({ ok: true });
    await changed(customer, formId, "submitted");
    const reference = `${formId}.ask.fee`;
    const captured = () =>
      other.received.flatMap(({ body }) => (JSON.stringify(body).includes(reference) ? [body] : []));
    await expect.poll(captured).toEqual([{ token: TOKEN, amount: "30.00", reference }]);
    expect((await drafts()).map(({ field }) => field)).not.toContain("ask.fee");
    const seen = JSON.stringify([desk.messages, mine, beside, later].map((one) => ("says" in one ? one.says() : one)));
    expect(seen).not.toContain(TOKEN);
  });

  test("[FM2] the amount changes after it was paid: what was paid and what is due is told, and nothing is lost on the way back", async () => {
    const opened = await open(PAGES_FLOW);
    const { customer, conversationId, formId, mine, theirs } = opened;
    await mine.join();
    await theirs.join();
    fill(mine, "choose.class", 2);
    await turn(mine, "next");
    const cheap = { amount: "10.00", currency: "EUR" };
    fill(mine, "ask.fee", { token: TOKEN, amount: cheap });
    await feeIn(theirs, ({ status }) => status === "valid");
    await turn(mine, "next");
    /** Another class, and what the agent is told of the fee then. */
    const as = async (wanted: number) => {
      await turn(mine, "back");
      await turn(mine, "back");
      fill(mine, "choose.class", wanted);
      const from = theirs.stream.messages.length;
      await turn(mine, "next");
      const { view } = await theirs.until("view", ({ view }) => view.page?.node === "ask", from);
      return view.fields.find(({ field }) => field === "ask.fee");
    };

    const dear = await as(1);
    expect(dear).toMatchObject({ status: "invalid", value: { amount: cheap, due: EUROS } });
    expect(dear?.problem).toBe(
      "€10.00 was paid before the amount changed. Please pay again: only the new amount is collected.",
    );
    const refused = mine.act({ act: "page", to: "next" });
    await mine.until("reject", ({ op }) => op === refused);
    expect(await as(2)).toMatchObject({ status: "valid", value: { amount: cheap, due: cheap } });

    // Nothing is due in the third class: nobody is asked to pay, and the token goes nowhere.
    expect(await as(3)).toMatchObject({ status: "empty", value: { amount: cheap, due: null } });
    await turn(mine, "next");
    expect(await submit(customer, conversationId, formId, {})).toMatchObject({ ok: true });
    const { form } = await changed(customer, formId, "submitted");
    expect(form.receipt?.answers.map(({ field }) => field)).toEqual(["choose.class"]);
    expect(JSON.stringify(other.received)).not.toContain(formId);
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
