import type { CustomerCommand } from "@clew/contract/commands";
import type { Page } from "@clew/contract/conversations";
import type { Answer } from "@clew/contract/forms";
import type { Chat, StartInput } from "./chat.ts";
import { startChatCore } from "./chat-core.ts";
import { noToken } from "./continuity/account.ts";
import type { Storage } from "./continuity/storage.ts";
import { type CoreState, EMPTY_CORE } from "./core-state.ts";
import { createHttp } from "./http.ts";
import { createIds } from "./outgoing/ids.ts";
import { type KeptUpload, uploadKey } from "./outgoing/kept-upload.ts";
import { keepUnsent, outboxKey, sentFormsOf, strayFrom, type Unsent } from "./outgoing/unsent.ts";
import type { Ports } from "./ports.ts";
import { browserPorts } from "./ports-browser.ts";
import { type Answered, failed, ownProblem, type Result } from "./results.ts";
import type { ChatSignal, ChatState, FieldValues, Upload } from "./state.ts";
import { createStore } from "./store.ts";
import { type Seat, takeSeat } from "./tabs/seat.ts";
import { createShared, NOTHING_SHARED } from "./tabs/shared.ts";
import { timelineOf, unreadOf } from "./timeline/timeline.ts";
import { hasOlder } from "./timeline/view.ts";

export type ChatOptions = {
  /** Where Clew runs, such as "https://chat.shop.example"; empty for the page's own origin. */
  server: string;
  channelId: string;
  /** BCP 47 tag, such as "de". */
  language: string;
  page?: Page;
  /** What the page can show beside messages. The questions of forms that it cannot show are asked as messages. */
  shows?: "forms"[];
  /**
   * Common domain of a site's sub-domains, such as "shop.example": a customer is the same on all of them. Who they are is
   * then kept in a cookie of that domain.
   */
  domain?: string | undefined;
  /** Gives the page's signed token of the customer; asked whenever one is needed. Absent: guests. */
  identityToken?: (() => Promise<string>) | undefined;
  /** Parts of the outside world to replace; the rest is the browser's. */
  ports?: Partial<Ports>;
};

/** How old the settings of a window may be that nobody tells of new ones, in milliseconds. */
const LOOK_AGAIN_MS = 60_000;

/**
 * A customer's chat in one channel. All tabs of a browser share one connection, one unread count, one draft; call `boot()`
 * once the page is ready.
 */
