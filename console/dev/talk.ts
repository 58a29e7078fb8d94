import type { OpenConversationState } from "@clew/client/agent";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { By, ConversationEvent } from "@clew/contract/events";
import type { InboxItem } from "@clew/contract/inbox";
import type { Session } from "@clew/contract/sessions";
import { session, staff } from "./inbox.ts";
import { DAY, MINUTE } from "./people.ts";

type Item = OpenConversationState["timeline"][number];
const NOW = Date.now();
const CUSTOMER: By = { who: "customer", id: "c-ana", name: "Ana Weber" };
const BEA: By = { who: "agent", id: "bea", name: "Bea" };
const TOM: By = { who: "agent", id: "tom", name: "Tom" };
const SYSTEM: By = { who: "system" };

/** Writes a log: each call is one more event. */
export function scribe(start: number) {
  const timeline: Item[] = [];
  let number = 0;
  let at = start;
  const base = (type: string, by: By, audience: "all" | "staff" = "all") => {
    number += 1;
    return { type, conversationId: "ana", number, at, by, audience };
  };
  return {
    timeline,
    wait: (ms: number) => {
      at += ms;
    },
    say(
      by: By,
      text: string,
      more: {
        note?: boolean;
        delivery?: "sent" | "delivered" | "read";
        attachments?: Item extends never ? never : object[];
      } = {},
    ) {
      const event = {
        ...base(more.note ? "note.posted" : "message.posted", by, more.note ? "staff" : "all"),
        text,
        attachments: more.attachments ?? [],
        sessionId: null,
      };
      at += 20_000;
      timeline.push({
        kind: more.note ? "note" : "message",
        key: `m${number}`,
        text,
        attachments: event.attachments,
        by,
        at: event.at,
        mine: by.who !== "customer",
        delivery: by.who === "customer" ? null : { state: more.delivery ?? "read" },
        number,
        event,
      } as unknown as Item);
    },
    note(type: ConversationEvent["type"], by: By, more: object, audience: "all" | "staff" = "all") {
      const event = { ...base(type, by, audience), ...more };
      at += 4000;
      timeline.push({
        kind: type === "session.started" ? "session" : "notice",
        key: `e${number}`,
        number,
        at: event.at,
        event,
      } as unknown as Item);
    },
  };
}

export function talkOfAna(): Item[] {
  const first: Session = session({
    id: "s1",
    number: 1,
    status: "ended",
    end: { by: "customer", why: "ended", at: NOW - 9 * DAY },
  });
  const now: Session = session({ number: 2 });
  const log = scribe(NOW - 9 * DAY);
  log.note("session.started", SYSTEM, { session: first, reason: "first" });
  log.note("facts.recorded", CUSTOMER, { facts: [{ key: "name" }, { key: "email" }, { key: "order" }] });
  log.note("session.assigned", TOM, { session: { ...first, agent: { id: "tom", name: "Tom" } }, how: "accepted" });
  log.say(CUSTOMER, "Hi! When will order **4711** arrive?");
  log.say(
    TOM,
    "Hello Ana, it left our house this morning:\n\n- parcel 1: tent\n- parcel 2: poles\n\nYou can follow it at https://track.example/4711",
  );
  log.say(CUSTOMER, "Thanks a lot!");
  log.note("session.ended", CUSTOMER, { session: first, previousStatus: "active" });
  log.wait(9 * DAY - 26 * MINUTE);
  log.note("session.started", SYSTEM, { session: now, reason: "customer-wrote" });
  log.say(CUSTOMER, "Hello again. The tent has come, but one pole is bent. I would like to send it back.");
  log.say(CUSTOMER, "", {
    attachments: [
      { id: "a1", name: "a-bent-pole-photographed-in-the-evening-light.jpg", type: "image/jpeg", size: 834_000 },
    ],
  });
  log.note("session.waiting", SYSTEM, { session: now, staff: staff(), reason: "started" });
  log.note(
    "session.offer-ended",
    TOM,
    { session: now, staff: staff(), agentId: "tom", offerId: "o1", how: "declined", why: "Needs a specialist" },
    "staff",
  );
  log.note("session.assigned", BEA, { session: now, staff: staff(), how: "accepted" });
  log.say(
    BEA,
    "Hello Ana, sorry about that. I can send you a new pole, or take the whole tent back. What would you prefer?",
  );
  log.say(BEA, "Customer since 2019, always friendly. Offer the **free** replacement.", { note: true });
  log.note("session.warned", SYSTEM, { session: now, staff: staff() });
  log.say(CUSTOMER, "A new pole is fine.");
  log.note("facts.recorded", BEA, { facts: [{ key: "order", how: "corrected" }] }, "staff");
  log.say(BEA, "Done: it ships tomorrow with `DHL`.", { delivery: "delivered" });
  log.wait(5 * MINUTE);
  log.say(CUSTOMER, "Perfect.");
  log.say(CUSTOMER, "And can I choose another colour while we are at it?");
  return log.timeline;
}

