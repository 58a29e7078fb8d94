import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { MAX_ATTACHMENT_BYTES } from "@clew/contract/attachments";
import { Refused } from "../problems/refused.ts";
import { HEAD_BYTES } from "./file-kind.ts";
import type { Whole } from "./partial-files.ts";

/** A file that has arrived whole and lies beside its place until it is `kept` or `dropped`. */
export type Arrived = {
  size: number;
  sha256: string;
  head: Uint8Array;
  keep(id: string): Promise<void>;
  drop(): Promise<void>;
};

type Stored = { id: string; sha256: string };

export type Files = {
  /** @throws Refused `too-large`, with nothing left behind, also when the sender breaks off */
  receive(stream: Readable): Promise<Arrived>;
  /** A file that has arrived whole in its parts: kept, it moves to its place. */
  adopt(whole: Whole): Arrived;
  open(stored: Stored): Readable;
  remove(stored: Stored): Promise<void>;
};

/** Files on disk under their id, spread over folders by the id's random end. */
export async function openFiles(folder: string): Promise<Files> {
  const arriving = join(folder, "arriving");
  // What a crash left half written belongs to nobody.
  await rm(arriving, { recursive: true, force: true });
  await mkdir(arriving, { recursive: true });
  // The content's hash is in the name: two uploads under one id can never put one's bytes in the other's place.
  const place = ({ id, sha256 }: Stored) => join(folder, id.slice(-2), `${id}-${sha256.slice(0, 16)}`);

  const keep = async (from: string, stored: Stored) => {
    await mkdir(join(folder, stored.id.slice(-2)), { recursive: true });
    await rename(from, place(stored));
  };

  return {
    async receive(stream) {
      const draft = join(arriving, randomUUID());
      const drop = () => rm(draft, { force: true });
      const measure = measuring();
      try {
        await pipeline(stream, measure.through, createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true }));
      } catch (error) {
        await drop();
        throw error;
      }
      const result = measure.result();
      return { ...result, keep: (id) => keep(draft, { id, sha256: result.sha256 }), drop };
    },
    adopt: ({ path, ...whole }) => ({
      ...whole,
      keep: (id) => keep(path, { id, sha256: whole.sha256 }),
      drop: () => rm(path, { force: true }),
    }),
    open: (stored) => createReadStream(place(stored)),
    remove: (stored) => rm(place(stored), { force: true }),
  };
}

function measuring() {
  const hash = createHash("sha256");
  const head: Uint8Array[] = [];
  let size = 0;
  const through = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      if (size < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - size));
      size += chunk.length;
      if (size > MAX_ATTACHMENT_BYTES)
        return done(new Refused("too-large", { field: "/file", detail: "A file may hold 20 MB." }));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { through, result: () => ({ size, sha256: hash.digest("hex"), head: Buffer.concat(head) }) };
}
