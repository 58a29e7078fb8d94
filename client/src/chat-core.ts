import type { ClientCommand, CommandAnswer } from "@clew/contract/commands";
import type { ConversationEvent } from "@clew/contract/events";
import type { ServerMessage } from "@clew/contract/stream";
import { createChannelBoot } from "./channel-boot.ts";
import { backoff } from "./connection/backoff.ts";
import { createConnection } from "./connection/connection.ts";
import { createAccount } from "./continuity/account.ts";
import { createComingBack } from "./continuity/coming-back.ts";
import { createViewKeeper, loadLocalCopy } from "./continuity/local-copy.ts";
import type { Storage } from "./continuity/storage.ts";
import type { Ask, Core, CoreOptions, CoreOutput, CoreState } from "./core-state.ts";
import type { Http } from "./http.ts";
import { createIds } from "./outgoing/ids.ts";
import { isKeptUpload, type KeptUpload } from "./outgoing/kept-upload.ts";
import { createOutbox } from "./outgoing/outbox.ts";
import { createPositions } from "./outgoing/positions.ts";
import { createTypingSender } from "./outgoing/typing.ts";
import { keepUnsent, strayFrom } from "./outgoing/unsent.ts";
import { uploadsOnDemand } from "./outgoing/uploads-on-demand.ts";
import { createPassing } from "./passing.ts";
import type { Ports } from "./ports.ts";
import { createThread, type Thread } from "./timeline/thread.ts";

/** What is not a person's: the format, the channel's own words, secrets still to be revoked. */
const STAYS = ["format", "boot", "revoke/"];

