import type { Readable } from "node:stream";
import type { Attachment, UploadProgress } from "@clew/contract/attachments";
import { MAX_PART_BYTES } from "@clew/contract/limits";
import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Call, Caller, Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import type { PartialFiles, Whole } from "./partial-files.ts";
import { type PartFields, parsePart } from "./upload-fields.ts";
import {
  countUploads,
  deleteUpload,
  insertUpload,
  readUploadRow,
  touchUpload,
  type UploadRow,
  uploadsLeft,
  uploadsOf,
} from "./uploads-store.ts";

type Parts = {
  database: Database;
  clock: Clock;
  partial: PartialFiles;
  mayUpload(caller: Caller, conversationId: string): Promise<boolean>;
  uploaderOf(caller: Caller): string;
  /** The caller's file of that id, if it is stored already. @throws Refused `id-reused` when it is another's */
  stored(caller: Caller, file: { id: string; conversationId: string; sha256?: string }): Promise<Attachment | null>;
  /** Looks at the file as at any other and stores it. @throws Refused */
  store(caller: Caller, file: { id: string; conversationId: string; name: string; whole: Whole }): Promise<Attachment>;
  /** Removes a stored file of the caller that no message has. */
  unstore(caller: Caller, file: { id: string; conversationId: string }): Promise<void>;
};

/** As many as one message can carry. */
const MOST_UNFINISHED = 10;
const KEEP_UNFINISHED_MS = 24 * 60 * 60_000;

export type PartialUploads = {
  handlers: Handlers;
  removeOf(conversationId: string): Promise<number>;
  /** Removes uploads that nobody went on with for a day. Returns how many. */
  removeLeft(): Promise<number>;
};

/**
 * Uploads in parts, for connections that break. An upload is named by its sender's id; how far it has come is the length
 * of its file, so nothing that has arrived is asked for again, not even of a part that was cut.
 *
 *   unknown --part--> arriving --last part--> stored as an attachment      arriving --a day--> gone
 */
export function partialUploads(parts: Parts): PartialUploads {
  const { database, clock, partial, mayUpload, uploaderOf, stored, store } = parts;
  /** What is arriving now. A newer part takes over from one that hangs in a dead connection. */
  const arriving = new Map<string, { stream: Readable; over: Promise<void> }>();

  async function conversationOf({ caller, params }: Call): Promise<string> {
    const conversationId = params.id as string;
    if (!(await mayUpload(caller, conversationId))) throw new Refused("not-found");
    return conversationId;
  }

  async function uploadPart(call: Call): Promise<UploadProgress> {
    const { caller, file } = call;
    if (!file) throw new Refused("invalid", { field: "/file", detail: "The form has no file." });
    const part = parsePart(file.fields);
    const { id, size, offset } = part;
    const conversationId = await conversationOf(call);
    const earlier = await stored(caller, { id, conversationId, ...(part.sha256 ? { sha256: part.sha256 } : {}) });
    if (earlier) return { id, offset: size, attachment: earlier };
    await begin(caller, conversationId, part);

    await takeOver(id);
    if (offset > (await partial.length(id)))
      throw new Refused("conflict", { field: "/offset", detail: "Ask where to go on: less than that has arrived." });
    const end = Math.min(size, offset + MAX_PART_BYTES);
    const writing = partial.write(id, { offset, end, stream: file.stream });
    const over = writing.then(
      () => undefined,
      () => undefined,
    );
    arriving.set(id, { stream: file.stream, over });
    try {
      await writing;
    } finally {
      if (arriving.get(id)?.over === over) arriving.delete(id);
      await touchUpload(database, id, clock.now());
    }
    const length = await partial.length(id);
    if (length < size) return { id, offset: length, attachment: null };
    return { id, offset: size, attachment: await finish(call, conversationId, part) };
  }

  async function begin(caller: Caller, conversationId: string, { id, size, sha256 }: PartFields): Promise<void> {
    const uploader = uploaderOf(caller);
    const now = clock.now();
    const row = { id, conversation_id: conversationId, uploader, size, sha256: sha256 ?? null };
    let known = await readUploadRow(database, id);
    if (!known && (await countUploads(database, uploader)) >= MOST_UNFINISHED)
      throw new Refused("rate-limited", { detail: "Too many uploads are not finished.", retryAfter: 60 });
    known ??= await insertUpload(database, { ...row, created_at: now, touched_at: now });
    const same = (["conversation_id", "uploader", "size", "sha256"] as const).every((key) => known[key] === row[key]);
    if (!same) throw new Refused("id-reused", { field: "/id" });
  }

  async function takeOver(id: string): Promise<void> {
    const other = arriving.get(id);
    if (!other) return;
    other.stream.destroy();
    await other.over;
  }

  async function finish({ caller, file }: Call, conversationId: string, part: PartFields): Promise<Attachment> {
    const { id } = part;
    const whole = await partial.whole(id);
    const forget = async () => {
      await partial.remove(id);
      await deleteUpload(database, id);
    };
    try {
      if (part.sha256 !== undefined && part.sha256 !== whole.sha256)
        throw new Refused("conflict", { field: "/sha256", detail: "These bytes are others: begin again." });
      const attachment = await store(caller, { id, conversationId, name: file?.name ?? "", whole });
      await forget();
      return attachment;
    } catch (error) {
      // A fault of ours leaves the bytes for the next try; what was refused is refused for good.
      if (error instanceof Refused) await forget();
      throw error;
    }
  }

  const removeAll = async (rows: readonly UploadRow[]) => {
    for (const { id } of rows) {
      await takeOver(id);
      await partial.remove(id);
      await deleteUpload(database, id);
    }
    return rows.length;
  };

  return {
    handlers: {
      uploadPart,
      async readUpload(call): Promise<UploadProgress> {
        const conversationId = await conversationOf(call);
        const id = call.params.uploadId as string;
        const attachment = await stored(call.caller, { id, conversationId });
        if (attachment) return { id, offset: attachment.size, attachment };
        const row = await readUploadRow(database, id);
        const isOurs = row?.conversation_id === conversationId && row.uploader === uploaderOf(call.caller);
        return { id, offset: isOurs ? await partial.length(id) : 0, attachment: null };
      },
      async removeUpload(call) {
        const conversationId = await conversationOf(call);
        const id = call.params.uploadId as string;
        const row = await readUploadRow(database, id);
        if (row?.conversation_id === conversationId && row.uploader === uploaderOf(call.caller)) await removeAll([row]);
        await parts.unstore(call.caller, { id, conversationId });
        return null;
      },
    },
    removeOf: async (conversationId) => removeAll(await uploadsOf(database, conversationId)),
    removeLeft: async () => removeAll(await uploadsLeft(database, clock.now() - KEEP_UNFINISHED_MS)),
  };
}
