import type { EventOf, EventType } from "@clew/contract/events";
import type { NextMessage, PublicAgent, Session, SessionStaff } from "@clew/contract/sessions";
import type { Draft } from "../conversations/draft.ts";
import type { ConversationState } from "../conversations/state.ts";
import { keepPlace } from "../reconnect/kept.ts";
import { keepPromise } from "../reconnect/promise.ts";
import { dismissBot, keepBot } from "./bot.ts";
import { keepWait } from "./keep-wait.ts";
import { keepParked } from "./parked.ts";

/** A change of the session: what is given replaces, the rest stays. */
export type SessionChange = { session?: Partial<Session>; staff?: Partial<SessionStaff> };

/** The events that carry the session after them. */
type SessionEventType = { [Name in EventType]: "session" extends keyof EventOf<Name> ? Name : never }[EventType];
type Own<Name extends SessionEventType> = Omit<
  EventOf<Name>,
  "type" | "conversationId" | "number" | "at" | "by" | "audience" | "commandId" | "session" | "staff"
>;

/** Adds a session event with the session after it. */
export function changeSession<Name extends SessionEventType>(
  draft: Draft,
  type: Name,
  change: SessionChange,
  fields: Own<Name>,
  marks: Parameters<Draft["add"]>[2] = {},
): void {
  const { session: before, staff: staffBefore } = openSession(draft.state);
  const changed = { session: { ...before, ...change.session }, staff: { ...staffBefore, ...change.staff } };
  const waits = keepWait(staffBefore, keepBot(before, changed), draft.circumstances);
  const { session, staff } = keepPlace(keepPromise(before, waits, draft.circumstances));
  draft.add(type, { session: keepParked(before, session), staff, ...fields } as never, marks);
  dismissBot(draft, staffBefore);
}

/** The current session and what staff see of it; throws when there is none (a fault of the caller). */
export function openSession(state: ConversationState): { session: Session; staff: SessionStaff } {
  const { session, staff } = state.snapshot;
  if (!session || !staff) throw new Error("the conversation has no session");
  return { session, staff };
}

/** Whether a session is being served or waits to be. */
export function isOver(state: ConversationState): boolean {
  const status = state.snapshot.session?.status;
  return status === undefined || status === "ended" || status === "error";
}

/** What the next message would do once the session is over. */
export function nextAfterEnd(conversation: "open" | "closed"): NextMessage {
  return conversation === "open" ? "starts-session" : "refused";
}

/** The agent as customers see them. */
export function publicAgent(draft: Draft, agentId: string): PublicAgent {
  const agent = draft.circumstances.configuration.agents.get(agentId);
  return { id: agentId, name: agent?.publicName ?? "" };
}

export const NO_OFFER = { offer: null, offerId: null } as const;
