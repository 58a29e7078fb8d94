import type { ConversationEvent, EventOf, EventType } from "@clew/contract/events";
import type { AnswerValue } from "@clew/contract/forms";
import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { DeadlineKind } from "@clew/domain/deadlines/deadlines";

type WithoutId<C> = C extends unknown ? Omit<C, "id" | "conversationId"> : never;
/** What was asked, and by whose word among the group's events. */
export type Asked = { wish: WithoutId<Command>; by: ConversationEvent };
/** The events of one command, in order, and the conversation before them. */
export type Group = { events: readonly [ConversationEvent, ...ConversationEvent[]]; before: ConversationState | null };

/** The events of each command. A message that came along with the start has an id of its own and belongs to the start. */
export function groupsOf(events: readonly ConversationEvent[]): [ConversationEvent, ...ConversationEvent[]][] {
  const groups: [ConversationEvent, ...ConversationEvent[]][] = [];
  const of = (id: string | undefined) => events.filter(({ commandId }) => commandId === id).length;
  for (const event of events) {
    const group = groups.at(-1);
    const same = event.commandId !== undefined && group?.[0].commandId === event.commandId;
    const started = group?.[0].type === "conversation.started" && group.every(({ type }) => type !== "message.posted");
    const along =
      started && event.type === "message.posted" && event.at === group[0].at && event.by.id === group[0].by.id;
    if (group && (same || (along && of(event.commandId) === 1))) group.push(event);
    else groups.push([event]);
  }
  return groups;
}

/** The command that must have been given for these events; null for what came from elsewhere, such as a flow. */
export function commandOf(group: Group): Asked | null {
  const { events } = group;
  if (events.some(fromElsewhere)) return null;
  for (const type of LEADING) {
    const leading = events.find((event) => event.type === type);
    const asked =
      leading && (ASKED[type] as (event: ConversationEvent, group: Group) => Asked["wish"] | null)(leading, group);
    if (asked) return { wish: asked, by: leading };
  }
  return null;
}

/** Outcomes of flows and of erasing: what the timeline of a conversation alone cannot decide again. */
function fromElsewhere(event: ConversationEvent): boolean {
  if (event.type === "session.waiting") return ["routed", "fallback", "overflow"].includes(event.reason);
  // Which flow routes the sessions of a channel, and what it decides, is not in the file.
  if (event.type === "session.started") return event.staff?.flow != null;
  if (event.type === "session.assigned" && event.how === "bot") return true;
  if (event.type === "message.posted") return event.by.who === "bot" && event.by.id === undefined;
  if (event.type === "facts.recorded") return event.facts.some(({ how }) => how === "looked-up");
  return !LEADING.includes(event.type);
}

type Table = { [Name in EventType]?: (event: EventOf<Name>, group: Group) => Asked["wish"] | null };

const strike = (kind: DeadlineKind): Asked["wish"] => ({ type: "deadline.strike", kind });

