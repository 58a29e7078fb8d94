import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Flow } from "@clew/contract/flows/definition";
import type { Finding } from "@clew/contract/flows/lint";
import type { RunSummary } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_QUEUES } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { json, openOtherSystem } from "../testing/other-system.ts";
import { DEMO_CHANNELS, startTestApp, TestStream } from "../testing/test-app.ts";

/** Asks another system how risky a customer is; routes by it, and elsewhere when it cannot tell. */
function riskFlow(score: object, { onFault }: { onFault?: string } = {}): Flow {
  return {
    $schema: "flow/1",
    key: "route.risk",
    kind: "routing",
    title: "Risk first",
    trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] },
    inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
    vars: { risk: { type: "number?" }, contact: { type: "record:Contact?" } },
    ...(onFault ? { settings: { onFault } } : {}),
    start: "score",
    nodes: {
      score,
      choose: {
        type: "decision",
        branches: [{ label: "Risky", when: "=risk > 50", next: "toSupport" }],
        else: "toOrders",
      },
      toSupport: { type: "route", to: { queue: DEMO_QUEUES.support } },
      toOrders: { type: "route", to: { queue: DEMO_QUEUES.orders } },
    },
  } as unknown as Flow;
}
const call = (more: object = {}) => ({
  type: "http.call",
  connector: "risk-api",
  method: "POST",
  path: "/v1/score",
  body: { topic: "=prechat.topic" },
  map: { risk: "/score" },
  next: "choose",
  ...more,
});
const ELSEWHERE = [{ match: ["timeout", "http.5xx", "network"], next: "toSupport" }];

