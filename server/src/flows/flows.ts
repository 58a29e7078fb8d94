import type { RaisedLimits } from "@clew/contract/flows/flow-limits";
import type { Variables } from "@clew/contract/flows/variables";
import { isConversationObject } from "@clew/contract/flows/words";
import type { Passing } from "@clew/contract/presence";
import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import type { ConversationState } from "@clew/domain/conversations/state";
import { valuesOf } from "@clew/domain/facts/facts";
import { BOT_SERVES, FLOW_EVENT, type FlowEvent } from "@clew/domain/flows/conversation/told";
import type { Given } from "@clew/domain/flows/engine/given";
import type { Run } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { checkOneAnswer, checkScreen } from "@clew/domain/flows/screens/check";
import { openTime } from "@clew/domain/hours/open-time";
import type { ConfigurationContext } from "../configuration/change.ts";
import type { Query, Raw } from "../database/database.ts";
import { eraseFlows, FLOWS_ERASED } from "../erasure/flows-store.ts";
import { zoneOf } from "../hours/zone-of.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Outcome, Performer } from "../outbox/runner.ts";
import { Refused } from "../problems/refused.ts";
import type { Log } from "../stream/parts.ts";
import { Canaries } from "./canaries.ts";
import { Carrier } from "./carrier.ts";
import { derivedId } from "./derived-id.ts";
import { conversationDoers, type FilesOf } from "./doers/conversation.ts";
import { availabilityDoer, routeDoer } from "./doers/routing.ts";
import { currentSession } from "./doers/session-records.ts";
import { sessionReaders } from "./doers/sessions.ts";
import { FlowDoor } from "./door.ts";
import { editingHandlers, findingsOf } from "./editing.ts";
import type { Heard } from "./event.ts";
import { healthOf } from "./health-store.ts";
import { botBegunBy, startedBy } from "./heard.ts";
import { FlowLibrary } from "./library.ts";
import { createMigrations } from "./migrations.ts";
import { missedEvents } from "./missed.ts";
import type { LocalDoers, RemoteDoers } from "./operations.ts";
import { replayHandlers } from "./replay.ts";
import { retention } from "./retention-store.ts";
import { type KeepFiles, runsHandlers } from "./runs-handlers.ts";
import { runsReads } from "./runs-reads.ts";
import { type RunRow, runsStore } from "./runs-store.ts";
import { Schedules } from "./schedules.ts";
import { hearUnheard } from "./unheard.ts";

export type FlowParts = ConfigurationContext & {
  log: Log;
  /** Seals what customers told. */
  key: Uint8Array;
  /** The door of conversations. */
  execute(command: Command, actor: Actor): Promise<unknown>;
  stateOf(conversationId: string): Promise<ConversationState | null>;
  /** The customer's own link for words of a flow; the same for the same `id`. */
  reconnectLink(conversationId: string, id: string): Promise<string>;
  /** To all staff, as a passing message. */
  tell(passing: Passing): void;
  /** Records as flows read and write them, in their own transaction. */
  records: {
    doers: Pick<LocalDoers, "records.get" | "records.create" | "records.update">;
    objects(query: Query): Promise<ReadonlyMap<string, Variables>>;
    /** What is wrong with values for the fields of a session, by field. */
    problemsOfSession(values: Readonly<Record<string, Value>>): Record<string, string>;
    recordOf(id: string): Promise<{ object: string; conversationId: string | null } | null>;
  };
  /** Forms and calls of other systems. */
  forms: {
    doers: Pick<RemoteDoers, "form.open" | "form.act">;
    /** The answers of a form that was sent, as the run that opened it takes them. */
    answersOf(raw: Raw, formId: string, data: Readonly<Record<string, unknown>>): Promise<Value>;
    openerOf(raw: Raw, formId: string): Promise<string | null>;
    cancelOf(run: Pick<Run, "id" | "cancelled">): Promise<void>;
    /** Whether what happened was the answer to a question of a form that is asked as messages. */
    answered(id: string, told: FlowEvent, state: ConversationState): Promise<boolean>;
  } | null;
  http: Pick<RemoteDoers, "http.call">;
  files: { sentIn: FilesOf; keep: KeepFiles };
  /** How long finished runs are kept, in milliseconds; 90 days unless told. */
  keepRunsMs?: number;
  /** What runs may use beyond the usual. */
  limits?: RaisedLimits;
};

/** Due runs looked at in one round. */
const ROUND = 200;
const NONE: ReadonlySet<string> = new Set();
const TIDY_EVERY_MS = 3_600_000;
const KEEP_RUNS_MS = 90 * 24 * 3_600_000;

