import { describe, expect, it } from "vitest";
import type { Chat } from "./chat.ts";
import { startOver } from "./continuity/start-over.ts";
import { fakeWorld } from "./testing/fake-world.ts";

const texts = (chat: Chat) => chat.state.get().timeline.flatMap((item) => (item.kind === "message" ? [item.text] : []));

/** A world with one tab in a started conversation. */
async function started() {
  const world = fakeWorld();
  const tab = world.tab();
  void tab.chat.boot();
  await world.run();
  void tab.chat.start({ answers: [], message: "hello" });
  await world.run();
  return { world, tab, chat: tab.chat };
}

describe("what is put aside", () => {
  /** A device that knows nothing yet, where a verified customer is asked what to go on with. */
  async function asked() {
    const { world, tab } = await started();
    tab.crash();
    world.disk.clear();
    world.server.kind = "verified";
    const fresh = world.tab();
    void fresh.chat.boot();
    void fresh.chat.signIn("page-token");
    await world.run();
    expect(fresh.chat.state.get().choices).toHaveLength(1);
    return { world, ...fresh };
  }

  it("[PK1] is no more what this device shows, and what is said next begins beside it", async () => {
    const { world, chat } = await asked();
    const over = startOver(chat, "park");
    expect(chat.state.get().choices).toHaveLength(1);
    await world.run();
    expect(await over).toBe(true);
    expect(world.server.commands.filter(({ type }) => type === "session.clear")).toMatchObject([
      { conversationId: world.server.conversationId, mode: "park" },
    ]);
    expect(chat.state.get()).toMatchObject({ choices: [], conversation: null });
    void chat.start({ answers: [], message: "something else" });
    await world.run();
    expect(world.server.commands.at(-1)?.type).toBe("conversation.start");
  });

  it("[PK1] is put aside by the server or not at all: refused, the question stands", async () => {
    const { world, chat } = await asked();
    const problem = { type: "", code: "not-found", status: 404, title: "no", retry: "no" } as const;
    world.server.refuseNext.push({ type: "session.clear", problem });
    const over = startOver(chat, "park");
    await world.run();
    expect(await over).toBe(false);
    expect(chat.state.get().choices).toHaveLength(1);
  });

  it("[PK5] is asked for and not gone back to by itself, until somebody says so", async () => {
    const { world, chat, crash } = await asked();
    void startOver(chat, "park");
    await world.run();
    crash();
    // The server says of it what it says after that.
    const put = world.server.log.findLast((event) => "session" in event);
    if (put && "session" in put) Object.assign(put, { session: { ...put.session, parked: world.clock.now() } });
    const again = world.tab().chat;
    void again.boot();
    await world.run();
    expect(again.state.get()).toMatchObject({ conversation: null });
    const [choice] = again.state.get().choices;
    again.takeUp(choice?.id ?? "");
    await world.run();
    expect(texts(again)).toEqual(["hello"]);
  });
});