/** The customer's side of a channel with its one connection. Lives in the tab that leads; dies with it, loses nothing. */
export async function startChatCore(input: {
  ports: Ports;
  http: Http;
  storage: Storage;
  options: CoreOptions;
  output: CoreOutput;
  /** Words that the conversation they were written for did not take and that is shown no more: whoever wrote them has them back. */
  giveBack(texts: readonly string[]): void;
}): Promise<Core> {
  const { ports, http, storage, options, output } = input;
  const { clock } = ports;
  const copy = await loadLocalCopy(storage);
  const keeper = createViewKeeper(storage);
  keeper.stored(copy.view);
  const ids = createIds(clock, ports.random);
  for (const { command } of copy.unsent) ids.after(command.id);
  let offset = 0;
  let identityTries = 0;
  let booting: Promise<unknown> | null = null;
  let thread: Thread | null = null;
  let connecting = false;
  let over = false;
  const timers = new Map<string, () => void>();
  function publish(part: Partial<CoreState>): void {
    if (!over) output.publish({ ...part, storage: storage.kind(), clockOffset: offset });
  }
  /** One timer a purpose; a new one replaces the old. */
  function later(purpose: string, ms: number, call: () => void): void {
    timers.get(purpose)?.();
    timers.set(purpose, clock.after(ms, call));
  }
  const serverNow = () => clock.now() + offset;
  const account = createAccount({
    http,
    storage,
    clock,
    channelId: options.channelId,
    identityToken: () => options.identityToken,
    held: copy.identity,
    serverNow,
    later,
    publish,
    conversations: (list, how) => back.adopt(list, how),
    following: () => thread?.id ?? null,
    renewed: (token, lapsed) => connection.renewed(token) && lapsed && goOn(),
    forgetPerson,
  });
  const channel = createChannelBoot({
    http,
    storage,
    ports,
    ...options,
    boot: copy.boot,
    later,
    changed: (state) => publish({ boot: state }),
    read: (boot) => {
      if (connection.clockOffset() === 0) offset = boot.now - clock.now();
    },
    refused: () => {
      booting = null;
    },
  });
  const connection = createConnection({
    ports,
    base: http.base,
    delegate: {
      token: account.token,
      welcomed(welcome) {
        offset = welcome.now - clock.now();
        thread?.subscribe();
        if (!thread) connection.caughtUp();
        goOn();
        publish({});
      },
      message: receive,
      lost() {
        thread?.lost();
        outbox.lost();
        publish({ typing: null });
      },
      ended: (reason) => {
        // Ended elsewhere: one try tells whether this device is meant, too. If not, or vouched for again, it goes on.
        // Signed out meanwhile: what was said since needs an identity of its own.
        if (!account.held()) connectIfNeeded();
        else if (reason === "revoked" || reason === "signed-out")
          void account.token({ renew: true }).then(({ ok }) => ok && connectIfNeeded());
      },
      changed: (state) => publish({ connection: state }),
    },
  });
  const sendCommand = (command: ClientCommand) => !account.lapsed() && connection.send({ type: "command", command });
  const outbox = createOutbox({
    ports,
    storage,
    kept: copy.unsent,
    // A start may turn out to be about another conversation than the one proposed: what comes after it waits for that.
    laneOf: () => "customer",
    send: sendCommand,
    slow: () => connection.probe(),
    stuck: () => connection.resume(),
    accepted,
    changed: (unsent) => publish({ unsent }),
  });
  const positions = createPositions({ clock, newId: ids.next, send: sendCommand });
  const typing = createTypingSender(clock, (message) => connection.send(message));
  const uploads = uploadsOnDemand({
    ports,
    http,
    storage,
    withCookies: false,
    headers: account.headers,
    changed: (list) => publish({ uploads: list }),
  });

  /** What waits can go out. */
  function goOn(): void {
    for (const part of [outbox, positions, uploads.get()]) part?.opened();
  }

  const back = createComingBack({
    ...{ ports, http, storage, options },
    copy,
    account,
    connection,
    output,
    publish,
    later,
    newId: ids.next,
    following: () => thread?.id ?? null,
    follow,
    leave: leaveConversation,
    connectIfNeeded,
    forgetPerson,
  });

  // ---- who we are ----

  /** Nothing of the person who was here stays on this device: not shown, not kept, not sent. */
  async function forgetPerson(): Promise<void> {
    connection.stop("idle");
    outbox.clear();
    uploads.get()?.clear();
    leaveConversation();
    publish({ wiped: clock.now() });
    const keys = (await storage.read("")).map(([key]) => key);
    await storage.write({ remove: keys.filter((key) => !STAYS.some((start) => key.startsWith(start))) });
  }

  // ---- the connection, only while there is something to be connected for ----

  function connectIfNeeded(): void {
    if (!back.isClearing() && (thread || outbox.list().length > 0)) void connect();
  }

  async function connect(): Promise<void> {
    if (connecting || over) return;
    connecting = true;
    const first = account.held() ? null : await account.first();
    connecting = false;
    if (!first || first.ok) {
      connection.start();
    } else if (first.problem.retry === "no") {
      for (const { command } of outbox.list())
        outbox.answer({ type: "answer", commandId: command.id, ok: false, problem: first.problem });
    } else {
      identityTries += 1;
      later("identity", backoff(identityTries, ports.random.unit()), connectIfNeeded);
    }
  }

  /** What is unsent goes out first, to the conversation that it was written for. */
  function rest(): void {
    settle();
    if (!thread && outbox.list().every(({ answered, problem }) => answered || problem)) connection.stop("idle");
  }

  // ---- the conversation ----

  function follow(id: string): void {
    if (thread?.id === id) return;
    thread?.unsubscribe();
    const view = copy.view?.snapshot.id === id ? copy.view : null;
    thread = createThread({
      id,
      side: "customer",
      view,
      http,
      headers: account.headers,
      send: (message) => connection.send(message),
      move: (to) => positions.move(id, to),
      gap: () => connection.resume(),
      changed: () => {
        if (thread?.id === id) threadChanged();
      },
      added: announce,
      refused: (problem) => {
        if (problem.retry !== "no") connection.resume();
        else {
          leaveConversation();
          connection.caughtUp();
        }
      },
    });
    threadChanged();
    thread.subscribe();
  }

  function threadChanged(): void {
    const view = thread?.view() ?? null;
    if (view || !thread) keeper.keep(view);
    publish({ view, unsent: outbox.list() });
    settle();
    if (thread?.phase() === "live") {
      connection.caughtUp();
      void uploads.fetch();
    }
  }

  function settle(): void {
    const { events, snapshot } = thread?.view() ?? {};
    const astray = strayFrom(snapshot ?? thread ?? copy.view?.snapshot, outbox.list());
    const refused = outbox.settled(new Set(events?.flatMap((event) => event.commandId ?? [])), astray);
    if (refused.length) input.giveBack(refused);
  }

  function leaveConversation(): void {
    copy.view = null;
    thread?.unsubscribe();
    thread = null;
    threadChanged();
    publish({ typing: null, queuePlace: null, keptFor: null });
  }

  function announce(events: readonly ConversationEvent[], live: boolean): void {
    for (const event of events) {
      if (event.type === "message.posted" && event.by.who !== "customer") publish({ typing: null });
      if (event.type === "session.assigned" || event.type === "session.ended") publish({ queuePlace: null });
      if (live) output.signal({ type: "event", event });
    }
    if (live && events.some((event) => event.type === "message.posted" && !event.silent && event.by.who !== "customer"))
      output.signal({ type: "sound" });
  }

  function accepted(command: ClientCommand, answer: CommandAnswer): void {
    if (command.type === "conversation.start" && answer.conversationId) {
      if (answer.conversationId !== command.conversationId)
        outbox.readdress(command.conversationId, answer.conversationId);
      follow(answer.conversationId);
    }
    settle();
  }

  // ---- what the server says ----

  function receive(message: ServerMessage): void {
    if (message.type === "form") output.signal({ type: "form", message });
    if (message.type === "answer") {
      outbox.answer(message);
      rest();
    } else if (message.type === "passing") pass(message.passing);
    else if ("topic" in message && message.topic?.kind === "conversation" && message.topic.id === thread?.id)
      thread.receive(message);
  }

  const pass = createPassing({
    thread: () => thread,
    publish,
    later,
    deployed: (id, number) => id === options.channelId && number !== channel.boot()?.deployment && void channel.read(),
  });

  /** Asked for by every tab, done once; a refusal makes room for another try. */
  function start(): Promise<unknown> {
    booting ??= Promise.all([channel.read(), back.comeUp()]);
    return booting;
  }

  // ---- what a tab asks ----

  async function ask(asked: Ask): Promise<unknown> {
    switch (asked.verb) {
      case "boot":
        return start();
      case "look":
        return channel.read();
      case "command": {
        const { unsent, kept } = asked;
        await keepUnsent(storage, unsent, kept);
        const answered = outbox.add(unsent);
        connectIfNeeded();
        return answered;
      }
      case "retry":
        return outbox.retry(asked.id);
      case "discard":
        return outbox.discard(asked.id);
      case "upload":
        return uploads.add(asked.upload);
      case "retry-upload":
        return uploads.get()?.retry(asked.id);
      case "remove-upload":
        return uploads.get()?.remove(asked.id);
      case "pass":
        return connection.send(asked.message);
      case "typing":
        return thread && typing.typing(thread.id, asked.on, asked.text);
      case "read":
        return thread?.markRead();
      case "older": {
        publish({ loadingOlder: true });
        const result = await thread?.older();
        publish({ loadingOlder: false });
        return result ?? { ok: true, value: null };
      }
      case "forget":
        back.beginAnew();
        return rest();
      case "transcript":
        return (
          thread &&
          http.blob({
            endpoint: "GET /conversations/:id/transcript",
            params: { id: thread.id },
            query: { language: options.language },
            headers: await account.headers(),
          })
        );
      case "sign-in":
        return back.signIn(asked.token);
      case "distrust":
        return account.distrust(asked.problem);
      case "open-link":
        return back.openLink(asked.token);
      case "own-link":
        return back.isOwnLink(asked.token);
      case "make-link":
        return back.makeLink();
      case "send-link":
        return back.sendLink(asked.email);
      case "take-up":
        return back.takeUp(asked.conversationId);
      case "clear":
        return back.clear(asked.mode);
      case "sign-out":
        // Whoever signs out is not vouched for any more, until the page does it anew.
        options.identityToken = undefined;
        return account.signOut(asked.everywhere);
    }
  }

  // The first paint: from what was kept, before anything is asked of the server.
  const showsCopy = !copy.clearing && (!options.identityToken || copy.identity?.kind === "guest");
  publish({
    boot: copy.boot ? { name: "ready", boot: copy.boot, fresh: false } : { name: "none" },
    view: showsCopy ? copy.view : null,
    unsent: showsCopy ? copy.unsent : [],
    clearing: copy.clearing !== null,
  });
  account.show();
  for (const [, upload] of copy.uploads) if (isKeptUpload(upload)) void uploads.add(upload as KeptUpload);

  return {
    ask,
    close() {
      over = true;
      for (const cancel of timers.values()) cancel();
      connection.stop("disposed");
      outbox.stop();
      positions.stop();
      typing.stop();
    },
  };
}