/** Flows as a whole: their door, what carries runs on, what starts them, and what people do with them. */
export async function createFlows(parts: FlowParts) {
  const { database, cache, clock, ids, log, key, execute, stateOf, records, forms } = parts;
  const configuration = () => cache.current();
  const library = new FlowLibrary(database);
  await library.reload();
  cache.onChange(({ noun }) => {
    if (noun === "flow")
      void library.reload().catch((error: unknown) => log.error({ err: error }, "flows could not be read"));
  });

  const readers = sessionReaders((id) => configuration().channels.get(id)?.settings.preChat.fields ?? []);
  const local: LocalDoers = {
    ...records.doers,
    "records.get": (raw, operation, wanted) =>
      isConversationObject(operation.object)
        ? readers.get(raw, operation, wanted)
        : (records.doers["records.get"] as NonNullable<LocalDoers["records.get"]>)(raw, operation, wanted),
    "prechat.restore": readers.restore,
    availability: availabilityDoer(configuration),
    "event.emit": async (_raw, { event, key: name, data }, { id, run, now }) => ({
      heard: [
        {
          id,
          type: event,
          key: name,
          data,
          at: now,
          conversationId: run.conversationId,
          sessionId: null,
          channel: null,
          inputs: data,
        },
      ],
    }),
  };
  const remote: RemoteDoers = {
    ...conversationDoers({
      execute,
      files: parts.files.sentIn,
      languageOf: async (id) => (await stateOf(id))?.snapshot.language ?? null,
      reconnectLink: parts.reconnectLink,
      problemsOfSession: records.problemsOfSession,
    }),
    ...forms?.doers,
    ...parts.http,
    route: routeDoer({ database, configuration, library, execute }),
  };
  const given: Omit<Given, "now" | "newId" | "flow" | "locked"> = {
    limits: parts.limits,
    openTime: (name, length, from) => openTime(hoursNamed(name), length, from),
    asset: (name) => `/assets/${name}`,
    checkScreen,
    checkAnswer: checkOneAnswer,
  };
  const store = runsStore(database.engine);
  const flows = new FlowDoor({
    database,
    store,
    library,
    local,
    clock,
    ids,
    key,
    given,
    zone,
    hoursOf,
    tell: parts.tell,
    enrich: async (raw, event) =>
      event.type === "form" && forms ? forms.answersOf(raw, event.key, event.data) : (event.data as Value),
    openerOf: async (raw, formId) => (await forms?.openerOf(raw, formId)) ?? null,
  });
  const closeForms = async (run: Run) => forms?.cancelOf(run);
  const carrier = new Carrier({
    missed: missedEvents({ database, store, key, stateOf, heardIn, flows }),
    flows,
    library,
    local,
    remote,
    execute,
    derivedId,
    closeForms,
    clock,
    log,
    told: (row: RunRow) =>
      parts.tell({
        type: "run-changed",
        runId: row.id,
        status: row.status,
        startedFor: row.conversation_id,
        recordId: row.record_id,
      }),
  });
  let recounting: Promise<void> = Promise.resolve();
  cache.onChange(({ noun }) => {
    if (noun !== "hours") return;
    recounting = recounting
      .then(recount)
      .catch((error: unknown) => log.error({ err: error }, "business hours could not be counted anew"));
  });
  const reads = runsReads({ database, library, key });
  const schedules = new Schedules({ database, library, flows, clock, zone });
  const canaries = new Canaries({ database, cache, clock, ids, library, log });
  flows.onAdvanced((touched) => canaries.heard(touched));

  function hoursNamed(name: string | null) {
    const all = [...configuration().hours.values()];
    if (name === null) return all[0] ?? null;
    return all.find((hours) => hours.id === name || hours.name.toLowerCase() === name.toLowerCase()) ?? null;
  }

  function hoursOf(channelId: string): string | null {
    const { channels, queues } = configuration();
    const { hoursId, queueId } = channels.get(channelId)?.settings ?? {};
    return hoursId ?? (queueId ? queues.get(queueId)?.hoursId : null) ?? null;
  }

  /** What runs wait for of business hours, counted by hours that have changed. Those that are due are left to the sweep. */
  async function recount(): Promise<void> {
    if (!library.counts("businessHours")) return;
    for (let after = ""; ; ) {
      const ids = await store.waitingForTime(database.raw, after, ROUND);
      await Promise.all(ids.map((id) => flows.recount(id)));
      after = ids.at(-1) ?? "";
      if (ids.length < ROUND) return;
    }
  }

  /** The zone in which the organisation lives: that of its hours. */
  function zone(): string {
    return zoneOf(configuration());
  }

  /** An effect of a conversation: what flows hear, with what a flow that it starts may take. */
  const heardOf = async ({ id, payload }: { id: string; payload: unknown }): Promise<Heard | Outcome> => {
    const told = payload as FlowEvent;
    const state = await stateOf(told.conversationId);
    if (!state || state.erasedBy !== undefined) return { outcome: "gone", retry: false };
    if (await forms?.answered(id, told, state)) return { outcome: "answer", retry: false };
    const heard = heardIn(state, id, told);
    // Published a moment ago by another process: its bot must not lose the session because this one has not read it yet.
    if (told.type === BOT_SERVES && !botBegunBy(heard, library)) await library.reload();
    return heard;
  };

  function heardIn(state: ConversationState, id: string, told: FlowEvent): Heard {
    const { snapshot } = state;
    const channel = configuration().channels.get(snapshot.channelId);
    const session = currentSession(state);
    return {
      ...told,
      id,
      channel: {
        id: snapshot.channelId,
        name: channel?.settings.name ?? "",
        language: snapshot.language,
        zone: zone(),
        hours: hoursOf(snapshot.channelId),
      },
      inputs: {
        conversationId: snapshot.id,
        ...(session
          ? { session, prechat: valuesOf(snapshot.facts.filter((fact) => fact.sessionId === session.id)) }
          : {}),
        ...(told.type === "message.received" ? { message: told.data as Value } : {}),
      },
    };
  }

  /** Whether a routing flow begins by it. One that was published a moment ago is read before it is said that there is none. */
  const isForRouting = async (heard: Heard): Promise<boolean> => {
    const some = () =>
      startedBy(heard, library, () => ids.next()).some(
        ({ key, version }) => library.flow(key, version)?.kind === "routing",
      );
    if (some()) return true;
    if (!library.live().some(({ flow }) => flow.kind === "routing")) return false;
    await library.reload();
    return some();
  };

  /** The session was held for a flow that routes its channel, and none of them is meant for it: it waits as without flows. */
  const letWait = async ({ id, conversationId, sessionId }: Heard): Promise<void> => {
    if (!conversationId || !sessionId || !(await stateOf(conversationId))?.snapshot.staff?.flow) return;
    const command = { type: "flow.route" as const, id: derivedId(id, "unrouted"), conversationId, sessionId };
    await execute({ ...command, to: { kind: "fallback", note: "" } }, { who: "system" }).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  };

  // What happened first is heard first, though each needs a look at its conversation. The next one is not kept waiting
  // until the one before is stored: the door takes them in the order they come, as many as it can in one commit.
  let order: Promise<unknown> = Promise.resolve();
  const hearNext = async (effect: { id: string; payload: unknown }): Promise<Outcome> => {
    const turn = order.then(async () => {
      const heard = await heardOf(effect);
      if ("outcome" in heard) return { heard, isRouted: true, stored: null };
      const isRouted = heard.type !== "session.started" || (await isForRouting(heard));
      return { heard, isRouted, stored: flows.hear(heard) };
    });
    order = turn.catch(() => undefined);
    const { heard, isRouted, stored } = await turn;
    if ("outcome" in heard) return heard;
    if (!isRouted) {
      await stored;
      await letWait(heard);
    }
    return { outcome: (await stored)?.taken ? "taken" : "heard", retry: false };
  };

  /** Whether what a process that died had left unheard was looked for. */
  let caughtUp = false;
  const tidy = retention(database, parts.keepRunsMs ?? KEEP_RUNS_MS);
  // At once after a start: a server that is started anew every hour deletes, too.
  let tidiedAt = Number.NEGATIVE_INFINITY;
  /** There was more to delete than one round's share. */
  let tidying = false;
  return {
    library,
    flows,
    performers: {
      [FLOW_EVENT]: hearNext,
      // What was on its way while the conversation was erased goes now.
      async [FLOWS_ERASED]({ payload }) {
        const { conversationId } = payload as { conversationId: string };
        await database.rawTransaction((raw) => eraseFlows(raw, database.engine, { conversationId, at: clock.now() }));
        return { outcome: "erased", retry: false };
      },
    } satisfies Record<string, Performer>,
    handlers: {
      ...editingHandlers({ ...parts, objects: records.objects, published: () => library.reload() }),
      ...replayHandlers({
        database,
        store,
        library,
        key,
        given,
        findings: (definition) => findingsOf({ ...records, limits: parts.limits }, database.query, definition),
      }),
      ...runsHandlers({
        flows,
        reads,
        library,
        migrations: createMigrations({ database, flows, reads, library, clock, ids, given }),
        clock,
        configuration,
        stateOf,
        recordOf: records.recordOf,
        keepFiles: parts.files.keep,
        health: healthOf(database),
        closeForms,
        ids,
        zone,
        hoursOf,
      }),
    } satisfies Handlers,

    /** Called by the sweeper's rounds: what time asks of runs, and what a process that died left behind. */
    async sweep(now: number): Promise<void> {
      await schedules.round(now);
      canaries.round(now);
      for (;;) {
        const due = await store.due(database.raw, now, ROUND);
        const behind = due.length > 0 || !caughtUp ? await hearUnheard({ database, store, hear: hearNext, log }) : NONE;
        caughtUp = true;
        const ready = due.filter(({ conversation_id: id }) => id === null || !behind.has(id));
        await Promise.all(ready.map(({ id }) => flows.due(id)));
        if (due.length < ROUND || behind.size > 0) break;
      }
      if (tidying || now - tidiedAt > TIDY_EVERY_MS) {
        tidiedAt = now;
        tidying = await tidy(now);
      }
    },
    async idle(): Promise<void> {
      await recounting;
      await carrier.idle();
      await canaries.idle();
    },
    async stop(): Promise<void> {
      await recounting;
      await carrier.stop();
      await canaries.idle();
      await flows.idle();
    },
  };
}
export type Flows = Awaited<ReturnType<typeof createFlows>>;
