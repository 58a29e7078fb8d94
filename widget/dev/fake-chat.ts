import type { Chat, ChatState } from "@clew/client";
import { id, NOW } from "./fixtures.ts";

const PICTURE =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 480 320'%3E%3Crect width='480' height='320' fill='%23f3d9a4'/%3E%3Ccircle cx='240' cy='140' r='80' fill='%23fff3c4'/%3E%3Crect x='205' y='215' width='70' height='60' fill='%23889'/%3E%3C/svg%3E";

/** What a link that has expired still shows. */
const LEFT = {
  until: NOW + 20 * 3_600_000,
  lines: [
    { at: NOW - 5 * 3_600_000, by: "customer" as const, name: null, text: "My monstera has brown leaves.", files: [] },
    { at: NOW - 4.9 * 3_600_000, by: "team" as const, name: "Ann", text: "How often do you **water** it?", files: [] },
    { at: NOW - 4.8 * 3_600_000, by: "customer" as const, name: null, text: "", files: ["leaves.jpg"] },
  ],
  answers: { name: "Mo Salah-Eddine", topic: "advice" },
};

/** A chat that shows one state and changes only what a view changes by itself. For the page of states, nowhere else. */
export function createFakeChat(initial: ChatState): Chat {
  let state = initial;
  const listeners = new Set<() => void>();
  const set = (part: Partial<ChatState>) => {
    state = { ...state, ...part };
    for (const listener of [...listeners]) listener();
  };
  const answered = { ok: true as const, value: { commandId: id(1), conversationId: null, number: 0, at: 0 } };
  return {
    state: {
      get: () => state,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    onSignal: () => () => undefined,
    boot: async () => undefined,
    start: async () => answered,
    send: async () => answered,
    retry: () => undefined,
    discard: (messageId) => set({ timeline: state.timeline.filter((item) => item.key !== messageId) }),
    end: async () => answered,
    answerSurvey: async () => answered,
    undoOptOut: async () => answered,
    startSession: async () => answered,
    newConversation: () => set({ conversation: null, timeline: [], choices: [] }),
    typing: () => undefined,
    markRead: () => set({ unread: 0 }),
    older: async () => ({ ok: true, value: null }),
    upload: () => new Promise(() => undefined),
    retryUpload: () => undefined,
    removeUpload: (uploadId) => set({ uploads: state.uploads.filter((upload) => upload.id !== uploadId) }),
    attachmentUrl: () => PICTURE,
    form: {
      send: () => undefined,
      give: async () => answered,
      hold: () => undefined,
      newId: () => id(2),
      clock: { now: Date.now, elapsed: () => performance.now(), after: () => () => undefined },
      kept: async () => null,
      keep: () => undefined,
    },
    transcript: async () => ({ ok: true, value: new Blob(["transcript"]) }),
    signIn: async () => ({ ok: true, value: null }),
    takeUp: () => set({ choices: [] }),
    makeLink: async () => ({
      ok: true,
      value: {
        url: "https://shop.example/help#clew-reconnect=Yl3kN0v9pQ7sXw2aEr5t",
        expiresAt: Date.now() + 86_400_000,
      },
    }),
    sendLink: async () => ({ ok: true, value: null }),
    isOwnLink: async () => false,
    openLink: async (token) => ({
      ok: true,
      value: token.startsWith("expired")
        ? { outcome: "expired", at: Date.now() - 3_600_000, redirectUrl: null, left: LEFT }
        : { outcome: "refused", because: "link-invalid" },
    }),
    clear: async () => ({ ok: true, value: null }),
    signOut: async () => ({ ok: true, value: null }),
    setDraft: (draft) => set({ draft }),
    setPreChatDraft: (preChatDraft) => set({ preChatDraft }),
    setWindowOpen: (windowOpen) => set({ windowOpen }),
    setHiddenFields: (hiddenFields) => set({ hiddenFields }),
    prefill: (values, { editable }) => set({ prefill: { values, editable } }),
    serverNow: () => Date.now(),
    close: () => undefined,
  };
}