export function createChat(options: ChatOptions): Chat {
  const ports: Ports = { ...browserPorts(), ...options.ports };
  const http = createHttp({ ...ports, server: options.server || ports.origin(), credentials: "omit" });
  const name = `clew:${http.base}:${options.channelId}`;
  const ids = createIds(ports.clock, ports.random);
  const listeners = new Set<(signal: ChatSignal) => void>();
  /** The page may vouch for another customer, or in another way, at any time. */
  const settings: ChatOptions = { ...options };
  /** Asked in this tab and not yet seen by the leading one: shown at once all the same. */
  let own: readonly Unsent[] = [];
  let core: CoreState = EMPTY_CORE;
  let booted = false;
  /** The channel has been read once, by whichever tab. */
  let looked = false;
  let stopLooking = () => {};

  const store = createStore<ChatState>({
    boot: { name: "none" },
    connection: { name: "idle" },
    identity: null,
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
    ...NOTHING_SHARED,
    hiddenFields: {},
    prefill: { values: {}, editable: true },
    storage: "durable",
    clockOffset: 0,
    choices: [],
    clearing: false,
  });

  let storage: Storage | null = null;
  const shared = createShared({
    ports,
    name,
    storage: () => storage,
    changed: (part) => store.set(part),
    tell: (key, value) => void seat.then((taken) => taken.share(key, value)),
  });
  const { share } = shared;
  const seat: Promise<Seat> = openStorage().then(async (opened) => {
    storage = opened;
    await shared.load(opened);
    return takeSeat({
      ports,
      name,
      together: opened.kind() === "durable",
      async startCore(output) {
        const started = await startChatCore({
          ports,
          http,
          storage: opened,
          options: settings,
          output,
          giveBack: (texts) => share("draft", [store.get().draft, ...texts].filter(Boolean).join("\n")),
        });
        // This tab takes over from one that had come back already: go on from there.
        if (booted) void started.ask({ verb: "boot" });
        return started;
      },
      changed(state) {
        if (core !== EMPTY_CORE && state.wiped !== core.wiped) shared.forget();
        core = state;
        show();
      },
      signal: (signal) => {
        for (const listener of [...listeners]) listener(signal);
      },
      shared: shared.heard,
    });
  });

  async function openStorage(): Promise<Storage> {
    const { channelId, domain } = options;
    const opened = await ports.openStorage(name);
    return domain
      ? (await import("./continuity/domain-identity.ts")).overDomain(opened, { domain, channelId })
      : opened;
  }

  let shownFrom: { view: CoreState["view"]; unsent: readonly Unsent[]; own: readonly Unsent[] } | null = null;
  function show(): void {
    const { view, unsent, accessToken: _, wiped: __, ...same } = core;
    if (!shownFrom || shownFrom.view !== view || shownFrom.unsent !== unsent || shownFrom.own !== own) {
      shownFrom = { view, unsent, own };
      const known = new Set(unsent.map(({ command }) => command.id));
      const all = [...unsent, ...own.filter(({ command }) => !known.has(command.id))];
      const astray = strayFrom(view?.snapshot, all);
      const attachment = (id: string) =>
        core.uploads.flatMap((one) => (one.id === id && one.state === "stored" ? [one.attachment] : []))[0];
      const start = all.find(({ command, answered }) => command.type === "conversation.start" && !answered);
      const began = mayBegin(store.get().conversation);
      store.set({
        conversation: view?.snapshot ?? null,
        timeline: timelineOf(view, {
          side: "customer",
          unsent: all.filter((unsent) => !astray(unsent)),
          by: { who: "customer" },
          attachments: attachment,
        }),
        canLoadOlder: view !== null && hasOlder(view),
        unread: unreadOf(view, "customer"),
        surveySent: all.some(({ command }) => command.type === "survey.answer"),
        ending: all.some(
          ({ command }) => command.type === "session.end" && command.conversationId === view?.snapshot.id,
        ),
        sentForms: sentFormsOf(all),
        starting: start ? (start.problem ? { name: "failed", problem: start.problem } : { name: "sending" }) : null,
      });
      if (!began && mayBegin(store.get().conversation)) lookAgain();
    }
    store.set(same);
  }

  /** Before a session nobody tells of a new deployment, and never of the hour: an open window asks by itself. */
  function lookAgain(): void {
    stopLooking();
    const { windowOpen, conversation } = store.get();
    if (!looked || !windowOpen) return;
    if (!conversation || mayBegin(conversation)) tell({ verb: "look" });
    stopLooking = ports.clock.after(LOOK_AGAIN_MS, lookAgain);
  }

  const serverNow = () => ports.clock.now() + core.clockOffset;

  // ---- commands: kept on disk, shown, then sent ----

  /** `kept`: what the disk gets instead. */
  async function command(asked: CustomerCommand, kept?: Partial<Unsent>): Promise<Answered> {
    const unsent: Unsent = { command: asked, at: serverNow() };
    own = [...own, unsent];
    show();
    const taken = await seat;
    // Whoever leads writes it before it is sent. A tab that does not may be gone before it is heard, or heard by nobody.
    if (!taken.leads() && storage) void keepUnsent(storage, unsent, kept);
    const answered = await taken.ask<Answered>({ verb: "command", unsent, kept });
    own = own.filter((one) => one !== unsent);
    show();
    return answered;
  }
  const keep = (key: string, value: unknown) =>
    void storage?.write(value ? { put: { [key]: value } } : { remove: [key] });
  function inConversation(make: (conversationId: string) => CustomerCommand): Promise<Answered> {
    const start = [...core.unsent, ...own].find(
      (unsent) => unsent.command.type === "conversation.start" && !unsent.problem,
    );
    const conversationId =
      core.view?.snapshot.id ?? (start?.command.type === "conversation.start" ? start.command.conversationId : null);
    if (conversationId) return command(make(conversationId));
    return Promise.resolve({
      ok: false,
      problem: ownProblem("not-found", 404, "There is no conversation yet; start one"),
    });
  }
  const tell = (ask: Parameters<Seat["ask"]>[0]) => void seat.then((taken) => taken.ask(ask));

  const answersOf = (answers: StartInput["answers"]) =>
    withHidden(answers.map(({ how = "typed", ...answer }) => ({ ...answer, how })));

  /** What the page says by itself goes along with what a session begins with. */
  function withHidden(answers: readonly Answer[]): Answer[] {
    const hidden = Object.entries(store.get().hiddenFields).map(
      ([key, value]): Answer => ({ key, value, how: "hidden" }),
    );
    return [...answers, ...hidden.filter(({ key }) => !answers.some((answer) => answer.key === key))];
  }

  async function start(input: StartInput): Promise<Answered> {
    for (const { command } of core.unsent.filter(
      ({ problem, command }) => problem && command.type === "conversation.start",
    ))
      tell({ verb: "discard", id: command.id });
    const { channelId, language, page, shows } = options;
    const message = input.message ? { id: ids.next(), text: input.message, attachments: [] } : undefined;
    const answered = await command({
      type: "conversation.start",
      id: ids.next(),
      conversationId: ids.next(),
      channelId,
      language,
      answers: answersOf(input.answers),
      ...(page ? { page } : {}),
      ...(shows ? { shows } : {}),
      ...(message ? { message } : {}),
    });
    if (answered.ok) share("preChatDraft", {});
    else lookAgain();
    return answered;
  }

  return {
    state: store,
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async boot() {
      booted = true;
      await (await seat).ask({ verb: "boot" });
      looked = true;
      stopLooking();
      stopLooking = ports.clock.after(LOOK_AGAIN_MS, lookAgain);
    },
    start,
    send(text, { attachments = [], answers = [], id = ids.next() } = {}) {
      const all = mayBegin(store.get().conversation) ? withHidden(answers) : answers;
      const sent = inConversation((conversationId) => ({
        type: "message.post",
        id,
        conversationId,
        text,
        attachments: [...attachments],
        ...(all.length ? { answers: [...all] } : {}),
      }));
      void sent.then((answered) => {
        if (!answered.ok) lookAgain();
        else for (const id of attachments) tell({ verb: "remove-upload", id });
      });
      return sent;
    },
    retry: (id) => tell({ verb: "retry", id }),
    discard: (id) => tell({ verb: "discard", id }),
    end: () => inConversation((conversationId) => ({ type: "session.end", id: ids.next(), conversationId })),
    answerSurvey: (sessionId, answers) =>
      inConversation((conversationId) => ({
        type: "survey.answer",
        id: ids.next(),
        conversationId,
        sessionId,
        answers: answers && [...answers],
      })),
    undoOptOut: () => inConversation((conversationId) => ({ type: "optout.undo", id: ids.next(), conversationId })),
    startSession: (answers) =>
      inConversation((conversationId) => ({
        type: "session.start",
        id: ids.next(),
        conversationId,
        answers: answersOf(answers),
      })),
    newConversation: () => tell({ verb: "forget" }),
    typing: (on, text) => tell({ verb: "typing", on, ...(text === undefined ? {} : { text }) }),
    markRead: () => tell({ verb: "read" }),
    older: async () => (await seat).ask({ verb: "older" }),
    async upload(file, purpose) {
      const conversationId = core.view?.snapshot.id ?? "";
      const kept: KeptUpload = { id: ids.next(), conversationId, name: file.name, type: file.type, file, purpose };
      const taken = await seat;
      await storage?.write({ put: { [uploadKey(kept.id)]: kept } });
      return taken.ask<Upload>({ verb: "upload", upload: kept });
    },
    retryUpload: (id) => tell({ verb: "retry-upload", id }),
    removeUpload: (id) => tell({ verb: "remove-upload", id }),
    attachmentUrl: (id, { preview } = {}) =>
      http.url(
        "/attachments/:id",
        { id },
        { token: core.accessToken ?? undefined, preview: preview ? "1" : undefined },
      ),
    transcript: async () => (await seat).ask({ verb: "transcript" }),
    async signIn(given) {
      const taken = await seat;
      if (typeof given === "function") settings.identityToken = given;
      try {
        const token = typeof given === "function" ? await given() : given;
        return taken.ask<Result>({ verb: "sign-in", token });
      } catch (cause) {
        const problem = noToken(cause);
        await taken.ask({ verb: "distrust", problem });
        return failed(problem);
      }
    },
    takeUp: (conversationId) => tell({ verb: "take-up", conversationId }),
    makeLink: async () => (await seat).ask({ verb: "make-link" }),
    sendLink: async (email) => (await seat).ask({ verb: "send-link", email }),
    openLink: async (token) => (await seat).ask({ verb: "open-link", token }),
    isOwnLink: async (token) => (await seat).ask({ verb: "own-link", token }),
    clear: async (mode) => (await seat).ask({ verb: "clear", mode }),
    async signOut({ everywhere = false } = {}) {
      settings.identityToken = undefined;
      // At once: what the page says from here on is about the next person.
      store.set({ hiddenFields: {}, prefill: { values: {}, editable: true } });
      return (await seat).ask({ verb: "sign-out", everywhere });
    },
    form: {
      send: (message) => tell({ verb: "pass", message }),
      give: command,
      newId: ids.next,
      clock: ports.clock,
      async kept(name) {
        await seat;
        return (await storage?.read(`form/${name}`))?.[0]?.[1];
      },
      keep: (name, value) => keep(`form/${name}`, value),
      hold: (id, unsent) => keep(outboxKey(id), unsent),
    },
    setDraft: (text) => share("draft", text),
    setPreChatDraft: (values) => share("preChatDraft", values),
    setWindowOpen(open) {
      share("windowOpen", open);
      lookAgain();
    },
    setHiddenFields: (values: FieldValues) => store.set({ hiddenFields: { ...store.get().hiddenFields, ...values } }),
    prefill: (values, { editable }) => store.set({ prefill: { values, editable } }),
    serverNow,
    close() {
      stopLooking();
      void seat.then((taken) => taken.close());
    },
  };
}

/** Whether the next word may begin a session, now or once somebody is there again. */
const mayBegin = (conversation: ChatState["conversation"]) =>
  /^(starts|leaves)/.test(conversation?.session?.nextMessage ?? "");
