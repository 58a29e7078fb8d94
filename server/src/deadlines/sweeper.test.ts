import { agentActor, id } from "@clew/domain/testing/test-world";
import { describe, expect, test } from "vitest";
import { ENGINES, openDoor } from "../testing/store.ts";
import { deadlineStore } from "./store.ts";
import { Sweeper } from "./sweeper.ts";

const log = { error: () => undefined, warn: () => undefined };

describe.each(ENGINES)("the sweeper on %s", (engine) => {
  test("[D14] [D9] what is due becomes a command once, what is not stays, what has no subject goes", async () => {
    const here = await openDoor(engine);
    try {
      const { door, ids, time, database, store } = here;
      const clock = { now: () => time.now };
      const sweepers = [1, 2].map(
        () =>
          new Sweeper({
            store: deadlineStore(database),
            door,
            clock,
            ids,
            log,
            also: async () => undefined,
            agentAbsent: async () => undefined,
          }),
      );
      const conversation = await here.start(1);
      await door.execute(
        { type: "presence.set", id: ids.next(), agentId: id("agent", 1), status: "available", reason: null },
        agentActor(1),
      );
      await door.execute({ type: "session.take", id: ids.next(), conversationId: conversation }, agentActor(1));
      await door.execute(
        {
          type: "message.post",
          id: ids.next(),
          conversationId: conversation,
          text: "hello",
          attachments: [],
          files: [],
        },
        agentActor(1),
      );
      await database.query
        .insertInto("deadlines")
        .values({ about: `conversation:${ids.next()}`, kind: "warn", due_at: time.now })
        .execute();

      await Promise.all(sweepers.map((sweeper) => sweeper.round()));
      expect((await store.state(conversation))?.snapshot.session?.status).toBe("active");
      time.now += 60_000;
      await Promise.all(sweepers.map((sweeper) => sweeper.round()));
      time.now += 60_000;
      await Promise.all(sweepers.map((sweeper) => sweeper.round()));
      time.now += 60_000;
      await Promise.all(sweepers.map((sweeper) => sweeper.round()));
      const types = (
        await database.raw.all<{ body: string }>("SELECT body FROM events WHERE conversation_id = ? ORDER BY number", [
          conversation,
        ])
      ).map((row) => JSON.parse(row.body).type);
      expect(types.slice(4)).toEqual(["message.posted", "session.inactive", "session.warned", "session.ended"]);
      expect(
        await database.query.selectFrom("deadlines").selectAll().where("about", "like", "conversation:%").execute(),
      ).toEqual([]);
    } finally {
      await here.close();
    }
  });
});
