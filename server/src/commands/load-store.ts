import type { Actor } from "@clew/domain/actor";
import { claimsOf } from "@clew/domain/claims/claims";
import type { Command } from "@clew/domain/commands";
import { isPresenceCommand } from "@clew/domain/commands";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { World } from "@clew/domain/door";
import { type AgentState, newAgentState } from "@clew/domain/presence/agent-state";
import type { Batch } from "../database/batch.ts";
import type { Raw } from "../database/database.ts";
import type { Engine } from "../database/migrate.ts";
import type { Changed } from "./committed.ts";
import type { HeldStates } from "./held.ts";

/** A command with who gives it. */
export type Given = { command: Command; actor: Actor };

type StateRow = { id: string; state: string };
type ConversationRow = { id: string; change: number; state: string | null };

/**
 * Loads and locks all that a batch concerns: first the conversations, then the agents, each in id order, so that two
 * servers never wait for each other in a circle.
 */
export async function load(
  raw: Raw,
  batch: Batch,
  { given, held }: { given: readonly Given[]; held: HeldStates },
): Promise<World> {
  const conversationIds = new Set<string>();
  for (const { command } of given) if (!isPresenceCommand(command)) conversationIds.add(command.conversationId);
  const conversations = await loadConversations(raw, batch, conversationIds, held);

  const agentIds = new Set<string>();
  for (const state of conversations.values()) {
    for (const claim of claimsOf(state)) agentIds.add(claim.agentId);
  }
  for (const one of given) for (const id of agentsOf(one)) agentIds.add(id);
  return { conversations, agents: await loadAgents(raw, batch, agentIds, held) };
}

async function loadConversations(
  raw: Raw,
  batch: Batch,
  ids: ReadonlySet<string>,
  held: HeldStates,
): Promise<Map<string, ConversationState>> {
  const known = new Map<string, Changed>();
  for (const id of ids) {
    const conversation = held.conversations.get(id);
    if (conversation) known.set(id, conversation);
  }
  const rows = held.alone
    ? await batch.byIds<ConversationRow>(
        raw,
        { select: "SELECT id, change, state FROM conversations", column: "id" },
        [...ids].filter((id) => !known.has(id)),
      )
    : await lockedRows(raw, ids, known);

  const states = new Map<string, ConversationState>();
  if (held.alone) for (const [id, { state }] of known) states.set(id, state);
  for (const { id, change, state: text } of rows) {
    const state = text === null ? known.get(id)?.state : (JSON.parse(text) as ConversationState);
    if (!state) throw new Error(`the state of ${id} was neither held nor sent`);
    states.set(id, state);
    if (text !== null) held.conversations.set(id, { state, change });
  }
  return states;
}

/** The rows under lock, in id order; the state only of those whose change number is not the known one. */
function lockedRows(
  raw: Raw,
  ids: ReadonlySet<string>,
  known: ReadonlyMap<string, Changed>,
): Promise<ConversationRow[]> | ConversationRow[] {
  if (ids.size === 0) return [];
  const sorted = [...ids].sort();
  return raw.all<ConversationRow>(
    `SELECT conversations.id, conversations.change,
       CASE WHEN conversations.change = known.change THEN NULL ELSE conversations.state END AS state
     FROM unnest(?::text[], ?::bigint[]) AS known (id, change) JOIN conversations ON conversations.id = known.id
     ORDER BY conversations.id FOR UPDATE OF conversations`,
    [sorted, sorted.map((id) => known.get(id)?.change ?? -1)],
  );
}

async function loadAgents(
  raw: Raw,
  batch: Batch,
  ids: ReadonlySet<string>,
  held: HeldStates,
): Promise<Map<string, AgentState>> {
  const states = new Map<string, AgentState>();
  const missing: string[] = [];
  for (const id of ids) {
    const state = held.agents.get(id);
    if (state) states.set(id, state);
    else missing.push(id);
  }
  if (missing.length === 0) return states;
  for (const row of await agentRows(raw, batch, missing)) {
    const state = JSON.parse(row.state) as AgentState;
    states.set(row.id, state);
    if (held.alone) held.agents.set(row.id, state);
  }
  return states;
}

/** The agents whom a command names or makes the owner. */
function agentsOf({ command, actor }: Given): string[] {
  switch (command.type) {
    case "session.offer":
    case "presence.set":
    case "presence.renew":
    case "presence.shorten":
    case "presence.drop":
    case "presence.expire":
      return [command.agentId];
    case "session.take":
      return command.agentId ? [command.agentId] : actor.who === "agent" ? [actor.id] : [];
    case "flow.route":
      return command.to.kind === "agent" ? [command.to.agentId] : [];
    case "session.transfer":
      return command.to.kind === "agent" ? [command.to.id] : [];
    default:
      return [];
  }
}

async function agentRows(raw: Raw, batch: Batch, ids: readonly string[]): Promise<StateRow[]> {
  const select = { select: "SELECT agent_id AS id, state FROM agent_states", column: "agent_id", lock: true };
  let rows = await batch.byIds<StateRow>(raw, select, ids);
  if (rows.length < ids.length) {
    // A row that is not there cannot be locked: make it first, then lock all of them again in order.
    const known = new Set(rows.map((row) => row.id));
    const missing = ids.filter((id) => !known.has(id)).map((id) => [id, 0, JSON.stringify(newAgentState(id))]);
    await batch.insert(
      raw,
      {
        table: "agent_states",
        columns: { agent_id: "text", lease: "bigint", state: "text" },
        conflict: "ON CONFLICT (agent_id) DO NOTHING",
      },
      missing,
    );
    rows = await batch.byIds<StateRow>(raw, select, ids);
  }
  return rows;
}

type Start = Extract<Command, { type: "conversation.start" }>;

/**
 * A customer has at most one open conversation a channel that is not put aside: a start while there is one is about that
 * one. Locks the customer on PostgreSQL, so that two servers cannot both find none.
 */
export async function redirectStarts(raw: Raw, engine: Engine, commands: readonly Command[]): Promise<Command[]> {
  const started = new Map<string, string>();
  const redirected: Command[] = [];
  const starts = commands.filter((command): command is Start => command.type === "conversation.start");
  if (engine === "postgres") {
    const customers = [...new Set(starts.map((command) => command.customer.id))].sort();
    for (const id of customers) await raw.all("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", [id]);
  }
  for (const command of commands) {
    if (command.type !== "conversation.start") {
      redirected.push(command);
      continue;
    }
    const key = `${command.customer.id} ${command.channelId}`;
    const [open] = started.has(key)
      ? [{ id: started.get(key) as string }]
      : await raw.all<{ id: string }>(
          "SELECT id FROM conversations WHERE customer_id = ? AND channel_id = ? AND status = 'open' ORDER BY created_at DESC LIMIT 1",
          [command.customer.id, command.channelId],
        );
    const conversationId = open?.id ?? command.conversationId;
    started.set(key, conversationId);
    redirected.push({ ...command, conversationId });
  }
  return redirected;
}
