import type { ConversationCustomer } from "@clew/contract/conversations";
import type { Actor } from "@clew/domain/actor";
import type { Ids } from "../clock.ts";
import type { Door } from "../commands/execute.ts";
import type { ConversationStore } from "./store.ts";

type Parts = { store: ConversationStore; door: Door; ids: Ids; revokeLinks(conversationId: string): Promise<void> };

/** More than anybody has in one channel. */
const MOST = 100;

/** What is done to all conversations of a customer in a channel at once. Repeats do no harm. */
export function allOfCustomer({ store, door, ids, revokeLinks }: Parts) {
  return {
    /** The reset's share: what is open ends or is parked, and no link leads back to any of them. */
    async clear(cleared: {
      customer: { id: string; name: string | null };
      channelId: string;
      mode: "end" | "park";
    }): Promise<void> {
      const { customer, channelId, mode } = cleared;
      const actor: Actor = { who: "customer", id: customer.id, name: customer.name };
      for (const { snapshot } of await store.ofCustomer(customer.id, channelId, MOST)) {
        if (snapshot.status === "open")
          await door.execute({ type: "session.clear", id: ids.next(), conversationId: snapshot.id, mode }, actor);
        await revokeLinks(snapshot.id);
      }
    },

    /** A guest turned out to be a verified customer: what the guest said is theirs. */
    async follow(moved: { guestId: string; channelId: string; customer: ConversationCustomer }): Promise<void> {
      const { guestId, channelId, customer } = moved;
      for (const { snapshot } of await store.ofCustomer(guestId, channelId, MOST)) {
        await door.execute(
          { type: "customer.verify", id: ids.next(), conversationId: snapshot.id, customer },
          { who: "system" },
        );
      }
    },
  };
}
