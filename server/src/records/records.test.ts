import { randomBytes } from "node:crypto";
import type { Flow } from "@clew/contract/flows/definition";
import type { RecordObject, StoredRecord } from "@clew/contract/flows/records";
import type { RunSummary } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../database/connect.ts";
import { ENGINES, makePlace } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { MARK_CASE } from "../testing/mark-case.ts";
import { newId, signIn, startTestApp, TestStream } from "../testing/test-app.ts";
import { recordStore } from "./store.ts";

/** Waits until the case has changed. */
const LISTEN = {
  ...MARK_CASE,
  key: "case.listen",
  title: "Listen to a case",
  trigger: { on: "agent.button", where: ["case"], label: "Listen" },
  vars: {},
  start: "pause",
  nodes: {
    pause: {
      type: "wait",
      any: [
        { event: "case.changed", key: "=caseId", next: "end" },
        { after: "P1D", next: "end" },
      ],
    },
    end: { type: "end" },
  },
} as unknown as Flow;

type Answer = Partial<StoredRecord> & { items?: StoredRecord[]; more?: boolean; code?: string; fields?: object };

describe.each(ENGINES)("records on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  let agent: Record<string, string>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
    agent = (await signIn(app.url, "amara")).headers;
  });
  afterAll(() => app.close());

  const create = (object: string, values: object, more: object = {}) =>
    admin.post<StoredRecord>(`/records/${object}`, { id: newId(), values, ...more });
  const read = (object: string, id: string) => admin.request<StoredRecord>("GET", `/records/${object}/${id}`);
  const save = (record: StoredRecord, values: object) =>
    admin.request<StoredRecord>("PUT", `/records/${record.object}/${record.id}`, { version: record.version, values });
  async function asAgent(method: string, path: string, body?: unknown) {
    const response = await fetch(`${app.url}/api/v1${path}`, {
      method,
      headers: { ...agent, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  }
  const objects = async () => (await admin.request<{ items: RecordObject[] }>("GET", "/record-objects")).items;
  async function settled(runId: string): Promise<RunSummary> {
    await expect.poll(async () => (await admin.run(runId)).run.endedAt !== null, { timeout: 10_000 }).toBe(true);
    return (await admin.run(runId)).run;
  }
  async function started(key: string, caseId: string): Promise<string> {
    const { id } = await admin.post<RunSummary>(`/flows/${key}/runs`, { id: newId(), caseId });
    await expect.poll(async () => (await admin.run(id)).blocked?.kind, { timeout: 10_000 }).toBe("wait");
    return id;
  }

  test("[RE1] cases and contacts are there from the start; an admin adds fields and objects, and takes none of theirs", async () => {
    const [kase] = await objects();
    expect(kase).toMatchObject({ name: "Case", builtIn: true });
    const own = { label: "Order", plural: "Orders", title: "code", fields: [{ key: "code", type: "text" }] };
    const order = await admin.request<RecordObject>("PUT", "/record-objects/Order", { settings: own, revision: 0 });
    expect(order).toEqual({ name: "Order", builtIn: false, settings: own, revision: 1 });
    const empty = {
      label: "Fall",
      plural: "Fälle",
      fields: kase?.settings.fields.filter(({ key }) => key !== "status"),
    };
    const renamed = await admin.request<RecordObject>("PUT", "/record-objects/Case", {
      settings: empty,
      revision: kase?.revision,
    });
    expect(renamed.settings.label).toBe("Fall");
    expect(renamed.settings.fields.map(({ key }) => key)).toContain("status");
    await expect(
      admin.request("PUT", "/record-objects/Order", {
        settings: { ...own, fields: [{ key: "code", type: "number" }] },
        revision: 1,
      }),
    ).rejects.toThrow("setting-refused");
    await expect(admin.request("PUT", "/record-objects/Conversation", { settings: own, revision: 0 })).rejects.toThrow(
      "already-exists",
    );
  });

  test("[RE2] values fit their fields: an unknown field, another type and a record that is not there are refused", async () => {
    const refused = async (values: object) => {
      const answer = await asAgent("POST", "/records/Case", { id: newId(), values });
      expect(answer.status).toBe(422);
      return answer.body.fields;
    };
    expect(await refused({ colour: "red" })).toEqual({ colour: "unknown-field" });
    expect(await refused({ subject: 7 })).toEqual({ subject: "text?" });
    expect(await refused({ contactId: newId() })).toEqual({ contactId: "not-found" });
  });

  test("[RE3] numbers of an object follow each other without a hole, however many are made at once", async () => {
    const made = await Promise.all(Array.from({ length: 12 }, (_, index) => create("Contact", { name: `N${index}` })));
    const refusedOne = await asAgent("POST", "/records/Contact", { id: newId(), values: { nothing: 1 } });
    expect(refusedOne.status).toBe(422);
    const numbers = [...made, await create("Contact", { name: "last" })]
      .map(({ number }) => number)
      .sort((a, b) => a - b);
    const first = numbers[0] ?? 0;
    expect(numbers).toEqual(numbers.map((_, index) => first + index));
  });

  test("[RE4] what was read before a change is not written over it: the second who saves is told", async () => {
    const before = await create("Case", { subject: "Loan" });
    const after = await save(before, { subject: "A loan" });
    expect(after).toMatchObject({ version: 2, values: { subject: "A loan" } });
    await expect(save(before, { subject: "Credit" })).rejects.toThrow("conflict");
    expect(await save(after, { subject: "A loan" })).toMatchObject({ version: 2 });
    const again = { id: before.id, values: { subject: "Loan" } };
    expect(await admin.post("/records/Case", again)).toMatchObject({
      id: before.id,
      version: 2,
      number: before.number,
    });
  });

  test("[RE5] private fields are hidden from agents who do not serve the conversation, and they cannot set them", async () => {
    const { stream, conversationId } = await startConversation(app.url);
    stream.cut();
    const values = { subject: "Payout", payoutIban: "DE89370400440532013000" };
    const kase = await create("Case", values, { conversationId });
    expect(kase.values.payoutIban).toBe(values.payoutIban);
    const seen = await asAgent("GET", `/records/Case/${kase.id}`);
    expect(seen.body).toMatchObject({ values: { subject: "Payout", payoutIban: null }, masked: ["payoutIban"] });
    const found = await asAgent("GET", "/records/Case?search=DE8937");
    expect(found.body.items).toEqual([]);
    // Who may read it finds it, and reads it in the record: a list of many says only that it is there.
    const { items } = await admin.request<{ items: StoredRecord[] }>("GET", "/records/Case?search=DE8937");
    expect(items).toMatchObject([{ id: kase.id, values: { payoutIban: null }, masked: ["payoutIban"] }]);
    const set = { version: kase.version, values: { payoutIban: "x" } };
    expect(await asAgent("PUT", `/records/Case/${kase.id}`, set)).toMatchObject({
      status: 403,
      body: { code: "forbidden", field: "/values/payoutIban" },
    });
    expect((await read("Case", kase.id)).values).toMatchObject(values);
  });

  test("[RE6] a search finds what its reader sees, and lists go on where the page ended", async () => {
    const contacts = await Promise.all(["Zoë Ähre", "Zoë Birk"].map((name) => create("Contact", { name })));
    const found = await asAgent("GET", "/records/Contact?search=zo%C3%AB&limit=1");
    expect(found.body).toMatchObject({ items: [{ object: "Contact" }], more: true });
    const one = await asAgent("GET", `/records/Contact?search=%23${contacts[0]?.number}`);
    expect(one.body.items?.map(({ title }) => title)).toEqual(["Zoë Ähre"]);
  });

  test("[RE7] a change of a case is heard by the flows that wait for it, in the same commit, and told to staff", async () => {
    await admin.publish(LISTEN);
    const { cookie } = await signIn(app.url, "admin");
    const stream = await TestStream.open(app.url, { cookie });
    await stream.until(({ type }) => type === "welcome");
    const kase = await create("Case", { subject: "Ears" });
    const runId = await started("case.listen", kase.id);
    await save(kase, { status: "open" });
    expect((await settled(runId)).status).toBe("completed");
    await stream.until(
      (message) => JSON.stringify(message).includes("record-changed") && JSON.stringify(message).includes(kase.id),
    );
    stream.cut();
  });

  test("[E11] two agents update the case while the flow does: it meets the conflict, reads again, stores once", async () => {
    await admin.publish(MARK_CASE);
    const kase = await create("Case", { subject: "Draft" });
    const runId = await started("case.mark", kase.id);
    const first = await save(kase, { subject: "By one agent" });
    await save(first, { description: "By another" });
    await admin.post("/flow-events", { id: newId(), type: "mark.go", key: kase.id, data: {} });
    expect((await settled(runId)).status).toBe("completed");
    expect(await read("Case", kase.id)).toMatchObject({
      version: 4,
      values: { subject: "By one agent", description: "By another", status: "marked" },
    });
    const { trace } = await admin.run(runId);
    expect(trace.flatMap(({ fault }) => (fault ? [fault.code] : []))).toEqual(["conflict"]);
    expect(trace.filter(({ node, outcome }) => node === "store" && outcome !== null)).toHaveLength(2);
  });
});

describe.each(ENGINES)("private fields in the store on %s", (engine) => {
  test("[RE8] a private value is in the store only sealed, also when its field became private or went away later", async () => {
    const { place, remove } = await makePlace(engine);
    const database = await connect(place);
    const store = recordStore(engine, randomBytes(32));
    const record = {
      ...{ id: newId(), object: "Case", number: 1, version: 1, createdAt: 1, updatedAt: 1 },
      ...{ conversationId: null, sessionId: null, caseId: null },
      values: { subject: "Open word", iban: "Closed word" },
    };
    const stored = async () => JSON.stringify(await database.query.selectFrom("records").selectAll().execute());
    await database.rawTransaction((raw) => store.insert(raw, record, (field) => field === "iban"));
    expect(await stored()).toContain("Open word");
    expect(await stored()).not.toContain("Closed word");
    await database.transaction((query) => store.reseal(query, "Case", () => true));
    expect(await stored()).not.toContain("Open word");
    expect(await store.find(database.raw, "Case", record.id)).toEqual(record);
    await database.close();
    await remove();
  });
});
