import type { Passing } from "@clew/contract/presence";
import type { ConversationState } from "@clew/domain/conversations/state";
import { BOT_DISMISSED } from "@clew/domain/flows/conversation/told";
import { advance } from "@clew/domain/flows/engine/advance";
import type { Destination, Given, Input } from "@clew/domain/flows/engine/given";
import { isOver, type Run } from "@clew/domain/flows/engine/run";
import { rescheduled } from "@clew/domain/flows/engine/waits";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Clock, Ids } from "../clock.ts";
import type { Raw } from "../database/database.ts";
import { Refused } from "../problems/refused.ts";
import type { Heard } from "./event.ts";
import { botBegunBy, isForAll, startedBy } from "./heard.ts";
import { dueInput, inputOf } from "./inputs.ts";
import type { FlowLibrary } from "./library.ts";
import { conversationRow } from "./lookups-store.ts";
import { type LocalDoers, localDoer } from "./operations.ts";
import { eventRow, LEASE_MS, nextLook, readEvent } from "./rows.ts";
import { RunsAtHand, type Touched } from "./runs-at-hand.ts";
import type { EventRow, RunRow, RunsStore } from "./runs-store.ts";
import { prepareStart, ruledBy, type StartRequest } from "./starting.ts";

export type RunsParts = {
  store: RunsStore;
  library: FlowLibrary;
  local: LocalDoers;
  clock: Clock;
  ids: Ids;
  /** Seals what customers told. */
  key: Uint8Array;
  given: Omit<Given, "now" | "newId" | "flow" | "locked">;
  /** The zone in which the organisation lives. */
  zone(): string;
  /** Id of the hours that a channel keeps, or its queue. */
  hoursOf(channelId: string): string | null;
  /** What a form's answers are, for the event that says it was sent. */
  enrich(raw: Raw, event: Heard): Promise<Value>;
  /** The run that opened a form. */
  openerOf(raw: Raw, formId: string): Promise<string | null>;
};
export type Result = { taken: boolean; problems?: Record<string, string>; row: RunRow | null };

/** Under the run's lock: where it goes. Throws where it may not. */
export type MayMigrate = (raw: Raw, run: Run, row: RunRow) => Promise<Destination>;

/** How many earlier events a run may take at once, and how many it remembers to have taken. */
const MOST_AT_ONCE = 50;
const MOST_HEARD = 200;
const NOTHING: Result = { taken: false, row: null };

/** What the jobs of one transaction do: each loads its run under lock and advances it as far as this store alone allows. */
export class RunsTransaction {
  readonly #parts: RunsParts;
  readonly #raw: Raw;
  readonly runs: RunsAtHand;
  /** What staff are told once it is committed. */
  readonly tell: Passing[] = [];

  constructor(raw: Raw, parts: RunsParts) {
    this.#raw = raw;
    this.#parts = parts;
    this.runs = new RunsAtHand(raw, parts);
  }

  /** `by`: the event that starts it, which none of its waits takes again. */
  async start(request: StartRequest, by: string | null = null): Promise<Result> {
    const { library, clock, given } = this.#parts;
    const known = await this.runs.load(request.id);
    if (known) return { taken: false, row: known.row };
    const prepared = prepareStart(request, { library, now: clock.now(), limits: given.limits });
    const { concurrency } = prepared.flow.settings ?? {};
    if (concurrency && concurrency !== "parallel") {
      const others = await this.runs.sameAs(prepared.row);
      if (others.length > 0 && concurrency === "reject") return NOTHING;
      if (others.length > 0 && concurrency === "queue") prepared.row.due_at = null;
      if (concurrency === "replace") for (const { id } of others) await this.put(id, { type: "cancel" });
    }
    if (by) prepared.run.heard = [by];
    const started = await this.runs.insert(prepared);
    if (!started) {
      // Another process was first with this id.
      return { taken: false, row: (await this.runs.load(request.id))?.row ?? null };
    }
    // Where there is no conversation to bind it to, and no other to wait for, nothing stands between its start and its first node.
    if (!request.conversationId && !isQueued(started.row)) await this.begin(started, true);
    return { taken: true, row: started.row };
  }

