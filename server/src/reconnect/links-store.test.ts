import { describe, expect, test } from "vitest";
import { ENGINES, openDoor } from "../testing/store.ts";
import { insertLink, revokeLinksOf, useLink } from "./links-store.ts";

describe.each(ENGINES)("links on %s", (engine) => {
  test("[RC38] a link that is stopped in the moment it is used stays unused, and of two uses one is the first", async () => {
    const here = await openDoor(engine);
    try {
      const { database } = here;
      const conversationId = await here.start(1);
      const state = await here.store.state(conversationId);
      if (!state) throw new Error("the conversation is not there");
      const add = async (tokenHash: string) =>
        insertLink(database.query, {
          ...{ id: here.ids.next(), token_hash: tokenHash, conversation_id: conversationId },
          ...{ channel_id: state.snapshot.channelId, customer_id: state.snapshot.customer.id },
          ...{ created_by: "customer", created_at: 1, expires_at: 1_000 },
          ...{ used_at: null, used_by: null, revoked_at: null },
        });
      const use = (tokenHash: string, now: number) => useLink(database, { tokenHash, opening: "one", now });

      await add("stopped");
      await revokeLinksOf(database.query, conversationId, 5);
      expect(await use("stopped", 6)).toMatchObject({ first: false, link: { used_at: null, revoked_at: 5 } });
      await add("good");
      expect(await use("good", 7)).toMatchObject({ first: true, link: { used_at: 7 } });
      expect(await use("good", 8)).toMatchObject({ first: false, link: { used_at: 7 } });
    } finally {
      await here.close();
    }
  });
});
