import type { Flow } from "@clew/contract/flows/definition";
import { advance } from "./advance.ts";
import type { Given, Input, TraceStep } from "./given.ts";
import { newRun } from "./new-run.ts";
import { type Blocked, type Run, RunFault, type Wait } from "./run.ts";

/** A run as it was recorded: as it began, and every input that it took, with its time. */
export type Recorded = { start: Run; inputs: readonly { at: number; input: Input }[] };
/** A definition to play on, with what it calls. */
export type PlayedOn = { flow: Flow; version: number; given: Omit<Given, "now" | "newId"> };
/** Where the two ways part: the last node both came to, and where each went on. `fault`: what stopped the new one. */
export type Parting = { at: string; before: string | null; after: string | null; fault: string | null };

/** Plays what was recorded on another definition, without doing anything. Null: it goes the same way to the end. */
export function parting(recorded: Recorded, before: PlayedOn, after: PlayedOn): Parting | null {
  const old = new Player(recorded.start, before);
  let fresh: Player;
  try {
    fresh = new Player(recorded.start, after);
  } catch (error) {
    if (!(error instanceof RunFault)) throw error;
    return { at: after.flow.start, before: before.flow.start, after: null, fault: error.code };
  }
  for (const { at, input } of recorded.inputs) {
    const earlier = old.run.blocked;
    if (!old.take(input, at, earlier)) continue;
    // From here on the run went by another version; the one it is played on stays the same.
    if (input.type === "migrate") continue;
    const taken = fresh.take(input, at, earlier);
    const found = firstDifference(old.steps, fresh.steps);
    if (found) return found;
    // Come to the same place, it would go on waiting there.
    const last = old.steps.at(-1);
    if (!taken) return { at: last?.node ?? "", before: last?.outcome ?? null, after: null, fault: null };
  }
  return null;
}

/** A run being played again: ids are made anew, so that inputs are given to what is asked for now. */
class Player {
  run: Run;
  /** A node each time it was come to; what it gave later stands in its place. */
  steps: TraceStep[] = [];
  readonly #given: Given;
  #made = 0;

  constructor(start: Run, { flow, version, given }: PlayedOn) {
    const { id, conversationId, sessionId, resolved, locale, zone, hours, startedAt: now, frames } = start;
    const inputs = Object.fromEntries(
      Object.entries(frames[0]?.values ?? {}).filter(([name]) => Object.hasOwn(flow.inputs ?? {}, name)),
    );
    this.#given = { ...given, now, newId: () => `replay-${++this.#made}` };
    const about = { conversationId, sessionId, resolved, locale, zone, hours };
    this.run = newRun({ id, flow, version, inputs, ...about, now, limits: given.limits });
  }

  /** False when it has no use for this input. `asked`: what the recorded run was blocked by when it came. */
  take(input: Input, at: number, asked: Blocked | null): boolean {
    this.#given.now = at;
    const fitting = "id" in input ? this.#fitting(input, at, asked) : input;
    if (!fitting) return false;
    const advanced = advance(this.run, fitting, this.#given);
    this.run = advanced.run;
    for (const step of advanced.trace) {
      const last = this.steps.at(-1);
      if (last && last.outcome === null && last.node === step.node && last.flow === step.flow) this.steps.pop();
      this.steps.push(step);
    }
    return advanced.taken;
  }

  #fitting(input: Extract<Input, { id: string }>, at: number, asked: Blocked | null): Input | null {
    const { blocked } = this.run;
    if (!blocked || blocked.kind === "yield" || blocked.kind !== asked?.kind) return null;
    if (blocked.kind === "operation" && asked.kind === "operation" && blocked.operation.do !== asked.operation.do)
      return null;
    const { id } = blocked;
    if (input.type !== "event" && input.type !== "due") return { ...input, id };
    if (blocked.kind !== "wait" || asked.kind !== "wait") return null;
    const wait = sameWait(
      asked.waits.find(({ branch }) => branch === input.branch),
      blocked.waits,
      at,
    );
    return wait ? { ...input, id, branch: wait.branch } : null;
  }
}

/** The branch that the same event, or the same time, ends here. */
function sameWait(asked: Wait | undefined, waits: readonly Wait[], at: number): Wait | undefined {
  const { event } = asked ?? {};
  if (event) return waits.find((one) => one.event?.type === event.type && one.event.key === event.key);
  return waits
    .filter(({ dueAt }) => dueAt !== undefined && dueAt <= at)
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0];
}

function firstDifference(old: readonly TraceStep[], fresh: readonly TraceStep[]): Parting | null {
  for (let index = 0; index < Math.max(old.length, fresh.length); index += 1) {
    const before = old[index];
    const after = fresh[index];
    const fault = after?.fault?.code ?? null;
    if (before?.flow === after?.flow && before?.node === after?.node && (fault === null || before?.fault)) continue;
    const same = before?.node === after?.node;
    const last = same ? before : old[index - 1];
    return {
      at: last?.node ?? "",
      before: (same ? before?.outcome : before?.node) ?? null,
      after: (same ? null : after?.node) ?? null,
      fault: fault ?? fresh[index - 1]?.fault?.code ?? null,
    };
  }
  return null;
}
