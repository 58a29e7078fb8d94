import { type Ask, type Core, type CoreOutput, type CoreState, EMPTY_CORE } from "../core-state.ts";
import type { Ports } from "../ports.ts";
import type { ChatSignal } from "../state.ts";
import { applyPatch, type Patch, patchOf } from "./patch.ts";
import type { Relay } from "./ports.ts";

/** How often a tab that is looked at asks whether the leading one is awake, and how long that may take, in milliseconds. */
const ASK_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 4_000;

/*
 * One tab leads: it holds the lock, the connection and the core. The others follow: they mirror its state by numbered
 * patches, ask it for what they want done, and ask again when another tab has taken over. A tab that misses a patch asks
 * for the whole state. Browsers put tabs to sleep that nobody looks at, locks and all: a tab in sight takes the lock from
 * a leader that does not answer, who follows when it wakes up.
 *
 * following ──lock granted, or taken──> leading ──close, death──> the lock goes to the next tab
 *     ^                                    └──lock taken by another──┐
 *     └──────────────────────────────────────────────────────────────┘
 */
type TabMessage =
  /** `of`, `version`: what the tab knows already. */
  | { type: "hello"; of: string; version: number }
  | { type: "here" }
  | { type: "state"; leader: string; version: number; state: CoreState }
  | { type: "patch"; leader: string; version: number; patch: Patch }
  | { type: "ask"; from: string; id: number; ask: Ask }
  | { type: "answer"; to: string; id: number; value: unknown }
  | { type: "signal"; signal: ChatSignal }
  | { type: "shared"; key: string; value: unknown };

export type Seat = {
  /** What is asked now is answered by this tab. */
  leads(): boolean;
  /** Resolves with the leader's answer, also when the leader dies in between. */
  ask<Value>(ask: Ask): Promise<Value>;
  /** Tells the other tabs. */
  share(key: string, value: unknown): void;
  close(): void;
};

export type SeatInput = {
  ports: Ports;
  name: string;
  /** False when tabs cannot see each other's storage: then each keeps its own connection. */
  together: boolean;
  startCore(output: CoreOutput): Promise<Core>;
  changed(state: CoreState): void;
  signal(signal: ChatSignal): void;
  shared(key: string, value: unknown): void;
};

export function takeSeat(input: SeatInput): Seat {
  const { ports, name } = input;
  const me = Array.from(ports.random.bytes(8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const locks = input.together && ports.openRelay ? ports.locks : null;
  let state = EMPTY_CORE;
  let core: Core | null = null;
  let leader = "";
  let version = 0;
  let asked = 0;
  let closed = false;
  let release = () => {};
  /** While the lock is ours, from before there is a core; another one each time. */
  let leading: object | null = null;
  let cancelWatch = () => {};
  /** Asked and not answered, in order: asked again of the next leader. */
  const pending = new Map<number, { ask: Ask; resolve(value: unknown): void }>();
  const relay: Relay | null =
    locks && ports.openRelay ? ports.openRelay(name, (message) => hear(message as TabMessage)) : null;
  const post = (message: TabMessage) => relay?.post(message);

  function publish(part: Partial<CoreState>): void {
    const entries = Object.entries(part).filter(([key, value]) => !Object.is(state[key as keyof CoreState], value));
    if (entries.length === 0 || closed) return;
    const changes = Object.fromEntries(entries) as Partial<CoreState>;
    const patch = patchOf(state, changes);
    state = { ...state, ...changes };
    version += 1;
    if (core) post({ type: "patch", leader: me, version, patch });
    input.changed(state);
  }

  async function lead(): Promise<void> {
    const mine = {};
    leading = mine;
    cancelWatch();
    const started = await input.startCore({
      publish,
      signal(signal) {
        // The sound is for this tab alone, everything else for all.
        if (signal.type !== "sound") post({ type: "signal", signal });
        input.signal(signal);
      },
    });
    if (closed || mine !== leading) return started.close();
    core = started;
    leader = me;
    post({ type: "state", leader: me, version, state });
    for (const [id, { ask }] of pending) void answerOwn(id, ask);
  }

  async function answerOwn(id: number, ask: Ask): Promise<void> {
    const value = await core?.ask(ask);
    pending.get(id)?.resolve(value);
    pending.delete(id);
  }

  function hear(message: TabMessage): void {
    if (closed) return;
    switch (message.type) {
      case "hello":
        if (leading)
          post(
            core && (message.of !== me || message.version !== version)
              ? { type: "state", leader: me, version, state }
              : { type: "here" },
          );
        break;
      case "here":
        watch();
        break;
      case "state":
        if (!core) follow(message);
        break;
      case "patch":
        if (core) break;
        if (message.leader !== leader || message.version !== version + 1) hello();
        else {
          version = message.version;
          state = { ...state, ...applyPatch(state, message.patch) };
          input.changed(state);
        }
        break;
      case "ask":
        if (core) {
          const { from, id } = message;
          void core.ask(message.ask).then((value) => post({ type: "answer", to: from, id, value }));
        }
        break;
      case "answer":
        if (message.to !== me) break;
        pending.get(message.id)?.resolve(message.value);
        pending.delete(message.id);
        break;
      case "signal":
        input.signal(message.signal);
        break;
      case "shared":
        input.shared(message.key, message.value);
        break;
    }
  }

  function follow(message: Extract<TabMessage, { type: "state" }>): void {
    const changed = message.leader !== leader;
    leader = message.leader;
    version = message.version;
    state = message.state;
    input.changed(state);
    watch();
    if (changed) for (const [id, { ask }] of pending) post({ type: "ask", from: me, id, ask });
  }

  function hello(): void {
    post({ type: "hello", of: leader, version });
  }
  /** Is anybody there? */
  function look(): void {
    cancelWatch();
    if (leading || closed) return;
    hello();
    cancelWatch = ports.clock.after(ANSWER_WITHIN_MS, () => (ports.hints.visible() ? wantLock(true) : watch()));
  }
  function watch(): void {
    cancelWatch();
    cancelWatch = ports.clock.after(ASK_EVERY_MS, look);
  }

  let cancelLock = () => {};
  function wantLock(steals: boolean): void {
    cancelLock();
    const wanted = locks?.request(
      name,
      (done) => {
        release = done;
        if (closed) done();
        else void lead();
      },
      { steals, lost },
    );
    if (wanted) cancelLock = wanted.cancel;
  }
  /** This tab slept, and another leads by now. */
  function lost(): void {
    leading = null;
    core?.close();
    core = null;
    leader = "";
    if (closed) return;
    wantLock(false);
    look();
  }
  let stopHints = () => {};
  if (locks) {
    wantLock(false);
    look();
    stopHints = ports.hints.onWake(look);
  } else void lead();

  return {
    leads: () => !!core,
    ask<Value>(ask: Ask) {
      asked += 1;
      const id = asked;
      const answer = new Promise<Value>((resolve) =>
        pending.set(id, { ask, resolve: resolve as (value: unknown) => void }),
      );
      if (core) void answerOwn(id, ask);
      else if (leader) post({ type: "ask", from: me, id, ask });
      return answer;
    },
    share: (key, value) => post({ type: "shared", key, value }),
    close() {
      if (closed) return;
      core?.close();
      closed = true;
      cancelWatch();
      stopHints();
      cancelLock();
      release();
      relay?.close();
    },
  };
}
