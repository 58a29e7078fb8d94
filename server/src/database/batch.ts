import type { Raw } from "./database.ts";
import type { Engine } from "./migrate.ts";

/** `change`: on PostgreSQL given as the distance from the newest change number, which the same transaction has just taken. */
type ColumnType = "text" | "bigint" | "integer" | "change";

const NEWEST = "(SELECT value FROM counters WHERE name = 'change')";

function fromNewest(type: ColumnType | undefined, text: string): string {
  return type === "change" ? `${NEWEST} - ${text}` : text;
}

/** Rows handed over as one array a column, as a table `new`. */
function given(columns: Record<string, ColumnType>): string {
  const arrays = Object.values(columns).map((type) => `?::${type === "change" ? "bigint" : type}[]`);
  return `unnest(${arrays.join(", ")}) AS new (${Object.keys(columns).join(", ")})`;
}

/** Texts by what they are made of: a message asks for a dozen of them, and prepared statements are found by theirs. */
function kept<Of extends { columns: object }>(textOf: (of: Of) => string): (of: Of) => string {
  const texts = new WeakMap<object, string>();
  return (of) => {
    let text = texts.get(of);
    if (text === undefined) {
      text = textOf(of);
      texts.set(of, text);
    }
    return text;
  };
}

type Into = { table: string; columns: Record<string, ColumnType>; conflict?: string };

const after = (clause: string | undefined) => (clause ? ` ${clause}` : "");

const insertOnSqlite = kept(({ table, columns, conflict }: Into) => {
  const names = Object.keys(columns);
  return `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})${after(conflict)}`;
});

const insertOnPostgres = kept(({ table, columns, conflict }: Into) => {
  const values = Object.entries(columns).map(([name, type]) => fromNewest(type, `new.${name}`));
  const names = Object.keys(columns).join(", ");
  return `INSERT INTO ${table} (${names}) SELECT ${values.join(", ")} FROM ${given(columns)}${after(conflict)}`;
});

const updateOnSqlite = kept(({ table, columns }: Into) => {
  const [key = "", ...names] = Object.keys(columns);
  return `UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(", ")} WHERE ${key} = ?`;
});

const updateOnPostgres = kept(({ table, columns }: Into) => {
  const [key = "", ...names] = Object.keys(columns);
  const set = names.map((name) => `${name} = ${fromNewest(columns[name], `new.${name}`)}`);
  return `UPDATE ${table} SET ${set.join(", ")} FROM ${given(columns)} WHERE ${table}.${key} = new.${key}`;
});

const engines = new Map<Engine, Batch>();

/**
 * Statements over many rows whose text does not depend on how many: one prepared statement each. SQLite takes them in a
 * loop (no round trip to save), PostgreSQL as arrays.
 */
export function batchOver(engine: Engine): Batch {
  let batch = engines.get(engine);
  if (!batch) {
    batch = makeBatch(engine);
    engines.set(engine, batch);
  }
  return batch;
}

export type Batch = ReturnType<typeof makeBatch>;

function makeBatch(engine: Engine) {
  return {
    engine,

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

    /** Inserts rows; `conflict` is the ON CONFLICT clause, when there is one. `into` had better be the same object always. */
    async insert(raw: Raw, into: Into, rows: readonly unknown[][]): Promise<void> {
      if (rows.length === 0) return;
      if (engine === "sqlite") {
        await raw.runEach(insertOnSqlite(into), rows);
        return;
      }
      const columns = Object.keys(into.columns).map((_, index) => rows.map((row) => row[index] ?? null));
      await raw.run(insertOnPostgres(into), columns);
    },

    /** Sets columns of rows that are there; the first column is the key. */
    async update(raw: Raw, into: Into, rows: readonly unknown[][]): Promise<void> {
      if (rows.length === 0) return;
      if (engine === "sqlite") {
        await raw.runEach(
          updateOnSqlite(into),
          rows.map(([id, ...rest]) => [...rest, id]),
        );
        return;
      }
      await raw.run(
        updateOnPostgres(into),
        Object.keys(into.columns).map((_, index) => rows.map((row) => row[index] ?? null)),
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
