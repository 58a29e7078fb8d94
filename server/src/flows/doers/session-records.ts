import type { EventOf } from "@clew/contract/events";
import type { Fact } from "@clew/contract/facts";
import type { Session } from "@clew/contract/sessions";
import type { ConversationState } from "@clew/domain/conversations/state";
import { valuesOf } from "@clew/domain/facts/facts";
import type { WhereValue } from "@clew/domain/flows/engine/operation";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Raw } from "../../database/database.ts";
import { factEvents, sessionRows } from "../lookups-store.ts";

/** A session as flows read it. `prechat`: what was known by the end of it, by key. Times are ISO 8601. */
export type SessionRecord = {
  id: string;
  conversationId: string;
  number: number;
  prechat: Record<string, Value>;
} & Record<string, Value>;

/** The sessions of a conversation, oldest first, each with what the customer had told by then. */
export async function sessionRecords(raw: Raw, conversationId: string): Promise<SessionRecord[]> {
  const rows = await sessionRows(raw, conversationId);
  const facts = await allFacts(raw, conversationId);
  return rows.map(({ state, queue_id: queueId }) => {
    const session = JSON.parse(state) as Session;
    return recordOf(session, conversationId, {
      queueId,
      facts: facts.filter(({ sessionNumber }) => sessionNumber <= session.number),
    });
  });
}

/** The session that a conversation is in, from its state alone. */
export function currentSession({ snapshot }: ConversationState): SessionRecord | null {
  if (!snapshot.session) return null;
  return recordOf(snapshot.session, snapshot.id, {
    queueId: snapshot.staff?.queueId ?? null,
    facts: snapshot.facts,
    attributes: snapshot.staff?.attributes ?? {},
    channelId: snapshot.channelId,
    language: snapshot.language,
    customer: snapshot.customer,
  });
}

type About = {
  queueId: string | null;
  facts: readonly Fact[];
  attributes?: Record<string, unknown>;
  channelId?: string;
  language?: string;
  customer?: ConversationState["snapshot"]["customer"];
};

function recordOf(session: Session, conversationId: string, about: About): SessionRecord {
  const { customer } = about;
  return {
    ...(about.attributes as Record<string, Value> | undefined),
    id: session.id,
    conversationId,
    number: session.number,
    status: session.status,
    createdAt: new Date(session.startedAt).toISOString(),
    endedAt: session.end ? new Date(session.end.at).toISOString() : null,
    queueId: about.queueId,
    agentId: session.agent?.id ?? null,
    channelId: about.channelId ?? null,
    language: about.language ?? null,
    customer: customer
      ? { id: customer.id, name: customer.name, email: customer.email, verified: customer.kind === "verified" }
      : null,
    prechat: valuesOf(about.facts),
  };
}

/** Every fact that was ever told in a conversation, in the order of telling. */
export async function allFacts(raw: Raw, conversationId: string): Promise<Fact[]> {
  const rows = await factEvents(raw, conversationId);
  return rows
    .map(({ body }) => JSON.parse(body) as EventOf<"facts.recorded">)
    .filter(({ type }) => type === "facts.recorded")
    .flatMap(({ facts }) => facts);
}

/** Whether a record fits all conditions. The one meaning of the operators, for every kind of record. */
export function fits(record: Readonly<Record<string, Value>>, where: readonly WhereValue[]): boolean {
  return where.every(([field, operator, wanted]) => {
    const held = at(record, field);
    switch (operator) {
      case "eq":
        return same(held, wanted);
      case "eqi":
        return lower(held) === lower(wanted);
      case "ne":
        return !same(held, wanted);
      case "in":
        return Array.isArray(wanted) && wanted.some((one) => same(held, one));
      case "contains":
        return Array.isArray(held)
          ? held.some((one) => same(one, wanted))
          : String(lower(held)).includes(String(lower(wanted)));
      case "startsWith":
        return String(lower(held)).startsWith(String(lower(wanted)));
      case "isNull":
        return (held === null || held === "") === (wanted === true);
      default:
        return ordered(held, wanted, operator);
    }
  });
}

export function at(record: Readonly<Record<string, Value>>, path: string): Value {
  let value: Value = record as Value;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return null;
    value = (value as Record<string, Value>)[name] ?? null;
  }
  return value;
}

/** Records in order; nulls come last. */
export function sorted<T extends Readonly<Record<string, Value>>>(
  records: readonly T[],
  sort: readonly (readonly [string, "asc" | "desc"])[],
): T[] {
  return [...records].sort((a, b) => {
    for (const [field, way] of sort) {
      const [one, other] = [at(a, field), at(b, field)];
      if (same(one, other)) continue;
      if (one === null || other === null) return one === null ? 1 : -1;
      return (one < other ? -1 : 1) * (way === "asc" ? 1 : -1);
    }
    return 0;
  });
}

function same(one: Value, other: Value): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function lower(value: Value): Value {
  return typeof value === "string" ? value.toLowerCase() : value;
}

function ordered(held: Value, wanted: Value, operator: string): boolean {
  if (held === null || wanted === null || typeof held !== typeof wanted) return false;
  switch (operator) {
    case "lt":
      return held < wanted;
    case "le":
      return held <= wanted;
    case "gt":
      return held > wanted;
    default:
      return held >= wanted;
  }
}
