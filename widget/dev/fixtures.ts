import type { ChatState, MessageItem, NoticeEvent, TimelineItem } from "@clew/client";
import type { Boot } from "@clew/contract/channels";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Session } from "@clew/contract/sessions";

/** Made-up things for the page of states: a shop, a customer, an agent, and what they said. */
export const NOW = Date.now();
const MINUTE = 60_000;
export const id = (number: number) => `01936f00-0000-7000-8000-${String(number).padStart(12, "0")}`;
export const ANN = { id: id(900), name: "Annika Lindqvist" };

const question = { hidden: false, editable: true, required: false };
export const BOOT: Boot = {
  channelId: id(1),
  deployment: 3,
  name: "Shop",
  kind: "asynchronous",
  look: {
    colour: "#3a4fe0",
    colourText: null,
    radius: 14,
    font: null,
    logoUrl: null,
    position: "end",
    scheme: "auto",
    title: { en: "Nordlicht Store", ar: "متجر نورد لخت", de: "Nordlicht Laden" },
    subtitle: { en: "We answer within minutes", ar: "نردّ خلال دقائق", de: "Wir antworten in Minuten" },
    greeting: {
      en: "Questions about an order or a product? We’re here.",
      ar: "هل لديك سؤال عن طلب أو منتج؟ نحن هنا.",
      de: "Fragen zu Bestellung oder Produkt? Wir sind da.",
    },
  },
  preChat: {
    title: { en: "Before we start", ar: "قبل أن نبدأ", de: "Bevor wir beginnen" },
    intro: {
      en: "Tell us a little, so that the right person answers.",
      ar: "أخبرنا بالقليل ليردّ عليك الشخص المناسب.",
      de: "Ein paar Angaben, damit die richtige Person antwortet.",
    },
    ask: { when: "missing", olderThanDays: 90 },
    fields: [
      {
        ...question,
        key: "name",
        type: "text",
        label: { en: "Your name", ar: "اسمك", de: "Ihr Name" },
        required: true,
      },
      {
        ...question,
        key: "email",
        type: "email",
        label: { en: "E-mail", ar: "البريد الإلكتروني", de: "E-Mail" },
        hint: { en: "For the transcript, nothing else.", ar: "لإرسال نص المحادثة فقط." },
        required: true,
      },
      {
        ...question,
        key: "topic",
        type: "choice",
        label: { en: "What is it about?", ar: "ما الموضوع؟", de: "Worum geht es?" },
        choices: [
          { value: "order", label: { en: "An order", ar: "طلب" } },
          { value: "product", label: { en: "A product", ar: "منتج" } },
        ],
      },
      {
        ...question,
        key: "order",
        type: "text",
        label: { en: "Order number", ar: "رقم الطلب" },
        pattern: "[A-Z]{2}-\\d{4}",
        patternHint: {
          en: "Two letters, a dash and four digits, such as AB-1234.",
          ar: "حرفان وشرطة وأربعة أرقام، مثل AB-1234.",
        },
      },
      {
        ...question,
        key: "terms",
        type: "checkbox",
        label: {
          en: "I agree that my answers are kept with the conversation.",
          ar: "أوافق على حفظ إجاباتي مع المحادثة.",
        },
        required: true,
      },
    ],
  },
  customerMayEnd: true,
  attachments: true,
  livePreview: false,
  showQueuePlace: true,
  transcript: true,
  languages: ["en", "de", "fr", "es", "ja", "ar"],
  verification: true,
  outOfHours: "leave-message",
  reconnectLinks: { life: 86_400_000 },
  open: true,
  opensAt: null,
  epoch: "dev",
  now: NOW,
};

/** What the shop asks afterwards. */
export const SURVEY: NonNullable<Boot["survey"]> = {
  on: true,
  title: { en: "How did Annika do?", ar: "كيف كانت خدمتنا؟" },
  intro: { en: "Two short questions; your answers help us to get better.", ar: "سؤالان قصيران يساعداننا على التحسّن." },
  fields: [
    {
      ...question,
      key: "rating",
      type: "rating",
      label: { en: "How satisfied are you?", ar: "ما مدى رضاك؟" },
      hint: { en: "1 is poor, 5 is great.", ar: "١ ضعيف و٥ ممتاز." },
      required: true,
    },
    {
      ...question,
      key: "more",
      type: "longText",
      label: { en: "What could we do better?", ar: "ما الذي يمكننا تحسينه؟" },
    },
  ],
};

