import type { AuditEntry } from "@clew/contract/agents";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/database.ts";
import { ENGINES } from "../testing/configuration.ts";
import { everythingIn } from "../testing/everything-in.ts";
import { flowAdmin } from "../testing/flows.ts";
import { asks, formOf } from "../testing/form-flows.ts";
import { changed, pressButton, type Served, servedCase, submit } from "../testing/form-stage.ts";
import { json, openOtherSystem } from "../testing/other-system.ts";
import { signIn, startTestApp } from "../testing/test-app.ts";

const PIN = "4711-hush-4711";
const WHY = "The bank asks for it on the phone";
const FORM = formOf("test.confided", {
  components: [
    { id: "word", kind: "text", label: "A word for all" },
    { id: "pin", kind: "secret", label: "PIN", required: true },
  ],
  outputs: { pin: { type: "text?", privacy: "secret" } },
});
/** Hands the PIN to another system, once an operator has seen to it that it answers. */
const SCRIPT = asks("test.confides", {
  form: FORM.key,
  vars: { answer: { type: "map?" } },
  ask: { into: "answer", next: "check" },
  nodes: {
    check: {
      ...{ type: "http.call", connector: "vault", method: "POST", path: "/check" },
      ...{ body: { pin: "=answer.pin" }, next: "end" },
    },
  },
});

