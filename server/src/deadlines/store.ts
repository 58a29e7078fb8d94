import type { Database } from "../database/database.ts";

export type DueRow = { about: string; kind: string; due_at: number };

export function deadlineStore(database: Database) {
  return {
    /** Rows that are due, the oldest first. */
    due(now: number, limit: number): Promise<DueRow[]> {
      return database.raw.all<DueRow>(
        "SELECT about, kind, due_at FROM deadlines WHERE due_at <= ? ORDER BY due_at LIMIT ?",
        [now, limit],
      );
    },
    /** When the next one is due; null when there is none. */
    async next(): Promise<number | null> {
      const [row] = await database.raw.all<{ due_at: number }>("SELECT due_at FROM deadlines ORDER BY due_at LIMIT 1");
      return row?.due_at ?? null;
    },
    /** Takes a row away whose subject is gone or asks for nothing more. */
    async drop(row: DueRow): Promise<void> {
      await database.raw.run("DELETE FROM deadlines WHERE about = ? AND kind = ? AND due_at = ?", [
        row.about,
        row.kind,
        row.due_at,
      ]);
    },
  };
}

export type DeadlineStore = ReturnType<typeof deadlineStore>;
