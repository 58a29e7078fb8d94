import { id } from "@clew/domain/testing/test-world";
import { afterEach, beforeEach, expect, test } from "vitest";
import { eventsAfter } from "../event-log/read.ts";
import { openDoor } from "../testing/store.ts";
import { Recent } from "./held.ts";
import { stateText } from "./state-text.ts";

let here: Awaited<ReturnType<typeof openDoor>>;
beforeEach(async () => {
  here = await openDoor("sqlite");
});
afterEach(() => here.close());

const post = (conversationId: string, text: string) =>
  here.door.execute(
    { type: "message.post", id: here.ids.next(), conversationId, text, attachments: [], files: [] },
    { who: "customer", id: id("customer", 1), name: null },
  );

test("[D16] a store that fails in mid-batch costs only the command at fault, and what is held stays true", async () => {
  const conversation = await here.start(1);
  await here.database.raw.run(
    "CREATE TRIGGER fail BEFORE INSERT ON events WHEN NEW.body LIKE '%poison%' BEGIN SELECT RAISE(ABORT, 'no'); END",
  );
  const [before, bad, after] = await Promise.allSettled([
    post(conversation, "one"),
    post(conversation, "poison"),
    post(conversation, "two"),
  ]);
  expect([before.status, bad.status, after.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
  await post(conversation, "three");
  const events = await eventsAfter(here.database.raw, conversation, 0, 100);
  expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
  expect(events.flatMap((event) => (event.type === "message.posted" ? event.text : []))).toEqual([
    "one",
    "two",
    "three",
  ]);
});

test("[D16] the stored state is that of a fresh look at every turn", async () => {
  const conversation = await here.start(1);
  for (const text of ["one", 'two "quoted" \u2028', "three"]) {
    await post(conversation, text);
    const state = await here.store.state(conversation);
    const events = await eventsAfter(here.database.raw, conversation, 0, 100);
    expect(state?.snapshot.number).toBe(events.at(-1)?.number);
    expect(state?.lastMessage?.text).toBe(text);
    expect(state && stateText(state)).toBe(JSON.stringify(state));
  }
});

test("what was not used for longest is forgotten first", () => {
  const recent = new Recent<number>(2);
  recent.set("a", 1);
  recent.set("b", 2);
  recent.get("a");
  recent.set("c", 3);
  expect(["a", "b", "c"].map((key) => recent.get(key))).toEqual([1, undefined, 3]);
});
