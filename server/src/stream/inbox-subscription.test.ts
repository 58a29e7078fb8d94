import { id } from "@clew/domain/testing/test-world";
import { expect, test } from "vitest";
import { openDoor } from "../testing/store.ts";
import { InboxSubscription } from "./inbox-subscription.ts";

test("[ST9] what no longer concerns an agent is taken back also from a client that resumed and was not told of it since", async () => {
  const here = await openDoor("sqlite");
  try {
    const conversationId = await here.start(1);
    let mine = true;
    const frames: { changes?: { conversationId: string; item: unknown }[] }[] = [];
    const inbox = new InboxSubscription({
      agentId: id("agent", 1),
      epoch: here.database.epoch,
      store: here.store,
      sees: () => mine,
      queueIds: () => [],
      seesAll: () => false,
      send: (message) => frames.push(message as never),
      sendText: (text) => frames.push(JSON.parse(text)),
    });
    await inbox.start({ epoch: here.database.epoch, number: await here.store.lastChange() });
    here.door.onCommitted(({ changed }) => inbox.changed([...changed.values()]));
    mine = false;
    for (const text of ["one", "two"]) {
      await here.door.execute(
        { type: "message.post", id: here.ids.next(), conversationId, text, attachments: [], files: [] },
        { who: "customer", id: id("customer", 1), name: null },
      );
    }
    const told = frames.flatMap(({ changes = [] }) => changes);
    expect(told).toMatchObject([{ conversationId, item: null }]);
  } finally {
    await here.close();
  }
});
