import type { Door } from "../commands/execute.ts";
import { deadlineStore } from "../deadlines/store.ts";
import { Sweeper } from "../deadlines/sweeper.ts";
import type { ReconnectLinks } from "../reconnect/links.ts";
import type { Core } from "./core.ts";
import type { Live } from "./live.ts";

type Parts = Core & {
  door: Door;
  beats: Pick<Live["beats"], "beat">;
  customers: Pick<Live["customers"], "beat">;
  follower: Pick<Live["follower"], "poll">;
  links?: Pick<ReconnectLinks, "afterWait">;
  /** Work of every round after the beats of presence and the safety poll. */
  also?(now: number): Promise<void>;
};

/** Due deadlines, and all that is looked at every second or so. */
export function createSweeper(parts: Parts): Sweeper {
  const { database, store, clock, ids, log, door, beats, customers, follower, links, also } = parts;
  return new Sweeper({
    ...{ door, clock, ids, log },
    store: deadlineStore(database),
    linkAfterWait: async (conversationId) => links?.afterWait(conversationId),
    async agentAbsent(agentId) {
      for (const conversationId of await store.heldBy(agentId))
        await door.execute({ type: "agent.absent", id: ids.next(), conversationId, agentId }, { who: "system" });
    },
    async also(now) {
      await beats.beat(now);
      await customers.beat(now);
      follower.poll();
      await also?.(now);
    },
  });
}
