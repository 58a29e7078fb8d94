import { describe, expect, test } from "vitest";
import { ENGINES, openDoor } from "../testing/store.ts";
import type { Raw } from "./database.ts";

const INSERT = "INSERT INTO meta (key, value) VALUES (?, ?)";

describe.each(ENGINES)("a transaction on %s", (engine) => {
  test("statements asked for at once are carried out in their order", async () => {
    const { database, close } = await openDoor(engine);
    try {
      const [, rows] = await database.rawTransaction((raw) =>
        Promise.all([
          raw.run(INSERT, ["a", "1"]),
          raw.all<{ value: string }>("SELECT value FROM meta WHERE key = ?", ["a"]),
          raw.run("UPDATE meta SET value = ? WHERE key = ?", ["2", "a"]),
        ]),
      );
      expect(rows).toEqual([{ value: "1" }]);
      expect(await database.raw.all("SELECT value FROM meta WHERE key = 'a'")).toEqual([{ value: "2" }]);
    } finally {
      await close();
    }
  });

  test("when one of them fails nothing is kept, and what would come after it is not carried out elsewhere", async () => {
    const { database, close } = await openDoor(engine);
    try {
      let late: Raw | undefined;
      const failing = database.rawTransaction((raw) => {
        late = raw;
        return Promise.all([raw.run(INSERT, ["a", "1"]), raw.run(INSERT, ["epoch", "2"]), raw.run(INSERT, ["b", "3"])]);
      });
      await expect(failing).rejects.toThrow();
      await expect(late?.run(INSERT, ["c", "4"])).rejects.toThrow("the transaction is over");
      expect(await database.raw.all("SELECT key FROM meta WHERE key <> 'epoch'")).toEqual([]);
      await database.rawTransaction((raw) => raw.run(INSERT, ["d", "5"]));
      expect(await database.raw.all("SELECT key FROM meta WHERE key <> 'epoch'")).toEqual([{ key: "d" }]);
    } finally {
      await close();
    }
  });

  test("a failure that the work swallows is no commit", async () => {
    const { database, close } = await openDoor(engine);
    try {
      const swallowing = database.rawTransaction(async (raw) => {
        await raw.run(INSERT, ["a", "1"]);
        await raw.run(INSERT, ["epoch", "2"]).catch(() => undefined);
      });
      const kept = await swallowing.then(
        () => true,
        () => false,
      );
      const rows = await database.raw.all("SELECT key FROM meta WHERE key = 'a'");
      expect(rows.length > 0).toBe(kept);
    } finally {
      await close();
    }
  });
});