/** Tom's customer went, came back by a link when Tom was busy, and is Bea's now. */
export function talkOfReturned({ session: here }: InboxItem): Item[] {
  const jo: By = { who: "customer", id: "c-returned", name: "Jo Almeida" };
  const before: Session = { ...here, agent: { id: "tom", name: "Tom" } };
  const gone = { since: NOW - 12 * MINUTE, windowUntil: NOW + 18 * MINUTE, sameAgentUntil: NOW + 8 * MINUTE };
  const log = scribe(NOW - 24 * MINUTE);
  log.note("session.started", SYSTEM, { session: before, reason: "first" });
  log.note("facts.recorded", jo, { facts: [{ key: "name" }, { key: "topic" }] });
  log.note("session.assigned", TOM, { session: before, staff: staff(), how: "accepted" });
  log.say(jo, "The zip of my jacket is broken after two weeks. Can I send it back?");
  log.say(TOM, "Of course. Shall I send a new one, or would you like your money back?");
  log.wait(9 * MINUTE);
  log.note("customer.gone", SYSTEM, {
    session: { ...before, away: gone },
    staff: staff({ hold: { weight: 1, until: NOW - 2 * MINUTE } }),
  });
  log.note("hold.extended", TOM, { session: before, staff: staff(), until: NOW + 18 * MINUTE }, "staff");
  log.wait(9 * MINUTE);
  log.note("hold.ended", SYSTEM, { session: before, staff: staff(), what: "capacity", how: "expired" }, "staff");
  log.note("customer.returned", jo, {
    session: { ...here, agent: null, status: "waiting" },
    staff: staff({ previousAgentId: "tom" }),
    how: "link",
    outcome: "other-agent",
    because: "agent-busy",
    awayFor: 10 * MINUTE,
  });
  log.note("session.assigned", BEA, { session: here, staff: staff(), how: "accepted" });
  log.say(jo, "I am back");
  return log.timeline;
}

/** A conversation to look at for any line of the inbox; Ana's is the rich one. */
export function snapshotOf(item: InboxItem): ConversationSnapshot {
  const rich = ["ana", "returned"].includes(item.conversationId) || item.conversationId === "offered";
  const told = (key: string, value: string | boolean | null, more: object = {}) => ({
    key,
    value,
    sessionId: "s1",
    sessionNumber: 1,
    at: NOW - 9 * DAY,
    how: "typed" as const,
    by: { who: "customer" as const },
    ...more,
  });
  return {
    id: item.conversationId,
    channelId: item.channelId,
    kind: item.kind,
    status: item.status,
    number: 40,
    createdAt: NOW - 9 * DAY,
    language: item.language,
    session: item.session,
    positions: { customerDelivered: 20, customerRead: 14, agentDelivered: 20, agentRead: rich ? 19 : 40 },
    customer: item.customer,
    page: {
      url: "https://shop.example/tents/two-person?colour=moss",
      title: "Two-person tent, moss – Northwind Outdoor",
    },
    facts: rich
      ? [
          told("name", item.customer.name),
          told("email", item.customer.email),
          told("topic", "returns", { sessionNumber: 2, at: NOW }),
          told("order", "4711-B", { how: "corrected", by: { who: "agent", id: "bea", name: "Bea" } }),
          told("newsletter", null),
        ]
      : [],
    staff: {
      ...item.staff,
      previousAgentId: item.session.number > 1 || item.conversationId === "returned" ? "tom" : null,
    },
  };
}

/** A short log for everyone else. */
export function talkOf(item: InboxItem): Item[] {
  if (item.conversationId === "ana") return talkOfAna();
  if (item.conversationId === "returned") return talkOfReturned(item);
  const log = scribe(NOW - 20 * MINUTE);
  const customer: By = {
    who: "customer",
    id: item.customer.id,
    ...(item.customer.name ? { name: item.customer.name } : {}),
  };
  log.note("session.started", SYSTEM, { session: item.session, reason: "first" });
  if (item.conversationId === "yusuf") log.say(customer, "السلام عليكم، رقم طلبي 88213.");
  if (item.lastMessage)
    log.say(item.lastMessage.by === "customer" ? customer : BEA, item.lastMessage.text, { delivery: "delivered" });
  if (item.session.end)
    log.note("session.ended", item.session.end.by === "agent" ? BEA : SYSTEM, {
      session: item.session,
      previousStatus: "active",
    });
  return log.timeline;
}
