import type { Me } from "@clew/contract/agents";
import type { ClientCommand, ClientCommandOf } from "@clew/contract/commands";
import type { Passing } from "@clew/contract/presence";
import type { ClientMessage } from "@clew/contract/stream";
import type { Storage } from "../continuity/storage.ts";
import type { FormMessage } from "../forms/port.ts";
import type { Http } from "../http.ts";
import { TYPING_LASTS_MS } from "../outgoing/typing.ts";
import type { Ports } from "../ports.ts";
import { type Answered, failed, ownProblem } from "../results.ts";
import { createStore } from "../store.ts";
import { createThread, type Thread } from "../timeline/thread.ts";
import { timelineOf } from "../timeline/timeline.ts";
import { hasOlder } from "../timeline/view.ts";
import type { OpenConversation, OpenConversationState } from "./desk.ts";
import type { DeskCommands } from "./desk-commands.ts";
import { keptFiles } from "./kept-files.ts";

/** An open conversation as the desk drives it; `handle` is what the screen gets. */
export type LiveConversation = {
  handle: OpenConversation;
  thread: Thread;
  pass(passing: Passing): void;
  /** Words of open forms. */
  hear(message: FormMessage): void;
  /** A connection was greeted. */
  opened(): void;
  /** Drafts or unsent words changed. */
  show(): void;
};

type OpenInput = {
  id: string;
  ports: Ports;
  http: Http;
  headers(): Promise<Record<string, string>>;
  me(): Me | null;
  commands(): DeskCommands | null;
  storage(): Storage | null;
  send(message: ClientMessage): boolean;
  move(to: { delivered?: number; read?: number }): void;
  typing(on: boolean): void;
  gap(): void;
  settled(): void;
  command(command: ClientCommand): Promise<Answered>;
  newId(): string;
  left(): void;
};

