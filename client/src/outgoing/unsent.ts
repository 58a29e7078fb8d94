import type { ClientCommand } from "@clew/contract/commands";
import type { Problem } from "@clew/contract/problems";

/** A command not known to be done. Kept under its id; ids sort by the time they were made, which is the sending order. */
export type Unsent = {
  command: ClientCommand;
  /** Wall time at which the person asked, in milliseconds. */
  at: number;
  /** Refused for good: kept until retried or discarded. */
  problem?: Problem;
  /** Accepted; waits only for its event to come back and take its place. */
  answered?: boolean;
};

export const OUTBOX = "outbox/";
export const outboxKey = (id: string) => `${OUTBOX}${id}`;

/**
 * Tells words that were written for another conversation than the one `here` and the ones being started: they still go
 * out, and are shown nowhere.
 */
export function strayFrom(here: string | undefined, all: readonly Unsent[]): (unsent: Unsent) => boolean {
  const homes = [here];
  for (const { command } of all) if (command.type === "conversation.start") homes.push(command.conversationId);
  return ({ command }) => command.type === "message.post" && !homes.includes(command.conversationId);
}

export function isUnsent(value: unknown): value is Unsent {
  if (!value || typeof value !== "object" || !("command" in value) || !("at" in value)) return false;
  const { command } = value as Unsent;
  return typeof command?.id === "string" && typeof command.type === "string";
}
