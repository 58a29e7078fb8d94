import { agentActor, id } from "@clew/domain/testing/test-world";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventsAfter } from "../event-log/read.ts";
import { ENGINES, openDoor } from "../testing/store.ts";

const customer = (number: number) => ({ who: "customer" as const, id: id("customer", number), name: null });
const SYSTEM = { who: "system" as const };
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error) => error.problem?.code ?? error,
  );

describe.each(ENGINES)("the door on %s", (engine) => {
  let here: Awaited<ReturnType<typeof openDoor>>;
  beforeEach(async () => {
    here = await openDoor(engine);
  });
  afterEach(() => here.close());

  const message = (conversationId: string, text: string, messageId = here.ids.next()) => ({
    type: "message.post" as const,
    id: messageId,
    conversationId,
    text,
    attachments: [],
    files: [],
  });

  test("[D1] a repeat gets the first answer and posts nothing", async () => {
    const conversation = await here.start(1);
    const command = message(conversation, "hello");
    const first = await here.door.execute(command, customer(1));
    here.time.now += 86_400_000;
    expect(await here.door.execute({ ...command, text: "hello!" }, customer(1))).toEqual(first);
    const both = await Promise.all(
      [1, 2, 3].map(() => here.door.execute(message(conversation, "again", id("command", 77)), customer(1))),
    );
    expect(new Set(both.map((answer) => answer.number)).size).toBe(1);
    const texts = (await eventsAfter(here.database.raw, conversation, 0, 100)).flatMap((event) =>
      event.type === "message.posted" ? event.text : [],
    );
    expect(texts).toEqual(["hello", "again"]);
  });

  test("[D1] a start whose message joined the open conversation is known again", async () => {
    const conversation = await here.start(1);
    const start = {
      type: "conversation.start" as const,
      id: here.ids.next(),
      conversationId: here.ids.next(),
      channelId: id("channel", 1),
      language: "en",
      answers: [],
      files: [],
      message: { id: here.ids.next(), text: "hello again", attachments: [] },
      customer: { id: id("customer", 1), kind: "guest" as const, name: null, email: null, subject: null },
    };
    const first = await here.door.execute(start, customer(1));
    expect(first).toMatchObject({ commandId: start.id, conversationId: conversation });
    expect(await here.door.execute(start, customer(1))).toEqual(first);
    expect(
      await refusal(
        here.door.execute({ ...start, customer: { ...start.customer, id: id("customer", 2) } }, customer(2)),
      ),
    ).toBe("id-reused");
    const texts = (await eventsAfter(here.database.raw, conversation, 0, 100)).filter(
      ({ type }) => type === "message.posted",
    );
    expect(texts).toHaveLength(1);
  });

  test("[D2] an id of somebody else's command is no oracle", async () => {
    const [one, two] = [await here.start(1), await here.start(2)];
    const command = message(one, "mine");
    await here.door.execute(command, customer(1));
    expect(await refusal(here.door.execute({ ...command, conversationId: two }, customer(2)))).toBe("id-reused");
    expect(await refusal(here.door.execute({ ...command, conversationId: two }, customer(1)))).toBe("id-reused");
  });

  test("[D3] a refused command leaves no trace and is judged anew", async () => {
    const conversation = await here.start(1);
    const command = message(conversation, " ");
    expect(await refusal(here.door.execute(command, customer(1)))).toBe("invalid");
    expect((await here.store.state(conversation))?.snapshot.number).toBe(3);
    expect((await here.door.execute({ ...command, text: "now" }, customer(1))).number).toBe(4);
  });

  test("[D4] what waits together shares one commit, and a refusal stays alone", async () => {
    const conversation = await here.start(1);
    let commits = 0;
    here.door.onCommitted(() => {
      commits += 1;
    });
    const given = Array.from({ length: 100 }, (_, index) =>
      refusal(here.door.execute(message(conversation, index === 50 ? "" : `m${index}`), customer(1))),
    );
    const answers = await Promise.all(given);
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(99);
    expect(answers[50]).toBe("invalid");
    expect(commits).toBe(1);
  });

  test("[D5] [D10] numbers and changes have no holes, and the order is that of sending", async () => {
    const conversations = await Promise.all([1, 2, 3, 4, 5].map((number) => here.start(number)));
    const sent = Array.from({ length: 200 }, (_, index) => index);
    await Promise.all(
      sent.map((index) =>
        here.door.execute(message(conversations[index % 5] as string, `${index}`), customer((index % 5) + 1)),
      ),
    );
    for (const [place, conversation] of conversations.entries()) {
      const events = await eventsAfter(here.database.raw, conversation, 0, 1000);
      expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
      const texts = events.flatMap((event) => (event.type === "message.posted" ? Number(event.text) : []));
      expect(texts).toEqual(sent.filter((index) => index % 5 === place));
    }
    const changes = (await here.store.changedAfter(0, 100)).map((one) => one.change);
    expect(changes).toEqual([...changes].sort((a, b) => a - b));
    expect(new Set(changes).size).toBe(5);
  });

  test("[D6] listeners are told what another connection can already read", async () => {
    const conversation = await here.start(1);
    const seen: Promise<number | undefined>[] = [];
    here.door.onCommitted(() => seen.push(here.store.state(conversation).then((state) => state?.snapshot.number)));
    const answer = await here.door.execute(message(conversation, "hello"), customer(1));
    expect(await seen[0]).toBe(answer.number);
  });

  test("[D7] a customer's simultaneous starts make one conversation", async () => {
    const started = await Promise.all([here.start(1), here.start(1), here.start(1)]);
    expect(new Set(started).size).toBe(1);
    expect(await here.start(1)).toBe(started[0]);
  });

  test("[D8] offers made at once never exceed capacity", async () => {
    await here.come(1);
    const conversations = await Promise.all([1, 2, 3, 4].map((number) => here.start(number)));
    const offers = conversations.map(async (conversationId) => {
      const sessionId = (await here.store.state(conversationId))?.snapshot.session?.id ?? "";
      return refusal(
        here.door.execute(
          { type: "session.offer", id: here.ids.next(), conversationId, sessionId, agentId: id("agent", 1) },
          SYSTEM,
        ),
      );
    });
    expect((await Promise.all(offers)).sort()).toEqual(["accepted", "accepted", "no-capacity", "no-capacity"]);
  });

  test("[D9] a deadline row moves with the state and goes when it is moot", async () => {
    const conversation = await here.start(1);
    const rows = () =>
      here.database.query
        .selectFrom("deadlines")
        .selectAll()
        .where("about", "=", `conversation:${conversation}`)
        .execute();
    await here.come(1);
    await here.door.execute({ type: "session.take", id: here.ids.next(), conversationId: conversation }, agentActor(1));
    await here.door.execute(message(conversation, "hello"), agentActor(1));
    expect((await rows()).map((row) => [row.kind, row.due_at - here.time.now]).sort()).toEqual([
      ["inactive", 60_000],
      ["warn", 120_000],
    ]);
    here.time.now += 60_000;
    const strike = () =>
      here.door.execute(
        { type: "deadline.strike", id: here.ids.next(), conversationId: conversation, kind: "inactive" },
        SYSTEM,
      );
    expect((await Promise.all([strike(), strike()])).filter((answer) => answer.number > 0)).toHaveLength(1);
    await here.door.execute({ type: "session.end", id: here.ids.next(), conversationId: conversation }, agentActor(1));
    expect(await rows()).toEqual([]);
  });
});

