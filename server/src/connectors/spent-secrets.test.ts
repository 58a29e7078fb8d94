import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/database.ts";
import { ENGINES } from "../testing/configuration.ts";
import { flowAdmin } from "../testing/flows.ts";
import { asks, pinForm } from "../testing/form-flows.ts";
import { changed, pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { json, openOtherSystem } from "../testing/other-system.ts";
import { startTestApp } from "../testing/test-app.ts";

const check = (path: string, next: string) => ({
  ...{ type: "http.call", connector: "bank", method: "POST" },
  ...{ path, body: { pin: "=answer.pin" }, next },
});
/** Asks for the PIN and hands it to another system, twice. */
const ASKS = asks("test.asksPin", {
  form: "test.pin",
  vars: { answer: { type: "map?" } },
  ask: { into: "answer", next: "check" },
  nodes: { check: check("/check", "again"), again: check("/again", "end") },
});

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
    await admin.publish(pinForm("test.pin"));
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
