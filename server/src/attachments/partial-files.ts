import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Refused } from "../problems/refused.ts";
import { HEAD_BYTES } from "./file-kind.ts";

/** A file all of whose bytes are here. */
export type Whole = { path: string; size: number; sha256: string; head: Uint8Array };

export type PartialFiles = {
  /** How many bytes are here; 0 for none. */
  length(id: string): Promise<number>;
  /**
   * Writes what comes from `offset` on, at most up to `end`. What has arrived when the sender breaks off stays.
   * @throws Refused `too-large` when more comes
   */
  write(id: string, part: { offset: number; end: number; stream: Readable }): Promise<void>;
  whole(id: string): Promise<Whole>;
  remove(id: string): Promise<void>;
};

/** Files that are arriving in parts, under their upload's id. A server that restarts goes on with them. */
export async function openPartialFiles(folder: string): Promise<PartialFiles> {
  const parts = join(folder, "parts");
  await mkdir(parts, { recursive: true });
  const place = (id: string) => join(parts, id);

  return {
    async length(id) {
      try {
        return (await stat(place(id))).size;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
        throw error;
      }
    },
    async write(id, { offset, end, stream }) {
      // Neither truncating nor appending: a part that overlaps what is here writes the same bytes once more.
      const file = await open(place(id), "a", 0o600).then(async (made) => {
        await made.close();
        return open(place(id), "r+");
      });
      let at = offset;
      try {
        for await (const chunk of stream as AsyncIterable<Uint8Array>) {
          if (at + chunk.length > end) throw new Refused("too-large", { field: "/file", detail: TOO_MUCH });
          await file.write(chunk, 0, chunk.length, at);
          at += chunk.length;
        }
      } finally {
        await file.sync();
        await file.close();
      }
    },
    async whole(id) {
      const hash = createHash("sha256");
      const head: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of createReadStream(place(id)) as AsyncIterable<Uint8Array>) {
        if (size < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - size));
        size += chunk.length;
        hash.update(chunk);
      }
      return { path: place(id), size, sha256: hash.digest("hex"), head: Buffer.concat(head) };
    },
    remove: (id) => rm(place(id), { force: true }),
  };
}

const TOO_MUCH = "A part holds at most 2 MB, and not more than the file has left.";
