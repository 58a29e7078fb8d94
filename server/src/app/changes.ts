import { randomUUID } from "node:crypto";
import type { Actor } from "@clew/domain/actor";
import { findAgent } from "../agents/agents.ts";
import type { WakeStore } from "../bus/wake-store.ts";
import type { Door } from "../commands/execute.ts";
import type { Caller } from "../http/handlers.ts";
import type { Identity } from "../identity/identity.ts";
import type { Revoked } from "../identity/revoked.ts";
import type { OpenCore } from "./core.ts";
import type { Live } from "./live.ts";

type Parts = OpenCore &
  Pick<Live, "hub" | "dispatcher"> & {
    door: Door;
    identity: Identity;
    /** Null: no other process has connections. */
    wakes: Pick<WakeStore, "say"> | null;
  };

type Changes = {
  /** Looks at every connection anew. */
  recheckAll(): Promise<void>;
  /** What another process has revoked ends here, too. False: the text is of another kind. */
  heard(text: string): boolean;
  /** What was said meanwhile was not heard: anything may have been revoked. */
  missed(): void;
};

const SYSTEM: Actor = { who: "system" };

/**
 * Lets what is at work follow a change of configuration and what is revoked: streams are told and may be ended, here and
 * at the other processes, the router is asked.
 */
export function followChanges(parts: Parts): Changes {
  const { database, cache, store, ids, log, hub, dispatcher, door, identity, wakes } = parts;
  const origin = randomUUID();
  const recheck = async (concerns: (caller: Caller) => boolean) => {
    const concerned = [...hub.connections].filter(({ caller }) => concerns(caller));
    await Promise.all(concerned.map((connection) => connection.recheck()));
    dispatcher.touchAll();
  };
  const recheckAll = () => recheck(() => true);

  identity.onRevoked((revoked) => {
    void recheck(had(revoked));
    wakes
      ?.say([JSON.stringify({ origin, revoked })])
      .catch((error: unknown) => log.warn({ err: error }, "other servers could not be told what was revoked"));
  });
  cache.onChange((change) => {
    if (change.deployment) hub.passToChannel(change.deployment.channelId, { type: "deployment", ...change.deployment });
    hub.passToStaff({ type: "configuration", noun: change.noun });
    if (change.noun === "agent") void agentChanged(change.id);
    void recheckAll();
  });
  return {
    recheckAll,
    heard(text) {
      const { origin: by, revoked } = JSON.parse(text) as { origin?: string; revoked?: Revoked };
      if (revoked === undefined) return false;
      if (by === origin) return true;
      identity.revokedElsewhere(revoked);
      void recheck(had(revoked));
      return true;
    },
    missed() {
      identity.revokedElsewhere(null);
      void recheckAll();
    },
  };

  /** A deactivated agent holds nothing and is nobody. */
  async function agentChanged(agentId: string): Promise<void> {
    const agent = await findAgent(database.query, agentId);
    if (!agent || agent.active) return;
    await identity.signOutAgent(agentId);
    await door.execute({ type: "presence.drop", id: ids.next(), agentId }, SYSTEM);
    for (const conversationId of await store.heldBy(agentId))
      await door.execute({ type: "agent.left", id: ids.next(), conversationId, agentId }, SYSTEM);
  }
}

/** Whether what was revoked was the caller's. */
function had(revoked: Revoked): (caller: Caller) => boolean {
  if ("deviceId" in revoked) return (caller) => caller.who === "customer" && caller.deviceId === revoked.deviceId;
  if ("keyId" in revoked) return (caller) => caller.who === "key" && caller.keyId === revoked.keyId;
  if ("agentId" in revoked) return (caller) => caller.who === "staff" && caller.agentId === revoked.agentId;
  return (caller) => caller.who === "staff" && caller.sessionId === revoked.staffSessionId;
}
