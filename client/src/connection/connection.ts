import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import { PROTOCOL_VERSION } from "@clew/contract/version";
import type { Clock, Ports } from "../ports.ts";
import type { Result } from "../results.ts";
import { backoff, STABLE_AFTER_MS } from "./backoff.ts";
import { type Heartbeat, startHeartbeat } from "./heartbeat.ts";
import type { ClosedReason, ConnectionState } from "./public-state.ts";
import type { Link } from "./transport.ts";

/*
 * idle ──start──> preparing ──token──> opening ──opened, hello──> greeting ──welcome──> open
 *                     ^                   │                          │                   │
 *                     └────── waiting <───┴──── failed or timed out ─┴── lost, dead, bye ┘
 * any ──bye without retry, stop──> closed, idle
 */
type Phase =
  | { name: "idle" }
  | { name: "waiting"; cancel(): void }
  | { name: "preparing" }
  | { name: "opening"; link: Link; cancelLimit(): void }
  | { name: "greeting"; link: Link; cancelLimit(): void }
  | { name: "open"; link: Link; heartbeat: Heartbeat; cancelStable(): void; live: boolean }
  | { name: "closed"; reason: ClosedReason };

/** How long opening and greeting may take, in milliseconds. */
const OPEN_WITHIN_MS = 15_000;

/** After these the server is there again sooner or later, whatever it said of coming back. */
const COMES_BACK: readonly ClosedReason[] = ["restarting", "too-slow", "protocol"];

type Welcome = Extract<ServerMessage, { type: "welcome" }>;
type Bye = Extract<ServerMessage, { type: "bye" }>;

export type ConnectionDelegate = {
  /** A token that is good now, null where a cookie speaks; `renew` when the server refused the last one. */
  token(options: { renew: boolean }): Promise<Result<string | null>>;
  welcomed(welcome: Welcome): void;
  message(message: ServerMessage): void;
  lost(): void;
  /** No more tries: the server said so, or no token can be had. */
  ended(reason: ClosedReason): void;
  changed(state: ConnectionState): void;
};

export type Connection = {
  start(): void;
  /** False when nothing could be sent now. */
  send(message: ClientMessage): boolean;
  /** Shows a new token over the connection that stands. Where there is none, the next try is made with it at once. */
  renewed(token: string): boolean;
  /** Something was not answered as soon as it should be: asks whether the other side is there at all. */
  probe(): void;
  /** Everything subscribed is caught up with. */
  caughtUp(): void;
  /** Closes and comes back at once: after a gap, or with another token. */
  resume(): void;
  stop(reason: "disposed" | "idle"): void;
  /** By the server's clock minus ours, in milliseconds. */
  clockOffset(): number;
};

