import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { isMainThread } from "node:worker_threads";

/**
 * Loaded into a server before it starts (`--import`): counts the transactions that write on SQLite, and says how many
 * there were in the file `commits` of its data folder.
 */
let commits = 0;
let open = false;
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function counted(sql) {
  if (sql.startsWith("BEGIN")) open = true;
  if (sql === "COMMIT") commits += 1;
  if (sql === "COMMIT" || sql === "ROLLBACK") open = false;
  return exec.call(this, sql);
};
const run = StatementSync.prototype.run as (...values: unknown[]) => ReturnType<StatementSync["run"]>;
StatementSync.prototype.run = function counted(...values: unknown[]) {
  // A statement that writes by itself is a transaction, too.
  if (!open) commits += 1;
  return run.apply(this, values);
};
const file = join(process.env.CLEW_DATA ?? ".", "commits");
// Threads load this, too; what commits is the main one.
if (isMainThread) setInterval(() => writeFileSync(file, String(commits)), 100).unref();
