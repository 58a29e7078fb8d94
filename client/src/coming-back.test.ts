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
type World = ReturnType<typeof fakeWorld>;

/** The fake clock does not move by itself: time passes in small steps, with everything that happens in between. */
async function pass(world: World, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 250) {
    await world.clock.advance(250);
    await world.run();
  }
}

describe("what was typed a moment ago", () => {
  it("[CL19] survives a reload in the same instant, and is kept once", async () => {
    const { world, tab } = await started();
    tab.chat.setDraft("half a wo");
    tab.chat.setPreChatDraft({ name: "An" });
    tab.crash();
    const again = world.tab().chat;
    await world.run();
    expect(again.state.get()).toMatchObject({ draft: "half a wo", preChatDraft: { name: "An" } });
    again.setDraft("newer");
    await pass(world, 500);
    expect(world.disk.get("shared/draft")).toBe("newer");
    const third = world.tab().chat;
    await world.run();
    expect(third.state.get().draft).toBe("newer");
  });

  it("[CL19] is gone with the rest at sign-out", async () => {
    const { world, chat } = await started();
    chat.setDraft("for me alone");
    void chat.signOut();
    await world.run();
    const next = world.tab().chat;
    await world.run();
    expect(next.state.get().draft).toBe("");
  });
});

describe("after a sign-out", () => {
  it("[CL59] nothing that was due for the one who left takes the words of the next", async () => {
    const { world, chat } = await started();
    void chat.signOut();
    await world.run();
    world.network.down = true;
    void chat.start({ answers: [], message: "I am next" });
    await world.run();
    await world.clock.advance(600_000);
    await world.run();
    expect(texts(chat)).toEqual(["I am next"]);
  });

  it("[CL59] words said while signing out are answered, not left behind a closed connection", async () => {
    const { world, chat } = await started();
    const problem = { type: "", code: "unavailable", status: 503, title: "", retry: "later", retryAfter: 1 } as const;
    world.server.refuseNext.push({ type: "message.post", problem });
    void chat.signOut();
    const answered = chat.send("too late");
    let done = false;
    void answered.then(() => {
      done = true;
    });
    await world.run();
    world.server.broadcast({ type: "bye", reason: "unauthenticated", retryAfter: null });
    await pass(world, 10_000);
    expect({ done, connection: chat.state.get().connection.name }).toEqual({ done: true, connection: "live" });
  });
});

describe("a network that goes away without a word", () => {
  it("[CL38] is told within two seconds of the browser saying so", async () => {
    const { world, tab, chat } = await started();
    world.network.newest()?.vanish();
    world.network.down = true;
    tab.wake();
    await pass(world, 1_750);
    expect(chat.state.get().connection.name).toBe("offline");
  });

  it("[CL38] is not told when the connection proves to be alive", async () => {
    const { world, tab, chat } = await started();
    world.network.down = true;
    tab.wake();
    await pass(world, 4_000);
    expect(chat.state.get().connection.name).toBe("live");
  });

  it("[CL39] is found ten seconds after a message that nobody answers, and the message goes out once", async () => {
    const { world, chat } = await started();
    world.network.newest()?.vanish();
    void chat.send("into the void");
    await pass(world, 9_500);
    expect(world.network.links).toHaveLength(1);
    await pass(world, 1_500);
    expect(world.network.links.length).toBeGreaterThan(1);
    expect(texts(chat)).toEqual(["hello", "into the void"]);
    expect(world.server.log).toHaveLength(4);
  });
});

