import type { TraceStep } from "@clew/domain/flows/engine/given";
import { isOver, type Run } from "@clew/domain/flows/engine/run";
import { seal, unseal } from "../identity/sealed.ts";
import type { Heard } from "./event.ts";
import type { FlowLibrary } from "./library.ts";
import type { EventRow, RunRow } from "./runs-store.ts";

/** Work that is under way is looked for again after so long, by whichever process is alive, in milliseconds. */
export const LEASE_MS = 30_000;
/** How long events are kept for waits that come later, in milliseconds. */
const KEPT_MS = 30 * 24 * 3_600_000;

export function readRun(key: Uint8Array, row: RunRow): Run {
  return JSON.parse(unseal(key, row.state)) as Run;
}

/** The row after an advance. */
export function rowOf(run: Run, before: RunRow, { key, now }: { key: Uint8Array; now: number }): RunRow {
  const over = isOver(run);
  const frame = run.frames.at(-1);
  return {
    ...before,
    status: run.status,
    node: frame?.node ?? before.node,
    state: seal(key, JSON.stringify(run)),
    rev: before.rev + 1,
    steps: run.steps,
    session_id: run.sessionId,
    due_at: nextLook(run, before, now),
    fault: run.fault && run.status === "faulted" ? JSON.stringify(run.fault) : null,
    updated_at: now,
    ended_at: over ? (before.ended_at ?? now) : null,
    // A run that is tried again is at work again.
    released: over ? before.released : 0,
  };
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
  return now + LEASE_MS;
}

export function waitsOf(run: Run, now: number) {
  if (run.blocked?.kind !== "wait") return [];
  return run.blocked.waits.flatMap(({ branch, event, from }) =>
    event
      ? [{ branch, event_type: event.type, event_key: event.key, since: from ?? run.startedAt, armed_at: now }]
      : [],
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
    expires_at: event.at + KEPT_MS,
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
