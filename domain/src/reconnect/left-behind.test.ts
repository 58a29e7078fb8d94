import type { FormField } from "@clew/contract/forms";
import { expect, test } from "vitest";
import { glanceOf } from "../conversations/glance.ts";
import { agentActor, TestWorld } from "../testing/test-world.ts";
import { answersLeft, linesLeft } from "./left-behind.ts";

const field = (key: string, type: FormField["type"], more: Partial<FormField> = {}): FormField => ({
  key,
  type,
  label: { en: key },
  required: false,
  hidden: false,
  editable: true,
  ...more,
});
const FIELDS = [
  field("name", "text"),
  field("email", "email"),
  field("topic", "choice", { choices: [{ value: "order", label: { en: "An order", de: "Eine Bestellung" } }] }),
  field("plan", "choice", { hidden: true }),
  field("branch", "choice", { editable: false }),
  field("wish", "choice"),
];
const fact = (key: string, value: string, how: "typed" | "hidden" | "corrected" = "typed") => ({
  key,
  value,
  how,
  sessionId: "s",
  sessionNumber: 1,
  at: 1,
  by: { who: "customer" as const },
});
const FACTS = [
  fact("name", "Ana"),
  fact("email", "ana@clew.example"),
  fact("topic", "advice"),
  fact("topic", "order"),
  fact("plan", "gold", "hidden"),
  fact("branch", "north"),
  fact("wish", "mended", "corrected"),
];

test("[RC23] an expired link gives names and own choices to begin with, nothing the customer is reached by", () => {
  expect(answersLeft(FACTS, FIELDS)).toEqual({ name: "Ana", topic: "order" });
});

test("[RC23] it shows what was said while it was good: no notes, no files, no other link", () => {
  const world = new TestWorld();
  const conversation = world.start();
  world.serve(conversation, 1);
  const events = (type: "message.post" | "note.post", text: string) => {
    const words = { conversationId: conversation, text, attachments: [], files: [] };
    const given = world.give(agentActor(1), type === "note.post" ? { type, ...words } : { type, ...words });
    return "performed" in given ? given.performed.events : [];
  };
  const link = "https://shop.example/chat?channel=c#clew-reconnect=abc_-9";
  const said = [...events("message.post", `Come back by ${link} soon`), ...events("note.post", "between us")];
  const until = world.now;
  world.now += 1;
  said.push(...events("message.post", "said later"));
  expect(said.length).toBeGreaterThanOrEqual(3);
  expect(linesLeft(said, until)).toEqual([
    { at: until, by: "team", name: expect.any(String), text: "Come back by … soon", files: [] },
  ]);
});

test("[RC25] a glance tells the topic in the conversation's language and the last that was said", () => {
  const world = new TestWorld();
  const conversation = world.start();
  const glance = (language: string) => {
    const state = world.state(conversation);
    return glanceOf({ ...state, snapshot: { ...state.snapshot, language, facts: FACTS } }, { fields: FIELDS });
  };
  expect(glance("de-AT")).toEqual({ topic: "Eine Bestellung", last: null });
  world.serve(conversation, 1);
  world.say(agentActor(1), conversation, "one moment");
  expect(glance("en")).toEqual({ topic: "An order", last: { at: world.now, by: "team", text: "one moment" } });
});
