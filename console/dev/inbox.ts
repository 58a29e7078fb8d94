import type { InboxItem } from "@clew/contract/inbox";
import type { Session, SessionStaff } from "@clew/contract/sessions";
import { DAY, HOUR, MINUTE } from "./people.ts";

const NOW = Date.now();

export function session(more: Partial<Session> = {}): Session {
  return {
    id: "s2",
    number: 1,
    status: "active",
    startedAt: NOW - 20 * MINUTE,
    waitingSince: null,
    activeAt: NOW - 18 * MINUTE,
    agent: { id: "bea", name: "Bea" },
    end: null,
    countdown: null,
    nextMessage: "joins-session",
    leaveMessage: false,
    ...more,
  };
}

export function staff(more: Partial<SessionStaff> = {}): SessionStaff {
  return {
    queueId: "orders",
    skills: [],
    priority: 0,
    weight: 1,
    offer: null,
    declined: [],
    previousAgentId: null,
    queuedAt: null,
    lastWordAt: null,
    close: null,
    ...more,
  } as SessionStaff;
}

type Sketch = {
  id: string;
  title: string;
  name?: string | null;
  verified?: boolean;
  said?: string | null;
  by?: "customer" | "agent";
  ago?: number;
  unread?: number;
  session?: Partial<Session>;
  staff?: Partial<SessionStaff>;
  language?: string;
};

export function item({
  id,
  title,
  name = title.split(" · ")[0] ?? null,
  verified = false,
  said = null,
  by = "customer",
  ago = 5 * MINUTE,
  unread = 0,
  language = "en",
  ...rest
}: Sketch): InboxItem {
  return {
    conversationId: id,
    channelId: "shop",
    kind: "asynchronous",
    status: "open",
    number: 40,
    language,
    customer: {
      id: `c-${id}`,
      kind: verified ? "verified" : "guest",
      name,
      email: verified ? `${id}@mail.example` : null,
      subject: verified ? `user-${id}` : null,
    },
    title,
    session: session(rest.session),
    staff: staff(rest.staff),
    lastMessage: said === null ? null : { at: NOW - ago, by, text: said },
    unread,
    updatedAt: NOW - ago,
  };
}

const waiting = (since: number): Partial<Session> => ({
  status: "waiting",
  agent: null,
  activeAt: null,
  waitingSince: NOW - since,
  startedAt: NOW - since,
});

export const OFFERED = item({
  id: "offered",
  title: "Lucía Fernández · A return",
  verified: true,
  said: "Hola! The zip of the jacket broke after two weeks, can I send it back?",
  session: { ...waiting(95_000), number: 2 },
  staff: { queueId: "returns", offer: { agentId: "bea", madeAt: NOW - 6000, dueAt: NOW + 24_000 } },
});

export const INBOX: InboxItem[] = [
  item({
    id: "ana",
    title: "Ana Weber · A return",
    verified: true,
    said: "And can I choose another colour while we are at it?",
    ago: 40_000,
    unread: 2,
    session: { number: 2, countdown: null },
  }),
  item({
    id: "yusuf",
    title: "يوسف الحداد · طلب",
    language: "ar",
    said: "مرحبا، لم يصل الطلب حتى الآن. هل يمكنكم المساعدة؟",
    ago: 3 * MINUTE,
    unread: 1,
  }),
  item({
    id: "silent",
    title: "Guest · My order",
    name: null,
    said: "I have sent you the number, could you check it once more?",
    by: "agent",
    ago: 14 * MINUTE,
    session: { countdown: { what: "inactivity-end", at: NOW + 94_000, from: NOW - 26_000 } },
  }),
  item({
    id: "long",
    title: "Wolfeschlegelsteinhausenbergerdorff-Montgomery-Featherstonehaugh · Business customers",
    said: "supercalifragilisticexpialidocious-without-any-space-to-break-at-and-still-going-on",
    ago: 2 * HOUR,
    session: { status: "inactive" },
  }),
  item({
    id: "wait1",
    title: "Kofi Mensah · My order",
    said: "Hello? Is anybody there?",
    ago: 4 * MINUTE,
    unread: 1,
    session: waiting(4 * MINUTE),
  }),
  item({ id: "wait2", title: "Guest · A return", name: null, session: waiting(65_000), staff: { queueId: "returns" } }),
  item({
    id: "gone",
    title: "Noor El-Amin · My order",
    said: "One moment, my train is in a tunnel",
    ago: 3 * MINUTE,
    session: {
      away: { since: NOW - 2 * MINUTE, windowUntil: NOW + 28 * MINUTE, sameAgentUntil: NOW + 18 * MINUTE },
    },
    staff: { hold: { weight: 1, until: NOW + 8 * MINUTE } },
  }),
  item({ id: "returned", title: "Jo Almeida · A return", said: "I am back", ago: 4 * MINUTE, unread: 1 }),
  item({
    id: "tomone",
    title: "Mei Tanaka · My order",
    said: "Thank you, that works.",
    ago: 9 * MINUTE,
    session: { agent: { id: "tom", name: "Tom" } },
  }),
  item({
    id: "over",
    title: "Piotr Nowak · A return",
    said: "Great, bye!",
    ago: 2 * DAY,
    session: {
      status: "ended",
      nextMessage: "starts-session",
      end: { by: "agent", why: "ended", at: NOW - 2 * DAY, agentId: "bea", name: "Bea" },
    },
  }),
  ...Array.from({ length: 60 }, (_, index) =>
    item({
      id: `old${index}`,
      title: `Customer ${index + 1} · My order`,
      said: "All good now, thanks.",
      ago: (3 + index) * DAY,
      session: {
        status: "ended",
        nextMessage: "starts-session",
        end: { by: "system", why: "inactivity", at: NOW - (3 + index) * DAY },
      },
    }),
  ),
];
