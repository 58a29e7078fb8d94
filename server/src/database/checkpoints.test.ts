import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { checkpointsBeside } from "./checkpoints.ts";
import { openSqlite } from "./sqlite.ts";

/** Looks each time. */
const OFTEN = { apart: 0, pages: 20, now: () => 0 };

test("[D17] what was written is copied into the file while the writer goes on", async () => {
  await withStore(async ({ file, writer, reader, held }) => {
    const checkpoints = checkpointsBeside(file, { writer, reader }, OFTEN);
    try {
      write(writer, 100);
      expect(held().checkpointed).toBe(0);
      checkpoints.committed();
      await eventually(() => held().log - held().checkpointed).toBe(0);
      // Once the thread has let go, whoever writes next begins at the start of the log again: it does not grow.
      await eventually(() => {
        write(writer, 1);
        return held().log;
      }).toBeLessThan(20);
      const [{ rows }] = reader.prepare("SELECT count(*) AS rows FROM things").all() as [{ rows: number }];
      write(writer, 100);
      await eventually(() => {
        checkpoints.committed();
        return held().log - held().checkpointed;
      }).toBe(0);
      expect(reader.prepare("SELECT count(*) AS rows FROM things").get()).toEqual({ rows: rows + 100 });
    } finally {
      await checkpoints.close();
    }
  });
});

test("[D17] what is written while the thread copies is copied by the writer, so that the log begins anew under load, too", async () => {
  await withStore(async ({ file, writer, reader, held }) => {
    const checkpoints = checkpointsBeside(file, { writer, reader }, OFTEN);
    try {
      write(writer, 100);
      checkpoints.committed();
      await eventually(() => held().checkpointed).toBeGreaterThan(0);
      await eventually(() => {
        write(writer, 1);
        checkpoints.committed();
        return held().log - held().checkpointed;
      }).toBe(0);
      write(writer, 1);
      expect(held().log).toBeLessThan(20);
    } finally {
      await checkpoints.close();
    }
  });
});

test("[D17] it is looked now and then, and little is left where it is", async () => {
  await withStore(async ({ file, writer, reader, held }) => {
    let looks = 0;
    const look = () => {
      looks += 1;
      return held();
    };
    const looking = { prepare: () => ({ get: look }) } as unknown as typeof reader;
    let now = 0;
    const checkpoints = checkpointsBeside(
      file,
      { writer, reader: looking },
      { apart: 1000, pages: 20, now: () => now },
    );
    try {
      write(writer, 2);
      for (now = 0; now < 5000; now += 10) checkpoints.committed();
      expect(looks).toBe(4);
      write(writer, 100);
      now = 5000;
      checkpoints.committed();
      await eventually(() => held().log - held().checkpointed).toBe(0);
      expect(looks).toBe(5);
    } finally {
      await checkpoints.close();
    }
  });
});

test("[D17] a thread that cannot run is told once, and the store goes on without", async () => {
  await withStore(async ({ folder, writer, reader, held }) => {
    const nowhere = join(folder, "no-store");
    await writeFile(nowhere, "This is no store.".repeat(1000));
    const warnings: string[] = [];
    const hear = ({ message }: Error) => warnings.push(message);
    process.on("warning", hear);
    const checkpoints = checkpointsBeside(nowhere, { writer, reader }, OFTEN);
    try {
      write(writer, 100);
      checkpoints.committed();
      const told = () => warnings.filter((text) => text.includes("checkpoints are made by the serving thread"));
      await eventually(() => told().length).toBe(1);
      writer.exec("PRAGMA wal_autocheckpoint=20");
      write(writer, 1);
      checkpoints.committed();
      expect(held().checkpointed).toBe(held().log);
      expect(told()).toHaveLength(1);
    } finally {
      process.off("warning", hear);
      await checkpoints.close();
    }
  });
});

test("[D17] a store that is written to looks after its own log", async () => {
  const folder = await mkdtemp(join(tmpdir(), "clew-checkpoints-"));
  const store = openSqlite(join(folder, "clew.db"), { apart: 0, pages: 20, now: () => 0 });
  try {
    store.script("CREATE TABLE things (text TEXT)");
    const insert = (row: number) => store.raw.run("INSERT INTO things (text) VALUES (?)", [`${row}`.repeat(3000)]);
    for (let row = 0; row < 100; row += 1) await insert(row);
    const held = new DatabaseSync(join(folder, "clew.db"));
    const state = () => held.prepare("PRAGMA wal_checkpoint(NOOP)").get() as { log: number; checkpointed: number };
    const none = state();
    expect(none.checkpointed).toBe(0);
    await store.rawTransaction(async (raw) => raw.run("INSERT INTO things (text) VALUES ('last')"));
    await eventually(() => state().checkpointed).toBeGreaterThan(none.log);
    held.close();
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
});

type Store = {
  folder: string;
  file: string;
  writer: DatabaseSync;
  reader: DatabaseSync;
  held(): { log: number; checkpointed: number };
};

/** A store whose writer copies nothing by itself. */
async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "clew-checkpoints-"));
  const file = join(folder, "clew.db");
  const writer = new DatabaseSync(file);
  writer.exec("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE things (text TEXT)");
  const reader = new DatabaseSync(file);
  const noop = reader.prepare("PRAGMA wal_checkpoint(NOOP)");
  const held = () => noop.get() as { log: number; checkpointed: number };
  try {
    await work({ folder, file, writer, reader, held });
  } finally {
    reader.close();
    writer.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function write(writer: DatabaseSync, rows: number): void {
  const insert = writer.prepare("INSERT INTO things (text) VALUES (?)");
  for (let row = 0; row < rows; row += 1) insert.run("x".repeat(3000));
}
