import { type AgentState, newAgentState } from "@clew/domain/presence/agent-state";
import type { Database } from "../database/database.ts";

/** Reads of agents' states; the door alone writes them. */
export function agentStateStore(database: Database) {
  return {
    async all(): Promise<Map<string, AgentState>> {
      const rows = await database.query.selectFrom("agent_states").select(["agent_id", "state"]).execute();
      return new Map(rows.map((row) => [row.agent_id, JSON.parse(row.state) as AgentState]));
    },
    async one(id: string): Promise<AgentState> {
      const row = await database.query
        .selectFrom("agent_states")
        .select("state")
        .where("agent_id", "=", id)
        .executeTakeFirst();
      return row ? (JSON.parse(row.state) as AgentState) : newAgentState(id);
    },
  };
}

export type AgentStateStore = ReturnType<typeof agentStateStore>;
