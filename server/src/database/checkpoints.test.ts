import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { checkpointsBeside } from "./checkpoints.ts";

const OFTEN = { every: 10, pages: 20 };

test("[D17] what was written is copied into the file while the writer goes on", async () => {
  await withStore(async ({ file, writer, reader, held }) => {
    const checkpoints = checkpointsBeside(file, reader, OFTEN);
    try {
      write(writer, 100);
      expect(held().checkpointed).toBe(0);
      await eventually(() => held().log - held().checkpointed).toBe(0);
      // Once the thread has let go, whoever writes next begins at the start of the log again: it does not grow.
      await eventually(() => {
        write(writer, 1);
        return held().log;
      }).toBeLessThan(20);
      const [{ rows }] = reader.prepare("SELECT count(*) AS rows FROM things").all() as [{ rows: number }];
      write(writer, 100);
      await eventually(() => held().log - held().checkpointed).toBe(0);
      expect(reader.prepare("SELECT count(*) AS rows FROM things").get()).toEqual({ rows: rows + 100 });
    } finally {
      await checkpoints.close();
    }
  });
});

test("[D17] little is left in the log, for it is not worth a turn of the disk", async () => {
  await withStore(async ({ file, writer, reader, held }) => {
    let looks = 0;
    const statement = reader.prepare("PRAGMA wal_checkpoint(NOOP)");
    const look = () => {
      looks += 1;
      return statement.get();
    };
    const looking = { prepare: () => ({ get: look }) } as unknown as DatabaseSync;
    const checkpoints = checkpointsBeside(file, looking, OFTEN);
    try {
      write(writer, 2);
      await eventually(() => looks).toBeGreaterThan(5);
      expect(held().checkpointed).toBe(0);
    } finally {
      await checkpoints.close();
    }
  });
});

test("[D17] a thread that cannot run is told once, and the store goes on without", async () => {
  await withStore(async ({ folder, writer, reader, held }) => {
    const nowhere = join(folder, "a-folder");
    await mkdir(nowhere);
    const warned = once(process, "warning");
    const checkpoints = checkpointsBeside(nowhere, reader, OFTEN);
    try {
      write(writer, 100);
      const [warning] = (await warned) as [Error];
      expect(warning.message).toContain("checkpoints are made by the serving thread from now on");
      writer.exec("PRAGMA wal_autocheckpoint=20");
      write(writer, 1);
      expect(held().checkpointed).toBe(held().log);
    } finally {
      await checkpoints.close();
    }
  });
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
