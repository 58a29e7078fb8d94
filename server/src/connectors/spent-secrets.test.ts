import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/database.ts";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { changed, pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { json, openOtherSystem } from "../testing/other-system.ts";
import { startTestApp } from "../testing/test-app.ts";

const PIN_FORM = {
  ...{ $schema: "flow/1", key: "test.pin", kind: "screen", audience: "customer", title: "A PIN", start: "ask" },
  outputs: { pin: { type: "text?", privacy: "secret" } },
  nodes: {
    ask: {
      type: "screen",
      title: "Your PIN",
      components: [{ id: "pin", kind: "secret", label: "PIN", required: true }],
      next: "done",
    },
    done: { type: "end", out: { pin: "=ask.pin" } },
  },
} as unknown as Flow;
/** Asks for the PIN and hands it to another system, twice. */
const ASKS = {
  ...{ $schema: "flow/1", key: "test.asksPin", kind: "screen", audience: "agent", title: "Ask", start: "ask" },
  trigger: { on: "agent.button", where: ["session"], label: "Ask" },
  inputs: { conversationId: { type: "text", required: true } },
  vars: { answer: { type: "map?" } },
  nodes: {
    ask: {
      ...{ type: "cowork.form", flow: "test.pin", conversation: "=conversationId", into: "answer", next: "check" },
      ...{ cancelled: "end", expired: "end" },
    },
    check: {
      type: "http.call",
      connector: "bank",
      method: "POST",
      path: "/check",
      body: { pin: "=answer.pin" },
      next: "again",
    },
    again: {
      type: "http.call",
      connector: "bank",
      method: "POST",
      path: "/again",
      body: { pin: "=answer.pin" },
      next: "end",
    },
    end: { type: "end" },
  },
} as unknown as Flow;

describe.each(ENGINES)("what a customer gave in confidence, on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let other: Awaited<ReturnType<typeof openOtherSystem>>;
  let database: Database;
  beforeAll(async () => {
    [app, other] = await Promise.all([startTestApp({ engine }), openOtherSystem()]);
    database = await connect(app.place);
  });
  afterAll(async () => {
    await database.close();
    await app.close();
    await other.close();
  });

  test("[FD18] it is kept while the call it is for fails, and wiped with the call's answer: no second call has it", async () => {
    const admin = await flowAdmin(app.url);
    const settings = { baseUrl: other.url, methods: ["POST"], hosts: [], headers: {}, privateAddresses: true };
    const rest = { idempotent: false, breakAfter: 50, restMs: 60_000 };
    await admin.request("PUT", "/connectors/bank", { settings: { ...settings, ...rest }, secrets: {}, revision: 0 });
    await admin.publish(PIN_FORM);
    await admin.publish(ASKS);
    const kept = async () => (await database.query.selectFrom("form_secrets").select("id").execute()).length;
    const served = await servedCase(app);
    const { conversationId, customer } = served;
    const { formId, runId } = await pressButton(app, served, ASKS.key, { conversationId });
    other.system.answer = json(500, {});
    expect(await submit(customer, conversationId, formId, { "ask.pin": "4711-secret" })).toMatchObject({ ok: true });
    await changed(customer, formId, "submitted");
    const run = async () => (await admin.run(runId)).run;
    await expect.poll(run, { timeout: 12_000 }).toMatchObject({ status: "faulted", node: "check" });
    expect(await kept()).toBe(1);

    other.system.answer = json(200, {});
    await admin.request("POST", `/runs/${runId}/retry`);
    await expect
      .poll(run, { timeout: 12_000 })
      .toMatchObject({ status: "faulted", node: "again", fault: { code: "validation" } });
    expect(other.received.map(({ url, body }) => [url, body])).toEqual([
      ["/check", { pin: "4711-secret" }],
      ["/check", { pin: "4711-secret" }],
    ]);
    expect(await kept()).toBe(0);
  });
});
