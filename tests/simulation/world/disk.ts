import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { connect, type Database, type Raw } from "@clew/server/testing/parts";
import type { Chance } from "./random.ts";
import { through } from "./through.ts";
import type { Timeline } from "./timeline.ts";

const TABLES = [
  "events",
  "conversations",
  "sessions",
  "agent_states",
  "deadlines",
  "effects",
  "customer_connections",
  "processes",
  "reconnect_links",
];

/** The one database of a world, which outlives its servers; and a reader of its own that sees only what is committed. */
export type Disk = { database: Database; committed: DatabaseSync; clear(): void; close(): Promise<void> };

/** A real SQLite file where memory is the disk. `without` names indexes to leave out. */
export async function openDisk(without: readonly string[] = []): Promise<Disk> {
  const folder = mkdtempSync(join(memoryFolder(), "clew-simulation-"));
  const database = await connect({ folder });
  const committed = new DatabaseSync(join(folder, "clew.db"));
  committed.exec("PRAGMA busy_timeout=1000");
  for (const index of without) committed.exec(`DROP INDEX ${index}`);
  // The first query sets the builder up, which takes a few turns more than the ones after it.
  await database.query.selectFrom("agent_states").selectAll().execute();
  await database.transaction((query) => query.selectFrom("agent_states").selectAll().execute());
  return {
    database,
    committed,
    clear() {
      const statements = TABLES.map((table) => `DELETE FROM ${table};`).join(" ");
      committed.exec(`BEGIN; ${statements} UPDATE counters SET value = 0; DELETE FROM sqlite_sequence; COMMIT`);
    },
    async close() {
      committed.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function memoryFolder(): string {
  try {
    rmSync(mkdtempSync("/dev/shm/clew-"), { recursive: true });
    return "/dev/shm";
  } catch {
    return tmpdir();
  }
}

/** Where a process dies: a moment before its next commit, or right after it, before anybody hears of it. */
export type CrashPoint = "before-commit" | "after-commit";

type ProcessInput = {
  disk: Disk;
  timeline: Timeline;
  chance: Chance;
  epoch: string;
  /** The process is alive: the dead hear no answers. */
  alive(): boolean;
  /** Where the process is to die, asked once a transaction. */
  crashPoint(): CrashPoint | null;
  crash(): void;
  /** A transaction was committed, a moment ago. */
  committed(): void;
};

const DIED = new Error("the process died");
const never = () => new Promise<never>(() => {});

/** The database as one server process has it: slow now and then, and gone for ever once the process has died. */
export function databaseOf(input: ProcessInput): Database {
  const { disk, timeline, chance, alive } = input;
  const { database } = disk;

  /** A pause as a busy disk or network makes it; most calls have none. */
  async function pause(probability: number): Promise<void> {
    if (chance.happens(probability)) await timeline.workFor(chance.between(1, 15));
  }
  async function outside<Value>(reading: Promise<Value>): Promise<Value> {
    const value = await reading;
    await pause(0.1);
    return alive() ? value : never();
  }
  async function inside<Value>(working: Promise<Value>): Promise<Value> {
    const value = await working;
    await pause(0.02);
    if (!alive()) throw DIED;
    return value;
  }

  return {
    ...database,
    epoch: input.epoch,
    query: database.query.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: ({ result }) => outside(Promise.resolve(result)),
    }),
    transaction: (work) => (alive() ? outside(database.transaction(work)) : never()),
    raw: through(database.raw, ({ sets }, run) => outside(run(sets))),
    async rawTransaction<Value>(work: (raw: Raw) => Promise<Value> | Value): Promise<Value> {
      await pause(0.1);
      if (!alive()) return never();
      const point = input.crashPoint();
      let value: Value;
      try {
        value = await database.rawTransaction(async (raw) => {
          const made = await work(through(raw, ({ sets }, run) => inside(run(sets))));
          await inside(pause(0.1));
          if (point !== "before-commit") return made;
          input.crash();
          throw DIED;
        });
      } catch (error) {
        if (error === DIED || !alive()) return never();
        throw error;
      }
      input.committed();
      if (point === "after-commit") input.crash();
      await pause(0.15);
      return alive() ? value : never();
    },
  };
}
