import type { ConversationEvent } from "@clew/contract/events";
import { expect, test } from "vitest";
import { INBOX } from "../../dev/inbox.ts";
import { talkOf } from "../../dev/talk.ts";
import { holdsOf } from "../supervision/holds-list.ts";
import { timelineRows } from "./rows.ts";

const names = { me: "bea", agent: (id: string) => ({ tom: "Tom" })[id] ?? "?", queue: () => "Orders" };
const returned = INBOX.find(({ conversationId }) => conversationId === "returned");
if (!returned) throw new Error("the sketches have lost Jo");
const events = talkOf(returned).flatMap(({ event }) => (event as ConversationEvent | null) ?? []);

test("[CO29] the timeline has every happening once, in order, and counts the words between", () => {
  const rows = timelineRows(events, names);
  const numbers = rows.flatMap((row) => (row.kind === "event" ? [row.number] : []));
  const happenings = events.filter(({ type }) => !["message.posted", "note.posted"].includes(type));
  expect(numbers).toEqual(happenings.map(({ number }) => number));
  expect(rows[0]).toMatchObject({ kind: "session", title: "Session 1" });
  expect(rows.filter(({ kind }) => kind === "said").map((row) => "text" in row && row.text)).toEqual([
    "2 messages",
    "1 message",
  ]);
});

test("[CO29] a line tells the reason, the way back and the clocks that ran then", () => {
  const rows = timelineRows(events, names);
  const about = (start: string) => rows.find((row) => row.kind === "event" && row.text.startsWith(start));
  expect(about("The customer’s connection is gone")).toMatchObject({
    by: "Clew",
    clocks: [/^place kept until/, /^same agent until/, /^session waits until/].map((line) =>
      expect.stringMatching(line),
    ),
  });
  expect(about("The customer is back")).toMatchObject({ detail: "by a link", clocks: [] });
});

test("[CO28] the holds name customer, agent, units and the ends of the promises, the next to strike first", () => {
  const [gone] = INBOX.filter(({ conversationId }) => conversationId === "gone");
  if (!gone?.session.away) throw new Error("the sketches have lost Noor");
  const away = { since: 0, windowUntil: null, sameAgentUntil: null };
  const forGood = {
    ...gone,
    conversationId: "for-good",
    session: { ...gone.session, away },
    staff: { ...gone.staff, hold: null },
  };
  const over = { ...gone, conversationId: "over", session: { ...gone.session, status: "ended" as const } };
  const holds = holdsOf([forGood, over, gone, returned]);
  expect(holds.map(({ conversationId }) => conversationId)).toEqual(["gone", "for-good"]);
  expect(holds[0]).toMatchObject({ agentId: "bea", hold: { weight: 1 }, windowUntil: gone.session.away.windowUntil });
});
