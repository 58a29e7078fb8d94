import type { EventOf } from "@clew/contract/events";
import type { Fact } from "@clew/contract/facts";
import type { Session, SessionStaff } from "@clew/contract/sessions";
import type { ConversationState } from "@clew/domain/conversations/state";
import { valuesOf } from "@clew/domain/facts/facts";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Raw } from "../../database/database.ts";
import { conversationRow, describedEvents, factEvents, sessionRows } from "../lookups-store.ts";

/** A session as flows read it. `prechat`: what was known by the end of it, by key. Times are ISO 8601. */
export type SessionRecord = {
  id: string;
  conversationId: string;
  number: number;
  prechat: Record<string, Value>;
} & Record<string, Value>;

/** A conversation as flows read it. `prechat`: what is known of its customer by now. */
export type ConversationRecord = { id: string; language: string; prechat: Record<string, Value> } & Record<
  string,
  Value
>;

type Described = Pick<SessionStaff, "attributes" | "tags">;

/** The sessions of a conversation, oldest first, each with what the customer had told by then and what flows noted. */
export async function sessionRecords(raw: Raw, conversationId: string): Promise<SessionRecord[]> {
  const state = await stateOf(raw, conversationId);
  if (!state) return [];
  const rows = await sessionRows(raw, conversationId);
  const facts = await allFacts(raw, conversationId);
  const described = await allDescribed(raw, conversationId);
  return rows.map(({ state: row, queue_id: queueId }) => {
    const session = JSON.parse(row) as Session;
    return recordOf(session, state, {
      queueId,
      facts: facts.filter(({ sessionNumber }) => sessionNumber <= session.number),
      described: described.get(session.id) ?? {},
    });
  });
}

/** The session that a conversation is in, from its state alone. */
export function currentSession(state: ConversationState): SessionRecord | null {
  const { session, staff, facts } = state.snapshot;
  return session && recordOf(session, state, { queueId: staff?.queueId ?? null, facts, described: staff ?? {} });
}

export async function conversationRecord(raw: Raw, conversationId: string): Promise<ConversationRecord | null> {
  const state = await stateOf(raw, conversationId);
  if (!state) return null;
  const { snapshot, sessions } = state;
  return {
    id: snapshot.id,
    channelId: snapshot.channelId,
    status: snapshot.status,
    language: snapshot.language,
    createdAt: new Date(snapshot.createdAt).toISOString(),
    sessions,
    sessionId: snapshot.session?.id ?? null,
    customer: customerOf(state),
    prechat: valuesOf(snapshot.facts),
  };
}

function recordOf(
  session: Session,
  state: ConversationState,
  { queueId, facts, described }: { queueId: string | null; facts: readonly Fact[]; described: Described },
): SessionRecord {
  const { id: conversationId, channelId, language } = state.snapshot;
  const attributes = (described.attributes ?? {}) as Record<string, Value>;
  return {
    ...attributes,
    id: session.id,
    conversationId,
    number: session.number,
    status: session.status,
    createdAt: new Date(session.startedAt).toISOString(),
    endedAt: session.end ? new Date(session.end.at).toISOString() : null,
    queueId,
    agentId: session.agent?.id ?? null,
    channelId,
    language,
    customer: customerOf(state),
    prechat: valuesOf(facts),
    attributes,
    tags: described.tags ?? [],
  };
}

function customerOf({ snapshot: { customer } }: ConversationState): Record<string, Value> {
  return { id: customer.id, name: customer.name, email: customer.email, verified: customer.kind === "verified" };
}

async function stateOf(raw: Raw, conversationId: string): Promise<ConversationState | null> {
  const row = await conversationRow(raw, conversationId);
  return row && (JSON.parse(row.state) as ConversationState);
}

/** What flows noted of each session in the end, by its id. */
async function allDescribed(raw: Raw, conversationId: string): Promise<Map<string, Described>> {
  const rows = await describedEvents(raw, conversationId);
  const events = rows.map(({ body }) => JSON.parse(body) as EventOf<"session.described">);
  return new Map(
    events.flatMap(({ type, session, staff }) =>
      type === "session.described" && staff ? [[session.id, staff] as const] : [],
    ),
  );
}

/** Every fact that was ever told in a conversation, in the order of telling. */
export async function allFacts(raw: Raw, conversationId: string): Promise<Fact[]> {
  const rows = await factEvents(raw, conversationId);
  return rows
    .map(({ body }) => JSON.parse(body) as EventOf<"facts.recorded">)
    .filter(({ type }) => type === "facts.recorded")
    .flatMap(({ facts }) => facts);
}