describe.each(ENGINES)("a secret answer that somebody has to read, on %s", (engine) => {
  const logs: string[] = [];
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let other: Awaited<ReturnType<typeof openOtherSystem>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  let database: Database;
  let above: Record<string, string>;
  beforeAll(async () => {
    [app, other] = await Promise.all([startTestApp({ engine, logs }), openOtherSystem()]);
    [admin, database] = await Promise.all([flowAdmin(app.url), connect(app.place)]);
    above = (await signIn(app.url, "supervisor")).headers;
    const settings = { baseUrl: other.url, methods: ["POST"], hosts: [], headers: {}, privateAddresses: true };
    const rest = { idempotent: false, breakAfter: 50, restMs: 60_000 };
    await admin.request("PUT", "/connectors/vault", { settings: { ...settings, ...rest }, secrets: {}, revision: 0 });
    await admin.publish(FORM);
    await admin.publish(SCRIPT);
  });
  afterAll(async () => {
    await database.close();
    await app.close();
    await other.close();
  });

  /** The customer has sent the form; the system that the PIN is for has failed. */
  async function sent() {
    const served = await servedCase(app);
    const { customer, conversationId } = served;
    const pressed = await pressButton(app, served, SCRIPT.key, { conversationId });
    other.system.answer = json(500, {});
    expect(await submit(customer, conversationId, pressed.formId, { "ask.pin": PIN })).toMatchObject({ ok: true });
    await changed(served.desk, pressed.formId, "submitted");
    await expect.poll(async () => (await admin.run(pressed.runId)).run.status, { timeout: 12_000 }).toBe("faulted");
    return { ...served, ...pressed };
  }
  type Sent = Awaited<ReturnType<typeof sent>>;

  async function open(
    { conversationId, formId }: Pick<Sent, "conversationId" | "formId">,
    headers: Record<string, string>,
    body: Record<string, unknown> = { field: "ask.pin", reason: WHY },
  ) {
    const response = await fetch(`${app.url}/api/v1/conversations/${conversationId}/forms/${formId}/secrets`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { value?: string; code?: string; detail?: string; field?: string };
    return { status: response.status, cache: response.headers.get("cache-control"), json: answer };
  }
  const audit = async (formId: string) =>
    (await admin.request<{ items: AuditEntry[] }>("GET", "/audit")).items.filter(({ nounId }) => nounId === formId);

  /** Where the PIN is found, of all places where somebody might look for it. */
  async function found({ desk, customer, person, identity, conversationId }: Served, runId: string) {
    const read = async (path: string, headers: Record<string, string>) =>
      (await fetch(`${app.url}/api/v1${path}`, { headers })).text();
    const conversation = `/conversations/${conversationId}`;
    const places = {
      "the wires": JSON.stringify([desk.messages, customer.messages]),
      "the store": await everythingIn(database),
      "the log": logs.join(""),
      "the run": await read(`/runs/${runId}`, admin.headers),
      "the transcript of staff": await read(`${conversation}/transcript`, person.headers),
      "the transcript of the customer": await read(`${conversation}/transcript`, {
        authorization: `Bearer ${identity.accessToken}`,
      }),
      "the timeline and its export": await read(`${conversation}/events`, admin.headers),
      "the conversation": await read(conversation, admin.headers),
      "the audit": await read("/audit", admin.headers),
    };
    return Object.entries(places).flatMap(([place, text]) => (text.includes(PIN) ? [place] : []));
  }

  test("[SE1] [C16] with a reason a supervisor reads it; the audit says who, what and why, and it is nowhere else", async () => {
    const one = await sent();
    const { status, cache, json: answer } = await open(one, above);
    expect(status).toBe(200);
    expect(cache).toBe("no-store");
    expect(answer).toEqual({ value: PIN, keptUntil: expect.any(Number) });
    const { me } = await signIn(app.url, "supervisor");
    expect(await audit(one.formId)).toMatchObject([
      {
        agentId: me.agent.id,
        action: "open-secret",
        noun: "form",
        change: { name: FORM.key, field: "ask.pin", reason: WHY, conversationId: one.conversationId },
      },
    ]);
    expect(await found(one, one.runId)).toEqual([]);
    // It is still there for the call that it was given for.
    other.received.length = 0;
    other.system.answer = json(200, {});
    await admin.request("POST", `/runs/${one.runId}/retry`);
    await expect.poll(() => other.received.map(({ body }) => body), { timeout: 12_000 }).toEqual([{ pin: PIN }]);
    await expect.poll(async () => (await open(one, above)).status, { timeout: 12_000 }).toBe(404);
    const noted = (await audit(one.formId)).length;
    expect((await open(one, above)).json).toMatchObject({ code: "not-found", detail: expect.stringMatching(/used/) });
    expect(await audit(one.formId)).toHaveLength(noted);
  });

  test("[SE2] everybody else is refused with the reason, and nothing is noted as opened", async () => {
    const one = await sent();
    const elsewhere = await sent();
    const agent = await open(one, one.person.headers);
    expect(agent.json).toMatchObject({ code: "forbidden", detail: "This takes the role supervisor." });
    const customer = await open(one, { authorization: `Bearer ${one.identity.accessToken}` });
    expect(customer.json).toMatchObject({ code: "forbidden", detail: "Customers cannot do this." });
    const made = await admin.post<{ secret: string }>("/api-keys", {
      name: "Reads",
      scopes: ["conversations:read", "configuration:write"],
    });
    const key = await open(one, { authorization: `Bearer ${made.secret}` });
    expect(key.json).toMatchObject({ code: "forbidden", detail: "API keys cannot do this." });
    for (const reason of [undefined, "", "   "])
      expect((await open(one, above, { field: "ask.pin", reason })).json.code).toBe("invalid");
    for (const field of ["ask.word", "ask.nothing", "pin"])
      expect((await open(one, above, { field, reason: WHY })).json).toMatchObject({ code: "invalid", field: "/field" });
    expect(await audit(one.formId)).toEqual([]);
    const crossed = await open({ conversationId: one.conversationId, formId: elsewhere.formId }, above);
    expect(crossed.json.code).toBe("forbidden");
    expect(await audit(elsewhere.formId)).toMatchObject([{ action: "refused", noun: "form" }]);
  });

  test("[SE3] after a day there is nothing to open", async () => {
    const one = await sent();
    app.skip(86_400_000);
    const { headers } = await signIn(app.url, "supervisor");
    expect((await open(one, headers)).json).toMatchObject({
      code: "not-found",
      detail: expect.stringMatching(/a day has passed/),
    });
    const { headers: reads } = await signIn(app.url, "admin");
    const response = await fetch(`${app.url}/api/v1/audit`, { headers: reads });
    const { items } = (await response.json()) as { items: AuditEntry[] };
    expect(items.filter(({ nounId }) => nounId === one.formId)).toEqual([]);
  });
});
