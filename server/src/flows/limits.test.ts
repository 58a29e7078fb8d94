import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Flow } from "@clew/contract/flows/definition";
import type { Finding } from "@clew/contract/flows/lint";
import type { RunSummary } from "@clew/contract/flows/runs";
import type { Queue } from "@clew/contract/routing";
import { lint } from "@clew/domain/flows/lint/lint";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { newId, startTestApp } from "../testing/test-app.ts";

let app: Awaited<ReturnType<typeof startTestApp>>;
beforeAll(async () => {
  app = await startTestApp({
    environment: { CLEW_FLOW_LIMITS: "visits=130, httpSeconds=60, routingSeconds=120, formulaParts=600" },
  });
});
afterAll(() => app.close());

/** Comes to one node so often. */
const turning = (key: string, visits: number, settings: object = {}) =>
  ({
    ...{ $schema: "flow/1", key, kind: "background", start: "turn", settings },
    trigger: { on: "agent.button", where: ["session"], label: "Turn" },
    nodes: {
      turn: { type: "decision", branches: [{ when: `=visits('turn') < ${visits}`, next: "turn" }], else: "end" },
      end: { type: "end" },
    },
  }) as unknown as Flow;

test("[MT10] what the operator has raised holds for runs, and a flow may stay below it", async () => {
  const admin = await flowAdmin(app.url);
  const outcome = async (flow: Flow) => {
    await admin.publish(flow);
    const { status, fault } = await admin.post<RunSummary>(`/flows/${flow.key}/runs`, { id: newId() });
    return fault ? `${status} ${fault.code}` : status;
  };
  expect(await outcome(turning("test.raised", 130))).toBe("completed");
  expect(await outcome(turning("test.further", 131))).toBe("faulted limit");
  expect(await outcome(turning("test.lower", 60, { limits: { visits: 50 } }))).toBe("faulted limit");
});

test("[FZ8] formulas are as large as the operator lets them be: published, and computed by runs", async () => {
  const admin = await flowAdmin(app.url);
  const adding = (key: string, times: number) => {
    const turn = {
      type: "decision",
      branches: [{ when: `=${Array(times).fill("1").join("+")} == ${times}`, next: "end" }],
    };
    const nodes = { turn: { ...turn, else: "wrong" }, wrong: { type: "end", outcome: "failed" }, end: { type: "end" } };
    return { ...turning(key, 1), nodes } as unknown as Flow;
  };
  // As many numbers, a sign between each two, and what it is compared with.
  await admin.publish(adding("test.sum", 299));
  expect((await admin.post<RunSummary>("/flows/test.sum/runs", { id: newId() })).status).toBe("completed");
  await expect(admin.publish(adding("test.sums", 301))).rejects.toThrow("/nodes/turn/branches/0/when");
});

test("[FN9] publishing asks for no more than is allowed, and the editor is told what that is", async () => {
  const admin = await flowAdmin(app.url);
  const call = { type: "http.call", connector: "shop", method: "GET", path: "/", next: "end" };
  const calling = (key: string, timeoutMs: number) =>
    ({ ...turning(key, 1), start: "call", nodes: { call: { ...call, timeoutMs }, end: { type: "end" } } }) as Flow;
  const said = (definition: Flow) => admin.post<{ findings: Finding[]; limits: object }>("/flows/lint", { definition });
  const beyond = await said(calling("test.beyond", 60_001));
  expect(beyond.findings).toContainEqual(
    expect.objectContaining({ code: "over-limit", path: "/nodes/call/timeoutMs" }),
  );
  expect(beyond.limits).toEqual({ visits: 130, httpSeconds: 60, routingSeconds: 120, formulaParts: 600 });
  const within = await said(calling("test.within", 60_000));
  expect(within.findings.map(({ code }) => code)).not.toContain("over-limit");
  // What the browser itself says with the limits it was told is the same, as far as a browser knows.
  const here = (definition: Flow, limits?: object) =>
    lint(definition, { limits }).flatMap(({ code, path }) => (code === "over-limit" ? [path] : []));
  expect(here(calling("test.within", 60_000), within.limits)).toEqual([]);
  expect(here(calling("test.beyond", 60_001), within.limits)).toEqual(["/nodes/call/timeoutMs"]);
  const draft = { definition: calling("test.beyond", 60_001), revision: 0 };
  const stored = await admin.request<{ revision: number; limits: object }>("PUT", "/flows/test.beyond/draft", draft);
  expect(stored.limits).toEqual(beyond.limits);
  const body = { revision: stored.revision, message: "too long", activate: true };
  await expect(admin.post("/flows/test.beyond/publish", body)).rejects.toThrow("over-limit");
});

test("[FZ3] a session waits for its routing flow as long as the operator lets such flows run, and goes where it says", async () => {
  const admin = await flowAdmin(app.url);
  const { items } = await admin.request<{ items: Queue[] }>("GET", "/queues");
  const slow = {
    ...{ $schema: "flow/1", key: "test.slow", kind: "routing", start: "wait" },
    trigger: { on: "session.started" },
    nodes: {
      wait: { type: "wait", any: [{ after: "PT60S", next: "to" }] },
      to: { type: "route", to: { queue: items.at(-1)?.name }, priority: 77, next: "end" },
      end: { type: "end" },
    },
  } as unknown as Flow;
  await admin.publish(slow);
  const { conversationId } = await startConversation(app.url);
  const now = async () => {
    const { session, staff } = await admin.request<ConversationSnapshot>("GET", `/conversations/${conversationId}`);
    return { status: session?.status, priority: staff?.priority, flow: staff?.flow, at: session?.startedAt ?? 0 };
  };
  const before = await now();
  expect(before).toMatchObject({ status: "new", flow: { key: "test.slow", until: before.at + 120_000 } });
  const run = async () => (await admin.runs(`conversation=${conversationId}`))[0]?.status;
  await expect.poll(run, { timeout: 10_000 }).toBe("waiting");
  app.skip(61_000);
  await expect.poll(now, { timeout: 10_000 }).toMatchObject({ status: "waiting", priority: 77, flow: null });
});
