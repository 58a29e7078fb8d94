import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { ConversationEvent, EventType } from "@clew/contract/events";
import type { Timeline } from "@clew/contract/timeline";
import type { Command } from "@clew/domain/commands";
import { type ConversationState, evolve } from "@clew/domain/conversations/state";
import { deadlinesOf } from "@clew/domain/deadlines/deadlines";
import { perform } from "@clew/domain/door";
import { circumstancesOf, rolesOf } from "./circumstances.ts";
import { actorOf, commandOf, type Group, groupsOf } from "./commands.ts";
import { type Difference, differenceOf } from "./difference.ts";

/** Deadlines strike within a second; a server that was down has this long after its start, in milliseconds. */
const LATE_MS = 15_000;

export type Replay = {
  /** Events that the rules made again, the same to the last field. */
  decided: number;
  /** Events of other origin, such as flows: taken as they are, by type. */
  taken: Partial<Record<EventType, number>>;
  /** The first thing that the rules decide otherwise, in words; null: nothing. */
  difference: string | null;
};

/**
 * Gives the commands of a timeline to the rules again, each at its time, and compares what they decide with what the file
 * says: events, reasons, clocks, the session after each, and the conversation in the end.
 */
export function replay(timeline: Timeline): Replay {
  const taken: Replay["taken"] = {};
  let decided = 0;
  let state: ConversationState | null = null;
  for (const events of groupsOf(timeline.events)) {
    const group: Group = { events, before: state };
    const again: true | string | null = missed(group) ?? decideAgain(timeline, group);
    if (again === null) for (const { type } of events) taken[type] = (taken[type] ?? 0) + 1;
    else if (again !== true) return { decided, taken, difference: again };
    else decided += events.length;
    state = events.reduce<ConversationState | null>(evolve, state);
  }
  const difference = state ? differenceOf(comparable(timeline.conversation), comparable(state.snapshot)) : null;
  return { decided, taken, difference: difference && `the conversation in the end: ${told(difference)}` };
}

/** A deadline that should have struck before these events; null: none. Those of one round strike in the order they fell due. */
function missed({ events: [first, ...rest], before }: Group): string | null {
  if (!before) return null;
  const wish = commandOf({ events: [first, ...rest], before })?.wish;
  const due: Record<string, number> = deadlinesOf(before, first.at);
  const by = (wish?.type === "deadline.strike" ? due[wish.kind] : undefined) ?? first.at;
  const late = Object.entries(due).find(([kind, at]) => kind !== "reask" && at < by - LATE_MS);
  return late ? `before ${placeOf(first)}: the deadline ${late[0]} of ${timeOf(late[1])} has not struck` : null;
}

/** True: the rules decide the same. A sentence: they do not. Null: it was not theirs to decide. */
function decideAgain(timeline: Timeline, group: Group): true | string | null {
  const asked = commandOf(group);
  if (!asked) return null;
  const { events, before } = group;
  const [first] = events;
  const { conversation, given } = timeline;
  const { configuration, agents } = circumstancesOf(timeline, group);
  const conversations = new Map(before ? [[conversation.id, before]] : []);
  const ids = idsIn(events);
  const commandId = first.commandId ?? "";
  const command = { ...asked.wish, id: commandId, conversationId: conversation.id } as Command;
  const outcome = perform({ conversations, agents }, command, {
    ...{ now: first.at, actor: actorOf(asked.by, rolesOf(given)), configuration, agents, commandId },
    newId: () => ids.shift() ?? "an id that the file does not have",
  });
  if ("refused" in outcome) return `${placeOf(first)}: the rules refuse ${command.type} (${outcome.refused})`;
  const made = outcome.performed.events;
  for (const [at, event] of events.entries()) {
    const again = made[at];
    if (!again) return `${placeOf(event)}: the rules make no such event of ${command.type}`;
    const difference = differenceOf(event, again);
    if (difference) return `${placeOf(event)}: ${told(difference)}`;
  }
  const more = made[events.length];
  return more ? `after ${placeOf(events.at(-1) ?? first)}: the rules make a ${more.type} as well` : true;
}

/** The ids that were made for these events, in the order in which the rules ask for them. */
function idsIn(events: readonly ConversationEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === "session.started") return [event.session.id];
    return event.type === "session.offered" ? [event.offerId] : [];
  });
}

/** How far each side has read moves without events. */
function comparable({ positions: _, ...snapshot }: ConversationSnapshot): Omit<ConversationSnapshot, "positions"> {
  return snapshot;
}

const timeOf = (at: number) => new Date(at).toISOString();
const placeOf = ({ number, type, at }: ConversationEvent) => `event ${number}, ${type} at ${timeOf(at)}`;
const told = ({ path, file, rules }: Difference) =>
  `${path || "the whole"} is ${JSON.stringify(file) ?? "absent"} in the file, the rules say ${JSON.stringify(rules) ?? "absent"}`;
