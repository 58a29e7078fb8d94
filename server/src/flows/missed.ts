import type { ConversationState } from "@clew/domain/conversations/state";
import { type FlowEvent, toldLate } from "@clew/domain/flows/conversation/told";
import type { Database } from "../database/database.ts";
import { eventsBefore } from "../event-log/read.ts";
import { derivedId } from "./derived-id.ts";
import type { FlowDoor } from "./door.ts";
import type { Heard } from "./event.ts";
import { readEvent } from "./rows.ts";
import type { RunRow, RunsStore } from "./runs-store.ts";

type Parts = {
  database: Database;
  store: RunsStore;
  key: Uint8Array;
  stateOf(conversationId: string): Promise<ConversationState | null>;
  /** What flows hear, with where it happened. */
  heardIn(state: ConversationState, id: string, told: FlowEvent): Heard;
  flows: Pick<FlowDoor, "remember">;
};

/** The most events that are looked at: between the two commits there are milliseconds, unless a process died. */
const MOST = 100;

/**
 * A conversation tells flows what happens in it once it has bound a run. What happened between the run's start and then is
 * remembered for the waits of the run, which look back to its start; under ids that follow from the events, so that after
 * a crash, or with two runs at once, each counts once. What was told all the same (some flow is started by the like) is
 * left out.
 */
export function missedEvents({ database, store, key, stateOf, heardIn, flows }: Parts) {
  return async ({ conversation_id: conversationId, started_at: since }: RunRow, bound: number): Promise<void> => {
    if (!conversationId) return;
    const before = await eventsBefore(database.raw, conversationId, bound, MOST);
    if (!before.some(({ at }) => at >= since)) return;
    const state = await stateOf(conversationId);
    // Where the questions of a form are asked as messages, flows do not hear of the answers.
    if (!state || state.erasedBy !== undefined || (state.snapshot.forms ?? []).some(isAsking)) return;
    const late = toldLate(before, state).filter(({ at }) => at >= since);
    if (late.length === 0) return;
    const told = await store.told(database.raw, { conversationId, since }, (row) => numberIn(readEvent(key, row)));
    const missed = late.filter(({ number }) => !told.has(number));
    const idOf = ({ number }: FlowEvent) => derivedId(conversationId, `event ${number}`);
    if (missed.length > 0) await flows.remember(missed.map((one) => heardIn(state, idOf(one), one)));
  };
}

function isAsking({ asked, state }: { asked?: boolean; state: string }): boolean {
  return asked === true && state === "open";
}

/** Events of conversations are stored with their number; what flows emit has none. */
function numberIn(heard: Heard): number {
  return (heard as Heard & { number?: number }).number ?? 0;
}
