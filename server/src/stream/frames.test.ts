import type { ConversationEvent } from "@clew/contract/events";
import { eventForCustomer } from "@clew/domain/conversations/for-customer";
import { expect, test } from "vitest";
import { NewEvents } from "./frames.ts";

const conversationId = "0190a000-0000-7000-8000-00000000c0de";
const common = { conversationId, at: 1, by: { who: "agent" as const, id: conversationId, name: "Ana" } };
const events: ConversationEvent[] = [
  {
    ...common,
    type: "message.posted",
    number: 4,
    audience: "all",
    text: 'a "quote"\n',
    attachments: [],
    sessionId: null,
  },
  { ...common, type: "note.posted", number: 5, audience: "staff", text: "among us", attachments: [] },
];

test("[ST8] the one frame of staff holds everything, the one of customers what they may see", () => {
  const made = new NewEvents(conversationId, events);
  const topic = { kind: "conversation", id: conversationId };
  expect(JSON.parse(made.frame(false))).toEqual({ type: "events", topic, events });
  expect(JSON.parse(made.frame(true))).toEqual({ type: "events", topic, events: events.map(eventForCustomer) });
  expect(made.frame(true)).not.toContain("among us");
  expect([made.first, made.last]).toEqual([4, 5]);
});
