import type { Boot } from "@clew/contract/channels";
import type { ClientCommand, CommandAnswer } from "@clew/contract/commands";
import type { CustomerIdentity } from "@clew/contract/customers";
import type { ConversationEvent } from "@clew/contract/events";
import type { Passing } from "@clew/contract/presence";
import type { Problem } from "@clew/contract/problems";
import type { ServerMessage } from "@clew/contract/stream";
import { backoff } from "./connection/backoff.ts";
import { createConnection } from "./connection/connection.ts";
import { createIdentity, RENEW_BEFORE_MS, revoke } from "./continuity/identity.ts";
import { createViewKeeper, loadLocalCopy } from "./continuity/local-copy.ts";
import type { Storage } from "./continuity/storage.ts";
import type { Ask, Core, CoreOutput, CoreState } from "./core-state.ts";
import type { Http } from "./http.ts";
import { createIds } from "./outgoing/ids.ts";
import { createOutbox } from "./outgoing/outbox.ts";
import { createPositions } from "./outgoing/positions.ts";
import { createTypingSender, TYPING_LASTS_MS } from "./outgoing/typing.ts";
import { createUploads, isKeptUpload, type KeptUpload } from "./outgoing/uploads.ts";
import type { Ports } from "./ports.ts";
import { failed, ownProblem, type Result } from "./results.ts";
import { createThread, type Thread } from "./timeline/thread.ts";

export type CoreOptions = {
  channelId: string;
  language: string;
  identityToken?: () => Promise<string>;
};

