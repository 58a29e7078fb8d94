import { AGENT_LEASE_MS } from "@clew/contract/presence";
import type { Clock, Ids } from "../clock.ts";
import type { Door } from "../commands/execute.ts";
import type { Hub } from "../stream/hub.ts";
import type { Log } from "../stream/parts.ts";

/** Renewals are this far apart, a third of the lease, so that two may be lost. */
export const RENEW_EVERY_MS = AGENT_LEASE_MS / 3;
/** After the last connection of an agent has closed, a reload has this long to bring them back, in milliseconds. */
const GRACE_MS = 8_000;

type Parts = { door: Door; hub: Hub; clock: Clock; ids: Ids; log: Log };

/**
 * Presence from heartbeats: as long as a connection of an agent lives in some server process, that process renews the
 * agent's lease. Nobody has to say goodbye: a lease that is not renewed runs out by itself.
 */
export function heartbeats({ door, hub, ids, log }: Parts) {
  const renewed = new Map<string, number>();
  const renew = (agentId: string, lease: number) =>
    door
      .execute({ type: "presence.renew", id: ids.next(), agentId, lease }, { who: "system" })
      .catch((error: unknown) => log.warn({ err: error }, "a lease could not be renewed"));

  return {
    async connected(agentId: string): Promise<void> {
      renewed.set(agentId, 0);
      await renew(agentId, AGENT_LEASE_MS);
    },
    /** The last connection in this process has closed: the lease shrinks to the time that a reload takes. */
    async disconnected(agentId: string): Promise<void> {
      renewed.delete(agentId);
      await door
        .execute({ type: "presence.shorten", id: ids.next(), agentId, lease: GRACE_MS }, { who: "system" })
        .catch((error: unknown) => log.warn({ err: error }, "a lease could not be shortened"));
    },
    /** Called by the sweeper's rounds. */
    async beat(now: number): Promise<void> {
      const present = new Set<string>();
      for (const { caller } of hub.connections) if (caller.who === "staff") present.add(caller.agentId);
      const due = [...present].filter((agentId) => now - (renewed.get(agentId) ?? 0) >= RENEW_EVERY_MS);
      for (const agentId of due) renewed.set(agentId, now);
      // At once, so that the door puts all of them into one commit.
      await Promise.all(due.map((agentId) => renew(agentId, AGENT_LEASE_MS)));
    },
  };
}