/** In the order in which they say what a group was about: the first of them that it holds was the cause of the others. */
const ASKED: Table = {
  "conversation.started": (event, { events }) => {
    const message = events.find((one) => one.type === "message.posted");
    return {
      type: "conversation.start",
      channelId: event.channelId,
      language: event.language,
      ...(event.page ? { page: event.page } : {}),
      ...(event.plain ? {} : { shows: ["forms"] as const }),
      answers: answersIn(events),
      files: message?.attachments ?? [],
      customer: event.customer as NonNullable<typeof event.customer>,
      ...(message ? { message: { id: message.commandId ?? "", text: message.text, attachments: [] } } : {}),
    };
  },
  "session.cleared": ({ mode }) => ({ type: "session.clear", mode }),
  "session.over-waited": (_, { events }) => ({ ...strike("max-wait"), ...linkIn(events) }),
  "session.transferred": ({ to: { kind, id }, note }) => ({
    ...{ type: "session.transfer", to: { kind, id } },
    ...(note ? { note } : {}),
  }),
  "message.posted": ({ text, attachments }, { events }) => ({
    ...{ type: "message.post", text, attachments: [], files: attachments, answers: answersIn(events) },
  }),
  "session.started": (_, { events }) => ({ type: "session.start", answers: answersIn(events) }),
  "note.posted": ({ text, attachments }) => ({ type: "note.post", text, attachments: [], files: attachments }),
  "session.assigned": ({ how, session }, { before }) => {
    const agentId = session.agent?.id ?? "";
    if (how === "accepted") return { type: "offer.accept", offerId: before?.snapshot.staff?.offerId ?? "" };
    if (how === "auto-accepted") return { type: "session.offer", sessionId: session.id, agentId };
    return { type: "session.take", ...(how === "assigned" ? { agentId } : {}) };
  },
  "session.offered": ({ session, agentId }) => ({ type: "session.offer", sessionId: session.id, agentId }),
  "session.ended": ({ session }) => {
    switch (session.end?.why) {
      case "inactivity":
        return strike("end-inactive");
      case "disconnect":
        return strike("window");
      case "queue-limit":
      case "transfer-failed":
        return strike("max-wait");
      case "ended":
      case "closed-by-admin":
        return { type: "session.end" };
      default:
        return null;
    }
  },
  "session.waiting": ({ reason }, { before, events }) => {
    if (reason === "closed-by-agent") return strike("close");
    const { session, staff } = before?.snapshot ?? {};
    const agentId = session?.agent?.id ?? staff?.kept?.agentId;
    if (reason !== "agent-left" || !before || !agentId) return null;
    if (events.some((event) => event.type === "session.offer-ended")) return { type: "agent.left", agentId };
    // Who has had the last word answered stays with an absent agent, so this one has left for good.
    return { type: before.lastWord === "agent" ? "agent.left" : "agent.absent", agentId };
  },
  "session.offer-ended": ({ how, offerId, agentId, why = "" }) => {
    if (how === "declined") return { type: "offer.decline", offerId, why };
    if (how === "timed-out") return strike("offer");
    return why === "left" ? { type: "agent.left", agentId } : { type: "offer.withdraw", agentId, why };
  },
  "session.inactive": ({ why }) => {
    switch (why) {
      case "silence":
        return strike("inactive");
      case "parked":
        return strike("close");
      case "marked":
        return { type: "session.mark-inactive" };
      case "closed-by-agent":
        return { type: "session.close" };
    }
  },
  "session.resumed": ({ why }) => ({ type: why === "close-undone" ? "session.undo-close" : "session.mark-active" }),
  "session.warned": () => strike("warn"),
  "session.reopened": () => ({ type: "optout.undo" }),
  "customer.gone": () => ({ type: "customer.gone" }),
  "customer.returned": ({ how }) => (how === "message" ? null : { type: "customer.returned", how }),
  "hold.ended": ({ what, how }) =>
    how === "released" ? { type: "hold.release" } : strike(what === "capacity" ? "hold" : "same-agent"),
  "hold.extended": (event, { before }) => ({ type: "hold.extend", by: extension(event, before) }),
  "customer.verified": ({ customer }) => (customer ? { type: "customer.verify", customer } : null),
  "survey.answered": ({ session, answers }) => ({
    ...{ type: "survey.answer", sessionId: session.id },
    answers: answers?.map(({ key, value }) => ({ key, value, how: "typed" })) ?? null,
  }),
  "conversation.closed": () => ({ type: "session.clear", mode: "end" }),
  "facts.recorded": ({ facts: [fact] }) => (fact ? { type: "fact.correct", key: fact.key, value: fact.value } : null),
};
const LEADING = Object.keys(ASKED) as EventType[];

function answersIn(
  events: readonly ConversationEvent[],
): { key: string; value: AnswerValue; how: "typed" | "hidden" }[] {
  return events
    .flatMap((event) => (event.type === "facts.recorded" ? event.facts : []))
    .map(({ key, value, how }) => ({ key, value, how: how === "hidden" ? "hidden" : "typed" }));
}

/** The customer's own link in what the queue said after so long a wait: made for these words alone, the file is all that has it. */
function linkIn(events: readonly ConversationEvent[]): { link?: string } {
  const said = events.find((event) => event.type === "message.posted" && event.automatic === "over-waited");
  const [link] =
    (said?.type === "message.posted" && /https?:\/\/[^\s#]+#clew-reconnect=[\w-]+(?:\.[\w-]+)?/.exec(said.text)) || [];
  return link === undefined ? {} : { link };
}

/** By how much the clocks of an absence were moved: each by the same, so the first that runs tells. */
function extension({ session, staff, until, at }: EventOf<"hold.extended">, before: ConversationState | null): number {
  const old = before?.snapshot;
  const clocks: [number | null | undefined, number | null | undefined][] = [
    [session.away?.windowUntil, old?.session?.away?.windowUntil],
    [session.away?.sameAgentUntil, old?.session?.away?.sameAgentUntil],
    [staff?.hold?.until, old?.staff?.hold?.until],
  ];
  const running = clocks.find(([now, then]) => now != null && then != null);
  return running ? (running[0] as number) - (running[1] as number) : until - at;
}

/** Who gave the command, by what the log says of them. `roles` are those of the agents now. */
export function actorOf(
  { by }: ConversationEvent,
  roles: ReadonlyMap<string, "agent" | "supervisor" | "admin">,
): Actor {
  const id = by.id ?? "";
  const name = by.name ?? "";
  switch (by.who) {
    case "customer":
      return { who: "customer", id, name: by.name ?? null };
    case "agent":
      return { who: "agent", id, name, role: roles.get(id) ?? "agent" };
    case "supervisor": {
      const role = roles.get(id);
      return { who: "agent", id, name, role: role === undefined || role === "agent" ? "supervisor" : role };
    }
    case "bot":
      return { who: "key", id, name };
    case "system":
      return { who: "system" };
  }
}
