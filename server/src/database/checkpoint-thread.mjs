import { fdatasyncSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

/**
 * The thread that `checkpoints.ts` starts: at each message it copies what the log of writes holds into the file, and
 * waits until it is on the disk, so that the writer, who copies the rest, does not have to. PASSIVE waits for nobody and
 * holds nobody up; what it has not reached the next one copies.
 *
 * JavaScript, because a thread of its own that reads TypeScript needs ten megabytes more.
 */
/** @type {{ file: string, descriptor: number }} */
const { file, descriptor } = workerData;
const database = new DatabaseSync(file);
database.exec("PRAGMA busy_timeout=0; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-256");
const checkpoint = database.prepare("PRAGMA wal_checkpoint(PASSIVE)");

parentPort?.on("message", () => {
  checkpoint.get();
  fdatasyncSync(descriptor);
  parentPort?.postMessage(null);
});
