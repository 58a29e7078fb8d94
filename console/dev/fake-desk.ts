import type { Desk, DeskState, OpenConversation, OpenConversationState } from "@clew/client/agent";
import type { AvailabilityStatus } from "@clew/contract/presence";
import { type Problem, problem } from "@clew/contract/problems";
import { INBOX, OFFERED } from "./inbox.ts";
import {
  AGENTS,
  CHANNELS,
  me,
  ORGANISATION,
  PRESENCES,
  QUEUE_STATES,
  QUEUES,
  QUICK_REPLIES,
  RETURNS,
} from "./people.ts";
import { snapshotOf, talkOf } from "./talk.ts";

/** What the made-up desk is in: the name says it. */
export type Circumstance =
  | "busy"
  | "offer"
  | "empty"
  | "loading"
  | "offline"
  | "signed-out"
  | "wrong"
  | "setup"
  | "failing"
  | "typing"
  | "memory";
type Store<State> = { get(): State; subscribe(listener: () => void): () => void; set(part: Partial<State>): void };

function store<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (part) => {
      state = { ...state, ...part };
      for (const listener of listeners) listener();
    },
  };
}

const answered = { ok: true as const, value: { commandId: "x", conversationId: null, number: 0, at: Date.now() } };
const done = async () => answered;

export function fakeDesk({
  state: circumstance,
  role,
}: {
  state: Circumstance;
  role: "agent" | "supervisor" | "admin";
}): Desk {
  const signedOut = ["signed-out", "wrong", "setup"].includes(circumstance);
  const wrong: Problem | null = circumstance === "wrong" ? problem("unauthenticated") : null;
  const inbox = circumstance === "empty" ? [] : circumstance === "offer" ? [OFFERED, ...INBOX] : INBOX;
  const offer = {
    conversationId: "offered",
    offerId: "o9",
    madeAt: Date.now() - 6000,
    dueAt: Date.now() + 24_000,
    item: OFFERED,
  };
  const state = store<DeskState>({
    signIn: signedOut
      ? { name: "signed-out", setupNeeded: circumstance === "setup", demo: true, problem: wrong }
      : { name: "signed-in", me: me(role) },
    connection:
      circumstance === "offline" ? { name: "connecting", since: Date.now() - 60_000, tries: 4 } : { name: "live" },
    inbox,
    inboxReady: circumstance !== "loading",
    offers: circumstance === "offer" ? [offer] : [],
    presences: PRESENCES,
    configuration: {},
    unfinished: ["silent"],
    storage: circumstance === "memory" ? "memory" : "durable",
    clockOffset: 0,
  });
  const open = new Map<string, OpenConversation>();
  const answers: Record<string, unknown> = {
    listQueues: { items: QUEUES },
    listSkills: { items: [{ id: "french", name: "French", revision: 1 }] },
    listAgents: { items: AGENTS },
    listChannels: { items: CHANNELS },
    listQuickReplies: { items: QUICK_REPLIES },
    listQueueStates: { items: QUEUE_STATES },
    reportReturns: { since: 0, items: RETURNS },
    readOrganisation: ORGANISATION,
    listConversations: { items: [], more: false },
    readSessions: { items: [] },
  };
  return {
    state,
    onSignal: () => () => {},
    boot: async () => {},
    setup: async () => ({ ok: false, problem: problem("wrong-credentials") }),
    signIn: async () => ({ ok: false, problem: problem("wrong-credentials") }),
    signOut: async () => {
      state.set({ signIn: { name: "signed-out", setupNeeded: false, demo: true, problem: null } });
      return { ok: true, value: null };
    },
    setPresence: async (status: AvailabilityStatus, reason: string | null) => {
      const { presences } = state.get();
      const own = presences.bea;
      if (own) state.set({ presences: { ...presences, bea: { ...own, status, chosen: status, reason } } });
      return answered;
    },
    accept: async () => {
      state.set({ offers: [] });
      return answered;
    },
    decline: async () => {
      state.set({ offers: [] });
      return answered;
    },
    take: done,
    open(id) {
      const opened = open.get(id) ?? fakeConversation(id, circumstance, inbox);
      open.set(id, opened);
      return opened;
    },
    request: (async (name: string, input?: { params?: { id: string } }) => {
      if (name === "readSessions") return { ok: true, value: { items: sessionsOf(input?.params?.id) } };
      if (name === "readConversation")
        return {
          ok: true,
          value: snapshotOf(inbox.find(({ conversationId }) => conversationId === input?.params?.id) ?? OFFERED),
        };
      if (name === "readEvents") return { ok: true, value: eventsOf(input?.params?.id, inbox) };
      return { ok: true, value: answers[name] ?? { items: [] } };
    }) as Desk["request"],
    attachmentUrl: () => "data:,",
    serverNow: () => Date.now(),
    close: () => {},
  };
}

