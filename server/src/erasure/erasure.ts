import { insertAudit } from "../audit/store.ts";
import type { Clock, Ids } from "../clock.ts";
import type { Door } from "../commands/execute.ts";
import type { Database } from "../database/database.ts";
import type { Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import type { Hub } from "../stream/hub.ts";
import { flowsOf, type OfConversation } from "./flows-store.ts";
import { conversationsOf, forgetPerson, samePerson } from "./store.ts";

type Parts = {
  database: Database;
  clock: Clock;
  ids: Ids;
  door: Door;
  /** Removes all files of a conversation; returns how many there were. */
  removeFiles(conversationId: string): Promise<number>;
  /** Screens of staff that show runs and records of a conversation are to look anew. */
  passToStaff: Hub["passToStaff"];
  /** Lets go of what is remembered of a device, and of its connections. */
  forgetDevice(deviceId: string): void;
};

/**
 * Erases a customer. First the way in goes, so that nothing new is said and every widget that holds a copy is told to
 * wipe it; then each conversation through the door, which ends what runs and frees whom it held; then the files. Broken
 * off half-way, the same call goes on from there: each step finds what is left to do.
 */
export function erasureHandlers({
  database,
  clock,
  ids,
  door,
  removeFiles,
  forgetDevice,
  passToStaff,
}: Parts): Handlers {
  return {
    async eraseCustomer({ caller, params }) {
      const customerId = params.id as string;
      const persons = await samePerson(database.query, customerId);
      if (persons.length === 0) throw new Refused("not-found");
      const now = clock.now();
      const agentId = caller.who === "staff" ? caller.agentId : null;
      const by = caller.who === "key" ? { key: caller.keyId } : {};
      const devices = await database.transaction(async (query) => {
        const entry = { id: ids.next(), at: now, agentId, action: "erase", noun: "customer", nounId: customerId };
        await insertAudit(query, [{ ...entry, change: by }]);
        return forgetPerson(query, persons, now);
      });
      for (const id of devices) forgetDevice(id);

      const conversationIds = await conversationsOf(database.query, persons);
      let files = 0;
      for (const conversationId of conversationIds) {
        const kept = await flowsOf(database.raw, conversationId);
        await door.execute({ type: "conversation.erase", id: ids.next(), conversationId }, { who: "system" });
        for (const passing of changedBy(conversationId, kept)) passToStaff(passing);
        files += await removeFiles(conversationId);
      }
      return { conversations: conversationIds.length, files };
    },
  };
}

/** What staff are told of runs and records that are gone with a conversation. */
function changedBy(startedFor: string, { runs, records }: OfConversation): Parameters<Hub["passToStaff"]>[0][] {
  return [
    ...runs.map((runId) => ({ type: "run-changed", runId, status: "cancelled", startedFor, recordId: null }) as const),
    ...records.map(({ id: recordId, object }) => ({ type: "record-changed", object, recordId }) as const),
  ];
}
