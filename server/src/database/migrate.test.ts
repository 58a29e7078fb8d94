import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ENGINES, openDoor } from "../testing/store.ts";

const SNAPSHOT = join(import.meta.dirname, "../../migrations/schema.sql");

describe.each(ENGINES)("migrations on %s", (engine) => {
  test("[D12] a store that is up to date is left as it is, also when two processes open it", async () => {
    const here = await openDoor(engine);
    const there = await here.another();
    try {
      const names = await here.database.raw.all<{ name: string }>("SELECT name FROM migrations ORDER BY name");
      expect(names.map((row) => row.name.slice(0, 4))).toEqual(
        names.map((_, index) => `${index + 1}`.padStart(4, "0")),
      );
      expect(there.database.epoch).toBe(here.database.epoch);
    } finally {
      await there.database.close();
      await here.close();
    }
  });
});

test("[D13] all migrations together make the schema that is written down", async () => {
  const here = await openDoor("sqlite");
  try {
    const rows = await here.database.raw.all<{ sql: string }>(
      "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name",
    );
    const schema = `-- What all migrations make, on SQLite. Renewed by UPDATE_SCHEMA=1; a change shows in review.\n\n${rows.map((row) => `${row.sql};`).join("\n\n")}\n`;
    if (process.env.UPDATE_SCHEMA) writeFileSync(SNAPSHOT, schema);
    expect(readFileSync(SNAPSHOT, "utf8")).toBe(schema);
  } finally {
    await here.close();
  }
});
