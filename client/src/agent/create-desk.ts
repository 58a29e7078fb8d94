import type { Me } from "@clew/contract/agents";
import type { ClientCommand } from "@clew/contract/commands";
import type { Passing } from "@clew/contract/presence";
import type { Problem } from "@clew/contract/problems";
import type { ServerMessage } from "@clew/contract/stream";
import { createConnection } from "../connection/connection.ts";
import type { Storage } from "../continuity/storage.ts";
import { createHttp, type HttpCall } from "../http.ts";
import { createIds } from "../outgoing/ids.ts";
import { createPositions } from "../outgoing/positions.ts";
import { createTypingSender } from "../outgoing/typing.ts";
import type { Ports } from "../ports.ts";
import { browserPorts } from "../ports-browser.ts";
import { type Answered, failed, ownProblem, type Result } from "../results.ts";
import { createStore } from "../store.ts";
import type { Desk, DeskSignal, DeskState, Offer } from "./desk.ts";
import { type DeskCommands, startDeskCommands } from "./desk-commands.ts";
import { ENDPOINTS, type Request } from "./endpoints.ts";
import { createInbox, type InboxChange, offerIn } from "./inbox.ts";
import { type LiveConversation, openConversation } from "./open-conversation.ts";
import { createPresences } from "./presences.ts";
import { MISSED } from "./revision.ts";

export type DeskOptions = {
  /** Where Clew runs; empty for the page's own origin. */
  server: string;
  /** Parts of the outside world to replace; the rest is the browser's. */
  ports?: Partial<Ports>;
};

