import type { ConversationEvent } from "@clew/contract/events";
import type { ProblemCode, ProblemExtra } from "@clew/contract/problems";
import type { Actor } from "./actor.ts";
import type { Configuration } from "./configuration.ts";
import type { ConversationState } from "./conversations/state.ts";
import type { AgentState } from "./presence/agent-state.ts";

/** Something for the outside world, done at least once after the commit, with its id as the stable key. */
export type Effect = { id: string; kind: string; payload: unknown; dueAt: number };

/** What a rule answers: the state after it with the events that led there, or a refusal that changes nothing. */
export type Decision =
  | { state: ConversationState; events: ConversationEvent[]; effects: Effect[] }
  | { refused: ProblemCode; extra?: ProblemExtra };

/** What every rule is given beside the state. `agents` holds those the command concerns, as they are right now. */
export type Circumstances = {
  now: number;
  actor: Actor;
  configuration: Configuration;
  agents: ReadonlyMap<string, AgentState>;
  newId: () => string;
  /** The id of the command; it marks the events, so that a repeat is known and a client finds its own message. */
  commandId: string;
};

export function refuse(refused: ProblemCode, extra?: ProblemExtra): Decision {
  return extra ? { refused, extra } : { refused };
}
