import type { ClientCommand } from "@clew/contract/commands";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Problem } from "@clew/contract/problems";
import type { Storage } from "../continuity/storage.ts";

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

/** A form that was sent, or given up, and is not known to have arrived. `problem`: refused, until it is sent again. */
export type SentForm = { id: string; formId: string; problem: Problem | undefined };

export const OUTBOX = "outbox/";
export const outboxKey = (id: string) => `${OUTBOX}${id}`;
/** Resolves when it is on disk; `kept`: what stands there instead. */
export const keepUnsent = (storage: Storage, unsent: Unsent, kept?: Partial<Unsent>) =>
  storage.write({ put: { [outboxKey(unsent.command.id)]: { ...unsent, ...kept } } });

/**
 * Tells words that were written for another conversation than the one `here` and the ones being started: they still go
 * out, and are shown nowhere. So do forms that are not open any more in what the conversation is known to be.
 */
export function strayFrom(
  here: Pick<ConversationSnapshot, "id" | "forms"> | null | undefined,
  all: readonly Unsent[],
): (unsent: Unsent) => boolean {
  const homes = [here?.id];
  for (const { command } of all) if (command.type === "conversation.start") homes.push(command.conversationId);
  return ({ command }) =>
    command.type === "form.submit"
      ? command.conversationId !== here?.id ||
        here.forms?.some(({ id, state }) => id === command.formId && state === "open") === false
      : command.type === "message.post" && !homes.includes(command.conversationId);
}

/** Forms that were sent or given up and are not known to be done. */
export function sentFormsOf(all: readonly Unsent[]): SentForm[] {
  return all.flatMap(({ command, problem }) =>
    command.type === "form.submit" || command.type === "form.cancel"
      ? [{ id: command.id, formId: command.formId, problem }]
      : [],
  );
}

export function isUnsent(value: unknown): value is Unsent {
  if (!value || typeof value !== "object" || !("command" in value) || !("at" in value)) return false;
  const { command } = value as Unsent;
  return typeof command?.id === "string" && typeof command.type === "string";
}
