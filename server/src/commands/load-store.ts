import type { Actor } from "@clew/domain/actor";
import { claimsOf } from "@clew/domain/claims/claims";
import type { Command } from "@clew/domain/commands";
import { isPresenceCommand } from "@clew/domain/commands";
import type { World } from "@clew/domain/door";
import { newAgentState } from "@clew/domain/presence/agent-state";
import type { Batch } from "../database/batch.ts";
import type { Raw } from "../database/database.ts";
import type { Engine } from "../database/migrate.ts";
import type { HeldStates, Recent } from "./held.ts";

/** A command with who gives it. */
export type Given = { command: Command; actor: Actor };

type StateRow = { id: string; state: string };

/**
 * Loads and locks all that a batch concerns: first the conversations, then the agents, each in id order, so that two
 * servers never wait for each other in a circle. What is held need not be read.
 */
export async function load(
  raw: Raw,
  batch: Batch,
  { given, held }: { given: readonly Given[]; held: HeldStates | null },
): Promise<World> {
  const conversationIds = new Set<string>();
  for (const { command } of given) if (!isPresenceCommand(command)) conversationIds.add(command.conversationId);
  const conversations = await loadStates(conversationIds, held?.conversations, (ids) =>
    batch.byIds<StateRow>(raw, { select: "SELECT id, state FROM conversations", column: "id", lock: true }, ids),
  );

  const agentIds = new Set<string>();
  for (const state of conversations.values()) {
    for (const claim of claimsOf(state)) agentIds.add(claim.agentId);
  }
  for (const one of given) for (const id of agentsOf(one)) agentIds.add(id);
  const agents = await loadStates(agentIds, held?.agents, (ids) => agentRows(raw, batch, ids));
  return { conversations, agents };
}

/** States by id, from what is held or else from the store. */
async function loadStates<State>(
  ids: ReadonlySet<string>,
  held: Recent<State> | undefined,
  read: (ids: readonly string[]) => Promise<StateRow[]>,
): Promise<Map<string, State>> {
  const states = new Map<string, State>();
  const missing: string[] = [];
  for (const id of ids) {
    const state = held?.get(id);
    if (state) states.set(id, state);
    else missing.push(id);
  }
  if (missing.length === 0) return states;
  for (const row of await read(missing)) {
    const state = JSON.parse(row.state) as State;
    states.set(row.id, state);
    held?.set(row.id, state);
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
 * A customer has at most one open conversation a channel: a start while there is one is about that one. Locks the
 * customer on PostgreSQL, so that two servers cannot both find none.
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
