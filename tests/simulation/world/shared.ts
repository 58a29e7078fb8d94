import type { Database, Raw } from "@clew/server/testing/parts";
import { through } from "./through.ts";

/**
 * The store as several server processes share it. The product does that on PostgreSQL only, so the few statements that
 * it words for PostgreSQL are carried out on SQLite here, one transaction at a time.
 */
export function sharedBySeveral(database: Database): Database {
  return {
    ...database,
    engine: "postgres",
    raw: inSqlite(database.raw),
    rawTransaction: (work) => database.rawTransaction((raw) => work(inSqlite(raw))),
  };
}

function inSqlite(raw: Raw): Raw {
  return through(raw, async ({ sql, sets }, run) => {
    const [parameters = []] = sets;
    if (sql.includes("pg_advisory_xact_lock")) return [] as never;
    if (sql.includes("AS known (id, change)")) {
      const [ids, known] = parameters as [string[], number[]];
      const rows = await raw.allEach<{ id: string; change: number; state: string | null }>(
        "SELECT id, change, state FROM conversations WHERE id = ?",
        ids.map((id) => [id]),
      );
      // Rows come in the order of the ids; one that is not there leaves no place.
      return rows.map((row) => (row.change === known[ids.indexOf(row.id)] ? { ...row, state: null } : row)) as never;
    }
    const ids = /^(SELECT .+ WHERE \S+ = )ANY\(\?::text\[\]\)/s.exec(sql);
    if (ids)
      return raw.allEach(
        `${ids[1]}?`,
        (parameters[0] as string[]).map((id) => [id]),
      ) as never;
    const insert = /^(INSERT INTO \S+ \(.+?\)) SELECT (.+) FROM unnest\(.+?\) AS new \(.+?\)( ON .+)?$/s.exec(sql);
    if (insert) {
      const [, head, values = "", tail = ""] = insert;
      await raw.runEach(`${head} VALUES (${marked(values)})${tail}`, rowsOf(parameters));
      return { changes: 0 } as never;
    }
    const update = /^UPDATE (\S+) SET (.+) FROM unnest\(.+?\) AS new \((\S+?), .+?\) WHERE/s.exec(sql);
    if (update) {
      const [, table, values = "", key] = update;
      const rows = rowsOf(parameters).map(([id, ...rest]) => [...rest, id]);
      await raw.runEach(`UPDATE ${table} SET ${marked(values)} WHERE ${key} = ?`, rows);
      return { changes: 0 } as never;
    }
    return run(sets);
  });
}

/** Columns of the rows handed over become parameters, in their order. */
function marked(values: string): string {
  return values.replace(/new\.\w+/g, "?");
}

/** Parameters as PostgreSQL gets them, an array a column, as rows. */
function rowsOf(columns: readonly unknown[]): unknown[][] {
  const [first = []] = columns as unknown[][];
  return first.map((_, row) => columns.map((column) => (column as unknown[])[row]));
}
