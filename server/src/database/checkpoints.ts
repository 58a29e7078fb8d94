import type { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";

/** `every`: how often it is looked how much the log of writes holds, in milliseconds. `pages`: from how many on it is copied. */
const USUAL = { every: 1000, pages: 2000 };
/** The thread runs three statements; what Node would give it is a hundred times as much. */
const SMALL = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 };

/**
 * Checkpoints of SQLite in a thread of their own, so that the thread that serves does not wait for the disk. It starts
 * when there is something to do for the first time. `looking` is a connection of this thread outside any transaction.
 * If the thread cannot run, nothing is lost: the writer's own checkpoint (`wal_autocheckpoint`) is the net below.
 */
export function checkpointsBeside(file: string, looking: DatabaseSync, { every, pages } = USUAL) {
  const held = looking.prepare("PRAGMA wal_checkpoint(NOOP)");
  let thread: Worker | null = null;
  let copying = false;

  const look = () => {
    const { log, checkpointed } = held.get() as { log: number; checkpointed: number };
    if (copying || log - checkpointed < pages) return;
    copying = true;
    thread ??= start();
    thread.postMessage(null);
  };
  const timer = setInterval(look, every).unref();

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
      clearInterval(timer);
      process.emitWarning(`checkpoints are made by the serving thread from now on: ${error.message}`);
    });
    return worker;
  };

  return {
    /** Ends the thread; a checkpoint under way is finished first. */
    async close() {
      clearInterval(timer);
      await thread?.terminate();
    },
  };
}