/** An agent's desk: one connection for the inbox and all conversations on the screen. Call `boot()` once. */
export function createDesk(options: DeskOptions): Desk {
  const ports: Ports = { ...browserPorts(), ...options.ports };
  const { clock } = ports;
  const http = createHttp({ ...ports, server: options.server || ports.origin(), credentials: "include" });
  const ids = createIds(clock, ports.random);
  const listeners = new Set<(signal: DeskSignal) => void>();
  const open = new Map<string, LiveConversation>();
  let me: Me | null = null;
  let storage: Storage | null = null;
  let commands: DeskCommands | null = null;
  /** The tab that makes the sounds holds the lock; without locks every tab does. */
  let sounds = ports.locks === null;
  const soundLock = ports.locks?.request(`clew-desk-sound:${http.base}`, (release) => {
    sounds = true;
    releaseSound = release;
  });
  let releaseSound = () => {};

  const store = createStore<DeskState>({
    signIn: { name: "unknown" },
    connection: { name: "idle" },
    inbox: [],
    inboxReady: false,
    offers: [],
    presences: {},
    configuration: {},
    unfinished: [],
    storage: "durable",
    clockOffset: 0,
  });
  let listened = false;
  const connection = createConnection({
    ports,
    base: http.base,
    delegate: {
      token: async () => (me ? { ok: true, value: null } : failed(ownProblem("unauthenticated", 401, "Sign in first"))),
      welcomed(welcome) {
        inbox.subscribe(welcome.epoch);
        for (const one of open.values()) one.opened();
        tellView();
        commands?.outbox.opened();
        positions.opened();
        store.set({ clockOffset: connection.clockOffset() });
        void presences.readAll();
        // What changed while nobody listened was told to nobody: who shows anything reads it again.
        if (listened) touched(MISSED);
        listened = true;
      },
      message: receive,
      lost() {
        commands?.outbox.lost();
        for (const one of open.values()) one.thread.lost();
      },
      ended: (reason) => {
        if (reason === "unauthenticated" || reason === "revoked" || reason === "signed-out") void signedOut(null);
      },
      changed: (state) => store.set({ connection: state }),
    },
  });
  const inbox = createInbox({ send: (message) => connection.send(message), changed: inboxChanged });
  const sendCommand = (command: ClientCommand) => connection.send({ type: "command", command });
  const positions = createPositions({ clock, newId: ids.next, send: sendCommand });
  const typing = createTypingSender(clock, (message) => connection.send(message));

  const call = <Value>(asked: HttpCall): Promise<Result<Value>> =>
    http.json<Value>({ ...asked, headers: { ...asked.headers, ...csrf() } });
  const csrf = (): Record<string, string> => (me ? { "x-clew-csrf": me.csrf } : {});

  const request = (async (name: keyof typeof ENDPOINTS, input: Omit<HttpCall, "endpoint"> = {}) => {
    const result = await call({ ...input, endpoint: ENDPOINTS[name] });
    if (!result.ok && result.problem.code === "unauthenticated" && me) await signedOut(result.problem);
    return result;
  }) as Request;

  // ---- who is at the desk ----

  let booting: Promise<void> | null = null;

  async function comeUp(): Promise<void> {
    const found = await call<Me>({ endpoint: ENDPOINTS.me });
    if (found.ok) await signedIn(found.value);
    else if (found.problem.retry === "no") await signedOut(null);
    else clock.after(2_000, () => void comeUp());
  }

  async function signedIn(who: Me): Promise<Result<Me>> {
    // Asked again while somebody is in: what is unsent moves over, and the connection speaks for whom it was asked.
    connection.stop("idle");
    commands?.stop();
    storage?.close();
    me = who;
    storage = await ports.openStorage(`clew-desk:${http.base}:${who.agent.id}`);
    commands = await startDeskCommands({
      ports,
      ids,
      storage,
      send: sendCommand,
      slow: () => connection.probe(),
      stuck: () => connection.resume(),
      changed() {
        for (const one of open.values()) one.show();
        store.set({ unfinished: commands?.unfinished() ?? [], storage: storage?.kind() ?? "memory" });
      },
    });
    store.set({ signIn: { name: "signed-in", me: who }, unfinished: commands.unfinished(), storage: storage.kind() });
    connection.start();
    return { ok: true, value: who };
  }

  /** What is unsent stays in this agent's storage and goes out when they are back. */
  async function signedOut(problem: Problem | null): Promise<void> {
    me = null;
    commands?.stop();
    commands = null;
    storage?.close();
    storage = null;
    connection.stop("idle");
    for (const one of [...open.values()]) one.handle.leave();
    inbox.clear();
    presences.clear();
    store.set({ inbox: [], inboxReady: false, offers: [], unfinished: [] });
    const setup = await call<{ needed: boolean; demo: boolean }>({ endpoint: ENDPOINTS.setupState });
    // The answer may be long in coming; who has signed in meanwhile stays.
    if (isSomebodyIn()) return;
    const { needed: setupNeeded, demo } = setup.ok ? setup.value : { needed: false, demo: false };
    store.set({ signIn: { name: "signed-out", setupNeeded, demo, problem } });
  }

  function isSomebodyIn(): boolean {
    return me !== null;
  }

  async function enter(endpoint: string, body: unknown): Promise<Result<Me>> {
    const result = await call<Me>({ endpoint, body });
    return result.ok ? signedIn(result.value) : result;
  }

  // ---- what the server says ----

  function receive(message: ServerMessage): void {
    if (message.type === "answer") commands?.outbox.answer(message);
    else if (message.type === "form") open.get(message.conversationId)?.hear(message);
    else if (message.type === "inbox") inbox.receive(message);
    else if (message.type === "passing") pass(message.passing);
    else if ("topic" in message && message.topic) {
      if (message.topic.kind === "inbox") inbox.receive(message);
      else open.get(message.topic.id)?.thread.receive(message);
    }
  }

  function pass(passing: Passing): void {
    if ("conversationId" in passing) open.get(passing.conversationId)?.pass(passing);
    else if (passing.type === "agent-presence") presences.tell(passing.presence);
    else if (passing.type === "run-changed") touched("runs", `run ${passing.runId}`);
    else if (passing.type === "record-changed") touched("records", `record ${passing.recordId}`);
    else touched(passing.type === "configuration" ? passing.noun : "deployments");
  }

  /** Counts what was changed on the server, so that who shows it reads it again. */
  function touched(...nouns: string[]): void {
    const { configuration } = store.get();
    const counted = nouns.map((noun) => [noun, (configuration[noun] ?? 0) + 1] as const);
    store.set({ configuration: { ...configuration, ...Object.fromEntries(counted) } });
  }

  const presences = createPresences(
    () => request("listPresences"),
    (all) => store.set({ presences: all }),
  );

  function inboxChanged(changes: readonly InboxChange[]): void {
    const agentId = me?.agent.id ?? "";
    const items = inbox.items();
    const offers = items.flatMap((item) => offerIn(item, agentId) ?? []);
    const before = new Set(store.get().offers.map(({ offerId }) => offerId));
    store.set({ inbox: items, inboxReady: inbox.ready(), offers });
    caughtUp();
    for (const offer of offers) {
      if (!before.has(offer.offerId))
        signal({ type: "offer", offer }, { type: "sound", what: "offer", conversationId: offer.conversationId });
    }
    for (const { before: was, item, live } of changes) {
      const shown = item && open.get(item.conversationId);
      // What the inbox tells of may be seen again.
      if (shown?.handle.state.get().problem) shown.thread.subscribe();
      if (!live || !item || item.unread <= (was?.unread ?? 0)) continue;
      const { conversationId } = item;
      const mine = item.session.agent?.id === agentId;
      signal(
        { type: "message", conversationId, item },
        mine ? { type: "sound", what: "message", conversationId } : null,
      );
    }
  }

  function signal(what: DeskSignal, sound: DeskSignal | null): void {
    for (const listener of [...listeners]) {
      listener(what);
      if (sound && sounds) listener(sound);
    }
  }

  function caughtUp(): void {
    const settled = ({ thread, handle }: LiveConversation) => thread.phase() === "live" || handle.state.get().problem;
    if (inbox.live() && [...open.values()].every(settled)) connection.caughtUp();
  }

  // ---- conversations on the screen ----

  /** The server shows an agent's colleagues the one conversation looked at: the one opened last. */
  function tellView(): void {
    connection.send({ type: "view", conversationId: [...open.keys()].at(-1) ?? null });
  }

  function openOne(id: string): LiveConversation {
    const known = open.get(id);
    if (known) return known;
    const opened = openConversation({
      id,
      ports,
      http,
      headers: async () => csrf(),
      me: () => me,
      commands: () => commands,
      storage: () => storage,
      send: (message) => connection.send(message),
      move: (to) => positions.move(id, to),
      typing: (on) => typing.typing(id, on),
      gap: () => connection.resume(),
      settled: caughtUp,
      command,
      newId: ids.next,
      left() {
        open.delete(id);
        tellView();
        caughtUp();
      },
    });
    open.set(id, opened);
    opened.thread.subscribe();
    tellView();
    return opened;
  }

  async function command(asked: ClientCommand): Promise<Answered> {
    return commands ? commands.add(asked) : failed(ownProblem("unauthenticated", 401, "Sign in first"));
  }

  const accept = ({ conversationId, offerId }: Offer) =>
    command({ type: "offer.accept", id: ids.next(), conversationId, offerId });

  return {
    state: store,
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    boot() {
      booting ??= comeUp().finally(() => {
        booting = null;
      });
      return booting;
    },
    setup: (input) => enter("POST /setup", input),
    signIn: (input) => enter("POST /staff/sign-in", input),
    async signOut({ everywhere = false } = {}) {
      const result = await call<null>({ endpoint: "POST /staff/sign-out", body: { everywhere } });
      if (result.ok || result.problem.retry === "no") await signedOut(null);
      return result;
    },
    setPresence: (status, reason) => command({ type: "presence.set", id: ids.next(), status, reason }),
    accept,
    decline: ({ conversationId, offerId }, why) =>
      command({ type: "offer.decline", id: ids.next(), conversationId, offerId, why }),
    take: (conversationId, agentId) =>
      command({ type: "session.take", id: ids.next(), conversationId, ...(agentId ? { agentId } : {}) }),
    open: (id) => openOne(id).handle,
    request,
    attachmentUrl: (id, { preview } = {}) =>
      http.url("/attachments/:id", { id }, { preview: preview ? "1" : undefined }),
    serverNow: () => clock.now() + connection.clockOffset(),
    close() {
      connection.stop("disposed");
      commands?.stop();
      positions.stop();
      typing.stop();
      soundLock?.cancel();
      releaseSound();
      storage?.close();
    },
  };
}
