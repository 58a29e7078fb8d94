import type { AgentPresence } from "@clew/contract/presence";
import type { Result } from "../results.ts";

type Presences = Readonly<Record<string, AgentPresence>>;
type Read = () => Promise<Result<{ items: readonly AgentPresence[] }>>;

/**
 * How every agent is, from two sources: the list that is read when the stream opens, and what the stream tells. The list
 * goes another way and may come late, so whoever the stream told of since it was asked for stays as told.
 */
export function createPresences(read: Read, show: (presences: Presences) => void) {
  let known: Presences = {};
  let told = new Set<string>();
  const set = (presences: Presences) => {
    known = presences;
    show(presences);
  };
  return {
    async readAll(): Promise<void> {
      const since = new Set<string>();
      told = since;
      const answer = await read();
      if (!answer.ok || told !== since) return;
      const listed = answer.value.items.filter(({ agentId }) => !since.has(agentId));
      const newer = Object.values(known).filter(({ agentId }) => since.has(agentId));
      set(Object.fromEntries([...listed, ...newer].map((presence) => [presence.agentId, presence])));
    },
    tell(presence: AgentPresence): void {
      told.add(presence.agentId);
      set({ ...known, [presence.agentId]: presence });
    },
    /** Nobody is signed in: what comes back late is not shown. */
    clear(): void {
      told = new Set();
      set({});
    },
  };
}