describe("a page that vouches for its customer", () => {
  it.each(["token-expired", "revoked"] as const)(
    "[CL50] is asked again when the server no longer knows the device (%s)",
    async (reason) => {
      const { world, chat } = await started();
      let asked = 0;
      world.server.kind = "verified";
      void chat.signIn(async () => {
        asked += 1;
        return `page-token-${asked}`;
      });
      await world.run();
      expect(chat.state.get().identity?.kind).toBe("verified");
      world.server.secrets.clear();
      world.network.newest()?.toClient.push({ type: "bye", reason, retryAfter: null });
      await pass(world, 2_000);
      expect(asked).toBe(2);
      expect(chat.state.get()).toMatchObject({ connection: { name: "live" }, identityProblem: null });
      expect(texts(chat)).toEqual(["hello"]);
    },
  );

  it("[CL51] and fails makes no guest: the reason is told and nobody is connected", async () => {
    const world = fakeWorld();
    const { chat } = world.tab();
    void chat.boot();
    await world.run();
    const signedIn = chat.signIn(() => Promise.reject(new Error("session over")));
    await world.run();
    expect(await signedIn).toMatchObject({ ok: false, problem: { code: "identity-refused" } });
    expect(chat.state.get().identityProblem?.detail).toContain("session over");
    void chat.start({ answers: [], message: "hello" });
    await world.run();
    expect(world.server.calls.filter((call) => call.includes("/identity/"))).toEqual([]);
  });

  it("[CL52] on a new device is asked what to go on with, and does", async () => {
    const { world, tab } = await started();
    tab.crash();
    world.disk.clear();
    world.server.kind = "verified";
    const fresh = world.tab().chat;
    void fresh.boot();
    void fresh.signIn("page-token");
    await world.run();
    expect(fresh.state.get().conversation).toBeNull();
    const [choice] = fresh.state.get().choices;
    expect(choice?.id).toBe(world.server.conversationId);
    fresh.takeUp(choice?.id ?? "");
    await world.run();
    expect(texts(fresh)).toEqual(["hello"]);
    expect(fresh.state.get()).toMatchObject({ choices: [], connection: { name: "live" } });
  });

  it("[CL57] or ends all of it and starts over", async () => {
    const { world, tab } = await started();
    tab.crash();
    world.disk.clear();
    world.server.kind = "verified";
    const fresh = world.tab().chat;
    void fresh.boot();
    void fresh.signIn("page-token");
    await world.run();
    const ids = fresh.state.get().choices.map(({ id }) => id);
    const over = startOver(fresh, "end");
    await world.run();
    expect(await over).toBe(true);
    const ended = world.server.commands.filter(({ type }) => type === "session.end");
    expect(ended.map((command) => "conversationId" in command && command.conversationId)).toEqual(ids);
    expect(fresh.state.get()).toMatchObject({ choices: [], conversation: { id: ids[0] } });
  });
});

