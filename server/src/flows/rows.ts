import type { TraceStep } from "@clew/domain/flows/engine/given";
import { isOver, type Run } from "@clew/domain/flows/engine/run";
import { pauseAfter } from "../connectors/request.ts";
import { seal, unseal } from "../identity/sealed.ts";
import { mac } from "../identity/secrets.ts";
import type { Heard } from "./event.ts";
import type { FlowLibrary } from "./library.ts";
import type { EventRow, RunRow } from "./runs-store.ts";

/** Work that is under way is looked for again after so long, by whichever process is alive, in milliseconds. */
export const LEASE_MS = 30_000;
/** How long events are kept for waits that come later, in milliseconds. */
export const EVENTS_KEPT_MS = 30 * 24 * 3_600_000;

export function readRun(key: Uint8Array, row: RunRow): Run {
  return isErased(row) ? erasedRun(row) : (JSON.parse(unseal(key, row.state)) as Run);
}

/** Its customer was erased: nothing is left of what it knew, and nothing takes it on. */
export function isErased({ state }: Pick<RunRow, "state">): boolean {
  return state === "";
}

function erasedRun(row: RunRow): Run {
  return {
    ...{ id: row.id, status: row.status as Run["status"], steps: row.steps, startedAt: row.started_at },
    ...{ frames: [], blocked: null, messages: { recent: [], total: 0 }, limited: false, fault: null, failed: null },
    ...{ expired: false, out: {}, outLabels: {}, resolved: {}, heard: [], locale: "en", zone: "UTC" },
    ...{ conversationId: row.conversation_id, sessionId: row.session_id, deadlineAt: row.ended_at ?? row.updated_at },
  };
}

/** The row after an advance. Its state is sealed when it is written. */
export function rowOf(run: Run, before: RunRow, now: number): RunRow {
  const over = isOver(run);
  const frame = run.frames.at(-1);
  const row = {
    ...before,
    status: run.status,
    node: frame?.node ?? before.node,
    rev: before.rev + 1,
    steps: run.steps,
    session_id: run.sessionId,
    fault: run.fault && run.status === "faulted" ? JSON.stringify(run.fault) : null,
    updated_at: now,
    ended_at: over ? (before.ended_at ?? now) : null,
    // A run that is tried again is at work again; one without a conversation has nothing but forms to let go of.
    released: over ? (before.conversation_id === null && !leavesForms(run) ? 1 : before.released) : 0,
  };
  return { ...row, due_at: nextLook(run, row, now) };
}

/**
 * Over before its time, with forms that may be open still: nobody would hear of what is sent. One that stopped with a fault
 * may be tried again, and one that has come to its end has left them open on purpose.
 */
export function leavesForms({ status }: Pick<Run, "status">): boolean {
  return status === "cancelled" || status === "expired" || status === "failed";
}

/** When somebody must look at the run: at once after a crash where work is under way, else when its time comes. */
export function nextLook(
  run: Run,
  { released, bound, due_at: queued, steps, conversation_id: bindsTo }: RunRow,
  now: number,
): number | null {
  if (isOver(run)) return released || (!bound && !bindsTo) ? null : now + LEASE_MS;
  if (run.blocked?.kind === "wait") {
    const due = run.blocked.waits.flatMap(({ dueAt: at }) => (at === undefined ? [] : [at]));
    return Math.min(run.deadlineAt, ...due);
  }
  if (run.blocked?.kind === "screen") return run.deadlineAt;
  if (!bound && steps === 0 && queued === null) return null;
  return now + LEASE_MS + longestOf(run);
}

/** How long a call that is under way may take with all its tries, in milliseconds: so long nobody takes it for lost. */
function longestOf({ blocked }: Run): number {
  if (blocked?.kind !== "operation" || blocked.attempts === 0 || blocked.operation.do !== "http.call") return 0;
  const { timeoutMs, retry } = blocked.operation;
  const pauses = Array.from({ length: retry.max }, (_, attempt) => pauseAfter(attempt, retry.backoffMs));
  return pauses.reduce((sum, pause) => sum + pause + timeoutMs, timeoutMs);
}

/** What a wait is found by. Its key may be what a customer told in private: the store has what follows from it and no more. */
export function hiddenKey(key: Uint8Array, type: string, eventKey: string): string {
  return mac(key, "wait", type, eventKey);
}

/** The events that a run waits for, as rows of its branches. */
export function waitsOf({ blocked, startedAt }: Run) {
  if (blocked?.kind !== "wait") return [];
  return blocked.waits.flatMap(({ branch, event, from }) =>
    event ? [{ branch, event_type: event.type, event_key: event.key, since: from ?? startedAt }] : [],
  );
}

export function eventRow(event: Heard, key: Uint8Array): EventRow {
  return {
    id: event.id,
    type: event.type,
    key: event.key,
    data: seal(key, JSON.stringify(event)),
    conversation_id: event.conversationId,
    at: event.at,
    taken_by: null,
    matched: 0,
    expires_at: event.at + EVENTS_KEPT_MS,
    waited: null,
  };
}

export function readEvent(key: Uint8Array, { id, data }: Pick<EventRow, "id" | "data">): Heard {
  return { ...(JSON.parse(unseal(key, data)) as Heard), id };
}

/** The values of what a step changed, as far as they are open; of the others only that they changed. */
export function shownOf({ changed, flow, version }: TraceStep, run: Run, library: FlowLibrary): string | null {
  const frame = run.frames.find((one) => one.key === flow);
  const definition = library.flow(flow, version);
  if (!frame || !definition) return null;
  const shown: Record<string, unknown> = {};
  for (const path of changed) {
    const root = path.split(".")[0] ?? path;
    const declared = definition.vars?.[root] ?? definition.inputs?.[root];
    const open = declared !== undefined && (declared.privacy ?? "open") === "open" && !holdsAnswers(declared.type);
    if (open) shown[root] = frame.values[root];
  }
  return JSON.stringify(shown);
}

/** Maps and records may hold answers that are private. */
function holdsAnswers(type: string): boolean {
  return type.startsWith("map") || type.startsWith("record:");
}
