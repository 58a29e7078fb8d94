import type { Flow } from "@clew/contract/flows/definition";
import type { RunPage } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/database.ts";
import { seal } from "../identity/sealed.ts";
import { ENGINES } from "../testing/configuration.ts";
import { everythingIn, sealingKeyIn } from "../testing/everything-in.ts";
import { flowAdmin } from "../testing/flows.ts";
import { changed, pressButton, servedCase, submit } from "../testing/form-stage.ts";
import { newId, startTestApp } from "../testing/test-app.ts";

const LOAN = "loan.useOfFunds.agent";
const IBAN = "DE89370400440532013000";
const CONTACT = "Ana of the gardens";
/** What the customer told, to people, to a form, to a flow. */
const TOLD = ["the secret garden", "a red bicycle", IBAN, CONTACT, "A loan for Ana"];

/** Begins with each message of a customer, tells others of it and waits for an answer that never comes. */
const REMEMBERS = {
  $schema: "flow/1",
  key: "test.remembers",
  kind: "background",
  trigger: { on: "message.received" },
  inputs: { message: { type: "map" } },
  vars: { words: { type: "text?" } },
  settings: { trace: "values", concurrency: "parallel" },
  start: "keep",
  nodes: {
    keep: { type: "assign", set: [{ var: "words", value: "=text(message.text)" }], next: "tell" },
    tell: { type: "event.emit", event: "test.noted", key: "{{words}}", data: { words: "=words" }, next: "wait" },
    wait: {
      type: "wait",
      any: [
        { event: "test.never", key: "{{words}}", next: "done" },
        { after: "P1D", next: "done" },
      ],
    },
    done: { type: "end" },
  },
} as unknown as Flow;

describe.each(ENGINES)("flows of a customer who is erased, on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  let database: Database;
  let key: Uint8Array;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    [admin, database, key] = await Promise.all([flowAdmin(app.url), connect(app.place), sealingKeyIn(app.folder)]);
    await admin.publish(REMEMBERS);
  });
  afterAll(async () => {
    await database.close();
    await app.close();
  });

  const found = async (words: readonly string[]) => {
    const text = await everythingIn(database, key);
    return words.filter((word) => text.includes(word));
  };
  const record = <T extends object>(object: string, id: string) => admin.request<T>("GET", `/records/${object}/${id}`);
  async function contact(name: string): Promise<string> {
    const id = newId();
    await admin.post("/records/Contact", { id, values: { name } });
    return id;
  }

  test("[FD10] [FD11] of runs, events and cases nothing is left that was told; a run at work is over and says why", async () => {
    const served = await servedCase(app);
    const { customer, conversationId, caseId, identity } = served;
    const [own, shared] = [await contact(CONTACT), await contact("Carla of the bank")];
    const known = await record<{ version: number }>("Case", caseId);
    const values = { subject: "A loan for Ana", contactId: own };
    await admin.request("PUT", `/records/Case/${caseId}`, { values, version: known.version });
    await admin.post("/records/Case", {
      id: newId(),
      conversationId,
      values: { subject: "Second", contactId: shared },
    });
    await admin.post("/records/Case", { id: newId(), values: { subject: "Of others", contactId: shared } });

    const sent = await pressButton(app, served, LOAN);
    const answers = { "ask.reason": "other", "ask.detail": "a red bicycle", "ask.iban": IBAN, "ask.agreed": true };
    expect(await submit(customer, conversationId, sent.formId, answers)).toMatchObject({ ok: true });
    await changed(customer, sent.formId, "submitted");
    await customer.command({ type: "message.post", conversationId, text: "the secret garden", attachments: [] });
    const runs = () => admin.runs(`conversation=${conversationId}`);
    await expect.poll(async () => (await runs()).map(({ node }) => node).sort()).toEqual(["show", "wait"]);
    const [waiting] = (await runs()).filter(({ node }) => node === "wait");
    expect(await found(TOLD)).toEqual(TOLD);

    await admin.request("DELETE", `/customers/${identity.customerId}`);
    expect(await found(TOLD)).toEqual([]);

    const page = await admin.request<RunPage>("GET", `/runs/${waiting?.id}`);
    const because = { code: "cancelled", node: "wait", message: "The customer was erased" };
    expect(page.run).toMatchObject({ status: "cancelled", fault: because });
    expect(page).toMatchObject({ trace: [], variables: {}, blocked: null, unmatched: [] });
    const event = { id: newId(), type: "test.never", key: "the secret garden", data: {} };
    expect(await admin.post("/flow-events", event)).toMatchObject({ taken: false });
    await expect(admin.request("POST", `/runs/${waiting?.id}/retry`)).rejects.toThrow("conflict");
    expect(await record("Case", caseId)).toMatchObject({ number: expect.any(Number), values: {} });
    expect(await record("Contact", own)).toMatchObject({ values: {} });
    expect(await record("Contact", shared)).toMatchObject({ values: { name: "Carla of the bank" } });
  });

  test("[FD12] what was on its way while the customer was erased goes a little later", async () => {
    const { conversationId, identity } = await servedCase(app, "chiyo");
    await admin.request("DELETE", `/customers/${identity.customerId}`);
    const late = { id: newId(), type: "test.late", key: "late-12", conversation_id: conversationId, at: Date.now() };
    const data = seal(key, JSON.stringify({ words: "said too late" }));
    const rest = { data, taken_by: null, matched: 0, expires_at: Date.now() + 86_400_000 };
    await database.query
      .insertInto("flow_events")
      .values({ ...late, ...rest })
      .execute();
    expect(await found(["said too late"])).toEqual(["said too late"]);
    app.skip(180_000);
    await expect.poll(() => found(["said too late"]), { timeout: 12_000 }).toEqual([]);
  });
});
