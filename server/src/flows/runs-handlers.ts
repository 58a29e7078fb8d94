import type { CancelRun, FlowButton, RunScreen, RunSummary, StartRun } from "@clew/contract/flows/runs";
import { isPlatformEvent, TRIGGER_INPUTS } from "@clew/contract/flows/words";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import { valuesOf } from "@clew/domain/facts/facts";
import type { Run, Values } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { isMap } from "@clew/domain/flows/expressions/value";
import { textIn } from "@clew/domain/languages/fall-back";
import { addAudit } from "../audit/store.ts";
import type { Clock, Ids } from "../clock.ts";
import { keyOf } from "../configuration/change.ts";
import type { Caller, Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { maySee } from "../stream/access.ts";
import { currentSession } from "./doers/session-records.ts";
import type { FlowDoor } from "./door.ts";
import type { HealthOf } from "./health-store.ts";
import { holds } from "./heard.ts";
import { type FlowLibrary, titleOf } from "./library.ts";
import type { Migrations } from "./migrations.ts";
import { type RunsReads, summaryOf } from "./runs-reads.ts";
import type { RunRow } from "./runs-store.ts";
import { screenView } from "./screen-view.ts";

/** Keeps what this agent stored for the conversation, of the files named. */
export type KeepFiles = (given: { conversationId: string; agentId: string; ids: readonly string[] }) => Promise<void>;
type Parts = {
  flows: FlowDoor;
  reads: RunsReads;
  library: FlowLibrary;
  migrations: Migrations;
  clock: Clock;
  configuration: () => Configuration;
  stateOf(conversationId: string): Promise<ConversationState | null>;
  /** The record a flow is started on: its own fields, and the conversation that it belongs to. */
  recordOf(id: string): Promise<{ object: string; conversationId: string | null } | null>;
  keepFiles: KeepFiles;
  health: HealthOf;
  /** What else a run brings down when it is cancelled. */
  closeForms(run: Run): Promise<void>;
  ids: Ids;
  zone(): string;
  hoursOf(channelId: string): string | null;
};

const PAGE = 50;
/** Inputs that say what a run is about. */
const SUBJECTS = new Set([...Object.keys(TRIGGER_INPUTS["agent.button"] ?? {}), "session", "prechat"]);

/** Runs as people meet them: started by a button, their screens, their page. */
export function runsHandlers(parts: Parts): Handlers {
  const { flows, reads, library, clock, configuration, stateOf, closeForms } = parts;

  /** The run, if the caller may see what it works on. Without a conversation staff see it. */
  async function visible(id: string, caller: Caller): Promise<RunRow> {
    const row = await reads.row(id);
    if (!row || caller.who === "customer") throw new Refused("not-found");
    if (row.conversation_id && !maySee(caller, await stateOf(row.conversation_id), configuration()))
      throw new Refused("not-found");
    return row;
  }

  async function screenOf(id: string, caller: Caller): Promise<RunScreen> {
    const row = await visible(id, caller);
    return screenView(row, reads.run(row), { library, now: clock.now() });
  }

  async function start(key: string, body: StartRun, caller: Caller): Promise<RunSummary> {
    const named = library.named(key, body.alias ?? "live");
    const flow = named === null ? null : library.flow(key, named);
    if (!flow || named === null) throw new Refused("not-found", { field: "/key" });
    if (caller.who === "staff" && flow.trigger?.on !== "agent.button")
      throw new Refused("forbidden", { detail: "this flow has no button" });
    if (caller.who === "key" && flow.trigger?.on !== "api" && flow.trigger?.on !== "agent.button")
      throw new Refused("forbidden", { detail: "this flow is not started by programs" });
    const record = body.caseId ? await parts.recordOf(body.caseId) : null;
    if (body.caseId && record?.object !== "Case") throw new Refused("not-found", { field: "/caseId" });
    if (body.contactId && (await parts.recordOf(body.contactId))?.object !== "Contact")
      throw new Refused("not-found", { field: "/contactId" });
    const conversationId = body.conversationId ?? record?.conversationId ?? null;
    const state = conversationId ? await stateOf(conversationId) : null;
    if (conversationId && !maySee(caller, state, configuration()))
      throw new Refused("not-found", { field: "/conversationId" });
    const session = state ? currentSession(state) : null;
    const recordId = body.caseId ?? body.contactId ?? null;
    const subject = conversationId ?? recordId ?? body.id;
    const version = body.alias === "test" ? named : library.versionFor(key, subject, clock.now());
    const about: Values = {
      ...(body.caseId ? { caseId: body.caseId } : {}),
      ...(body.contactId ? { contactId: body.contactId } : {}),
      ...(conversationId ? { conversationId } : {}),
      ...(session ? { sessionId: session.id, session, prechat: valuesOf(state?.snapshot.facts ?? []) as Value } : {}),
    };
    if (caller.who === "staff") refuseSubjects(body.inputs ?? {}, about);
    const offered: Values = { ...(body.inputs as Values | undefined), ...about };
    if (!holds(flow.trigger?.filter, offered, { now: clock.now(), zone: parts.zone(), locale: "en" }))
      throw new Refused("forbidden", { detail: "this flow is not meant for what it is started on" });
    const { row } = await flows.start({
      id: body.id,
      key,
      version: version ?? named,
      alias: body.alias ?? "live",
      inputs: offered,
      conversationId,
      sessionId: session?.id ?? null,
      recordId,
      starterId: caller.who === "staff" ? caller.agentId : null,
      locale: state?.snapshot.language ?? "en",
      zone: parts.zone(),
      hours: state ? parts.hoursOf(state.snapshot.channelId) : null,
    });
    if (!row) throw new Refused("conflict", { detail: "this flow is at work on it already" });
    if (row.key !== key) throw new Refused("id-reused");
    return summaryOf(row);
  }

  return {
    async listFlowButtons({ query }) {
      const where = query.where as FlowButton["where"][number];
      const items: FlowButton[] = library.live().flatMap(({ flow }) => {
        const { trigger } = flow;
        if (trigger?.on !== "agent.button" || !(trigger.where ?? []).includes(where)) return [];
        const { label = titleOf(flow) } = trigger;
        return [
          {
            key: flow.key,
            title: titleOf(flow),
            label: typeof label === "string" ? label : textIn(label, "en"),
            where: trigger.where ?? [],
          },
        ];
      });
      return { items };
    },

    startRun: ({ params, body, caller }) => start(params.key ?? "", body as StartRun, caller),

    async listRuns({ query, caller }) {
      const limit = Math.min(Number(query.limit ?? PAGE), 200);
      if (query.conversation && !maySee(caller, await stateOf(query.conversation), configuration()))
        throw new Refused("not-found");
      const all = caller.who !== "staff" || caller.role !== "agent";
      if (!all && !query.conversation && !query.record) throw new Refused("forbidden");
      const items = await reads.list({
        limit: limit + 1,
        ...(query.key ? { key: query.key } : {}),
        ...(query.version ? { version: Number(query.version) } : {}),
        ...(query.status ? { status: query.status } : {}),
        ...(query.conversation ? { conversation: query.conversation } : {}),
        ...(query.record ? { record: query.record } : {}),
        ...(query.before ? { before: Number(query.before) } : {}),
      });
      return { items: items.slice(0, limit), more: items.length > limit };
    },

    async readFlowHealth({ query, caller }) {
      if (caller.who === "staff" && caller.role === "agent") throw new Refused("forbidden");
      return parts.health(clock.now(), query.key ?? null);
    },

    readRun: async ({ params, caller }) => reads.page(await visible(params.id ?? "", caller)),
    readRunScreen: ({ params, caller }) => screenOf(params.id ?? "", caller),

    async answerScreen({ params, body, caller }) {
      const row = await visible(params.id ?? "", caller);
      mayAnswer(row, await ownerOf(row), caller);
      const { screenId, button, values } = body as { screenId: string; button: "next"; values: Values };
      // Before the run goes on: it may send the file to the customer.
      if (row.conversation_id && caller.who === "staff")
        await parts.keepFiles({ conversationId: row.conversation_id, agentId: caller.agentId, ids: idsIn(values) });
      const { taken, problems } = await flows.put(row.id, { type: "answer", id: screenId, button, values });
      if (problems) throw new Refused("answers-invalid", { fields: problems });
      if (!taken) throw new Refused("conflict", { detail: "the run has gone on from this screen" });
      return screenOf(row.id, caller);
    },

    async cancelRun({ params, body, caller }) {
      const row = await visible(params.id ?? "", caller);
      mayAnswer(row, await ownerOf(row), caller);
      const { text = null } = (body ?? {}) as CancelRun;
      const by = caller.who === "staff" ? caller.agentId : null;
      await flows.cancel(row.id, { by, text }, (raw) =>
        // What the customer was told is in the conversation and the run, which are erased with them.
        addAudit(raw, {
          ...{ id: parts.ids.next(), at: clock.now(), action: "cancel", noun: "run", nounId: row.id, agentId: by },
          change: { name: row.title, flow: row.key, version: row.version, ...keyOf(caller) },
        }),
      );
      const after = (await reads.row(row.id)) ?? row;
      await closeForms(reads.run(after));
      return summaryOf(after);
    },

    async retryRun({ params, caller }) {
      const row = await visible(params.id ?? "", caller);
      const { taken } = await flows.put(row.id, { type: "retry" });
      if (!taken) throw new Refused("conflict", { detail: "only a run that stopped with a fault is tried again" });
      return summaryOf((await reads.row(row.id)) ?? row);
    },

    async readRunMigration({ params, query, caller }) {
      const row = await visible(params.id ?? "", caller);
      return parts.migrations.preview(row, query.version ? Number(query.version) : null);
    },

    async migrateRun({ params, body, caller }) {
      const row = await visible(params.id ?? "", caller);
      return parts.migrations.migrate(row, (body as { version: number }).version, caller);
    },

    async listUnmatchedEvents({ query }) {
      const items = await reads.unmatched({
        limit: PAGE,
        ...(query.conversation ? { conversation: query.conversation } : {}),
        ...(query.before ? { before: Number(query.before) } : {}),
      });
      return { items };
    },

    async emitFlowEvent({ body, caller }) {
      const { id, type, key, data } = body as { id: string; type: string; key: string; data: Values };
      if (isPlatformEvent(type) || /^(session|conversation|customer|message|form|case|run)(\.|$)/.test(type))
        throw new Refused("invalid", { field: "/type", detail: "events of conversations and records make themselves" });
      // What has happened elsewhere, the systems there say, or who looks after flows.
      if (caller.who === "staff" && caller.role === "agent") throw new Refused("forbidden");
      const at = clock.now();
      const { taken } = await flows.hear({
        id,
        type,
        key,
        data,
        at,
        conversationId: null,
        sessionId: null,
        channel: null,
        inputs: data,
      });
      return { taken, at };
    },
  };

  async function ownerOf(row: RunRow): Promise<string | null> {
    if (row.owner === "starter" || !row.conversation_id) return row.starter_id;
    return (await stateOf(row.conversation_id))?.snapshot.session?.agent?.id ?? null;
  }
}

/** What a run is about, staff say by naming it, for then it is asked whether they may see it; never as an input beside it. */
function refuseSubjects(inputs: Readonly<Record<string, unknown>>, about: Values): void {
  const named = Object.keys(inputs).find((name) => SUBJECTS.has(name) && inputs[name] !== about[name]);
  if (named)
    throw new Refused("invalid", { field: `/inputs/${named}`, detail: "what a flow is started on is no input" });
}

/** A run's screens belong to who serves the conversation; supervisors may always, and anybody while nobody serves. */
function mayAnswer(row: RunRow, ownerId: string | null, caller: Caller): void {
  if (caller.who !== "staff" || caller.role !== "agent") return;
  if (ownerId === null || ownerId === caller.agentId || (row.owner === "starter" && row.starter_id === caller.agentId))
    return;
  throw new Refused("session-taken");
}

/** Ids of the files that answers may name: those of maps, alone or in lists. */
function idsIn(values: Values): string[] {
  return Object.values(values)
    .flat()
    .flatMap((value) => (isMap(value as Value) ? [(value as Record<string, Value>).id] : []))
    .filter((id) => typeof id === "string");
}
