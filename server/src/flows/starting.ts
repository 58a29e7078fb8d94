import type { Flow } from "@clew/contract/flows/definition";
import type { RaisedLimits } from "@clew/contract/flows/flow-limits";
import { newRun } from "@clew/domain/flows/engine/new-run";
import { type Run, RunFault, type Values } from "@clew/domain/flows/engine/run";
import { Refused } from "../problems/refused.ts";
import { type FlowLibrary, titleOf } from "./library.ts";
import { LEASE_MS } from "./rows.ts";
import type { RunRow } from "./runs-store.ts";

export type StartRequest = {
  id: string;
  key: string;
  version: number;
  alias: string;
  inputs: Values;
  conversationId: string | null;
  sessionId: string | null;
  recordId: string | null;
  starterId: string | null;
  locale: string;
  zone: string;
  /** Id of the hours of its channel. */
  hours?: string | null;
  /** It serves the session as a bot of this name. */
  bot?: string;
};

type Place = { library: FlowLibrary; now: number; limits: RaisedLimits | undefined };

/** A run and its row before they are stored. Throws `Refused` when there is no such flow or an input is missing. */
export function prepareStart(
  request: StartRequest,
  { library, now, limits }: Place,
): { flow: Flow; run: Run; row: RunRow } {
  const flow = library.flow(request.key, request.version);
  if (!flow) throw new Refused("not-found", { field: "/key" });
  const run = startedRun(request, flow, { library, now, limits });
  const row: RunRow = {
    id: request.id,
    key: request.key,
    version: request.version,
    alias: request.alias,
    title: titleOf(flow),
    status: run.status,
    node: flow.start,
    conversation_id: request.conversationId,
    session_id: request.sessionId,
    record_id: request.recordId,
    ...ruledBy(flow, request.bot !== undefined),
    starter_id: request.starterId,
    state: "",
    rev: 0,
    steps: 0,
    bound: 0,
    released: 0,
    due_at: now + LEASE_MS,
    fault: null,
    started_at: now,
    updated_at: now,
    ended_at: null,
    trace_until: null,
  };
  return { flow, run, row };
}

/** What a flow's settings say of its runs: with what they end, who acts in them, what is kept of their steps. */
export function ruledBy({ settings, kind }: Flow, isBot: boolean): Pick<RunRow, "scope" | "owner" | "trace"> {
  const usual = kind === "routing" ? "session" : "conversation";
  return {
    scope: isBot ? "session" : (settings?.scope ?? usual),
    owner: settings?.owner ?? "system",
    trace: settings?.trace ?? "base",
  };
}

function startedRun(request: StartRequest, flow: Flow, { library, now, limits }: Place): Run {
  const resolved: Record<string, number> = {};
  for (const node of Object.values(flow.nodes)) {
    if (node.type !== "subflow" || node.bind !== "active-at-start") continue;
    const version = library.versionFor(node.flow, request.conversationId ?? request.recordId ?? request.id, now);
    if (version !== null) resolved[node.flow] = version;
  }
  try {
    return newRun({ ...request, flow, resolved, now, limits });
  } catch (error) {
    if (error instanceof RunFault) throw new Refused("invalid", { field: "/inputs", detail: error.message });
    throw error;
  }
}
