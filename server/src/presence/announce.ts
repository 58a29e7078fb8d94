import type { Configuration } from "@clew/domain/configuration";
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
  };
}
