import type { Raw } from "../database/database.ts";
import type { Engine } from "../database/migrate.ts";

/** The numbers of the changes of one transaction. `behind`: how many changes of the same transaction come after it. */
export type ChangeNumbers = {
  /** What the column `change` of a row is written from. */
  column(behind: number): number;
  /** Takes the numbers; the newest of them. */
  take(): Promise<number>;
};

/**
 * Numbers for `count` changes, in the order of commits. SQLite has one writer, so they follow the newest number there is,
 * which costs no page of its own. PostgreSQL counts in a row whose lock keeps the order; it is taken late, so that it is
 * held for as short as can be, and rows are written by their distance from it.
 */
export async function changeNumbers(raw: Raw, engine: Engine, count: number): Promise<ChangeNumbers> {
  if (count === 0) return { column: () => 0, take: async () => 0 };
  if (engine === "sqlite") {
    const newest = (await lastChange(raw)) + count;
    return { column: (behind) => newest - behind, take: async () => newest };
  }
  const counted = "UPDATE counters SET value = value + ? WHERE name = 'change' RETURNING value";
  return {
    column: (behind) => behind,
    async take() {
      const [counter] = await raw.all<{ value: number }>(counted, [count]);
      return counter?.value ?? 0;
    },
  };
}

/** The number of the newest change, 0 when there is none. Conversations are never deleted, so it never falls. */
export async function lastChange(raw: Pick<Raw, "all">): Promise<number> {
  const [row] = await raw.all<{ value: number | null }>("SELECT max(change) AS value FROM conversations");
  return row?.value ?? 0;
}
