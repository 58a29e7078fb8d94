import type { Agent } from "@clew/contract/agents";
import type { Channel } from "@clew/contract/channels";
import type { InboxItem } from "@clew/contract/inbox";
import type { Queue } from "@clew/contract/routing";
import { type Filter, type FilterPart, partsFor } from "./filter.ts";
import type { Viewer } from "./views.ts";

export type FilterChoice = { part: FilterPart; options: { id: string; name: string }[] };
type Known = {
  queues: readonly Queue[];
  channels: readonly Channel[];
  agents: readonly Agent[];
  inbox: readonly InboxItem[];
};

/**
 * What each part can be narrowed to, by name. An agent is asked for the queues whose work reaches them; whoever has left
 * is asked for while something is still theirs. What is chosen is always among them.
 */
export function choicesFor(viewer: Viewer, filter: Filter, { queues, channels, agents, inbox }: Known): FilterChoice[] {
  const held = new Set(inbox.flatMap(({ staff, session }) => [staff.queueId, session.agent?.id]));
  const offered = (queue: Queue) =>
    viewer.supervisor || viewer.queues.includes(queue.id) || held.has(queue.id) || filter.queue === queue.id;
  const serves = (agent: Agent) => agent.active || held.has(agent.id) || filter.agent === agent.id;
  const options = {
    queue: queues.filter(offered).map(({ id, name }) => ({ id, name })),
    channel: channels.map(({ id, draft }) => ({ id, name: draft.name })),
    agent: agents.filter(serves).map(({ id, name }) => ({ id, name })),
  };
  return partsFor(viewer).map((part) => ({
    part,
    options: options[part].toSorted((one, other) => one.name.localeCompare(other.name)),
  }));
}

/** The name of what is chosen; null for what is no longer there. */
export function nameIn(choices: readonly FilterChoice[], part: FilterPart, id: string): string | null {
  return choices.find((choice) => choice.part === part)?.options.find((option) => option.id === id)?.name ?? null;
}
