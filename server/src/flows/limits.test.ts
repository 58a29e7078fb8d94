import type { Flow } from "@clew/contract/flows/definition";
import type { RunSummary } from "@clew/contract/flows/runs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flowAdmin } from "../testing/flows.ts";
import { newId, startTestApp } from "../testing/test-app.ts";

let app: Awaited<ReturnType<typeof startTestApp>>;
beforeAll(async () => {
  app = await startTestApp({ environment: { CLEW_FLOW_LIMITS: "visits=130" } });
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
