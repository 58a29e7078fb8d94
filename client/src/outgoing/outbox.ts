import type { ClientCommand, CommandAnswer } from "@clew/contract/commands";
import type { Problem } from "@clew/contract/problems";
import type { ServerMessage } from "@clew/contract/stream";
import type { Storage } from "../continuity/storage.ts";
import type { Ports } from "../ports.ts";
import { type Answered, failed, ownProblem } from "../results.ts";
import { isUnsent, keepUnsent, OUTBOX, outboxKey, type Unsent } from "./unsent.ts";

/** An answer that takes longer makes us ask whether the connection is alive. */
const SLOW_AFTER_MS = 5_000;
/** An answer that does not come in this time over a living connection means that something is wrong with it. */
const ANSWER_WITHIN_MS = 20_000;
/** After so many answers of "try again" a person should know. */
const TRIES = 6;

type Answer = Extract<ServerMessage, { type: "answer" }>;

export type Outbox = {
  list(): readonly Unsent[];
  /** Takes a command that is already in storage (or is not worth keeping) and resolves with its final answer. */
  add(unsent: Unsent): Promise<Answered>;
  retry(id: string): void;
  discard(id: string): void;
  answer(message: Answer): void;
  /** A connection is up: whatever is unanswered goes again, in order, with the same ids. */
  opened(): void;
  lost(): void;
  /** The server made another conversation of a start than the id we proposed; what waits behind it follows. */
  readdress(from: string, to: string): void;
  /** Forgets answered commands whose events are here or that are astray; gives back the texts of refused ones astray. */
  settled(ids: ReadonlySet<string>, astray?: (unsent: Unsent) => boolean): string[];
  clear(): void;
  stop(): void;
};

