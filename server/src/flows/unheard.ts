import type { Database } from "../database/database.ts";
import type { Log } from "../stream/parts.ts";
import type { RunsStore } from "./runs-store.ts";

type Parts = {
  database: Database;
  store: RunsStore;
  /** Tells flows of one event; a repeat is nothing new. */
  hear(effect: { id: string; payload: unknown }): Promise<unknown>;
  log: Log;
};

/** Events of one look. */
const PAGE = 500;

/**
 * Tells flows what has happened and still lies in the outbox, oldest first, also what a process that died had taken for
 * itself: whoever looks at what time asks of runs does this first, for an event that came before a due time counts before
 * it. (One that was stamped before the due time and is committed after this look is late: to wait for those, every time
 * would have to be taken under the conversation's lock.) The conversations whose events could not be told are the answer:
 * their runs must not be taken on by time either.
 */
export async function hearUnheard({ database, store, hear, log }: Parts): Promise<ReadonlySet<string>> {
  const behind = new Set<string>();
  for (let after = ""; ; ) {
    const events = await store.unheard(database.raw, after, PAGE);
    for (const { id, payload } of events) {
      const told = JSON.parse(payload) as { conversationId: string };
      await hear({ id, payload: told }).catch((error: unknown) => {
        log.error({ err: error, effect: id }, "flows could not be told of an event");
        behind.add(told.conversationId);
      });
      after = id;
    }
    if (events.length < PAGE) return behind;
  }
}
