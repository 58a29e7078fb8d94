import type { Boot } from "@clew/contract/channels";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { By, ConversationEvent, EventOf } from "@clew/contract/events";
import type { Component } from "@clew/contract/flows/components";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { FormView } from "@clew/contract/flows/form-live";
import type { Session } from "@clew/contract/sessions";

const CHANNEL = "00000000-0000-7000-8000-0000000c4a01";
const SESSION = "00000000-0000-7000-8000-00000005e551";

const session = (at: number): Session => ({
  id: SESSION,
  number: 1,
  status: "waiting",
  startedAt: at,
  waitingSince: at,
  activeAt: null,
  agent: null,
  end: null,
  countdown: null,
  nextMessage: "joins-session",
  leaveMessage: false,
});

/** A plain channel's boot, for tests. */
export const sampleBoot: Boot = {
  channelId: CHANNEL,
  deployment: 1,
  name: "Shop",
  kind: "asynchronous",
  look: {
    colour: "#224466",
    colourText: null,
    radius: 12,
    font: null,
    logoUrl: null,
    position: "end",
    scheme: "auto",
    title: { en: "Chat" },
  },
  preChat: { ask: { when: "conversation" }, fields: [] },
  customerMayEnd: true,
  attachments: true,
  livePreview: false,
  showQueuePlace: true,
  transcript: true,
  languages: ["en"],
  verification: false,
  outOfHours: "queue",
  open: true,
  opensAt: null,
  epoch: "epoch-1",
  now: 0,
};

export function messagePosted(
  conversationId: string,
  number: number,
  message: { text: string; by: By; at: number; commandId?: string },
): EventOf<"message.posted"> {
  const { text, by, at, commandId } = message;
  return {
    type: "message.posted",
    conversationId,
    number,
    at,
    by,
    audience: "all",
    ...(commandId ? { commandId } : {}),
    text,
    attachments: [],
    sessionId: SESSION,
  };
}

/** The first two events of every conversation. */
export function firstEvents(conversationId: string, at: number): ConversationEvent[] {
  const common = { conversationId, at, by: { who: "customer" as const }, audience: "all" as const };
  return [
    { ...common, type: "conversation.started", number: 1, kind: "asynchronous", channelId: CHANNEL, language: "en" },
    { ...common, type: "session.started", number: 2, session: session(at), reason: "first" },
  ];
}

/** The snapshot after a log that `firstEvents` begins. */
export function snapshotAt(id: string, log: readonly ConversationEvent[]): ConversationSnapshot {
  return {
    id,
    channelId: CHANNEL,
    kind: "asynchronous",
    status: "open",
    number: log.length,
    createdAt: log[0]?.at ?? 0,
    language: "en",
    session: log.findLast((event) => "session" in event)?.session ?? session(log[1]?.at ?? 0),
    positions: { customerDelivered: 0, customerRead: 0, agentDelivered: 0, agentRead: 0 },
    forms: [...new Map(log.flatMap((event) => ("form" in event ? [[event.form.id, event.form]] : []))).values()],
  };
}

export const sampleForm = (): FormEntry => ({
  id: "0190a000-0000-7000-8000-00000000f0f0",
  flow: { key: "test.form", version: 1 },
  title: "A form",
  questions: 3,
  state: "open",
  revision: 1,
  live: "values",
  openedAt: 0,
  expiresAt: null,
  remindAt: null,
  remark: null,
  receipt: null,
});

/** Its one page, with two open questions and a secret one; `ask.b` has a suggestion. */
export const sampleFormView = (): FormView => ({
  formId: sampleForm().id,
  seq: 2,
  revision: 1,
  page: {
    ...{ node: "ask", title: "", scope: {}, back: false, last: true, review: false },
    components: [{ id: "pin", kind: "secret", label: "PIN" } as unknown as Component],
  },
  fields: [sampleField("ask.a", 1), sampleField("ask.b", 2)],
  suggestions: [{ field: "ask.b", value: "theirs", by: { name: "Ana" }, at: 0 }],
  people: [],
  showTyping: true,
  live: "values",
  maySuggest: true,
  submitBy: "customer",
  confirmPrefill: false,
});

export const sampleField = (name: string, seq: number) =>
  ({ field: name, status: "empty", visible: true, by: "customer", source: "typed", seq, at: 0 }) as const;
