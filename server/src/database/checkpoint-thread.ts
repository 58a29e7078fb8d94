import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

/**
 * The thread that `checkpoints.ts` starts: at each message it copies what the log of writes holds into the file
 * `workerData`. PASSIVE waits for nobody and holds nobody up; what it has not reached the next one copies.
 */
const database = new DatabaseSync(workerData as string);
database.exec("PRAGMA busy_timeout=0; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-256");
const checkpoint = database.prepare("PRAGMA wal_checkpoint(PASSIVE)");

parentPort?.on("message", () => {
  checkpoint.get();
  parentPort?.postMessage(null);
});
