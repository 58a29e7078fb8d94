import type { Raw } from "./database.ts";
import type { Engine } from "./migrate.ts";

/** `change`: given as the distance from the newest change number, which the same transaction has just taken. */
type ColumnType = "text" | "bigint" | "integer" | "change";

const NEWEST = "(SELECT value FROM counters WHERE name = 'change')";

function written(type: ColumnType | undefined, text: string): string {
  return type === "change" ? `${NEWEST} - ${text}` : text;
}

/** Rows handed over as one array a column, as a table `new`. */
function given(columns: Record<string, ColumnType>): string {
  const arrays = Object.values(columns).map((type) => `?::${type === "change" ? "bigint" : type}[]`);
  return `unnest(${arrays.join(", ")}) AS new (${Object.keys(columns).join(", ")})`;
}

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
        const marks = Object.values(into.columns).map((type) => written(type, "?"));
        const sql = `${head} VALUES (${marks.join(", ")})${tail}`;
        await raw.runEach(sql, rows);
        return;
      }
      const columns = names.map((_, index) => rows.map((row) => row[index] ?? null));
      const values = Object.entries(into.columns).map(([name, type]) => written(type, `new.${name}`));
      await raw.run(`${head} SELECT ${values.join(", ")} FROM ${given(into.columns)}${tail}`, columns);
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
        const sql = `UPDATE ${into.table} SET ${names.map((name) => `${name} = ${written(into.columns[name], "?")}`).join(", ")} WHERE ${key} = ?`;
        await raw.runEach(
          sql,
          rows.map(([id, ...rest]) => [...rest, id]),
        );
        return;
      }
      const set = names.map((name) => `${name} = ${written(into.columns[name], `new.${name}`)}`);
      await raw.run(
        `UPDATE ${into.table} SET ${set.join(", ")} FROM ${given(into.columns)} WHERE ${into.table}.${key} = new.${key}`,
        [key, ...names].map((_, index) => rows.map((row) => row[index] ?? null)),
      );
    },

    /** Deletes the rows whose `column` is one of `ids`. */
    async remove(raw: Raw, from: { table: string; column: string }, ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return;
      const head = `DELETE FROM ${from.table} WHERE ${from.column}`;
      if (engine === "postgres") await raw.run(`${head} = ANY(?::text[])`, [ids]);
      else
        await raw.runEach(
          `${head} = ?`,
          ids.map((id) => [id]),
        );
    },
  };
}

export type Batch = ReturnType<typeof batchOver>;