export function createOutbox(input: {
  ports: Ports;
  storage: Storage;
  kept: readonly Unsent[];
  /** Commands of one lane are sent one after the other, each when the one before was answered: that keeps their order. */
  laneOf(command: ClientCommand): string;
  send(command: ClientCommand): boolean;
  /** An answer is overdue: is anybody there? */
  slow(): void;
  /** The connection does not answer: close and resume. */
  stuck(): void;
  accepted(command: ClientCommand, answer: CommandAnswer): void;
  changed(list: readonly Unsent[]): void;
}): Outbox {
  const { ports, storage, send, laneOf } = input;
  let list: readonly Unsent[] = input.kept;
  let up = false;
  /** The command in flight of each lane, and how to call off the watch for its answer. */
  const flying = new Map<string, { id: string; cancel(): void }>();
  const pauses = new Map<string, () => void>();
  const tries = new Map<string, number>();
  /** Where conversations are that were started under another id: a tab may not know yet when it hands on a word. */
  const moved = new Map<string, string>();
  const waiters = new Map<string, ((answered: Answered) => void)[]>();

  function change(next: readonly Unsent[]): void {
    list = next;
    input.changed(list);
  }
  const find = (id: string) => list.find((unsent) => unsent.command.id === id);
  const replace = (id: string, by: Unsent) => change(list.map((unsent) => (unsent.command.id === id ? by : unsent)));
  const remove = (id: string) => change(list.filter((unsent) => unsent.command.id !== id));

  function pump(): void {
    if (!up) return;
    for (const { command, problem, answered } of list) {
      const lane = laneOf(command);
      if (problem || answered || flying.has(lane) || pauses.has(lane) || !send(command)) continue;
      const watches = [ports.clock.after(SLOW_AFTER_MS, input.slow), ports.clock.after(ANSWER_WITHIN_MS, input.stuck)];
      const cancel = () => {
        for (const callOff of watches) callOff();
      };
      flying.set(lane, { id: command.id, cancel });
    }
  }

  function land(id: string): void {
    for (const [lane, flight] of flying) {
      if (flight.id !== id) continue;
      flight.cancel();
      flying.delete(lane);
    }
  }

  function tell(id: string, answered: Answered): void {
    for (const resolve of waiters.get(id) ?? []) resolve(answered);
    waiters.delete(id);
    tries.delete(id);
  }

  function refuse(unsent: Unsent, problem: Problem): void {
    const { id } = unsent.command;
    const tried = (tries.get(id) ?? 0) + 1;
    // A night is no pause: who wrote is told, and decides.
    if (problem.retry !== "no" && problem.code !== "out-of-hours" && tried < TRIES) {
      tries.set(id, tried);
      pause(laneOf(unsent.command), (problem.retryAfter ?? 2 ** tried / 2) * 1000);
      return;
    }
    const { command } = unsent;
    if (isKept(command)) {
      // The answers of a form are kept with its drafts; here they would stay for good, secrets among them.
      const refused = {
        ...unsent,
        problem,
        command: command.type === "form.submit" ? { ...command, values: {} } : command,
      };
      void keepUnsent(storage, refused);
      replace(id, refused);
    } else {
      void storage.write({ remove: [outboxKey(id)] });
      remove(id);
    }
    tell(id, failed(problem));
  }

  /** The whole lane waits: a later message must not overtake one that was put off. */
  function pause(lane: string, ms: number): void {
    const cancel = ports.clock.after(ms, () => {
      pauses.delete(lane);
      pump();
    });
    pauses.set(lane, cancel);
  }

  function accept(unsent: Unsent, answer: CommandAnswer): void {
    const { id } = unsent.command;
    void storage.write({ remove: [outboxKey(id)] });
    if (isKept(unsent.command)) replace(id, { ...unsent, answered: true });
    else remove(id);
    input.accepted(unsent.command, answer);
    tell(id, { ok: true, value: answer });
  }

  return {
    list: () => list,
    add(unsent) {
      const { id } = unsent.command;
      const answered = new Promise<Answered>((resolve) => waiters.set(id, [...(waiters.get(id) ?? []), resolve]));
      const known = find(id);
      // The disk says only of a secret that it was not sent; the page it was typed in still has it.
      if (!known || known.problem?.status === 0)
        change([...list.filter((one) => one !== known), addressed(unsent, moved)].sort(byId));
      else if (known.problem) tell(id, failed(known.problem));
      pump();
      return answered;
    },
    retry(id) {
      const unsent = find(id) ?? list.find(({ command }) => startsWith(command, id));
      if (!unsent?.problem) return;
      const { problem: _, ...again } = unsent;
      void keepUnsent(storage, again);
      replace(unsent.command.id, again);
      pump();
    },
    discard(id) {
      const unsent = find(id) ?? list.find(({ command }) => startsWith(command, id));
      // What may be on its way cannot be taken back.
      if (!unsent?.problem) return;
      void storage.write({ remove: [outboxKey(unsent.command.id)] });
      remove(unsent.command.id);
    },
    answer(message) {
      const unsent = find(message.commandId);
      land(message.commandId);
      if (unsent && !unsent.answered) {
        if (message.ok) accept(unsent, message.answer);
        else refuse(unsent, message.problem);
      }
      pump();
    },
    opened() {
      up = true;
      pump();
    },
    lost() {
      up = false;
      for (const flight of flying.values()) flight.cancel();
      flying.clear();
    },
    readdress(from, to) {
      moved.set(from, to);
      const next = list.map((unsent) => addressed(unsent, moved));
      const put = next.filter((unsent, index) => unsent !== list[index] && !unsent.answered);
      if (put.length)
        void storage.write({ put: Object.fromEntries(put.map((one) => [outboxKey(one.command.id), one])) });
      change(next);
      pump();
    },
    settled(ids, astray = () => false) {
      const gone = list.filter(
        (unsent) =>
          (unsent.answered && (ids.has(unsent.command.id) || hasMessage(unsent.command, ids))) ||
          ((unsent.answered || unsent.problem) && astray(unsent)),
      );
      if (gone.length) change(list.filter((unsent) => !gone.includes(unsent)));
      const refused = gone.filter(({ problem }) => problem);
      if (refused.length) void storage.write({ remove: refused.map(({ command }) => outboxKey(command.id)) });
      return refused.map(({ command }) => ("text" in command && command.text) || "");
    },
    clear() {
      for (const { command } of list)
        tell(command.id, failed(ownProblem("unauthenticated", 401, "Signed out before it was sent")));
      for (const flight of flying.values()) flight.cancel();
      flying.clear();
      change([]);
    },
    stop() {
      up = false;
      for (const flight of flying.values()) flight.cancel();
      for (const cancel of pauses.values()) cancel();
    },
  };
}

const byId = (a: Unsent, b: Unsent) => (a.command.id < b.command.id ? -1 : 1);
const startsWith = (command: ClientCommand, messageId: string) =>
  command.type === "conversation.start" && command.message?.id === messageId;
const hasMessage = (command: ClientCommand, ids: ReadonlySet<string>) =>
  command.type === "conversation.start" && (!command.message || ids.has(command.message.id));

/**
 * Words of a person, and forms that they sent, are kept when they are refused, and until their event is back; a refused
 * click is told and forgotten.
 */
function isKept({ type }: ClientCommand): boolean {
  return ["message.post", "note.post", "conversation.start", "form.submit"].includes(type);
}

/** A start that is answered is where the conversation is; before, it must stay word for word what it was. */
function addressed(unsent: Unsent, moved: ReadonlyMap<string, string>): Unsent {
  const { command, answered } = unsent;
  if (!("conversationId" in command) || (command.type === "conversation.start" && !answered)) return unsent;
  const conversationId = moved.get(command.conversationId);
  return conversationId ? { ...unsent, command: { ...command, conversationId } } : unsent;
}

/** The entries of the outbox as they were kept; broken ones are left out and named, so that they can be removed. */
export function keptUnsent(entries: readonly [string, unknown][]): { kept: Unsent[]; broken: string[] } {
  const kept: Unsent[] = [];
  const broken: string[] = [];
  for (const [key, value] of entries) {
    if (key === `${OUTBOX}${isUnsent(value) ? value.command.id : ""}`) kept.push(value as Unsent);
    else broken.push(key);
  }
  return { kept: kept.sort(byId), broken };
}
