import { closeSync, openSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";

/** `apart`: the least time between two looks at what the log of writes holds, in milliseconds. `pages`: copied from so many on. */
export type Looks = { apart: number; pages: number; now(): number };

const USUAL: Looks = { apart: 1_000, pages: 8_000, now: () => performance.now() };
/** The thread runs three statements; what Node would give it is a hundred times as much. */
const SMALL = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 };

/** Connections of the serving thread: who writes, and who looks, outside any transaction. */
type Connections = { writer: DatabaseSync; reader: DatabaseSync };

/**
 * Checkpoints of SQLite in a thread of their own, so that the thread that serves does not wait for the disk. While it
 * copies, more is committed, and a log that is never wholly copied never begins anew: it grows, and each commit waits for
 * the file system to make room as well. So the writer copies the little that came meanwhile, and the next commit is
 * written over the start of the log. The thread starts when there is something to do for the first time; if it cannot
 * run, nothing is lost: the writer's own checkpoint (`wal_autocheckpoint`) is the net below.
 */
export function checkpointsBeside(file: string, { writer, reader }: Connections, { apart, pages, now } = USUAL) {
  const held = reader.prepare("PRAGMA wal_checkpoint(NOOP)");
  const rest = writer.prepare("PRAGMA wal_checkpoint(PASSIVE)");
  let thread: Worker | null = null;
  let descriptor: number | null = null;
  let looked = now();
  let copying = false;
  let copied = false;
  let failed = false;

  const fail = (error: Error) => {
    failed = true;
    process.emitWarning(`checkpoints are made by the serving thread from now on: ${error.message}`);
  };
  const start = () => {
    descriptor = openSync(file, "r+");
    const worker = new Worker(new URL("./checkpoint-thread.mjs", import.meta.url), {
      workerData: { file, descriptor },
      resourceLimits: SMALL,
    });
    worker.unref();
    worker.on("message", () => {
      copying = false;
      copied = true;
    });
    worker.on("error", fail);
    return worker;
  };
  const look = () => {
    if (copied) {
      copied = false;
      rest.get();
      return;
    }
    if (copying || now() - looked < apart) return;
    looked = now();
    const { log, checkpointed } = held.get() as { log: number; checkpointed: number };
    if (log - checkpointed < pages) return;
    copying = true;
    thread ??= start();
    thread.postMessage(null);
  };

  return {
    /** Something was committed, and nothing else has begun. Now and then it is looked whether there is enough to copy; never waits. */
    committed(): void {
      if (failed) return;
      try {
        look();
      } catch (error) {
        // What was committed stays committed.
        fail(error as Error);
      }
    },
    /** Ends the thread; a checkpoint under way is finished first. */
    async close(): Promise<void> {
      await thread?.terminate();
    },
    /** After the last connection: closing any descriptor of a file takes the locks of all others of the process with it. */
    closed(): void {
      if (descriptor !== null) closeSync(descriptor);
    },
  };
}
