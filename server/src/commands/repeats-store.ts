import type { CommandAnswer } from "@clew/contract/commands";
import type { ConversationEvent } from "@clew/contract/events";
import type { Command } from "@clew/domain/commands";
import type { Batch } from "../database/batch.ts";
import type { Raw } from "../database/database.ts";

/** A command that was accepted before, read off the first event it made. */
export type Repeat = { answer: CommandAnswer; byId: string | null };

/**
 * Which of the commands were accepted before. Accepted commands are remembered in the log itself, as long as it is kept;
 * a refused one left no trace and is judged anew. A start that joined an open conversation is remembered by its message.
 */
export async function findAnswers(raw: Raw, batch: Batch, commands: readonly Command[]): Promise<Map<string, Repeat>> {
  const commandOf = new Map<string, string>();
  for (const command of commands) {
    if (command.type === "deadline.strike" || command.type.startsWith("presence.")) continue;
    commandOf.set(command.id, command.id);
    if (command.type === "conversation.start" && command.message) commandOf.set(command.message.id, command.id);
  }
  const rows = await batch.byIds<{ body: string; command_id: string }>(
    raw,
    { select: "SELECT command_id, body FROM events", column: "command_id" },
    [...commandOf.keys()],
  );
  const repeats = new Map<string, Repeat>();
  for (const { command_id, body } of rows) {
    const commandId = commandOf.get(command_id) ?? command_id;
    if (repeats.has(commandId) && command_id !== commandId) continue;
    const { conversationId, number, at, by } = JSON.parse(body) as ConversationEvent;
    repeats.set(commandId, { answer: { commandId, conversationId, number, at }, byId: by.id ?? null });
  }
  return repeats;
}