describe("a link", () => {
  it("[CL53] that is good brings the conversation, and a new link for the next device", async () => {
    const { world, tab } = await started();
    tab.crash();
    world.disk.clear();
    world.server.openLink = (_, identity) => ({
      outcome: "resumed",
      conversationId: world.server.conversationId ?? "",
      identity,
      link: { url: "https://shop.example/#clew-reconnect=next", expiresAt: 9 },
    });
    const fresh = world.tab().chat;
    void fresh.boot();
    await world.run();
    const opened = fresh.openLink("token");
    await world.run();
    expect(await opened).toMatchObject({ ok: true, value: { outcome: "resumed" } });
    expect(texts(fresh)).toEqual(["hello"]);
    expect(fresh.state.get().connection.name).toBe("live");
    const link = fresh.makeLink();
    await world.run();
    expect(await link).toMatchObject({ value: { url: "https://shop.example/#clew-reconnect=next" } });
  });

  it("[WF14] whose answer was lost is asked for once more under the same id, over a reload too, until there is an answer", async () => {
    const { world, tab } = await started();
    const asked: string[] = [];
    const refused = { outcome: "refused", because: "link-invalid" } as const;
    world.server.openLink = (_token, _identity, opening) => {
      asked.push(opening);
      if (asked.length === 1) throw new Error("the answer is lost");
      return refused;
    };
    const lost = tab.chat.openLink("token");
    await world.run();
    expect(await lost).toMatchObject({ ok: false, problem: { code: "unavailable" } });
    tab.crash();
    const { chat } = world.tab();
    for (let times = 0; times < 2; times += 1) {
      const opened = chat.openLink("token");
      await world.run();
      expect(await opened).toMatchObject({ ok: true, value: refused });
    }
    const [first, second, third] = asked;
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("[CL54] that is not changes nothing here", async () => {
    const { world, chat } = await started();
    const opened = chat.openLink("forged");
    await world.run();
    expect(await opened).toMatchObject({ ok: true, value: { outcome: "refused" } });
    expect(texts(chat)).toEqual(["hello"]);
    expect(chat.state.get().connection.name).toBe("live");
  });
});

describe("the reset", () => {
  it("[CL55] is asked for until the server confirms, over a reload too, with an honest state meanwhile", async () => {
    const { world, tab } = await started();
    world.network.down = true;
    void tab.chat.clear("end");
    await pass(world, 3_000);
    expect(tab.chat.state.get()).toMatchObject({ clearing: true, connection: { name: "idle" } });
    expect(world.server.conversationId).not.toBeNull();
    tab.crash();

    const again = world.tab().chat;
    void again.boot();
    await pass(world, 1_000);
    expect(again.state.get()).toMatchObject({ clearing: true, timeline: [] });
    const told: string[] = [];
    again.onSignal((signal) => told.push(signal.type));
    world.network.down = false;
    await pass(world, 31_000);
    expect(again.state.get()).toMatchObject({ clearing: false, conversation: null, identity: null });
    expect(told).toEqual(["cleared"]);
    expect(world.server.conversationId).toBeNull();
    expect([...world.disk.keys()].sort()).toEqual(["boot", "format"]);
  });

  it("[CL56] is followed by the other tabs", async () => {
    const { world, chat } = await started();
    const other = world.tab().chat;
    void other.boot();
    await world.run();
    expect(texts(other)).toEqual(["hello"]);
    chat.setDraft("half");
    const cleared = other.clear("end");
    await world.run();
    expect(await cleared).toMatchObject({ ok: true });
    for (const each of [chat, other])
      expect(each.state.get()).toMatchObject({ conversation: null, timeline: [], draft: "", clearing: false });
  });
});

describe("access that has run out", () => {
  const lapsed = async (world: World, chat: Chat, minutes: number) => {
    // In steps that a connection outlives: what it asks is answered between them.
    for (let passed = 0; passed < minutes * 60; passed += 2) {
      await world.clock.advance(2_000);
      await world.run();
    }
    return chat.state.get().lapsed;
  };

  /** The server answers, and renews nothing until the result is called. */
  const refusing = ({ server }: World) => {
    const { fetch } = server;
    server.fetch = async (input, init) =>
      String(input).endsWith("/identity/resume") ? new Response("no", { status: 503 }) : fetch(input, init);
    return () => {
      server.fetch = fetch;
    };
  };

  it("[K66] is told when the server answers and does not renew it, and is over when it does", async () => {
    const { world, chat } = await started();
    const renewing = refusing(world);
    expect(await lapsed(world, chat, 9)).toBe(false);
    expect(await lapsed(world, chat, 3)).toBe(true);
    renewing();
    expect(await lapsed(world, chat, 2)).toBe(false);
  });

  it("[RC30] sends nothing over a connection that still stands; what waits goes out once and in order when it is renewed", async () => {
    const { world, tab, chat } = await started();
    const renewing = refusing(world);
    expect(await lapsed(world, chat, 12)).toBe(true);
    expect(chat.state.get().connection.name).toBe("live");
    const { length } = world.server.commands;
    const asked = () => world.server.commands.slice(length).map(({ type }) => type);
    world.server.say("are you there?");
    await world.run();
    chat.markRead();
    void chat.send("pressed");
    void chat.answerSurvey("0190a000-0000-7000-8000-00000000c0df", null);
    await pass(world, 30_000);
    expect(texts(chat)).toEqual(["hello", "are you there?", "pressed"]);
    expect(asked()).toEqual([]);

    // It waits on the device: a crash loses nothing of it.
    tab.crash();
    const again = world.tab().chat;
    void again.boot();
    await world.run();
    expect(texts(again)).toEqual(["hello", "are you there?", "pressed"]);
    renewing();
    expect(await lapsed(world, again, 2)).toBe(false);
    expect(asked().filter((type) => type !== "positions.move")).toEqual(["message.post", "survey.answer"]);
    expect(again.state.get().timeline.at(-1)).toMatchObject({ text: "pressed", number: world.server.log.length });
  });

  it("[RC30] is renewed over the same connection: what waits goes out then, and where one reads is told", async () => {
    const { world, chat } = await started();
    const renewing = refusing(world);
    expect(await lapsed(world, chat, 12)).toBe(true);
    const { length } = world.server.commands;
    const { hellos } = world.server;
    world.server.say("are you there?");
    await world.run();
    chat.markRead();
    void chat.send("pressed");
    await pass(world, 1_000);
    expect(world.server.commands).toHaveLength(length);
    renewing();
    expect(await lapsed(world, chat, 2)).toBe(false);
    const asked = world.server.commands.slice(length).map(({ type }) => type);
    expect([...new Set(asked)].sort()).toEqual(["message.post", "positions.move"]);
    expect(asked.filter((type) => type === "message.post")).toHaveLength(1);
    expect(world.server.hellos).toBe(hellos);
  });

  it("[K66] is nobody's concern while the network is away: what is written meanwhile goes out later", async () => {
    const { world, chat } = await started();
    world.network.newest()?.vanish();
    world.network.down = true;
    expect(await lapsed(world, chat, 60)).toBe(false);
    void chat.send("from the tunnel");
    await world.run();
    world.network.down = false;
    expect(await lapsed(world, chat, 2)).toBe(false);
    expect(texts(chat)).toEqual(["hello", "from the tunnel"]);
    expect(chat.state.get().timeline.at(-1)?.number).not.toBe(null);
  });
});