describe.each(ENGINES)("flows that reach outside on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  let other: Awaited<ReturnType<typeof openOtherSystem>>;
  let streams: TestStream[] = [];
  beforeAll(async () => {
    [app, other] = await Promise.all([startTestApp({ engine }), openOtherSystem()]);
    admin = await flowAdmin(app.url);
    await admin.request("PUT", "/connectors/risk-api", {
      settings: {
        baseUrl: `${other.url}/risk`,
        methods: ["POST"],
        hosts: [],
        headers: { authorization: "Bearer {{token}}" },
        privateAddresses: true,
        idempotent: false,
        breakAfter: 50,
        restMs: 60_000,
      },
      secrets: { token: "s3cret-of-the-connector" },
      revision: 1,
    });
  });
  afterAll(async () => {
    for (const stream of streams) stream.cut();
    streams = [];
    await app.close();
    await other.close();
  });

  async function customer(): Promise<string> {
    const { stream, conversationId } = await startConversation(app.url, { told: { topic: "return" } });
    streams.push(stream);
    return conversationId;
  }
  const snapshot = (id: string) => admin.request<ConversationSnapshot>("GET", `/conversations/${id}`);
  async function routed(id: string): Promise<ConversationSnapshot> {
    await expect.poll(async () => (await snapshot(id)).session?.status, { timeout: 10_000 }).toBe("waiting");
    return snapshot(id);
  }
  async function over(conversationId: string): Promise<RunSummary> {
    const runs = () => admin.runs(`conversation=${conversationId}`);
    await expect.poll(async () => ((await runs())[0]?.endedAt ?? null) !== null, { timeout: 10_000 }).toBe(true);
    return (await runs())[0] as RunSummary;
  }
  const faults = async (run: RunSummary) =>
    (await admin.run(run.id)).trace.flatMap(({ node, fault }) => (fault ? [{ node, ...fault }] : []));

  test("[R7] an answer later than its time: the fault's path routes, and the late answer changes nothing", async () => {
    await admin.publish(riskFlow(call({ timeoutMs: 300, faults: ELSEWHERE }), { onFault: "toOrders" }));
    other.system.answer = null;
    const id = await customer();
    expect((await routed(id)).staff?.queueId).toBe(DEMO_QUEUES.support);
    const run = await over(id);
    expect(await faults(run)).toMatchObject([{ node: "score", code: "timeout" }]);
    // The conversation lets go of the run after it is over.
    await expect.poll(async () => (await snapshot(id)).runs).toEqual([]);
    const before = await snapshot(id);
    other.answerLate(200, { score: 1 });
    expect(await admin.run(run.id)).toMatchObject({ run: { status: "completed", steps: run.steps } });
    expect(await snapshot(id)).toEqual(before);
  });

  test("[R8] an answer at the third try: three requests under one key, one result", async () => {
    await admin.publish(
      riskFlow(call({ retry: { max: 2, backoffMs: 1 }, faults: ELSEWHERE }), { onFault: "toOrders" }),
    );
    const from = other.received.length;
    other.system.answer = (request, response) =>
      (other.received.length - from < 3 ? json(500, {}) : json(200, { score: 7 }))(request, response);
    const id = await customer();
    expect((await routed(id)).staff?.queueId).toBe(DEMO_QUEUES.orders);
    const run = await over(id);
    const requests = other.received.slice(from);
    expect(requests).toHaveLength(3);
    expect(new Set(requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(requests[0]).toMatchObject({
      url: "/risk/v1/score",
      body: { topic: "return" },
      headers: { authorization: "Bearer s3cret-of-the-connector" },
    });
    expect(
      (await admin.run(run.id)).trace.filter(({ node, outcome }) => node === "score" && outcome !== null),
    ).toHaveLength(1);
    expect(JSON.stringify(await admin.run(run.id))).not.toContain("s3cret-of-the-connector");
  });

  test("[R9] a look-up that is not permitted: the session waits where its channel says, with its answers and a note", async () => {
    const look = {
      type: "records.get",
      object: "Contact",
      where: [["email", "eqi", "=prechat.email"]],
      into: "contact",
      next: "choose",
    };
    await admin.publish(riskFlow(look));
    const { items } = await admin.request<{ items: { name: string; settings: object; revision: number }[] }>(
      "GET",
      "/record-objects",
    );
    const contact = items.find(({ name }) => name === "Contact");
    const saved = await admin.request<{ revision: number }>("PUT", "/record-objects/Contact", {
      settings: { ...contact?.settings, flows: "none" },
      revision: contact?.revision,
    });
    const id = await customer();
    const { staff, facts } = await routed(id);
    expect(staff?.queueId).toBeTruthy();
    expect(facts?.map(({ key, value }) => [key, value])).toContainEqual(["topic", "return"]);
    const run = await over(id);
    expect(run).toMatchObject({ status: "faulted", fault: { node: "score", code: "forbidden" } });
    const { events } = await admin.request<{ events: { type: string; text?: string }[] }>(
      "GET",
      `/conversations/${id}/events`,
    );
    const notes = events.filter(({ type }) => type === "note.posted").map(({ text }) => text);
    expect(notes).toEqual([expect.stringContaining("score")]);
    await admin.request("PUT", "/record-objects/Contact", {
      settings: { ...contact?.settings },
      revision: saved.revision,
    });
  });

  test("[FD20] a call that its connector cannot make is told where it stands, and not published", async () => {
    const told = async (more: object) => {
      const { findings } = await admin.post<{ findings: Finding[] }>("/flows/lint", {
        definition: riskFlow(call(more)),
      });
      return findings
        .filter(({ severity }) => severity === "error")
        .map(({ code, path, suggestion }) => ({ code, path, suggestion }));
    };
    const at = "/nodes/score";
    expect(await told({ connector: "risk-apo" })).toEqual([
      { code: "unknown-name", path: `${at}/connector`, suggestion: 'did you mean "risk-api"?' },
    ]);
    expect(await told({ method: "DELETE" })).toEqual([
      { code: "not-allowed", path: `${at}/method`, suggestion: "it allows POST" },
    ]);
    expect(await told({ path: "/v1/../../admin/{{prechat.topic}}" })).toMatchObject([
      { code: "not-allowed", path: `${at}/path` },
    ]);
    expect(await told({})).toEqual([]);
    await expect(admin.publish(riskFlow(call({ connector: "risk-apo" })))).rejects.toThrow("/nodes/score/connector");
  });

  test("[E10] a call cut off after it was sent is not made again where twice would harm: it is told as unknown", async () => {
    await admin.publish(
      riskFlow(call({ retry: { max: 5, backoffMs: 1 }, faults: ELSEWHERE }), { onFault: "toOrders" }),
    );
    const from = other.received.length;
    other.system.answer = (_request, response) => response.socket?.destroy();
    const id = await customer();
    expect((await routed(id)).staff?.queueId).toBe(DEMO_QUEUES.support);
    const run = await over(id);
    const [fault, ...more] = await faults(run);
    expect(fault).toMatchObject({ node: "score", code: "timeout", message: expect.stringContaining("nobody knows") });
    expect(more).toEqual([]);
    const { trace } = await admin.run(run.id);
    expect(trace.find((step) => step.fault)?.operation).toMatchObject({ do: "http.call", inDoubt: true });
    expect(other.received.slice(from)).toHaveLength(1);
  });
});
