import type { ChatState } from "@clew/client";
import { problem } from "@clew/contract/problems";
import type { Session } from "@clew/contract/sessions";
import {
  ANN,
  BOOT,
  CONVERSATION,
  id,
  message,
  NOW,
  notice,
  SESSION,
  STATE,
  SURVEY,
  session,
  talk,
} from "./fixtures.ts";

const ready = (changes: Partial<typeof BOOT>): ChatState["boot"] => ({
  name: "ready",
  boot: { ...BOOT, ...changes },
  fresh: true,
});
const inSession = (changes: Partial<Session>, more: Partial<typeof CONVERSATION> = {}) => ({
  ...CONVERSATION,
  ...more,
  session: { ...SESSION, ...changes },
});
const ended = {
  status: "ended" as const,
  agent: ANN,
  end: { by: "agent" as const, why: "ended" as const, at: NOW, name: ANN.name },
};
const waiting = { status: "waiting" as const, agent: null, number: 1 };
const first = () => [
  session(1, 1),
  message("customer", "Hello, is anybody there?", 0.5, { delivery: { state: "sent" } }),
];
const upload = { conversationId: CONVERSATION.id, type: "image/png", size: 2_400_000 };

/** Every state of the window by name: what differs from a fresh, open chat. */
export const STATES: Record<string, () => Partial<ChatState>> = {
  "return-choices": () => ({
    identity: { customerId: id(5), kind: "verified", name: "Mo Salah-Eddine" },
    choices: [
      {
        ...inSession({ away: { since: NOW, windowUntil: NOW + 11 * 60_000, sameAgentUntil: null } }),
        glance: {
          topic: "A plant that is not well",
          last: {
            at: NOW,
            by: "team",
            text: "Could you send me a picture of the leaves? Then I can tell you more, and which of the **three** feeds suits it.",
          },
        },
      },
      {
        ...inSession({ ...waiting, status: "inactive", parked: NOW, id: id(31) }, { id: id(11) }),
        glance: { topic: "An order", last: { at: NOW, by: "customer", text: "Where is it?" } },
      },
      {
        ...inSession(
          { away: { since: NOW, windowUntil: NOW - 60_000, sameAgentUntil: null }, id: id(32) },
          { id: id(12) },
        ),
        glance: { topic: null, last: null },
      },
    ],
  }),
  "return-clearing": () => ({ clearing: true, connection: { name: "idle" } }),
  "return-locked": () => ({
    boot: ready({ idleLock: 60_000 }),
    conversation: CONVERSATION,
    timeline: talk(),
  }),
  "after-end-ask": () => ({
    boot: ready({ onAgentEnd: "ask" }),
    conversation: inSession({ ...ended, nextMessage: "starts-session" }),
    timeline: talk(),
  }),
  "after-end-read-only": () => ({
    boot: ready({ onAgentEnd: "readOnly" }),
    conversation: inSession({ ...ended, nextMessage: "starts-session" }),
    timeline: talk(),
  }),
  launcher: () => ({ windowOpen: false, unread: 3, conversation: CONVERSATION, timeline: talk() }),
  loading: () => ({ boot: { name: "loading" } }),
  failed: () => ({ boot: { name: "failed", problem: problem("unavailable") } }),
  "failed-for-good": () => ({ boot: { name: "failed", problem: problem("not-found") } }),
  "pre-chat": () => ({}),
  "pre-chat-prefilled": () => ({
    prefill: { values: { name: "Mo Salah-Eddine", email: "mo@example.com" }, editable: false },
    preChatDraft: { topic: "order" },
  }),
  "pre-chat-starting": () => ({ starting: { name: "sending" }, preChatDraft: { name: "Mo" } }),
  "pre-chat-refused": () => ({
    starting: { name: "failed", problem: problem("answers-invalid", { fields: { email: "not-an-email" } }) },
    preChatDraft: { name: "Mo", email: "mo@example.com", terms: true },
  }),
  "out-of-hours": () => ({ boot: ready({ open: false, opensAt: NOW + 15 * 3_600_000 }) }),
  "closed-hours": () => ({ boot: ready({ open: false, opensAt: NOW + 15 * 3_600_000, outOfHours: "refuse" }) }),
  empty: () => ({ boot: ready({ preChat: { ask: { when: "conversation" }, fields: [] }, livePreview: true }) }),
  waiting: () => ({ conversation: inSession(waiting), timeline: first(), queuePlace: { place: 3, estimate: 240_000 } }),
  "waiting-unknown": () => ({
    conversation: inSession({ ...waiting, keptUntil: NOW + 9 * 60_000 }),
    timeline: first(),
  }),
  conversation: () => ({
    conversation: CONVERSATION,
    timeline: talk(),
    typing: { name: ANN.name },
    draft: "While you look: ",
  }),
  history: () => ({
    conversation: CONVERSATION,
    timeline: [...talk(), ...talk(), ...talk()].map((item, index) => ({ ...item, key: `${index}` })),
    canLoadOlder: true,
  }),
  "not-sent": () => ({
    conversation: CONVERSATION,
    timeline: [
      ...talk(),
      message("customer", "This one did not get through", 0.4, {
        delivery: { state: "failed", problem: problem("rate-limited") },
        number: null,
      }),
      message("customer", "and this one waits", 0.3, { delivery: { state: "sending" }, number: null }),
    ],
    connection: { name: "offline", since: NOW - 10_000 },
  }),
  uploads: () => ({
    conversation: CONVERSATION,
    timeline: talk(),
    uploads: [
      { ...upload, id: id(80), name: "kitchen.png", sent: 1_400_000, state: "uploading" },
      {
        ...upload,
        id: id(81),
        name: "a very long name of a file that nobody would ever give.png",
        sent: 0,
        state: "failed",
        problem: problem("unavailable"),
      },
      {
        ...upload,
        id: id(82),
        name: "lamp.png",
        sent: 2_400_000,
        state: "stored",
        attachment: { id: id(82), name: "lamp.png", type: "image/png", size: 2_400_000 },
      },
    ],
  }),
  reconnecting: () => ({
    conversation: CONVERSATION,
    timeline: talk(),
    connection: { name: "connecting", since: NOW - 10_000, tries: 3 },
  }),
  inactivity: () => ({
    conversation: inSession({ countdown: { what: "inactivity-end", at: NOW + 65_000, from: NOW - 55_000 } }),
    timeline: talk(),
  }),
  "opt-out": () => ({
    conversation: inSession({
      ...ended,
      end: { by: "customer", why: "optout", at: NOW },
      nextMessage: "starts-session",
      countdown: { what: "undo-optout", at: NOW + 48_000, from: NOW - 12_000 },
    }),
    timeline: [...talk(), message("customer", "stop", 0.2)],
  }),
  "ended-asynchronous": () => ({
    conversation: inSession({ ...ended, nextMessage: "starts-session" }, { facts: [] }),
    timeline: [
      ...talk(),
      notice(0.2, { type: "session.ended", previousStatus: "active", session: { ...SESSION, ...ended } }),
    ],
    draft: "One more thing",
  }),
  "ended-session-based": () => ({
    conversation: inSession({ ...ended, nextMessage: "refused" }, { kind: "session-based", status: "closed" }),
    timeline: [
      ...talk(),
      notice(0.2, { type: "session.ended", previousStatus: "active", session: { ...SESSION, ...ended } }),
    ],
  }),
  survey: () => ({
    boot: ready({ survey: SURVEY }),
    conversation: inSession({ ...ended, nextMessage: "starts-session", survey: "open" }),
    timeline: [
      ...talk(),
      notice(0.2, { type: "session.ended", previousStatus: "active", session: { ...SESSION, ...ended } }),
    ],
    preChatDraft: { [`${SESSION.id}.rating`]: 4 },
  }),
  "survey-closed": () => ({
    boot: ready({ survey: SURVEY }),
    conversation: inSession(
      { ...ended, nextMessage: "refused", survey: "open" },
      { kind: "session-based", status: "closed" },
    ),
    timeline: talk().slice(-1),
  }),
  "survey-answered": () => ({
    boot: ready({ survey: SURVEY }),
    conversation: inSession({ ...ended, nextMessage: "starts-session", survey: "answered" }),
    timeline: talk(),
  }),
  "leave-message": () => ({
    boot: ready({ open: false, opensAt: NOW + 15 * 3_600_000 }),
    conversation: inSession({ ...waiting, nextMessage: "leaves-message", leaveMessage: true }),
    timeline: first(),
  }),
  verified: () => ({
    conversation: CONVERSATION,
    identity: { customerId: id(5), kind: "verified", name: "Maximiliane Wolkenstein-Trostburg" },
    timeline: [...talk(), notice(0.2, { type: "customer.verified" })],
  }),
  "identity-refused": () => ({
    conversation: CONVERSATION,
    timeline: talk(),
    identityProblem: problem("identity-refused", { reason: "expired" }),
  }),
  lapsed: () => ({
    conversation: CONVERSATION,
    timeline: talk(),
    lapsed: true,
    draft: "While you look, another thing:",
  }),
  "guest-unknown": () => ({ identityProblem: problem("unauthenticated", { reason: "guest" }) }),
  "storage-blocked": () => ({ conversation: CONVERSATION, timeline: talk(), storage: "memory" }),
};

export const stateOf = (name: string): ChatState => ({ ...STATE, ...STATES[name]?.() });
