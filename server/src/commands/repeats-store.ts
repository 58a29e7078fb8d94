import type { CommandAnswer } from "@clew/contract/commands";
import type { ConversationEvent } from "@clew/contract/events";
import type { Command } from "@clew/domain/commands";
import type { Batch } from "../database/batch.ts";
import type { Raw } from "../database/database.ts";

/** A command that was accepted before, read off the first event it made. */
export type Repeat = { answer: CommandAnswer; byId: string | null };

/**
 * Which of the commands were accepted before. Accepted commands are remembered in the log itself, as long as it is kept;
 * a refused one left no trace and is judged anew.
 */
export async function findAnswers(raw: Raw, batch: Batch, commands: readonly Command[]): Promise<Map<string, Repeat>> {
  const ids = commands
    .filter((command) => command.type !== "deadline.strike" && !command.type.startsWith("presence."))
    .map((command) => command.id);
  const rows = await batch.byIds<{ body: string; command_id: string }>(
    raw,
    { select: "SELECT command_id, body FROM events", column: "command_id" },
    ids,
  );
  return new Map(
    rows.map(({ command_id, body }) => {
      const event = JSON.parse(body) as ConversationEvent;
      const answer = {
        commandId: command_id,
        conversationId: event.conversationId,
        number: event.number,
        at: event.at,
      };
      return [command_id, { answer, byId: event.by.id ?? null }];
    }),
  );
}
