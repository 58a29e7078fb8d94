import type { Actor } from "@clew/domain/actor";
import { findAgent } from "../agents/agents.ts";
import type { Door } from "../commands/execute.ts";
import type { Identity } from "../identity/identity.ts";
import type { OpenCore } from "./core.ts";
import type { Live } from "./live.ts";

type Parts = OpenCore & Pick<Live, "hub" | "dispatcher"> & { door: Door; identity: Identity };

const SYSTEM: Actor = { who: "system" };

/**
 * Lets what is at work follow a change of configuration and what is revoked: streams are told and may be ended, the
 * router is asked. `recheckAll` looks at every connection anew.
 */
export function followChanges(parts: Parts): { recheckAll(): Promise<void> } {
  const { database, cache, store, ids, hub, dispatcher, door, identity } = parts;
  const recheckAll = async () => {
    await Promise.all([...hub.connections].map((connection) => connection.recheck()));
    dispatcher.touchAll();
  };
  identity.onRevoked(() => void recheckAll());
  cache.onChange((change) => {
    if (change.deployment) hub.passToChannel(change.deployment.channelId, { type: "deployment", ...change.deployment });
    hub.passToStaff({ type: "configuration", noun: change.noun });
    if (change.noun === "agent") void agentChanged(change.id);
    void recheckAll();
  });
  return { recheckAll };

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