export const SESSION: Session = {
  id: id(20),
  number: 2,
  status: "active",
  startedAt: NOW - 9 * MINUTE,
  waitingSince: null,
  activeAt: NOW - 8 * MINUTE,
  agent: ANN,
  end: null,
  countdown: null,
  nextMessage: "joins-session",
  leaveMessage: false,
};

export const CONVERSATION: ConversationSnapshot = {
  id: id(10),
  channelId: id(1),
  kind: "asynchronous",
  status: "open",
  number: 40,
  createdAt: NOW - 3 * 86_400_000,
  language: "en",
  session: SESSION,
  positions: { customerDelivered: 0, customerRead: 0, agentDelivered: 0, agentRead: 0 },
  facts: [],
};

let number = 0;
const by = { customer: { who: "customer" as const }, agent: { who: "agent" as const, id: ANN.id, name: ANN.name } };

export function message(
  who: "customer" | "agent",
  text: string,
  ago: number,
  more: Partial<MessageItem> = {},
): MessageItem {
  number += 1;
  return {
    kind: "message",
    key: id(1000 + number),
    text,
    attachments: [],
    by: by[who],
    at: NOW - ago * MINUTE,
    mine: who === "customer",
    delivery: who === "customer" ? { state: "read" } : null,
    number,
    event: null,
    ...more,
  };
}

const common = { conversationId: id(10), by: { who: "system" as const }, audience: "all" as const };
export function notice(ago: number, event: Partial<NoticeEvent> & Pick<NoticeEvent, "type">): TimelineItem {
  number += 1;
  const at = NOW - ago * MINUTE;
  return {
    kind: "notice",
    key: `notice-${number}`,
    number,
    at,
    event: { ...common, number, at, ...event } as NoticeEvent,
  };
}
export function session(ago: number, which: number): TimelineItem {
  number += 1;
  const at = NOW - ago * MINUTE;
  return {
    kind: "session",
    key: `session-${which}`,
    number,
    at,
    event: {
      ...common,
      type: "session.started",
      number,
      at,
      reason: "customer-wrote",
      session: { ...SESSION, number: which },
    },
  };
}

const YESTERDAY = 26 * 60;
export function talk(): TimelineItem[] {
  const ended: Session = {
    ...SESSION,
    number: 1,
    status: "ended",
    end: { by: "agent", why: "ended", at: NOW, name: ANN.name },
  };
  return [
    session(YESTERDAY + 10, 1),
    notice(YESTERDAY + 9, { type: "session.assigned", how: "accepted", session: { ...SESSION, number: 1 } }),
    message("customer", "Hello, has my parcel left yet?", YESTERDAY + 8),
    message(
      "agent",
      "Hi! It has: **two boxes**, on their way since this morning.\n\n- Box 1: lamp\n- Box 2: shade and `E27` bulbs\n\nTrack them at https://tracking.example/AB-1234",
      YESTERDAY + 6,
    ),
    message("customer", "Great, thanks 👍", YESTERDAY + 5),
    notice(YESTERDAY, { type: "session.ended", previousStatus: "active", session: ended }),
    session(9, 2),
    message("customer", "It’s me again. One bulb arrived broken.", 8.5),
    notice(8, { type: "session.assigned", how: "accepted", session: SESSION }),
    message("agent", "Oh no, sorry about that!", 7),
    message("agent", "Could you send me a *picture* of it?", 6.8),
    message("customer", "", 4, {
      attachments: [
        { id: id(70), name: "bulb.png", type: "image/png", size: 240_000, image: { width: 480, height: 320 } },
      ],
    }),
    message("customer", "And the invoice:", 3.5, {
      attachments: [
        {
          id: id(71),
          name: "Invoice 2026-11 with a rather long file name.pdf",
          type: "application/pdf",
          size: 1_840_000,
        },
      ],
    }),
    message("agent", "😍", 2),
    message("customer", "Can you send a new one?", 1, { delivery: { state: "delivered" } }),
  ];
}

export const STATE: ChatState = {
  boot: { name: "ready", boot: BOOT, fresh: true },
  connection: { name: "live" },
  identity: { customerId: id(5), kind: "guest", name: null },
  identityProblem: null,
  lapsed: false,
  conversation: null,
  timeline: [],
  canLoadOlder: false,
  loadingOlder: false,
  starting: null,
  surveySent: false,
  ending: false,
  sentForms: [],
  typing: null,
  queuePlace: null,
  keptFor: null,
  unread: 0,
  uploads: [],
  draft: "",
  preChatDraft: {},
  windowOpen: true,
  hiddenFields: {},
  prefill: { values: {}, editable: true },
  storage: "durable",
  clockOffset: 0,
  choices: [],
  clearing: false,
};