export function createConnection(input: { ports: Ports; base: string; delegate: ConnectionDelegate }): Connection {
  const { ports, base, delegate } = input;
  const clock: Clock = ports.clock;
  let phase: Phase = { name: "idle" };
  let tries = 0;
  let connectingSince = clock.now();
  let renew = false;
  /** Refusals of our token in a row; the second is final. */
  let refusals = 0;
  let offset = 0;
  /** Answers of an attempt that was given up are recognised by its number. */
  let attempt = 0;
  const stopHints = ports.hints.onWake(wake);

  function enter(next: Phase): void {
    phase = next;
    delegate.changed(publicState());
  }
  function publicState(): ConnectionState {
    switch (phase.name) {
      case "idle":
        return { name: "idle" };
      case "closed":
        return { name: "closed", reason: phase.reason };
      case "open":
        return { name: phase.live ? "live" : "catching-up" };
      default:
        return ports.hints.online()
          ? { name: "connecting", since: connectingSince, tries }
          : { name: "offline", since: connectingSince };
    }
  }

  async function prepare(): Promise<void> {
    attempt += 1;
    const mine = attempt;
    enter({ name: "preparing" });
    const token = await delegate.token({ renew });
    if (mine !== attempt || phase.name !== "preparing") return;
    if (token.ok) {
      renew = false;
      open(token.value);
    } else if (token.problem.retry === "no") finish("unauthenticated");
    else wait(Math.max(backoff(tries, ports.random.unit()), (token.problem.retryAfter ?? 0) * 1000));
  }

  function open(token: string | null): void {
    const mine = attempt;
    const current = () => mine === attempt;
    const link = ports.transport.open(base, {
      opened: () => {
        if (!current() || phase.name !== "opening") return;
        enter({ name: "greeting", link, cancelLimit: phase.cancelLimit });
        link.send({ type: "hello", protocol: PROTOCOL_VERSION, ...(token === null ? {} : { token }) });
      },
      message: (message) => {
        if (current()) hear(message);
      },
      ended: () => {
        if (current()) fail();
      },
    });
    enter({ name: "opening", link, cancelLimit: clock.after(OPEN_WITHIN_MS, () => current() && fail(true)) });
  }

  function hear(message: ServerMessage): void {
    if (message.type === "bye") leave(message);
    else if (message.type === "welcome" && phase.name === "greeting") greet(message, phase.link);
    else if (phase.name === "open") hearOpen(message, phase.heartbeat);
  }

  function hearOpen(message: ServerMessage, heartbeat: Heartbeat): void {
    if (message.type === "pong") {
      offset = message.now - clock.now();
      heartbeat.pong(message.at);
    } else delegate.message(message);
  }

  function greet(welcome: Welcome, link: Link): void {
    offset = welcome.now - clock.now();
    refusals = 0;
    if (phase.name === "greeting") phase.cancelLimit();
    const heartbeat = startHeartbeat({ clock, send: (message) => link.send(message), dead: fail });
    const cancelStable = clock.after(STABLE_AFTER_MS, () => {
      tries = 0;
    });
    enter({ name: "open", link, heartbeat, cancelStable, live: false });
    delegate.welcomed(welcome);
  }

  function leave(bye: Bye): void {
    const refused = bye.reason === "unauthenticated";
    if (bye.reason === "token-expired" || (refused && refusals === 0)) {
      renew = true;
      if (refused) refusals += 1;
      drop();
      wait(refused ? 0 : backoff(tries, ports.random.unit()));
    } else if (refused || (bye.retryAfter === null && !COMES_BACK.includes(bye.reason))) finish(bye.reason);
    else {
      drop();
      wait(Math.max(ports.random.unit() * (bye.retryAfter ?? 0), backoff(tries, ports.random.unit())));
    }
  }

  /** `late`: nothing came of it in time. Whether the network swallows what it takes is for the transport to judge. */
  function fail(late?: boolean): void {
    drop(late);
    wait(backoff(tries, ports.random.unit()));
  }
  /** Lets go of the link, if there is one. */
  function drop(late?: boolean): void {
    attempt += 1;
    const was = phase;
    if (was.name === "waiting") was.cancel();
    if (was.name === "opening" || was.name === "greeting") was.cancelLimit();
    if (was.name === "open") {
      was.heartbeat.stop();
      was.cancelStable();
      connectingSince = clock.now();
    }
    if ("link" in was) was.link.close(late);
    phase = { name: "preparing" };
    if (was.name === "open") delegate.lost();
  }
  function wait(ms: number): void {
    tries += 1;
    enter({ name: "waiting", cancel: clock.after(ms, () => void prepare()) });
  }
  function finish(reason: ClosedReason): void {
    drop();
    enter({ name: "closed", reason });
    delegate.ended(reason);
  }

  function send(message: ClientMessage): boolean {
    if (phase.name !== "open") return false;
    phase.link.send(message);
    return true;
  }
  function hurry(): void {
    if (phase.name !== "waiting") return;
    phase.cancel();
    void prepare();
  }
  /** Back on the network, back in sight: do not sit out the wait, and do not trust a socket that slept. */
  function wake(): void {
    if (phase.name === "waiting") hurry();
    else if (phase.name === "open") phase.heartbeat.probe(!ports.hints.online());
    else delegate.changed(publicState());
  }

  return {
    start() {
      if (phase.name !== "idle" && phase.name !== "closed") return;
      tries = 0;
      refusals = 0;
      connectingSince = clock.now();
      void prepare();
    },
    send,
    renewed(token) {
      renew = false;
      hurry();
      return send({ type: "token", token });
    },
    probe() {
      if (phase.name === "open") phase.heartbeat.probe(false);
    },
    caughtUp() {
      if (phase.name === "open" && !phase.live) enter({ ...phase, live: true });
    },
    resume() {
      if (phase.name !== "open") return;
      drop();
      wait(backoff(tries, ports.random.unit()));
    },
    stop(reason) {
      drop();
      if (reason === "disposed") stopHints();
      enter(reason === "disposed" ? { name: "closed", reason } : { name: "idle" });
    },
    clockOffset: () => offset,
  };
}
