import type { ConversationEvent } from "@clew/contract/events";
import { withExtras } from "../conversation/parts.ts";
import type { ChatWindow } from "../conversation/window-state.ts";
import type { WidgetState } from "../host-page-api.ts";

/** Tells the page what happens in the chat, and plays the sound. The result stops both. */
export function tellPage(chatWindow: ChatWindow, state: () => WidgetState): () => void {
  const { chat, host, boot, unread, windowOpen, identityProblem, connection, muted } = chatWindow;
  const { emit } = host;
  const { watch } = chatWindow;
  const told = { boot: undefined as unknown, identity: undefined as unknown };
  let ready = false;
  let opened: boolean | undefined;
  let unreadBefore = 0;
  let offline = false;
  const stops = [
    chat.onSignal((signal) => {
      if (signal.type === "event") tellEvent(chatWindow, signal.event);
      else if (signal.type === "cleared") emit("cleared", { mode: signal.mode });
      else if (signal.type === "sound" && !muted.peek()) void withExtras((part) => part.blip());
    }),
    watch(() => {
      if (ready || boot.value.name !== "ready") return;
      ready = true;
      emit("ready", { state: state() });
    }),
    watch(() => {
      const open = windowOpen.value;
      if (opened !== undefined || open) if (opened !== open) emit(open ? "opened" : "closed", {});
      opened = open;
    }),
    watch(() => {
      if (unread.value !== unreadBefore) emit("unread", { count: unread.value });
      unreadBefore = unread.value;
    }),
    watch(() => {
      if (told.boot === boot.value) return;
      told.boot = boot.value;
      if (boot.value.name === "failed")
        emit("error", { code: boot.value.problem.code, detail: boot.value.problem.title });
    }),
    watch(() => {
      const problem = identityProblem.value;
      if (problem && problem !== told.identity)
        emit("error", { code: problem.code, detail: problem.detail ?? problem.title });
      told.identity = problem;
    }),
    watch(() => {
      const now = connection.value.name === "offline";
      if (now && !offline) emit("error", { code: "offline", detail: "The browser has no network" });
      offline = now;
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function tellEvent({ host }: ChatWindow, event: ConversationEvent): void {
  const { emit } = host;
  if (event.type === "message.posted") {
    const from = event.by.who === "supervisor" ? "agent" : event.by.who;
    const { number, text, at } = event;
    emit("message", {
      id: event.commandId ?? `${event.conversationId}/${number}`,
      number,
      from,
      name: event.by.name ?? null,
      text,
      at,
    });
  }
  if (event.type === "session.started")
    emit("sessionStarted", { sessionId: event.session.id, number: event.session.number });
  if (event.type === "session.ended" && event.session.end) {
    const { by, why } = event.session.end;
    emit("sessionEnded", { sessionId: event.session.id, who: by, why, previousStatus: event.previousStatus });
  }
}

/** Tells each change of the session's status, with who and why when it ended. */
export function tellStatus(chatWindow: ChatWindow): () => void {
  const { conversation, host } = chatWindow;
  let before: { id: string; status: WidgetState["status"] } | undefined;
  return chatWindow.watch(() => {
    const session = conversation.value?.session;
    if (!session) return;
    const known = before?.id === session.id ? before : undefined;
    before = { id: session.id, status: session.status };
    if (known?.status === session.status) return;
    const ended = session.end ? { who: session.end.by, why: session.end.why } : {};
    host.emit("status", { status: session.status, previous: known?.status ?? null, ...ended });
  });
}
