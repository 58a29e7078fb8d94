import { id } from "@clew/domain/testing/test-world";
import { expect, test } from "vitest";
import { openDoor } from "../testing/store.ts";
import { Hub } from "./hub.ts";
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
    here.door.onCommitted(({ changed }) => inbox.changed([...changed.values()], 0));
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

test("[ST9] a change of another server that is read late is told also to who came back after a later one of this server", async () => {
  const here = await openDoor("sqlite");
  try {
    type Frame = { type: string; number: number; changes?: { conversationId: string }[] };
    async function open(from: number) {
      const frames: Frame[] = [];
      const inbox = new InboxSubscription({
        ...{ agentId: id("agent", 1), epoch: here.database.epoch, store: here.store },
        ...{ sees: () => true, queueIds: () => [], seesAll: () => true },
        send: (message) => frames.push(message as never),
        sendText: (text) => frames.push(JSON.parse(text)),
      });
      await inbox.start({ epoch: here.database.epoch, number: from });
      const told = () => frames.flatMap(({ changes = [] }) => changes.map(({ conversationId }) => conversationId));
      return { inbox, told, cursor: () => Math.max(...frames.map(({ number }) => number)) };
    }
    const hub = new Hub({ alone: false });
    const before = await open(await here.store.lastChange());
    hub.follow({ changed: (rows: never, upTo: number) => before.inbox.changed(rows, upTo) } as never, true);
    // The first is another server's, of which nobody has told this one yet.
    const theirs = await here.start(1);
    here.door.onCommitted((committed) => hub.committed(committed));
    const ours = await here.start(2);
    expect(before.told()).toEqual([ours]);
    const again = await open(before.cursor());
    expect(again.told()).toContain(theirs);
  } finally {
    await here.close();
  }
});