/** The customer's side of a channel with its one connection. Lives in the tab that leads; dies with it, loses nothing. */
export async function startChatCore(input: {
  ports: Ports;
  http: Http;
  storage: Storage;
  options: CoreOptions;
  output: CoreOutput;
}): Promise<Core> {
  const { ports, http, storage, options, output } = input;
  const { clock } = ports;
  const copy = await loadLocalCopy(storage);
  const keeper = createViewKeeper(storage);
  keeper.stored(copy.view);
  const ids = createIds(clock, ports.random);
  for (const { command } of copy.unsent) ids.after(command.id);

  let offset = 0;
  let boot: Boot | null = copy.boot;
  let bootTries = 0;
  let booting: Promise<void> | null = null;
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

  const identity = createIdentity({
    http,
    storage,
    clock,
    channelId: options.channelId,
    held: copy.identity,
    changed: identityChanged,
  });
  const connection = createConnection({
    ports,
    base: http.base,
    delegate: {
      token: freshToken,
      welcomed(welcome) {
        offset = welcome.now - clock.now();
        thread?.subscribe();
        if (!thread) connection.caughtUp();
        outbox.opened();
        positions.opened();
        publish({});
      },
      message: receive,
      lost() {
        thread?.lost();
        outbox.lost();
        publish({ typing: null });
      },
      ended: (reason) => {
        // Ended elsewhere: one try tells whether this device is meant, too.
        if (reason === "revoked" || reason === "signed-out") void identity.resume().then(adopt);
      },
      changed: (state) => publish({ connection: state }),
    },
  });
  const outbox = createOutbox({
    ports,
    storage,
    kept: copy.unsent,
    send: (command) => connection.send({ type: "command", command }),
    stuck: () => connection.resume(),
    accepted,
    changed: (unsent) => publish({ unsent }),
  });
  const positions = createPositions({
    clock,
    newId: ids.next,
    send: (command) => connection.send({ type: "command", command }),
  });
  const typing = createTypingSender(clock, (message) => connection.send(message));
  const uploads = createUploads({
    ports,
    http,
    storage,
    withCookies: false,
    headers,
    changed: (list) => publish({ uploads: list }),
  });

  // ---- who we are ----

  function identityChanged(): void {
    const held = identity.held();
    publish({
      identity: held && { customerId: held.customerId, kind: held.kind, name: held.name },
      accessToken: identity.accessToken(),
    });
    if (!identity.accessToken()) return;
    later("renew", Math.max(identity.expiresAt() - serverNow() - RENEW_BEFORE_MS, 5_000), () => void renew());
  }

  async function renew(): Promise<void> {
    const outcome = await identity.resume();
    if (outcome.ok) connection.send({ type: "token", token: outcome.value.accessToken });
    else if (outcome.problem.retry === "no") await loseIdentity(outcome.problem);
    else later("renew", RENEW_BEFORE_MS / 4, () => void renew());
  }

  async function freshToken({ renew: mustRenew }: { renew: boolean }): Promise<Result<string>> {
    const token = identity.accessToken();
    if (token && !mustRenew && identity.expiresAt() > serverNow() + 5_000) return { ok: true, value: token };
    const outcome = await identity.resume();
    await adopt(outcome);
    return outcome.ok ? { ok: true, value: outcome.value.accessToken } : outcome;
  }

  async function headers(): Promise<Record<string, string>> {
    const token = await freshToken({ renew: false });
    return token.ok ? { authorization: `Bearer ${token.value}` } : {};
  }

  /** Follows what the server says of this customer's conversations. */
  async function adopt(outcome: Result<CustomerIdentity>): Promise<void> {
    if (!outcome.ok) {
      if (outcome.problem.retry === "no") await loseIdentity(outcome.problem);
      return;
    }
    const { conversations } = outcome.value;
    const open = conversations.find((conversation) => conversation.status === "open");
    if (!thread && open) follow(open.id);
  }

  /** The server no longer knows this device: nothing of the conversation may stay on it. */
  async function loseIdentity(problem: Problem): Promise<void> {
    await identity.drop();
    leaveConversation();
    outbox.clear();
    connection.stop("idle");
    publish({ identityProblem: problem });
  }

  async function signIn(token: string): Promise<Result> {
    const before = identity.held()?.customerId;
    const outcome = await identity.verify(token);
    if (!outcome.ok) {
      publish({ identityProblem: outcome.problem });
      return outcome;
    }
    publish({ identityProblem: null });
    const { customerId, conversations } = outcome.value;
    const came = conversations.some(({ id }) => id === thread?.id);
    if (before && before !== customerId && thread && !came) {
      // Another person: what the one before left here is not theirs.
      leaveConversation();
      outbox.clear();
    }
    await adopt(outcome);
    connection.stop("idle");
    connectIfNeeded();
    return { ok: true, value: null };
  }

  async function signOut(everywhere: boolean): Promise<Result> {
    connection.stop("idle");
    outbox.clear();
    uploads.clear();
    leaveConversation();
    await storage.wipe();
    const result = await identity.signOut(everywhere);
    if (!result.ok && result.problem.retry !== "no") later("revoke", 5_000, () => void revokeLeft());
    return { ok: true, value: null };
  }

  /** Tells the server what it could not be told before, until it confirms. */
  async function revokeLeft(): Promise<void> {
    for (const [key, everywhere] of await storage.read("revoke/")) {
      const secret = key.slice("revoke/".length);
      const result = await revoke({
        http,
        storage,
        channelId: options.channelId,
        secret,
        everywhere: everywhere === true,
      });
      if (!result.ok && result.problem.retry !== "no") return later("revoke", 30_000, () => void revokeLeft());
    }
  }

  // ---- the connection, only while there is something to be connected for ----

  function connectIfNeeded(): void {
    if (thread || outbox.list().length > 0) void connect();
  }

  async function connect(): Promise<void> {
    if (connecting || over) return;
    connecting = true;
    const first = identity.held() ? null : await firstIdentity();
    connecting = false;
    if (!first || first.ok) {
      if (first) await adopt(first);
      connection.start();
    } else if (first.problem.retry === "no") {
      for (const { command } of outbox.list())
        outbox.answer({ type: "answer", commandId: command.id, ok: false, problem: first.problem });
    } else {
      bootTries += 1;
      later("identity", backoff(bootTries, ports.random.unit()), connectIfNeeded);
    }
  }

  async function firstIdentity(): Promise<Result<CustomerIdentity>> {
    if (!options.identityToken) return identity.startGuest();
    const token = await pageToken();
    return token.ok ? identity.verify(token.value) : token;
  }

  async function pageToken(): Promise<Result<string>> {
    try {
      return { ok: true, value: (await options.identityToken?.()) ?? "" };
    } catch (cause) {
      return failed(ownProblem("identity-refused", 401, `The page gave no identity token: ${String(cause)}`));
    }
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
      headers,
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
    publish({ view });
    settle();
    if (thread?.phase() === "live") connection.caughtUp();
  }

  function settle(): void {
    const done = new Set(thread?.view()?.events.flatMap((event) => event.commandId ?? []));
    outbox.settled(done);
  }

  function leaveConversation(): void {
    copy.view = null;
    thread?.unsubscribe();
    thread = null;
    threadChanged();
    publish({ typing: null, queuePlace: null });
  }

  function announce(events: readonly ConversationEvent[], live: boolean): void {
    for (const event of events) {
      if (event.type === "message.posted" && event.by.who !== "customer") publish({ typing: null });
      if (event.type === "session.assigned" || event.type === "session.ended") publish({ queuePlace: null });
      if (live) output.signal({ type: "event", event });
    }
    if (live && events.some((event) => event.type === "message.posted" && event.by.who !== "customer"))
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
    if (message.type === "answer") outbox.answer(message);
    else if (message.type === "passing") pass(message.passing);
    else if ("topic" in message && message.topic?.kind === "conversation" && message.topic.id === thread?.id)
      thread.receive(message);
  }

  function pass(passing: Passing): void {
    if ("conversationId" in passing && passing.conversationId !== thread?.id) return;
    switch (passing.type) {
      case "typing":
        if (passing.who === "customer") return;
        publish({ typing: passing.on ? { name: passing.name ?? null } : null });
        later("typing", TYPING_LASTS_MS, () => publish({ typing: null }));
        break;
      case "positions":
        thread?.positions(passing.positions);
        break;
      case "queue-place":
        publish({ queuePlace: { place: passing.place, estimate: passing.estimate } });
        break;
      case "deployment":
        if (passing.channelId === options.channelId && passing.number !== boot?.deployment) void readBoot();
        break;
      default:
        break;
    }
  }

  async function readBoot(): Promise<void> {
    if (!boot) publish({ boot: { name: "loading" } });
    const read = await http.json<Boot>({
      endpoint: "GET /channels/:id/boot",
      params: { id: options.channelId },
      query: { language: options.language },
    });
    if (read.ok) {
      bootTries = 0;
      boot = read.value;
      if (connection.clockOffset() === 0) offset = boot.now - clock.now();
      void storage.write({ put: { boot } });
      publish({ boot: { name: "ready", boot, fresh: true } });
      return;
    }
    if (!boot || read.problem.retry === "no") publish({ boot: { name: "failed", problem: read.problem } });
    if (read.problem.retry === "no") {
      booting = null;
      return;
    }
    bootTries += 1;
    later("boot", Math.max(backoff(bootTries, ports.random.unit()), 1_000), () => void readBoot());
  }

  /** Asked for by every tab, done once; a refusal makes room for another try. */
  function start(): Promise<void> {
    booting ??= comeUp();
    return booting;
  }

  async function comeUp(): Promise<void> {
    const reading = readBoot();
    void revokeLeft();
    if (options.identityToken) await comeBackVerified();
    else if (identity.held()) await comeBack();
    await reading;
  }

  async function comeBack(): Promise<void> {
    if (copy.view) follow(copy.view.snapshot.id);
    else await adopt(await identity.resume());
    connectIfNeeded();
  }

  /** With signed tokens, the local copy is shown only to the person it belongs to. */
  async function comeBackVerified(): Promise<void> {
    if (identity.held()?.kind === "guest") await comeBack();
    const token = await pageToken();
    if (!token.ok) publish({ identityProblem: token.problem });
    else {
      const signedIn = await signInAs(token.value);
      if (!signedIn.ok && signedIn.problem.retry !== "no") later("sign-in", 5_000, () => void comeBackVerified());
    }
  }

  async function signInAs(token: string): Promise<Result> {
    const before = identity.held();
    const signedIn = await signIn(token);
    const same = before?.customerId === identity.held()?.customerId;
    if (signedIn.ok && same && copy.view && !thread) follow(copy.view.snapshot.id);
    else if (signedIn.ok && !same && before?.kind === "verified") outbox.clear();
    connectIfNeeded();
    return signedIn;
  }

  // ---- what a tab asks ----

  async function ask(asked: Ask): Promise<unknown> {
    switch (asked.verb) {
      case "boot":
        return start();
      case "command": {
        const answered = outbox.add(asked.unsent);
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
        return uploads.retry(asked.id);
      case "remove-upload":
        return uploads.remove(asked.id);
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
        leaveConversation();
        return connection.stop("idle");
      case "transcript":
        return (
          thread &&
          http.blob({
            endpoint: "GET /conversations/:id/transcript",
            params: { id: thread.id },
            query: { language: options.language },
            headers: await headers(),
          })
        );
      case "sign-in":
        return signInAs(asked.token);
      case "sign-out":
        return signOut(asked.everywhere);
    }
  }

  // The first paint: from what was kept, before anything is asked of the server.
  const showsCopy = !options.identityToken || copy.identity?.kind === "guest";
  publish({
    boot: boot ? { name: "ready", boot, fresh: false } : { name: "none" },
    view: showsCopy ? copy.view : null,
    unsent: showsCopy ? copy.unsent : [],
  });
  identityChanged();
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
