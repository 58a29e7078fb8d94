import type { Configuration } from "@clew/domain/configuration";
import { agentActor, configurationOf, id } from "@clew/domain/testing/test-world";
import { systemIds } from "../clock.ts";
import { Door } from "../commands/execute.ts";
import type { Files } from "../commands/files.ts";
import { conversationStore } from "../conversations/store.ts";
import { connect } from "../database/connect.ts";
import { ENGINES, type EngineName, makePlace } from "./configuration.ts";

export { ENGINES, type EngineName };

const NO_FILES: Files = { attachmentsOf: async () => [], claim: async () => {} };

/** An empty store of one engine with a door on it. `time.now` can be moved; `configuration` replaced. */
export async function openDoor(engine: EngineName) {
  const { place, remove } = await makePlace(engine);
  const first = await doorOn(place);
  return {
    ...first,
    /** Another server process on the same store. */
    another: () => doorOn(place),
    async close() {
      await first.door.idle();
      await first.database.close();
      await remove();
    },
  };
}

async function doorOn(place: Parameters<typeof connect>[0]) {
  const database = await connect(place);
  const time = { now: 1_700_000_000_000 };
  const clock = { now: () => time.now };
  const ids = systemIds(clock);
  const world: { configuration: Configuration } = { configuration: configurationOf() };
  const door = new Door({ database, clock, ids, configuration: () => world.configuration, files: NO_FILES });
  const store = conversationStore(database);

  /** `connected`: over a connection, on which they go on. */
  async function start(number: number, way: { connected?: boolean } = {}): Promise<string> {
    const customerId = id("customer", number);
    const answer = await door.execute(
      {
        type: "conversation.start",
        id: ids.next(),
        conversationId: ids.next(),
        channelId: id("channel", 1),
        language: "en",
        answers: [],
        files: [],
        customer: { id: customerId, kind: "guest", name: null, email: null, subject: null },
      },
      { who: "customer", id: customerId, name: null },
      way,
    );
    return answer.conversationId as string;
  }
  /** The agent of this number is there, and available. */
  async function come(number: number, lease = 60_000): Promise<void> {
    const agentId = id("agent", number);
    await door.execute({ type: "presence.renew", id: ids.next(), agentId, lease }, { who: "system" });
    const status = { status: "available", reason: null } as const;
    await door.execute({ type: "presence.set", id: ids.next(), agentId, ...status }, agentActor(number));
  }
  return { database, door, store, time, ids, world, start, come };
}
