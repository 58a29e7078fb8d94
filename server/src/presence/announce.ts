import type { AgentPresence, Passing } from "@clew/contract/presence";
import type { Configuration } from "@clew/domain/configuration";
import type { AgentState } from "@clew/domain/presence/agent-state";
import { presenceOf } from "@clew/domain/presence/presence";
import type { Clock } from "../clock.ts";
import type { Committed } from "../commands/execute.ts";
import type { Hub } from "../stream/hub.ts";
import type { Log } from "../stream/parts.ts";

type Parts = { hub: Hub; configuration: () => Configuration; clock: Clock; log: Log };

/** Tells all staff of agents whose presence or load has changed; a renewed lease alone is no news. */
export function agentPresences({ hub, configuration, clock }: Parts) {
  const told = new Map<string, string>();
  return {
    committed({ done }: Committed): void {
      for (const agent of done.flatMap((one) => one.agents)) {
        const capacity = configuration().agents.get(agent.id)?.capacity ?? 0;
        const presence = presenceOf(agent, capacity, clock.now());
        const text = JSON.stringify(presence);
        if (told.get(agent.id) === text) continue;
        told.set(agent.id, text);
        hub.passToStaff({ type: "agent-presence", presence });
      }
    },

    /** What another process told its staff: known here from now on. */
    heard(presence: AgentPresence): void {
      told.set(presence.agentId, JSON.stringify(presence));
    },

    /**
     * Tells somebody who has just come how everybody is: what they read a moment ago may be out of date, and what changed
     * in between was told to those who were there. What changes while the store is read is newer than what it answers.
     */
    async welcome(
      to: { pass(passing: Passing): void },
      read: () => Promise<ReadonlyMap<string, AgentState>>,
    ): Promise<void> {
      const before = new Map(told);
      const states = await read();
      for (const agent of states.values()) {
        if (told.get(agent.id) !== before.get(agent.id)) continue;
        const capacity = configuration().agents.get(agent.id)?.capacity ?? 0;
        to.pass({ type: "agent-presence", presence: presenceOf(agent, capacity, clock.now()) });
      }
    },
  };
}
