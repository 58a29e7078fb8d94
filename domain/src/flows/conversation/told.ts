import type { ConversationEvent, EventOf, EventType } from "@clew/contract/events";
import type { Configuration } from "../../configuration.ts";
import type { ConversationState, FullSnapshot } from "../../conversations/state.ts";
import type { Effect } from "../../decision.ts";

/** The effect by which flows hear of a conversation; its id is the key under which they take it once. */
export const FLOW_EVENT = "flow.event";

/** A form whose questions are asked as messages was sent back, or its time runs out: no flow hears of it, it is asked again. */
export const FORM_ASKED_AGAIN = "form.asked-again";

/** A session has begun to be a bot's: its run begins by it. */
export const BOT_SERVES = "session.bot";

/** Somebody else got the session of a bot: the run that `key` names ends. */
export const BOT_DISMISSED = "run.dismissed";

/** What flows hear. `key`: what a wait names; the conversation's id, or the form's. */
export type FlowEvent = {
  type: string;
  key: string;
  conversationId: string;
  sessionId: string | null;
  number: number;
  at: number;
  data: Record<string, unknown>;
};

/** Names of events as authors of flows know them. */
const NAMES: Partial<Record<EventType, string>> = {
  "session.started": "session.started",
  "session.ended": "session.ended",
  "session.assigned": "session.assigned",
  "session.transferred": "session.transferred",
  "customer.returned": "session.resumed",
  "message.posted": "message.received",
  "customer.verified": "customer.verified",
  "conversation.closed": "conversation.closed",
};

/**
 * What flows must hear of the events just made: everything while a run is at work on the conversation or a form is in it,
 * and otherwise only what some flow is started by. A message in a conversation without flows costs nothing.
 */
export function flowEvents(
  before: ConversationState | null,
  after: ConversationState,
  events: readonly ConversationEvent[],
  given: { configuration: Configuration; newId: () => string; now: number },
): Effect[] {
  const runs = (after.snapshot.runs?.length ?? 0) + (before?.snapshot.runs?.length ?? 0);
  const { flows } = given.configuration;
  const asking = (after.snapshot.forms ?? []).some(({ asked, state }) => asked && state === "open");
  const bot = after.snapshot.staff?.bot != null;
  if (runs === 0 && !asking && !bot && !flows?.length && !events.some(({ type }) => type === "form.changed")) return [];
  const agentSpoke = before?.lastMessage?.by === "agent";
  const effect = (payload: FlowEvent): Effect => ({ id: given.newId(), kind: FLOW_EVENT, payload, dueAt: given.now });
  const heard = events.flatMap((event) => {
    const told = tell(event, after, agentSpoke);
    if (!told) return [];
    const always = told.type === "form" || told.type === BOT_SERVES;
    const wanted = runs > 0 || asking || always || flows?.some(({ trigger }) => trigger.on === told.type);
    return wanted ? [effect(told)] : [];
  });
  return [...dismissed(before, after, given.now).map(effect), ...heard];
}

/**
 * What flows hear of what happened before they asked for it, in order; forms and bots are told of in any case. `snapshot`
 * is the conversation as it stands now.
 */
export function toldLate(
  events: readonly ConversationEvent[],
  state: Pick<ConversationState, "snapshot">,
): FlowEvent[] {
  let agentSpoke = false;
  return events.flatMap((event) => {
    const told = NAMES[event.type] ? tell(event, state, agentSpoke) : null;
    if (event.type === "message.posted") agentSpoke = event.by.who === "agent";
    return told && told.type !== BOT_SERVES ? [told] : [];
  });
}

/** The run of a bot that lost the session. First of all, so that it hears nothing more of what happened after. */
function dismissed(before: ConversationState | null, { snapshot }: ConversationState, at: number): FlowEvent[] {
  const bound = (runs: FullSnapshot["runs"], id: string) => runs?.some((run) => run.id === id) === true;
  const runId = before?.snapshot.staff?.bot?.runId;
  if (!runId || !bound(before.snapshot.runs, runId) || bound(snapshot.runs, runId)) return [];
  const { id: conversationId, number, session } = snapshot;
  return [{ type: BOT_DISMISSED, key: runId, conversationId, sessionId: session?.id ?? null, number, at, data: {} }];
}

function tell(
  event: ConversationEvent,
  { snapshot }: Pick<ConversationState, "snapshot">,
  agentSpoke: boolean,
): FlowEvent | null {
  const sessionId = "session" in event ? event.session.id : (snapshot.session?.id ?? null);
  const { conversationId, number, at } = event;
  const about = { conversationId, sessionId, number, at };
  if (event.type === "form.changed") {
    const { id, revision, receipt } = event.form;
    const text = event.text === undefined ? {} : { text: event.text };
    if (event.form.asked && (event.how === "sent-back" || event.how === "reminded"))
      return {
        ...{ ...about, type: FORM_ASKED_AGAIN, key: id },
        data: { ...text, how: event.how, fields: event.form.remark?.fields ?? [] },
      };
    if (event.how === "reminded" || event.how === "extended" || event.how === "sent-back") return null;
    return {
      ...about,
      type: "form",
      key: id,
      data: { outcome: event.how, revision, receipt, by: event.by.who, ...text, ...closing(event, snapshot.status) },
    };
  }
  // Who waits for somebody to take the session, waits for a person.
  if (event.type === "session.assigned" && event.how === "bot") {
    const { runId, flow } = event.staff?.bot ?? {};
    const data = { runId, ...flow, name: event.session.bot?.name };
    return { ...about, type: BOT_SERVES, key: conversationId, data };
  }
  const type = NAMES[event.type];
  if (!type || (event.type === "message.posted" && event.by.who !== "customer")) return null;
  return { ...about, type, key: conversationId, data: dataOf(event, agentSpoke) };
}

/** Nobody gave the form up: the conversation was closed, and it with it. */
function closing({ how, by }: EventOf<"form.changed">, status: FullSnapshot["status"]): { closed?: true } {
  return how === "cancelled" && by.who === "system" && status === "closed" ? { closed: true } : {};
}

/** `toAgent`: the words come right behind those of an agent, who may be who is meant. */
function dataOf(event: ConversationEvent, agentSpoke: boolean): Record<string, unknown> {
  switch (event.type) {
    case "message.posted":
      return { text: event.text, files: event.attachments.length, ...(agentSpoke ? { toAgent: true } : {}) };
    case "session.started":
      return { reason: event.reason };
    case "session.ended":
      return { by: event.session.end?.by ?? null, why: event.session.end?.why ?? null };
    case "session.assigned":
      return { agentId: event.session.agent?.id ?? null };
    default:
      return {};
  }
}