export function openConversation(input: OpenInput): LiveConversation {
  const { id, ports, commands, newId } = input;
  const conversationId = id;
  let cancelTyping = () => {};
  const hearing = new Set<(message: FormMessage) => void>();

  const store = createStore<OpenConversationState>({
    id,
    conversation: null,
    problem: null,
    ready: "loading",
    timeline: [],
    canLoadOlder: false,
    loadingOlder: false,
    typing: null,
    customerConnected: null,
    viewers: [],
    draft: commands()?.draft("draft", id) ?? "",
    noteDraft: commands()?.draft("note", id) ?? "",
    uploads: [],
  });
  const uploads = keptFiles({
    ...{ ports, http: input.http, conversationId, newId },
    storage: input.storage,
    withCookies: true,
    headers: input.headers,
    changed: (list) => store.set({ uploads: list }),
  });
  const thread = createThread({
    id,
    side: "staff",
    view: null,
    http: input.http,
    headers: input.headers,
    send: input.send,
    move: input.move,
    gap: input.gap,
    changed: show,
    added: (events) => {
      if (events.some((event) => event.type === "message.posted" && event.by.who === "customer"))
        store.set({ typing: null });
    },
    refused(problem) {
      if (problem.retry !== "no") return input.gap();
      store.set({ problem });
      input.settled();
    },
  });

  function show(): void {
    const view = thread.view();
    uploads.taken(view?.events ?? []);
    const outbox = commands()?.outbox;
    outbox?.settled(new Set(view?.events.flatMap((event) => event.commandId ?? [])));
    const unsent = (outbox?.list() ?? []).filter(
      ({ command }) => "conversationId" in command && command.conversationId === id,
    );
    const agent = input.me()?.agent;
    const by = { who: "agent" as const, ...(agent ? { id: agent.id, name: agent.publicName } : {}) };
    store.set({
      conversation: view?.snapshot ?? null,
      ready: thread.phase(),
      ...(thread.phase() === "live" ? { problem: null } : {}),
      timeline: timelineOf(view, { side: "staff", unsent, by, attachments: uploads.attachment }),
      canLoadOlder: view !== null && hasOlder(view),
      draft: commands()?.draft("draft", id) ?? store.get().draft,
      noteDraft: commands()?.draft("note", id) ?? store.get().noteDraft,
    });
    input.settled();
  }

  function pass(passing: Passing): void {
    switch (passing.type) {
      case "typing":
        if (passing.who !== "customer") return;
        cancelTyping();
        store.set({ typing: passing.on ? { text: passing.text ?? null } : null });
        cancelTyping = ports.clock.after(TYPING_LASTS_MS, () => store.set({ typing: null }));
        break;
      case "positions":
        thread.positions(passing.positions);
        break;
      case "viewers":
        store.set({ viewers: passing.agents.filter((agent) => agent.id !== input.me()?.agent.id) });
        break;
      case "customer-connected":
        store.set({ customerConnected: passing.connected });
        break;
      default:
        break;
    }
  }

  function post(type: "message.post" | "note.post", text: string, attachments: readonly string[]): Promise<Answered> {
    const sent = input.command({ type, id: newId(), conversationId, text, attachments: [...attachments] });
    void sent.then((answered) => {
      if (answered.ok) for (const one of attachments) uploads.remove(one);
    });
    return sent;
  }

  /** The verbs that need no more than the conversation. */
  type Plain =
    | "session.mark-inactive"
    | "session.mark-active"
    | "session.end"
    | "session.close"
    | "session.undo-close"
    | "hold.release";
  const plain = (type: Plain) => input.command({ type, id: newId(), conversationId });
  const offer = (
    make: (offerId: string) => ClientCommandOf<"offer.accept"> | ClientCommandOf<"offer.decline">,
  ): Promise<Answered> => {
    const offerId = store.get().conversation?.staff?.offerId;
    if (offerId) return input.command(make(offerId));
    return Promise.resolve(failed(ownProblem("offer-gone", 409, "The offer is no longer open")));
  };

  const handle: OpenConversation = {
    id,
    state: store,
    send: (text, attachments = []) => post("message.post", text, attachments),
    note: (text, attachments = []) => post("note.post", text, attachments),
    retry: (messageId) => commands()?.outbox.retry(messageId),
    discard: (messageId) => commands()?.outbox.discard(messageId),
    setDraft: (text) => commands()?.setDraft("draft", id, text),
    setNoteDraft: (text) => commands()?.setDraft("note", id, text),
    typing: input.typing,
    markRead: () => thread.markRead(),
    async older() {
      store.set({ loadingOlder: true });
      const result = await thread.older();
      store.set({ loadingOlder: false });
      return result;
    },
    accept: () => offer((offerId) => ({ type: "offer.accept", id: newId(), conversationId, offerId })),
    decline: (why) => offer((offerId) => ({ type: "offer.decline", id: newId(), conversationId, offerId, why })),
    take: (agentId) =>
      input.command({ type: "session.take", id: newId(), conversationId, ...(agentId ? { agentId } : {}) }),
    transfer: (to, note) =>
      input.command({ type: "session.transfer", id: newId(), conversationId, to, ...(note ? { note } : {}) }),
    markInactive: () => plain("session.mark-inactive"),
    markActive: () => plain("session.mark-active"),
    end: () => plain("session.end"),
    close: () => plain("session.close"),
    undoClose: () => plain("session.undo-close"),
    waitLonger: (by) => input.command({ type: "hold.extend", id: newId(), conversationId, by }),
    releaseHold: () => plain("hold.release"),
    correctFact: (key, value) => input.command({ type: "fact.correct", id: newId(), conversationId, key, value }),
    sendBackForm: (formId, text, fields) =>
      input.command({ type: "form.send-back", id: newId(), conversationId, formId, text, fields: [...fields] }),
    extendForm: (formId, by) => input.command({ type: "form.extend", id: newId(), conversationId, formId, by }),
    submitForm: (formId, revision) =>
      input.command({ type: "form.submit", id: newId(), conversationId, formId, revision, values: {} }),
    cancelForm: (formId, text) =>
      input.command({ type: "form.cancel", id: newId(), conversationId, formId, ...(text ? { text } : {}) }),
    form: {
      send: input.send,
      give: (command) => void input.command(command),
      newId,
      clock: ports.clock,
      onMessage(listener) {
        hearing.add(listener);
        return () => hearing.delete(listener);
      },
    },
    upload: uploads.choose,
    retryUpload: uploads.retry,
    removeUpload: uploads.remove,
    transcript: () => input.http.blob({ endpoint: "GET /conversations/:id/transcript", params: { id } }),
    leave() {
      cancelTyping();
      uploads.leave();
      thread.unsubscribe();
      input.left();
    },
  };
  function opened(): void {
    thread.subscribe();
    uploads.opened();
  }

  function hear(message: FormMessage): void {
    for (const listener of [...hearing]) listener(message);
  }

  return { handle, thread, pass, hear, opened, show };
}