function eventsOf(id: string | undefined, inbox: readonly (typeof INBOX)[number][]) {
  const item = inbox.find(({ conversationId }) => conversationId === id);
  const events = item ? talkOf(item).flatMap(({ event }) => event ?? []) : [];
  return { events, first: events[0]?.number ?? 0, last: events.at(-1)?.number ?? 0, more: false };
}

function sessionsOf(id: string | undefined) {
  const item = INBOX.find(({ conversationId }) => conversationId === id);
  if (!item) return [];
  const end = { by: "customer" as const, why: "ended" as const, at: Date.now() - 9 * 86_400_000 + 15 * 60_000 };
  const earlier = {
    ...item.session,
    id: "s1",
    number: 1,
    status: "ended" as const,
    startedAt: Date.now() - 9 * 86_400_000,
    activeAt: Date.now() - 9 * 86_400_000,
    agent: { id: "tom", name: "Tom" },
    end,
  };
  const current = { session: item.session, firstNumber: 9, queueName: "Orders" };
  return item.session.number > 1 ? [{ session: earlier, firstNumber: 1, queueName: "Orders" }, current] : [current];
}

function fakeConversation(
  id: string,
  circumstance: Circumstance,
  inbox: readonly (typeof INBOX)[number][],
): OpenConversation {
  const item = inbox.find(({ conversationId }) => conversationId === id) ?? (id === "offered" ? OFFERED : undefined);
  const state = store<OpenConversationState>({
    id,
    conversation: item && circumstance !== "loading" ? snapshotOf(item) : null,
    problem: item ? null : problem("not-found"),
    ready: "live",
    timeline: item ? talkOf(item) : [],
    canLoadOlder: false,
    loadingOlder: false,
    typing: circumstance === "typing" ? { text: "Oh, and one more thing: could you" } : null,
    customerConnected: item ? item.conversationId !== "silent" : null,
    viewers: circumstance === "typing" ? [{ id: "tom", name: "Tom", typing: true }] : [],
    draft: circumstance === "offline" ? "Words that are kept until" : "",
    noteDraft: "",
    uploads: [],
  });
  let sent = 0;
  function write(kind: "message" | "note", text: string) {
    sent += 1;
    const failing = circumstance === "failing";
    const delivery = failing
      ? { state: "failed" as const, problem: problem("unavailable") }
      : { state: circumstance === "offline" ? ("sending" as const) : ("sent" as const) };
    const by = { who: "agent" as const, id: "bea", name: "Bea" };
    const written = {
      kind,
      key: `own${sent}`,
      text,
      attachments: [],
      by,
      at: Date.now(),
      mine: true,
      delivery,
      number: failing ? null : 40 + sent,
      event: null,
    };
    state.set({ timeline: [...state.get().timeline, written] });
    return done();
  }
  function change(part: object) {
    const { conversation } = state.get();
    if (conversation?.staff)
      state.set({ conversation: { ...conversation, staff: { ...conversation.staff, ...part } } });
    return done();
  }
  return {
    id,
    state,
    send: (text) => write("message", text),
    note: (text) => write("note", text),
    retry: () => {},
    discard: (key) => state.set({ timeline: state.get().timeline.filter((line) => line.key !== key) }),
    setDraft: (draft) => state.set({ draft }),
    setNoteDraft: (noteDraft) => state.set({ noteDraft }),
    typing: () => {},
    markRead: () => {},
    older: async () => ({ ok: true, value: null }),
    accept: done,
    decline: done,
    take: done,
    transfer: done,
    markInactive: done,
    markActive: done,
    end: done,
    close: () => change({ close: { agentId: "bea", at: Date.now(), undoUntil: Date.now() + 10_000, then: "park" } }),
    undoClose: () => change({ close: null }),
    waitLonger: done,
    releaseHold: done,
    correctFact: done,
    form: {
      send: () => {},
      give: () => {},
      newId: () => "00000000-0000-7000-8000-000000000001",
      clock: { now: Date.now, elapsed: () => performance.now(), after: () => () => {} },
      onMessage: () => () => {},
    },
    sendBackForm: done,
    extendForm: done,
    submitForm: done,
    cancelForm: done,
    upload: async (file) => {
      const upload = {
        id: file.name,
        conversationId: id,
        name: file.name,
        type: file.type,
        size: file.size,
        sent: file.size / 2,
        state: "uploading" as const,
      };
      state.set({ uploads: [...state.get().uploads, upload] });
      return upload;
    },
    retryUpload: () => {},
    removeUpload: (gone) => state.set({ uploads: state.get().uploads.filter((upload) => upload.id !== gone) }),
    transcript: async () => ({ ok: true, value: new Blob(["…"]) }),
    leave: () => {},
  };
}
