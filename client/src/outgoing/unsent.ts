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

export function isUnsent(value: unknown): value is Unsent {
  if (!value || typeof value !== "object" || !("command" in value) || !("at" in value)) return false;
  const { command } = value as Unsent;
  return typeof command?.id === "string" && typeof command.type === "string";
}
