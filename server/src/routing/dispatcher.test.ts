import { REASK_AFTER_MS } from "@clew/domain/routing/able";
import { agentActor, configurationOf, id, queue } from "@clew/domain/testing/test-world";
import { describe, expect, test } from "vitest";
import { agentStateStore } from "../presence/store.ts";
import { ENGINES, openDoor } from "../testing/store.ts";
import { Dispatcher } from "./dispatcher.ts";

const log = { error: (_: unknown, message: string) => expect.unreachable(message), warn: () => undefined };
const SYSTEM = { who: "system" as const };

describe.each(ENGINES)("the dispatcher on %s", (engine) => {
  async function world() {
    const here = await openDoor(engine);
    here.world.configuration = configurationOf({ queues: [queue(1, { offerFor: 30_000 }), queue(2)] });
    let rounds = 0;
    const dispatcher = new Dispatcher({
      door: here.door,
      store: here.store,
      agentStates: agentStateStore(here.database),
      configuration: () => here.world.configuration,
      clock: { now: () => here.time.now },
      ids: here.ids,
      log,
      async moved() {
        rounds += 1;
      },
    });
    here.door.onCommitted((committed) => dispatcher.committed(committed));
    const come = async (number: number) => {
      await here.come(number, 3_600_000);
      await dispatcher.idle();
    };
    const staff = async (conversationId: string) => (await here.store.state(conversationId))?.snapshot.staff;
    return { ...here, dispatcher, come, staff, rounds: () => rounds };
  }

  test("[RO34] an agent who comes is offered who waits; a message in the line makes no round", async () => {
    const { door, ids, start, come, staff, dispatcher, rounds, close } = await world();
    try {
      const conversation = await start(1);
      await dispatcher.idle();
      const before = rounds();
      const customer = { who: "customer" as const, id: id("customer", 1), name: null };
      await door.execute(
        {
          type: "message.post",
          id: ids.next(),
          conversationId: conversation,
          text: "hello",
          attachments: [],
          files: [],
        },
        customer,
      );
      await dispatcher.idle();
      expect(rounds()).toBe(before);
      await come(1);
      expect((await staff(conversation))?.offer?.agentId).toBe(id("agent", 1));
    } finally {
      await close();
    }
  });

  test("[RO34] one agent alone who declined is asked again after the pause", async () => {
    const { door, ids, time, start, come, staff, dispatcher, close } = await world();
    try {
      const conversation = await start(1);
      await come(1);
      const offerId = (await staff(conversation))?.offerId ?? "";
      await door.execute(
        { type: "offer.decline", id: ids.next(), conversationId: conversation, offerId, why: "busy" },
        agentActor(1),
      );
      await dispatcher.idle();
      expect((await staff(conversation))?.offer).toBeNull();
      time.now += REASK_AFTER_MS;
      await door.execute(
        { type: "deadline.strike", id: ids.next(), conversationId: conversation, kind: "reask" },
        SYSTEM,
      );
      await dispatcher.idle();
      expect((await staff(conversation))?.offer?.agentId).toBe(id("agent", 1));
    } finally {
      await close();
    }
  });
});
