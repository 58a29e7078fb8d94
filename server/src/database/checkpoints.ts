import type { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";

/** `apart`: the least time between two looks at what the log of writes holds, in milliseconds. `pages`: copied from so many on. */
export type Looks = { apart: number; pages: number; now(): number };

const USUAL: Looks = { apart: 1000, pages: 2000, now: () => performance.now() };
/** The thread runs three statements; what Node would give it is a hundred times as much. */
const SMALL = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 };

/**
 * Checkpoints of SQLite in a thread of their own, so that the thread that serves does not wait for the disk. It starts
 * when there is something to do for the first time. `looking` is a connection of this thread outside any transaction.
 * If the thread cannot run, nothing is lost: the writer's own checkpoint (`wal_autocheckpoint`) is the net below.
 */
export function checkpointsBeside(file: string, looking: DatabaseSync, { apart, pages, now } = USUAL) {
  const held = looking.prepare("PRAGMA wal_checkpoint(NOOP)");
  let thread: Worker | null = null;
  let looked = now();
  let copying = false;
  let failed = false;

  const start = () => {
    const worker = new Worker(new URL("./checkpoint-thread.ts", import.meta.url), {
      workerData: file,
      resourceLimits: SMALL,
    });
    worker.unref();
    worker.on("message", () => {
      copying = false;
    });
    worker.on("error", (error) => {
      failed = true;
      process.emitWarning(`checkpoints are made by the serving thread from now on: ${error.message}`);
    });
    return worker;
  };

  return {
    /** Something was committed. Now and then it is looked whether there is enough to copy; never waits. */
    committed(): void {
      if (copying || failed || now() - looked < apart) return;
      looked = now();
      const { log, checkpointed } = held.get() as { log: number; checkpointed: number };
      if (log - checkpointed < pages) return;
      copying = true;
      thread ??= start();
      thread.postMessage(null);
    },
    /** Ends the thread; a checkpoint under way is finished first. */
    async close(): Promise<void> {
      await thread?.terminate();
    },
  };
}
