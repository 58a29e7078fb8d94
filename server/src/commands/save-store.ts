import { titleOf } from "@clew/domain/conversations/inbox-item";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Performed } from "@clew/domain/door";
import { ABSENT_AFTER_MS, type AgentState } from "@clew/domain/presence/agent-state";
import type { Batch } from "../database/batch.ts";
import type { Raw } from "../database/database.ts";
import { append } from "../event-log/append.ts";
import { returnsOf } from "../reports/returns.ts";
import { countReturns } from "../reports/returns-store.ts";
import { changeNumbers } from "./change-numbers-store.ts";
import type { Changed } from "./committed.ts";
import { stateText } from "./state-text.ts";

const CONVERSATION = {
  id: "text",
  channel_id: "text",
  customer_id: "text",
  status: "text",
  session_id: "text",
  session_status: "text",
  queue_id: "text",
  agent_id: "text",
  last_number: "bigint",
  change: "change",
  title: "text",
  state: "text",
  created_at: "bigint",
  updated_at: "bigint",
} as const;
/** What a message changes of a conversation: with one of its indexed columns only, which is most of the cost. */
const MOVED = {
  table: "conversations",
  columns: { id: "text", last_number: "bigint", change: "change", state: "text", updated_at: "bigint" },
} as const;
const SESSION = {
  id: "text",
  conversation_id: "text",
  number: "integer",
  first_number: "bigint",
  status: "text",
  queue_id: "text",
  agent_id: "text",
  priority: "integer",
  waiting_since: "bigint",
  started_at: "bigint",
  active_at: "bigint",
  ended_at: "bigint",
  ended_by: "text",
  ended_why: "text",
  offered: "integer",
  state: "text",
} as const;

/** `INSERT … ON CONFLICT DO UPDATE` of every column but the key. */
function upsert(table: string, columns: Record<string, "text" | "bigint" | "integer" | "change">, key: string) {
  const set = Object.keys(columns)
    .filter((name) => name !== key)
    .map((name) => `${name} = excluded.${name}`);
  return { table, columns, conflict: `ON CONFLICT (${key}) DO UPDATE SET ${set.join(", ")}` };
}
const UPSERT_CONVERSATION = upsert("conversations", CONVERSATION, "id");
const UPSERT_SESSION = upsert("sessions", SESSION, "id");
const UPSERT_AGENT = upsert("agent_states", { agent_id: "text", lease: "bigint", state: "text" }, "agent_id");
const UPSERT_DEADLINE = {
  table: "deadlines",
  columns: { about: "text", kind: "text", due_at: "bigint" },
  conflict: "ON CONFLICT (about, kind) DO UPDATE SET due_at = excluded.due_at",
} as const;
const INSERT_EFFECT = {
  table: "effects",
  columns: { id: "text", kind: "text", payload: "text", due_at: "bigint", attempts: "integer" },
  conflict: "ON CONFLICT (id) DO NOTHING",
} as const;

/**
 * Writes what a batch has done: events, the last state of each conversation and agent, deadlines, effects. Nothing waits
 * for the answer to anything else, so all of it makes one round trip.
 */
export async function save(raw: Raw, batch: Batch, done: readonly Performed[]): Promise<Map<string, Changed>> {
  const events = done.flatMap((one) => one.events);
  const effects = done.flatMap((one) =>
    one.effects.map((effect) => [effect.id, effect.kind, JSON.stringify(effect.payload), effect.dueAt, 0]),
  );
  const { states, before } = lastStates(done);
  const rows = [...states]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, state], place) => ({ id, state, behind: states.size - 1 - place }));
  const isMoved = ({ id, state }: StateRow) => onlyMoved(before.get(id) ?? null, state);
  const numbers = await changeNumbers(raw, batch.engine, rows.length);
  const moved = rows.filter(isMoved).map(({ state, behind }) => movedRow(state, numbers.column(behind)));
  const whole = rows
    .filter((row) => !isMoved(row))
    .map(({ state, behind }) => conversationRow(state, numbers.column(behind)));
  const sessions = sessionRows(done);

  const asked: Promise<unknown>[] = [
    append(raw, batch, events),
    batch.insert(raw, INSERT_EFFECT, effects),
    ...saveDeadlines(raw, batch, done),
    ...saveAgents(raw, batch, done),
    countReturns(raw, batch, returnsOf(done)),
  ];
  const [newest] = await Promise.all([
    numbers.take(),
    batch.update(raw, MOVED, moved),
    batch.insert(raw, UPSERT_CONVERSATION, whole),
    batch.insert(raw, UPSERT_SESSION, sessions),
    ...asked,
  ]);
  return new Map(rows.map(({ id, state, behind }) => [id, { state, change: newest - behind }]));
}

