import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";
import type { Flow } from "@clew/contract/flows/definition";
import type { RecordObject, StoredRecord } from "@clew/contract/flows/records";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_QUEUES } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { DEMO_CHANNELS, newId, startTestApp } from "../testing/test-app.ts";

/** Notes a risk of each session; the second looks the one before it up, and what conversation it is in. */
const ROUTE = {
  $schema: "flow/1",
  key: "route.noted",
  kind: "routing",
  trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] },
  inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
  vars: {
    before: { type: "record:Session?" },
    talk: { type: "record:Conversation?" },
    all: { type: "list<record:Conversation>", default: [] },
  },
  start: "before",
  nodes: {
    before: {
      type: "records.get",
      object: "Session",
      where: [
        ["id", "ne", "=session.id"],
        ["tags", "contains", "seen"],
      ],
      sort: [["number", "desc"]],
      into: "before",
      next: "talk",
    },
    talk: {
      type: "records.get",
      object: "Conversation",
      where: [["id", "eq", "=session.conversationId"]],
      into: "talk",
      next: "all",
    },
    all: { type: "records.get", object: "Conversation", where: [], limit: 50, into: "all", next: "mark" },
    mark: {
      type: "records.update",
      object: "Session",
      id: "=session.id",
      values: { risk: "=coalesce(before.risk, 0) + 1", prechat: "=prechat" },
      next: "note",
    },
    note: {
      type: "session.set",
      tags: ["seen"],
      language: "de",
      attributes: { was: "=before.attributes.was2", was2: "x", sessions: "=talk.sessions", talks: "=size(all)" },
      next: "go",
    },
    go: { type: "route", to: { queue: DEMO_QUEUES.orders }, reason: "Risk {{coalesce(before.risk, 0)}}", next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;

/** Says something in the language of the case's conversation. */
const ON_CASE = {
  $schema: "flow/1",
  key: "case.says",
  kind: "background",
  trigger: { on: "case.changed", fields: ["status"] },
  inputs: { caseId: { type: "id:Case", required: true } },
  start: "say",
  nodes: {
    say: { type: "message.note", text: { en: "in English", de: "auf Deutsch" }, next: "end" },
    end: { type: "end" },
  },
} as unknown as Flow;

describe.each(ENGINES)("what flows note of sessions, on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  const sessionObject = async () =>
    (await admin.request<{ items: RecordObject[] }>("GET", "/record-objects")).items.find(
      ({ name }) => name === "Session",
    );
  const saveSession = async (fields: object[]) =>
    admin.request<RecordObject>("PUT", "/record-objects/Session", {
      settings: { label: "Session", plural: "Sessions", fields },
      revision: (await sessionObject())?.revision ?? 0,
    });
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
  });
  afterAll(() => app.close());

  const snapshot = (id: string) => admin.request<ConversationSnapshot>("GET", `/conversations/${id}`);
  const events = async (id: string) =>
    (await admin.request<{ events: ConversationEvent[] }>("GET", `/conversations/${id}/events`)).events;
  async function routed(conversationId: string, number: number): Promise<ConversationSnapshot> {
    const at = async () => {
      const { session } = await snapshot(conversationId);
      return `${session?.number} ${session?.status}`;
    };
    await expect.poll(at, { timeout: 20_000 }).toBe(`${number} waiting`);
    return snapshot(conversationId);
  }

  test("[AW1] [AW2] fields that an admin adds to sessions are written, and looked up by the next session", async () => {
    await expect(admin.publish(ROUTE)).rejects.toThrow(/no field .*risk/);
    await expect(saveSession([{ key: "status", type: "text?" }])).rejects.toThrow("setting-refused");
    await expect(saveSession([{ key: "risk", type: "number?", privacy: "private" }])).rejects.toThrow(
      "setting-refused",
    );
    expect(await saveSession([{ key: "risk", type: "number?", label: "Risk" }])).toMatchObject({ builtIn: true });
    await admin.publish(ROUTE);

    const { stream, conversationId } = await startConversation(app.url);
    const first = await routed(conversationId, 1);
    expect(first.staff).toMatchObject({ attributes: { risk: 1, was2: "x", sessions: 1, talks: 1 }, tags: ["seen"] });
    await admin.post("/staff/commands", { type: "session.end", id: newId(), conversationId });
    expect(await stream.command({ type: "session.start", conversationId, answers: [] })).toMatchObject({ ok: true });
    const second = await routed(conversationId, 2);
    expect(second.staff).toMatchObject({ attributes: { risk: 2, was: "x", sessions: 2 }, tags: ["seen"] });

    // What another customer's sessions hold is not there to be found.
    const other = await startConversation(app.url, { told: { name: "Ben", email: "ben@clew.example" } });
    const alone = await routed(other.conversationId, 1);
    expect(alone.staff).toMatchObject({ attributes: { risk: 1, was: null, talks: 1 } });
    expect(second.language).toBe("de");
    expect(
      (await events(conversationId)).flatMap((event) => (event.type === "note.posted" ? [event.text] : [])),
    ).toEqual(["Risk 0", "Risk 1"]);
    for (const one of [stream, other.stream]) one.cut();
  });

  test("[AW2] neither a session nor a conversation is a record to people either", async () => {
    for (const object of ["Session", "Conversation"]) {
      await expect(admin.request("GET", `/records/${object}`)).rejects.toThrow("404");
      await expect(admin.post(`/records/${object}`, { id: newId(), values: {} })).rejects.toThrow("404");
    }
  });

  test("[AW3] [AW10] a case's flow speaks the language of its conversation, as a flow has set it", async () => {
    await admin.publish(ON_CASE);
    const { stream, conversationId } = await startConversation(app.url);
    await routed(conversationId, 1);
    const id = newId();
    const made = await admin.post<StoredRecord>("/records/Case", { id, values: { status: "new" }, conversationId });
    await admin.request("PUT", `/records/Case/${id}`, { version: made.version, values: { status: "open" } });
    const said = async () =>
      (await events(conversationId)).flatMap((event) => (event.type === "note.posted" ? [event.text] : [])).at(-1);
    await expect.poll(said, { timeout: 20_000 }).toBe("auf Deutsch");
    stream.cut();
  });
});