describe("two server processes on one PostgreSQL", () => {
  test("[D5] [D16] each holds the states it used, and decides on what the other has done in between", async () => {
    const here = await openDoor("postgres");
    const there = await here.another();
    try {
      const conversation = await here.start(1);
      for (const [index, { door }] of [here, there, there, here, here, there, here].entries()) {
        const text = `word ${index}`;
        const id = here.ids.next();
        await door.execute(
          { type: "message.post", id, conversationId: conversation, text, attachments: [], files: [] },
          customer(1),
        );
        expect((await here.store.state(conversation))?.lastMessage?.text).toBe(text);
      }
      const events = await eventsAfter(here.database.raw, conversation, 0, 100);
      expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
      expect((await here.store.state(conversation))?.unread).toHaveLength(7);
    } finally {
      await there.door.idle();
      await there.database.close();
      await here.close();
    }
  });

  test("[D5] [D7] [D8] share one truth", async () => {
    const here = await openDoor("postgres");
    const there = await here.another();
    try {
      const started = await Promise.all([here.start(1), there.start(1), here.start(1), there.start(1)]);
      expect(new Set(started).size).toBe(1);
      const conversation = started[0] as string;
      const post = (door: typeof here.door, text: string) =>
        door.execute(
          { type: "message.post", id: here.ids.next(), conversationId: conversation, text, attachments: [], files: [] },
          customer(1),
        );
      await Promise.all(Array.from({ length: 60 }, (_, index) => post(index % 2 ? here.door : there.door, `${index}`)));
      const events = await eventsAfter(here.database.raw, conversation, 0, 1000);
      expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
      expect(events).toHaveLength(63);

      await here.come(2);
      const others = await Promise.all([2, 3, 4, 5, 6].map((number) => here.start(number)));
      const offers = others.map(async (conversationId, index) => {
        const sessionId = (await here.store.state(conversationId))?.snapshot.session?.id ?? "";
        return refusal(
          (index % 2 ? here : there).door.execute(
            { type: "session.offer", id: here.ids.next(), conversationId, sessionId, agentId: id("agent", 2) },
            SYSTEM,
          ),
        );
      });
      expect((await Promise.all(offers)).filter((answer) => answer === "accepted")).toHaveLength(2);
    } finally {
      await there.door.idle();
      await there.database.close();
      await here.close();
    }
  });
});