/** `behind`: how many changes of the same batch come after it. */
type StateRow = { id: string; state: ConversationState; behind: number };

/** The state that a batch leaves each conversation in, and what it was before. */
function lastStates(done: readonly Performed[]) {
  const states = new Map<string, ConversationState>();
  const before = new Map<string, ConversationState | null>();
  for (const one of done) {
    if (!one.after || one.after === one.before) continue;
    const { id } = one.after.snapshot;
    if (!before.has(id)) before.set(id, one.before);
    states.set(id, one.after);
  }
  return { states, before };
}

function saveAgents(raw: Raw, batch: Batch, done: readonly Performed[]): Promise<void>[] {
  const last = new Map<string, AgentState>();
  for (const one of done) for (const agent of one.agents) last.set(agent.id, agent);
  const agents = [...last.values()];
  const leases = agents
    .filter((agent) => agent.lease > 0)
    .flatMap((agent) => [
      [`agent:${agent.id}`, "lease", agent.lease + 1],
      [`agent:${agent.id}`, "absent", agent.lease + ABSENT_AFTER_MS + 1],
    ]);
  const rows = agents.map((agent) => [agent.id, agent.lease, JSON.stringify(agent)]);
  return [batch.insert(raw, UPSERT_AGENT, rows), batch.insert(raw, UPSERT_DEADLINE, leases)];
}

function saveDeadlines(raw: Raw, batch: Batch, done: readonly Performed[]): Promise<unknown>[] {
  const last = new Map<string, { about: string; kind: string; due: number | null }>();
  for (const { conversationId, deadlines } of done) {
    for (const kind of deadlines.drop)
      last.set(`${conversationId} ${kind}`, { about: `conversation:${conversationId}`, kind, due: null });
    for (const [kind, due] of Object.entries(deadlines.set))
      last.set(`${conversationId} ${kind}`, { about: `conversation:${conversationId}`, kind, due });
  }
  const all = [...last.values()];
  const set = all.filter((one) => one.due !== null).map((one) => [one.about, one.kind, one.due]);
  return [
    ...all
      .filter((one) => one.due === null)
      .map(({ about, kind }) => raw.run("DELETE FROM deadlines WHERE about = ? AND kind = ?", [about, kind])),
    batch.insert(raw, UPSERT_DEADLINE, set),
  ];
}

/** Whether every other column of the conversation's row is as it was; unchanged parts of a state stay the same object. */
function onlyMoved(before: ConversationState | null, { snapshot }: ConversationState): boolean {
  const old = before?.snapshot;
  return (
    old !== undefined &&
    old.session === snapshot.session &&
    old.staff === snapshot.staff &&
    old.facts === snapshot.facts &&
    old.customer === snapshot.customer &&
    old.status === snapshot.status
  );
}

function movedRow(state: ConversationState, change: number): unknown[] {
  return [state.snapshot.id, state.snapshot.number, change, stateText(state), state.updatedAt];
}

function conversationRow(state: ConversationState, change: number): unknown[] {
  const { snapshot } = state;
  return [
    snapshot.id,
    snapshot.channelId,
    snapshot.customer.id,
    snapshot.status === "open" && snapshot.session?.parked ? "parked" : snapshot.status,
    snapshot.session?.id ?? null,
    snapshot.session?.status ?? null,
    snapshot.staff?.queueId ?? null,
    // Whoever keeps a place for its customer is told when they leave, as an owner is.
    snapshot.session?.agent?.id ?? snapshot.staff?.kept?.agentId ?? null,
    snapshot.number,
    change,
    titleOf(state),
    stateText(state),
    snapshot.createdAt,
    state.updatedAt,
  ];
}

/** The newest row of every session that changed; within one batch a conversation may see one end and the next begin. */
function sessionRows(done: readonly Performed[]): unknown[][] {
  const rows = new Map<string, unknown[]>();
  for (const { after, events } of done) {
    for (const event of events) {
      if (!("session" in event) || !after) continue;
      const { session } = event;
      const staff = "staff" in event ? event.staff : undefined;
      const first =
        event.type === "session.started" ? event.number : (rows.get(session.id)?.[3] ?? after.sessionFirstNumber);
      rows.set(session.id, [
        session.id,
        event.conversationId,
        session.number,
        first,
        session.status,
        staff?.queueId ?? null,
        session.agent?.id ?? null,
        staff?.priority ?? 0,
        session.waitingSince,
        session.startedAt,
        session.activeAt,
        session.end?.at ?? null,
        session.end?.by ?? null,
        session.end?.why ?? null,
        staff?.offer ? 1 : 0,
        JSON.stringify(session),
      ]);
    }
  }
  return [...rows.values()];
}
