import type { Database, Raw } from "@clew/server/testing/parts";
import { through } from "./through.ts";

/**
 * The store as several server processes share it. The product does that on PostgreSQL only, so the few statements that
 * it words for PostgreSQL are carried out on SQLite here, one transaction at a time; the states are read anew by each.
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
    const ids = /^(SELECT .+ WHERE \S+ = )ANY\(\?::text\[\]\)/s.exec(sql);
    if (ids)
      return raw.allEach(
        `${ids[1]}?`,
        (parameters[0] as string[]).map((id) => [id]),
      ) as never;
    const insert = /^(INSERT INTO \S+ \(.+?\)) SELECT \* FROM unnest\((.+?)\)( ON .+)?$/s.exec(sql);
    if (insert) {
      const marks = parameters.map(() => "?").join(", ");
      await raw.runEach(`${insert[1]} VALUES (${marks})${insert[3] ?? ""}`, rowsOf(parameters));
      return { changes: 0 } as never;
    }
    const update = /^UPDATE (\S+) SET .+ AS new \((\S+?), (.+?)\) WHERE/s.exec(sql);
    if (update) {
      const set = (update[3] as string).split(", ").map((name) => `${name} = ?`);
      const rows = rowsOf(parameters).map(([key, ...rest]) => [...rest, key]);
      await raw.runEach(`UPDATE ${update[1]} SET ${set.join(", ")} WHERE ${update[2]} = ?`, rows);
      return { changes: 0 } as never;
    }
    return run(sets);
  });
}

/** Parameters as PostgreSQL gets them, an array a column, as rows. */
function rowsOf(columns: readonly unknown[]): unknown[][] {
  const [first = []] = columns as unknown[][];
  return first.map((_, row) => columns.map((column) => (column as unknown[])[row]));
}
