import type { Attachment } from "@clew/contract/attachments";
import type { Clock, Ids } from "../clock.ts";
import type { Database, Raw } from "../database/database.ts";
import { Download } from "../download.ts";
import type { Call, Caller, Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { kindOf, PREVIEWED } from "./file-kind.ts";
import { safeName } from "./file-name.ts";
import { type Arrived, openFiles } from "./files.ts";
import { imageSize } from "./image-size.ts";
import { openPartialFiles } from "./partial-files.ts";
import { partialUploads } from "./partial-uploads.ts";
import {
  claimAttachments,
  deleteAttachment,
  deleteUnclaimed,
  insertAttachment,
  type Row,
  readAttachment,
  readAttachments,
  readAttachmentsOf,
  readUnclaimed,
} from "./store.ts";
import { parseId } from "./upload-fields.ts";

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
  attachmentsOf(
    raw: Raw,
    wanted: { ids: readonly string[]; conversationId: string; uploader: Uploader },
  ): Promise<Attachment[]>;
  /** The files that the customer's side of a conversation, or this agent, has stored for it, posted or not. */
  storedIn(
    raw: Raw,
    wanted: { ids: readonly string[]; conversationId: string; uploader: Uploader },
  ): Promise<Attachment[]>;
  /** Files that were sent in a conversation, of those named, in the order in which they are named. */
  sentIn(conversationId: string, ids: readonly string[]): Promise<Attachment[]>;
  /** Binds the files to their message, within its transaction. `staffOnly`: customers never see them (notes). */
  claim(raw: Raw, claimed: { ids: readonly string[]; at: number; staffOnly: boolean }): Promise<void>;
  /** Files of an agent that belong to more than a message: they stay, for all who may read the conversation. */
  keep(given: { conversationId: string; agentId: string; ids: readonly string[] }): Promise<void>;
  /** Removes all files of a conversation, posted or not. Returns how many. */
  removeOf(conversationId: string): Promise<number>;
  /**
   * Removes files that were never posted, and uploads that nobody went on with, older than a day. Returns how many.
   * `needed` says which files of these conversations something else still names.
   */
  removeUnclaimed(needed?: (conversationIds: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>;
};

const KEEP_UNCLAIMED_MS = 24 * 60 * 60_000;

export async function createAttachments(parts: AttachmentParts): Promise<Attachments> {
  const { database, clock, ids, mayReadConversation, mayUpload } = parts;
  const files = await openFiles(parts.folder);

  const upload = async ({ caller, params, file }: Call): Promise<Attachment> => {
    const conversationId = params.id as string;
    if (!file) throw new Refused("invalid", { field: "/file", detail: "The form has no file." });
    if (!(await mayUpload(caller, conversationId))) throw new Refused("not-found");
    const id = parseId(file.fields.id) ?? ids.next();
    const arrived = await files.receive(file.stream);
    try {
      if (arrived.size === 0) throw new Refused("invalid", { field: "/file", detail: "The file is empty." });
      return await store(caller, { id, conversationId, name: file.name, arrived });
    } finally {
      await arrived.drop();
    }
  };

  /** Looks at what has arrived and puts it in its place. */
  const store = async (
    caller: Caller,
    { id, conversationId, name, arrived }: { id: string; conversationId: string; name: string; arrived: Arrived },
  ): Promise<Attachment> => {
    const type = await kindOf(arrived.head);
    if (type === null) throw new Refused("type-refused", { field: "/file", detail: "Programs are not taken." });
    const image = PREVIEWED.has(type) ? imageSize(type, arrived.head) : null;
    const row: Row = {
      id,
      conversation_id: conversationId,
      uploader: uploaderOf(caller),
      name: safeName(name),
      type,
      size: arrived.size,
      sha256: arrived.sha256,
      width: image?.width ?? null,
      height: image?.height ?? null,
      staff_only: 0,
      claimed_at: null,
      created_at: clock.now(),
    };
    const earlier = await readAttachment(database, id);
    if (earlier) return sameUpload(earlier, row);
    // First the file, then its row: a row never names a file that is not there.
    await arrived.keep(id);
    if (!(await insertAttachment(database, row))) return sameUpload((await readAttachment(database, id)) as Row, row);
    return toAttachment(row);
  };

  const inParts = partialUploads({
    database,
    clock,
    partial: await openPartialFiles(parts.folder),
    mayUpload,
    uploaderOf,
    async stored(caller, { id, conversationId, sha256 }) {
      const row = await readAttachment(database, id);
      if (!row) return null;
      return sameUpload(row, {
        conversation_id: conversationId,
        uploader: uploaderOf(caller),
        sha256: sha256 ?? row.sha256,
      });
    },
    store: (caller, { whole, ...file }) => store(caller, { ...file, arrived: files.adopt(whole) }),
    async unstore(caller, { id, conversationId }) {
      const row = await readAttachment(database, id);
      const isOurs = row?.conversation_id === conversationId && row.uploader === uploaderOf(caller);
      if (row && isOurs && row.claimed_at === null) await removeRow(row);
    },
  });

  /** The other way round than when storing: what a crash leaves is a row, by which the next call finds the file. */
  const removeRow = async (row: Row): Promise<void> => {
    await files.remove(row);
    await deleteAttachment(database, row.id);
  };

  const read = async ({ caller, params, query }: Call): Promise<Download> => {
    const row = await readAttachment(database, params.id as string);
    if (!row || !(await mayRead(caller, row))) throw new Refused("not-found");
    const inline = query.preview === "1" && PREVIEWED.has(row.type);
    return new Download({ content: files.open(row), type: row.type, name: row.name, size: row.size, inline });
  };

  const mayRead = async (caller: Caller, row: Row): Promise<boolean> => {
    if (row.claimed_at === null) return row.uploader === uploaderOf(caller);
    if (row.staff_only === 1 && caller.who === "customer") return false;
    return mayReadConversation(caller, row.conversation_id);
  };

  return {
    handlers: { uploadAttachment: upload, readAttachment: read, ...inParts.handlers },

    async attachmentsOf(raw, { ids: wanted, conversationId, uploader }) {
      if (wanted.length === 0) return [];
      const rows = new Map((await readAttachments(raw, wanted)).map((row) => [row.id, row]));
      const by = `${uploader.who}:${uploader.id}`;
      return wanted.map((id, index) => {
        const row = rows.get(id);
        const isOurs = row?.conversation_id === conversationId && row.uploader === by && row.claimed_at === null;
        // Named twice, it would be two files in the message and one on disk.
        if (row && isOurs && wanted.indexOf(id) === index) return toAttachment(row);
        throw new Refused("invalid", {
          field: `/attachments/${index}`,
          detail: "This file is not there to be posted.",
        });
      });
    },

    async storedIn(raw, { ids: wanted, conversationId, uploader }) {
      if (wanted.length === 0) return [];
      const by = `${uploader.who}:${uploader.id}`;
      // Who was a guest when the file came may have signed in since: the conversation says that it is the same person.
      return (await readAttachments(raw, wanted))
        .filter((row) => row.conversation_id === conversationId && row.staff_only === 0)
        .filter((row) => row.uploader === by || row.uploader.startsWith("customer:"))
        .map(toAttachment);
    },

    async sentIn(conversationId, wanted) {
      const rows = new Map((await readAttachments(database.raw, wanted)).map((row) => [row.id, row]));
      return wanted.flatMap((id) => {
        const row = rows.get(id);
        const sent = row?.conversation_id === conversationId && row.staff_only === 0 && row.claimed_at !== null;
        return row && sent ? [toAttachment(row)] : [];
      });
    },

    async claim(raw, { ids: claimed, at, staffOnly }) {
      if (claimed.length > 0) await claimAttachments(raw, { ids: claimed, at, staffOnly });
    },

    async keep({ conversationId, agentId, ids: named }) {
      if (named.length === 0) return;
      const own = (await readAttachments(database.raw, named)).filter(
        (row) => row.conversation_id === conversationId && row.uploader === `staff:${agentId}`,
      );
      const kept = own.map(({ id }) => id);
      if (kept.length > 0) await claimAttachments(database.raw, { ids: kept, at: clock.now(), staffOnly: false });
    },

    async removeOf(conversationId) {
      const rows = await readAttachmentsOf(database, conversationId);
      for (const row of rows) await removeRow(row);
      return rows.length + (await inParts.removeOf(conversationId));
    },

    async removeUnclaimed(needed) {
      const left = await readUnclaimed(database, clock.now() - KEEP_UNCLAIMED_MS);
      const named = (await needed?.([...new Set(left.map(({ conversation_id: id }) => id))])) ?? new Set();
      const gone = left.map(({ id }) => id).filter((id) => !named.has(id));
      const removed = await deleteUnclaimed(database, gone);
      for (const stored of removed) await files.remove(stored);
      return removed.length + (await inParts.removeLeft());
    },
  };
}

/** The same upload again (its answer was lost) gets the same answer; another file under the same id does not. */
function sameUpload(earlier: Row, again: Pick<Row, "conversation_id" | "uploader" | "sha256">): Attachment {
  const isSame = (["conversation_id", "uploader", "sha256"] as const).every((key) => earlier[key] === again[key]);
  if (!isSame) throw new Refused("id-reused", { field: "/id" });
  return toAttachment(earlier);
}

function uploaderOf(caller: Caller): string {
  switch (caller.who) {
    case "customer":
      return `customer:${caller.customerId}`;
    case "staff":
      return `staff:${caller.agentId}`;
    case "key":
      return `key:${caller.keyId}`;
    case "public":
      throw new Refused("unauthenticated");
  }
}

function toAttachment({ id, name, type, size, width, height }: Row): Attachment {
  const image = width !== null && height !== null ? { image: { width, height } } : {};
  return { id, name, type: type.replace(/;.*$/, ""), size, ...image };
}
