import type { ConversationState } from "@clew/domain/conversations/state";
import { CustomerPresence } from "../presence/customers.ts";
import { type CustomerConnectionStore, customerConnectionStore } from "../presence/customers-store.ts";
import type { openDoor } from "./store.ts";

type Place = Pick<Awaited<ReturnType<typeof openDoor>>, "database" | "door" | "store" | "time" | "ids">;

export const stateOf = (id: string) => ({ snapshot: { id, session: null } }) as unknown as ConversationState;

/**
 * A server process as far as customers' connections go, over a real store; `meddle` changes its statements. `processId`:
 * the door's, where it is the one behind that door.
 */
export function processOn(
  place: Place,
  meddle: (store: CustomerConnectionStore) => Partial<CustomerConnectionStore> = () => ({}),
  processId = place.ids.next(),
) {
  const { database, door, store, time, ids } = place;
  const real = customerConnectionStore(database);
  const here = new Set<string>();
  const presence = new CustomerPresence({
    processId,
    store: { ...real, ...meddle(real) },
    door,
    clock: { now: () => time.now },
    ids,
    log: { error: () => undefined, warn: () => undefined },
    hasCustomer: (id) => here.has(id),
    here: () => here,
    awaitsCustomer: (id) => here.has(id),
  });
  door.onCommitted((committed) => presence.committed(committed));
  return {
    presence,
    async comes(id: string) {
      here.add(id);
      presence.connected((await store.state(id)) ?? stateOf(id), "same-browser");
    },
    drops(id: string) {
      here.delete(id);
      presence.disconnected(id);
    },
    beat: () => presence.beat(time.now),
    away: async (id: string) => (await store.state(id))?.snapshot.session?.away ?? null,
    /** Commands are given without waiting for their end. */
    settled: () => door.idle(),
  };
}
