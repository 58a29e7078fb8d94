import type { Attachment } from "@clew/contract/attachments";
import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import type { Raw } from "../database/database.ts";
import { Refused } from "../problems/refused.ts";

type Uploader = { who: "customer" | "staff" | "key"; id: string };

/** What the door needs of attachments. */
export type Files = {
  attachmentsOf(
    raw: Raw,
    wanted: { ids: readonly string[]; conversationId: string; uploader: Uploader },
  ): Promise<Attachment[]>;
  claim(raw: Raw, claimed: { ids: readonly string[]; at: number; staffOnly: boolean }): Promise<void>;
};

/** Ids of the files that a command names. */
function named(command: Command): readonly string[] {
  switch (command.type) {
    case "message.post":
    case "note.post":
      return command.attachments;
    case "conversation.start":
      return command.message?.attachments ?? [];
    default:
      return [];
  }
}

export function namesFiles(command: Command): boolean {
  return named(command).length > 0;
}

/** The command with its files looked up, or the refusal when one is not the sender's to post. */
export async function withFiles(raw: Raw, files: Files, command: Command, actor: Actor): Promise<Command | Refused> {
  const ids = named(command);
  if (ids.length === 0 || actor.who === "system" || !("files" in command)) return command;
  const uploader = { who: actor.who === "agent" ? ("staff" as const) : actor.who, id: actor.id };
  try {
    return {
      ...command,
      files: await files.attachmentsOf(raw, { ids, conversationId: command.conversationId, uploader }),
    };
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

/** Binds the files of an accepted command to its message. */
export async function claimFiles(raw: Raw, files: Files, command: Command, at: number): Promise<void> {
  const ids = named(command);
  if (ids.length > 0) await files.claim(raw, { ids, at, staffOnly: command.type === "note.post" });
}
