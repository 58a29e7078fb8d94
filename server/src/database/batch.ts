import type { Raw } from "./database.ts";
import type { Engine } from "./migrate.ts";

type ColumnType = "text" | "bigint" | "integer";

/**
 * Statements over many rows whose text does not depend on how many: one prepared statement each. SQLite takes them in a
 * loop (no round trip to save), PostgreSQL as arrays.
 */
export function batchOver(engine: Engine) {
  return {
    /** Rows whose `column` is one of `ids`, `select` being everything before WHERE; locked in id order on PostgreSQL. */
    async byIds<Row>(
      raw: Raw,
      query: { select: string; column: string; lock?: boolean },
      ids: readonly string[],
    ): Promise<Row[]> {
      if (ids.length === 0) return [];
      const sorted = [...new Set(ids)].sort();
      if (engine === "postgres") {
        const lock = query.lock ? " FOR UPDATE" : "";
        return raw.all<Row>(`${query.select} WHERE ${query.column} = ANY(?::text[]) ORDER BY ${query.column}${lock}`, [
          sorted,
        ]);
      }
      return raw.allEach<Row>(
        `${query.select} WHERE ${query.column} = ?`,
        sorted.map((id) => [id]),
      );
    },

    /** Inserts rows; `conflict` is the ON CONFLICT clause, when there is one. */
    async insert(
      raw: Raw,
      into: { table: string; columns: Record<string, ColumnType>; conflict?: string },
      rows: readonly unknown[][],
    ): Promise<void> {
      if (rows.length === 0) return;
      const names = Object.keys(into.columns);
      const head = `INSERT INTO ${into.table} (${names.join(", ")})`;
      const tail = into.conflict ? ` ${into.conflict}` : "";
      if (engine === "sqlite") {
        const sql = `${head} VALUES (${names.map(() => "?").join(", ")})${tail}`;
        await raw.runEach(sql, rows);
        return;
      }
      const arrays = Object.values(into.columns).map((type) => `?::${type}[]`);
      const columns = names.map((_, index) => rows.map((row) => row[index] ?? null));
      await raw.run(`${head} SELECT * FROM unnest(${arrays.join(", ")})${tail}`, columns);
    },

    /** Sets columns of rows that are there; the first column is the key. */
    async update(
      raw: Raw,
      into: { table: string; columns: Record<string, ColumnType> },
      rows: readonly unknown[][],
    ): Promise<void> {
      if (rows.length === 0) return;
      const [key = "", ...names] = Object.keys(into.columns);
      if (engine === "sqlite") {
        const sql = `UPDATE ${into.table} SET ${names.map((name) => `${name} = ?`).join(", ")} WHERE ${key} = ?`;
        await raw.runEach(
          sql,
          rows.map(([id, ...rest]) => [...rest, id]),
        );
        return;
      }
      const arrays = Object.values(into.columns).map((type) => `?::${type}[]`);
      const set = names.map((name) => `${name} = new.${name}`);
      await raw.run(
        `UPDATE ${into.table} SET ${set.join(", ")} FROM unnest(${arrays.join(", ")}) AS new (${[key, ...names].join(", ")}) WHERE ${into.table}.${key} = new.${key}`,
        [key, ...names].map((_, index) => rows.map((row) => row[index] ?? null)),
      );
    },
  };
}

export type Batch = ReturnType<typeof batchOver>;
