import type { Attachment } from "@clew/contract/attachments";
import type { Clock, Ids } from "../clock.ts";
import type { Database, Raw } from "../database/database.ts";
import type { Caller, Handlers } from "../http/handlers.ts";

export type AttachmentParts = {
  database: Database;
  clock: Clock;
  ids: Ids;
  /** Folder for the files; made when missing. */
  folder: string;
  /** Whether the caller may read the conversation: its customer, staff or a key with the scope. */
  mayReadConversation(caller: Caller, conversationId: string): Promise<boolean>;
  /** Whether the caller may add files: the conversation is theirs and its channel takes attachments. */
  mayUpload(caller: Caller, conversationId: string): Promise<boolean>;
};

export type Uploader = { who: "customer" | "staff" | "key"; id: string };

export type Attachments = {
  handlers: Handlers;
  /**
   * The files a message names, in its order. Only files that the uploader stored for this conversation and that no
   * message has yet. @throws Refused `invalid`
   */
  attachmentsOf(raw: Raw, wanted: { ids: readonly string[]; conversationId: string; uploader: Uploader }): Promise<Attachment[]>;
  /** Binds the files to their message, within its transaction. `staffOnly`: customers never see them (notes). */
  claim(raw: Raw, claimed: { ids: readonly string[]; at: number; staffOnly: boolean }): Promise<void>;
  /** Removes files that were never posted, older than a day. Returns how many. */
  removeUnclaimed(): Promise<number>;
};

export async function createAttachments(_parts: AttachmentParts): Promise<Attachments> {
  throw new Error("being written");
}
