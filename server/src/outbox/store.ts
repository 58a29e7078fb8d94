import type { Database } from "../database/database.ts";

export type DueEffect = { id: string; kind: string; payload: string; attempts: number };

/** How an attempt ended at `at`. `again`: when it is tried once more; null: never. */
export type Finished = { id: string; outcome: string; at: number; again: number | null };

export function outboxStore(database: Database) {
  return {
    /**
     * Takes effects that are due for this process until `until`: another process leaves them alone so long, and takes
     * them over if this one dies.
     */
    async claim(now: number, until: number, limit: number): Promise<DueEffect[]> {
      const skip = database.engine === "postgres" ? " FOR UPDATE SKIP LOCKED" : "";
      return database.rawTransaction(async (raw) => {
        const due = await raw.all<DueEffect>(
          `SELECT id, kind, payload, attempts FROM effects WHERE done_at IS NULL AND due_at <= ? ORDER BY due_at, id LIMIT ?${skip}`,
          [now, limit],
        );
        for (const { id } of due)
          await raw.run("UPDATE effects SET due_at = ?, attempts = attempts + 1 WHERE id = ?", [until, id]);
        return due;
      });
    },
    /** Writes an effect down outside the door, for what no conversation's state follows from. */
    async add(effect: { id: string; kind: string; payload: unknown; dueAt: number }): Promise<void> {
      const { id, kind, payload, dueAt } = effect;
      const row = {
        id,
        kind,
        payload: JSON.stringify(payload),
        due_at: dueAt,
        attempts: 0,
        outcome: null,
        done_at: null,
      };
      await database.query.insertInto("effects").values(row).execute();
    },
    /** What came of effects, in one transaction. What was to be said is not kept once it was said. */
    async finish(all: readonly Finished[]): Promise<void> {
      const done = all.filter(({ again }) => again === null);
      const later = all.filter(({ again }) => again !== null);
      await database.rawTransaction(async (raw) => {
        await raw.runEach(
          "UPDATE effects SET outcome = ?, done_at = ?, payload = '{}' WHERE id = ?",
          done.map(({ id, outcome, at }) => [outcome, at, id]),
        );
        await raw.runEach(
          "UPDATE effects SET outcome = ?, due_at = ? WHERE id = ?",
          later.map(({ id, outcome, again }) => [outcome, again, id]),
        );
      });
    },
  };
}

export type OutboxStore = ReturnType<typeof outboxStore>;
