import type { Flow } from "@clew/contract/flows/definition";
import type { RunPage, RunSummary } from "@clew/contract/flows/runs";
import type { AdminApi } from "./admin-api.ts";
import { eventually } from "./eventually.ts";
import { DEMO_CHANNELS } from "./stage.ts";

/** A flow that decides for every session of the shop who serves it. */
export function routesShop(flow: { key: string; start: string; nodes: object } & Partial<Record<keyof Flow, unknown>>) {
  return {
    $schema: "flow/1",
    kind: "routing",
    trigger: { on: "session.started", channels: [DEMO_CHANNELS.shop] },
    inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
    ...flow,
  } as unknown as Flow;
}

/** The runs of a conversation that are over, the first of them first, once there are so many. */
export async function runsOver(admin: AdminApi, conversationId: string, count: number): Promise<RunPage[]> {
  const over = async () => {
    const { items } = await admin.call<{ items: RunSummary[] }>("GET", `/runs?conversation=${conversationId}`);
    return items.filter(({ endedAt }) => endedAt !== null);
  };
  await eventually(async () => (await over()).length, "runs that are over").toBe(count);
  const inOrder = (await over()).toSorted((a, b) => a.startedAt - b.startedAt);
  return Promise.all(inOrder.map(({ id }) => admin.call<RunPage>("GET", `/runs/${id}`)));
}

/** Which way a run went: its nodes with what came of each. */
export function wayOf({ trace }: RunPage): string[] {
  return trace.flatMap(({ node, outcome }) => (outcome === null ? [] : [`${node}: ${outcome}`]));
}
