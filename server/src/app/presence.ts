import type { WakeStore } from "../bus/wake-store.ts";
import type { Door } from "../commands/execute.ts";
import { agentPresences } from "../presence/announce.ts";
import { CustomerPresence } from "../presence/customers.ts";
import { customerConnectionStore } from "../presence/customers-store.ts";
import { heartbeats } from "../presence/heartbeats.ts";
import { queuePlaces } from "../routing/queue-places.ts";
import { Elsewhere } from "../stream/elsewhere.ts";
import { Hub } from "../stream/hub.ts";
import { PassingMessages } from "../stream/passing.ts";
import type { Core } from "./core.ts";

/** Who listens to this process, and what their coming and going means: leases, customers gone, places in the queue. */
export function createPresence(core: Core & { door: Door; wakes: Pick<WakeStore, "say"> | null }) {
  const { database, store, agentStates, configuration, clock, ids, log, door, wakes } = core;
  const elsewhere = new Elsewhere({ clock, log, say: wakes && ((texts) => wakes.say(texts)) });
  const hub = new Hub({ alone: wakes === null, elsewhere });
  const places = queuePlaces({ store, agentStates, configuration, clock, hub });
  const beats = heartbeats({ door, hub, clock, ids, log });
  const presences = agentPresences({ hub, configuration, clock, log });
  const customers = new CustomerPresence({
    ...{ door, clock, ids, log },
    processId: door.processId,
    store: customerConnectionStore(database),
    hasCustomer: (conversationId) => passing.isThere(conversationId),
    here: () => passing.customersHere(),
    awaitsCustomer: (conversationId) => passing.awaitsCustomer(conversationId),
  });
  const passing: PassingMessages = new PassingMessages({
    hub,
    configuration,
    elsewhere,
    staffArrived: (connection) =>
      void presences
        .welcome(connection, () => agentStates.all())
        .catch((error: unknown) => log.warn({ err: error }, "presences could not be told")),
    agentConnected: (agentId, connected) => void (connected ? beats.connected(agentId) : beats.disconnected(agentId)),
    customerConnected: (state, how) => customers.connected(state, how),
    customerDisconnected: (conversationId) => customers.disconnected(conversationId),
    queuePlace: (state) =>
      void places.tellOne(state).catch((error: unknown) => log.warn({ err: error }, "a place could not be told")),
  });
  /** What other processes say of those who are there; false: the text is about something else. */
  function heard(text: string): boolean {
    const passed = elsewhere.hear(text);
    for (const one of passed ?? []) {
      if (one.type === "agent-presence") presences.heard(one.presence);
      hub.passFromElsewhere(one);
    }
    return passed !== null;
  }
  const sweep = () => {
    for (const one of elsewhere.sweep(clock.now())) hub.passFromElsewhere(one);
  };
  return { hub, places, beats, presences, customers, passing, elsewhere, heard, sweep };
}
