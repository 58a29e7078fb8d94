import type { QueueSettings } from "@clew/contract/routing";
import type { WaitingSession } from "./candidate.ts";

/** The order in which waiting sessions are served: priority, then age, then id so that it never depends on the input. */
export function byTurn(a: WaitingSession, b: WaitingSession): number {
  return b.priority - a.priority || a.waitingSince - b.waitingSince || compare(a.sessionId, b.sessionId);
}

/** An agent while proposals are made: what is left of them counts the proposals of this call. */
export type Slot = { id: string; free: number; lastAssignedAt: number };

/** Orders able agents by a queue's strategy. The other measure breaks ties, then the id. */
export function byStrategy(strategy: QueueSettings["strategy"]): (a: Slot, b: Slot) => number {
  return strategy === "least-active"
    ? (a, b) => a.lastAssignedAt - b.lastAssignedAt || b.free - a.free || compare(a.id, b.id)
    : (a, b) => b.free - a.free || a.lastAssignedAt - b.lastAssignedAt || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