  /** It begins, bound to its conversation; where that refused it, it is over. */
  async begin(known: Touched, bound: boolean): Promise<Result> {
    known.row.bound = 1;
    this.runs.changed(known);
    return this.advance(known, bound ? { type: "begin" } : { type: "cancel" });
  }

  async put(runId: string, input: Input): Promise<Result> {
    const known = await this.runs.load(runId);
    return known ? this.advance(known, input) : NOTHING;
  }

  /** It waits on in another version. What came before for which only the new node waits is taken at once. */
  async migrate(runId: string, may: MayMigrate): Promise<Result> {
    const known = await this.runs.load(runId);
    if (!known) return NOTHING;
    const { store, library, clock } = this.#parts;
    const to = await may(this.#raw, known.run, known.row);
    const flow = library.flow(known.row.key, to.version);
    if (!flow) return NOTHING;
    known.row = { ...known.row, version: to.version, ...ruledBy(flow, known.run.bot !== undefined) };
    await store.moved(this.#raw, known.row);
    const result = await this.advance(known, { type: "migrate", ...to });
    if (!result.taken) throw new Error(`run ${runId} cannot go on in version ${to.version}`);
    // Another process may be storing an event at this moment that found nobody waiting: it is looked for once more.
    if (!isOver(known.run)) {
      known.row.due_at = Math.min(known.row.due_at ?? Number.POSITIVE_INFINITY, clock.now() + LEASE_MS);
      this.runs.changed(known);
    }
    return { ...result, row: known.row };
  }

  async due(runId: string): Promise<Result> {
    const known = await this.runs.load(runId);
    if (!known) return NOTHING;
    this.#recounted(known);
    const now = this.#parts.clock.now();
    const input = dueInput(known.run, now);
    if (input) return this.advance(known, input);
    // One that had its share of an earlier transaction goes on here.
    if (await this.#settle(known)) return { taken: true, row: known.row };
    // Who waits is looked at when its time comes; only work under way is looked for again and again.
    const next = nextLook(known.run, known.row, now);
    if (next !== known.row.due_at) {
      known.row.due_at = next;
      this.runs.changed(known);
    }
    return { taken: false, row: known.row };
  }

  /** Hours have changed: what a run waits for of them comes at another time. */
  async recount(runId: string): Promise<Result> {
    const known = await this.runs.load(runId);
    return known ? { taken: this.#recounted(known), row: known.row } : NOTHING;
  }

  #recounted(known: Touched): boolean {
    const run = rescheduled(known.run, this.#parts.given.openTime);
    if (run) this.runs.step(known, run);
    return run !== null;
  }

  async hear(event: Heard): Promise<Result> {
    const { store, key, library, ids } = this.#parts;
    if (!(await store.hear(this.#raw, eventRow(event, key)))) return NOTHING;
    let taken = false;
    const data = await this.#parts.enrich(this.#raw, event);
    for (const wait of await this.runs.waiting(event.type, event.key)) {
      const known = await this.runs.load(wait.run_id);
      const branch = known && (known.row.rev === wait.rev ? wait.branch : branchFor(known.run, event, wait.branch));
      if (!known || !branch || !(await this.#tellRun(known, { branch, event, data }))) continue;
      taken = true;
      const waited = Math.max(0, event.at - wait.armed_at);
      await store.take(this.#raw, event.id, { by: isForAll(event.type) ? "*" : known.row.id, waited });
      if (!isForAll(event.type)) break;
    }
    if (corrects(event)) taken = (await this.#correct(event, data)) || taken;
    await this.#endScopes(event);
    if (event.type === BOT_DISMISSED) await this.put(event.key, { type: "cancel" });
    taken = (await this.#startBot(event)) || taken;
    for (const request of startedBy(event, library, () => ids.next())) {
      const started = await this.start(await this.#atHome(request, event), event.id);
      taken ||= started.taken;
    }
    return { taken, row: null };
  }

  /** What happened to a record tells no channel: language and zone are those of its conversation and the organisation. */
  async #atHome(request: StartRequest, { channel, conversationId }: Heard): Promise<StartRequest> {
    if (channel) return request;
    const { zone, hoursOf } = this.#parts;
    const row = conversationId ? await conversationRow(this.#raw, conversationId) : null;
    if (!row) return { ...request, zone: zone() };
    const { language: locale, channelId } = (JSON.parse(row.state) as ConversationState).snapshot;
    return { ...request, locale, zone: zone(), hours: hoursOf(channelId) };
  }

  async remember(events: readonly Heard[]): Promise<Result> {
    const { store, key } = this.#parts;
    for (const event of events) await store.hear(this.#raw, eventRow(event, key));
    return NOTHING;
  }

  /** Tells a run of an event. A time of the same wait that was due before the event comes first. */
  async #tellRun(
    known: Touched,
    { branch, event, data }: { branch: string; event: Heard; data: Value },
  ): Promise<boolean> {
    const early = dueInput(known.run, Math.min(event.at, this.#parts.clock.now()));
    if (early) {
      await this.advance(known, early);
      // It may have come to a wait for this very event, and have taken it there.
      return known.run.heard.includes(event.id);
    }
    const { blocked } = known.run;
    if (blocked?.kind !== "wait" || known.run.heard.includes(event.id)) return false;
    return (await this.advance(known, { type: "event", id: blocked.id, branch, data }, event.id)).taken;
  }

  /** A form that was sent back is sent once more: the run that opened it is told, though it waits for it no longer. */
  async #correct(event: Heard, data: Value): Promise<boolean> {
    const runId = await this.#parts.openerOf(this.#raw, event.key);
    const known = runId === null ? null : await this.runs.load(runId);
    if (!known || known.run.heard.includes(event.id)) return false;
    const { taken } = await this.advance(known, { type: "corrected", formId: event.key, data });
    // It stays there to be heard: the flow may yet come to a step that waits for this form.
    if (taken) await this.#parts.store.take(this.#raw, event.id, { by: "*", waited: 0 });
    return taken;
  }

  /** With a session end the runs that belong to it, unless the end is what they wait for. */
  async #endScopes(event: Heard): Promise<void> {
    if (event.type !== "session.ended" || !event.conversationId) return;
    for (const row of await this.runs.living(event.conversationId)) {
      if (row.scope !== "session" || row.session_id !== event.sessionId) continue;
      const known = await this.runs.load(row.id);
      if (known && !isOver(known.run)) await this.advance(known, { type: "cancel" });
    }
  }

  /** Where the run cannot be, nothing begins: the conversation sees to it that the session does not stay with nobody. */
  async #startBot(event: Heard): Promise<boolean> {
    const request = botBegunBy(event, this.#parts.library);
    if (!request) return false;
    try {
      return (await this.start(request, event.id)).taken;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return false;
    }
  }

  async advance(known: Touched, input: Input, eventId: string | null = null): Promise<Result> {
    const problems = this.#step(known, input, eventId);
    if (problems) return { taken: false, row: known.row, ...problems };
    await this.#settle(known);
    return { taken: true, row: known.row };
  }

  /** One input. Null when it was taken. */
  #step(known: Touched, input: Input, eventId: string | null): { problems?: Record<string, string> } | null {
    const advanced = advance(known.run, input, this.#given());
    if (!advanced.taken) return advanced.problems ? { problems: advanced.problems } : {};
    const { run, trace } = advanced;
    if (eventId) run.heard = [...run.heard, eventId].slice(-MOST_HEARD);
    this.runs.step(known, run, { trace, input });
    return null;
  }

  /** All that a run can have at once, up to the share of one transaction. True when that was something. */
  async #settle(known: Touched): Promise<boolean> {
    let at = 0;
    for (; at < MOST_AT_ONCE; at += 1) {
      const next = await this.#atOnce(known);
      if (!next || this.#step(known, next.input, next.eventId)) break;
    }
    known.more = at === MOST_AT_ONCE && !isOver(known.run);
    if (known.more) {
      // Also a wait is looked at again: what came before it may be there already.
      known.row.due_at = Math.min(known.row.due_at ?? Number.POSITIVE_INFINITY, this.#parts.clock.now() + LEASE_MS);
      this.runs.changed(known);
    }
    if (isOver(known.run)) await this.#startQueued(known);
    return at > 0;
  }

  /** What a blocked run can have without waiting: an operation on this very store, or an event that came before it. */
  async #atOnce({ run, row }: Touched): Promise<{ input: Input; eventId: string | null } | null> {
    const { blocked } = run;
    const { local, store, clock, key } = this.#parts;
    if (blocked?.kind === "operation") {
      const doer = localDoer(local, blocked.operation);
      if (!doer) return null;
      const wanted = { id: blocked.id, run, row, now: clock.now(), attempt: 1, again: false };
      const done = await doer(this.#raw, blocked.operation as never, wanted);
      if (!("fault" in done)) {
        for (const event of done.heard ?? []) await this.hear(event);
        this.tell.push(...(done.tell ?? []));
      }
      return { input: inputOf(blocked.id, done), eventId: null };
    }
    if (blocked?.kind !== "wait") return null;
    let found: { at: number; branch: string; id: string; row: EventRow } | null = null;
    for (const { branch, event, from } of blocked.waits) {
      if (!event) continue;
      const since = from ?? run.startedAt;
      const earlier = await store.earlier(this.#raw, { type: event.type, key: event.key, since, runId: run.id });
      const fresh = earlier.find(({ id }) => !run.heard.includes(id));
      if (fresh && (found === null || fresh.at < found.at)) found = { at: fresh.at, branch, id: fresh.id, row: fresh };
    }
    if (!found) return null;
    const heard = readEvent(key, found.row);
    const data = await this.#parts.enrich(this.#raw, heard);
    await store.take(this.#raw, found.id, { by: isForAll(heard.type) ? "*" : run.id, waited: 0 });
    return { input: { type: "event", id: blocked.id, branch: found.branch, data }, eventId: found.id };
  }

  /** The next of the same flow that waits for its turn, unless one is at work still: who is called off may have waited, too. */
  async #startQueued({ row }: Touched): Promise<void> {
    if (row.conversation_id === null && !this.#parts.library.queues(row.key)) return;
    const others = (await this.runs.sameAs(row)).filter(({ id }) => id !== row.id);
    if (!others.every(isQueued)) return;
    const next = others.sort((a, b) => a.started_at - b.started_at || (a.id < b.id ? -1 : 1))[0];
    const known = next ? await this.runs.load(next.id) : null;
    if (!known) return;
    known.row.due_at = this.#parts.clock.now() + LEASE_MS;
    this.runs.changed(known);
  }

  #given(): Given {
    const { library, clock, ids, given } = this.#parts;
    return {
      ...given,
      now: clock.now(),
      newId: () => ids.next(),
      flow: (key, version) => library.flow(key, version),
      locked: (key, version, called) => library.locked(key, version, called),
    };
  }
}

function corrects({ type, data: { outcome, revision } }: Heard): boolean {
  return type === "form" && outcome === "submitted" && typeof revision === "number" && revision > 1;
}

/** It waits for the others of its flow; nothing of it has begun. */
function isQueued({ bound, steps, due_at: dueAt }: RunRow): boolean {
  return bound === 0 && steps === 0 && dueAt === null;
}

/** The branch that waits for an event, now that the run is under lock and has gone on since its waits were read. */
function branchFor({ blocked }: Run, { type, key }: Heard, read: string): string | undefined {
  const waits = blocked?.kind === "wait" ? blocked.waits : [];
  const fitting = waits.filter(({ event }) => event?.type === type && event.key === key);
  return (fitting.find(({ branch }) => branch === read) ?? fitting[0])?.branch;
}
