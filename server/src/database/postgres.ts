import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Raw } from "./database.ts";

// Our integers are milliseconds and counters, all below 2^53: numbers, not the strings that `pg` gives by default.
pg.types.setTypeParser(20, Number);
pg.types.setTypeParser(1700, Number);

/**
 * PostgreSQL refuses NUL in texts, which anybody may send and nobody needs: it is stored as the replacement character. In
 * JSON columns it is escaped and stays what it is.
 */
function storable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(storable);
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;
}

class Client extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the forms in which `pg` takes a query are many; only the values matter here
  override query(config: any, values?: any, callback?: any): any {
    const clean = Array.isArray(values) ? values.map(storable) : values;
    if (config !== null && typeof config === "object" && Array.isArray(config.values))
      config.values = config.values.map(storable);
    return super.query(config, clean, callback);
  }
}

/** PostgreSQL through a pool of `pg`. READ COMMITTED with explicit row locks; the hot statements are named and prepared. */
export function openPostgres(url: string, poolSize = 10) {
  const settings = { connectionString: url, max: poolSize, application_name: "clew", Client };
  // Statements go out as they are asked for, without waiting for the answer to the one before; the server takes them in order.
  const pool = new pg.Pool({ ...settings, pipeline: true } as pg.PoolConfig);
  pool.on("error", () => {
    // An idle connection died (the server restarted). The pool replaces it; whoever uses one meets the error itself.
  });
  const query = new Kysely<never>({ dialect: new PostgresDialect({ pool }) });
  return {
    query,
    raw: rawOver(pool),
    async rawTransaction<T>(work: (raw: Raw) => Promise<T> | T): Promise<T> {
      const connection = await pool.connect();
      let broken: Error | undefined;
      let open = true;
      try {
        const begun = connection.query("BEGIN");
        // Its failure is met below; until then whatever went out behind it fails as well.
        begun.catch(() => undefined);
        const result = await work(
          rawOver({
            // A statement that comes after another one of the work has failed must not run outside the transaction.
            query: (asked) => (open ? connection.query(asked) : Promise.reject(new Error("the transaction is over"))),
          }),
        );
        await begun;
        open = false;
        const { command } = await connection.query("COMMIT");
        if (command !== "COMMIT") throw new Error("the transaction had failed, nothing was committed");
        return result;
      } catch (error) {
        open = false;
        await connection.query("ROLLBACK").catch((failed: Error) => {
          broken = failed;
        });
        throw error;
      } finally {
        connection.release(broken);
      }
    },
    async script(sql: string) {
      await pool.query(sql);
    },
    /** A connection of its own outside the pool, for LISTEN. */
    async listener() {
      const client = new pg.Client({ connectionString: url, application_name: "clew-listener" });
      await client.connect();
      return client;
    },
    async close() {
      await query.destroy();
      // Kysely ends the pool only if it has used it.
      if (!pool.ending) await pool.end();
    },
  };
}

const numbered = new Map<string, { text: string; name: string }>();

/** `?` becomes `$1`, `$2`, …; every text gets a name, so that the server plans it once a connection. */
function statement(sql: string) {
  let known = numbered.get(sql);
  if (!known) {
    let count = 0;
    known = { text: sql.replace(/\?/g, () => `$${++count}`), name: `s${numbered.size}` };
    if (numbered.size > 5000) numbered.clear();
    numbered.set(sql, known);
  }
  return known;
}

type Asked = { text: string; name: string; values: unknown[] };

function rawOver(connection: { query(asked: Asked): Promise<pg.QueryResult> }): Raw {
  const raw: Raw = {
    async all<Row>(sql: string, parameters: readonly unknown[] = []) {
      const result = await connection.query({ ...statement(sql), values: [...parameters] });
      return result.rows as Row[];
    },
    async run(sql, parameters = []) {
      const result = await connection.query({ ...statement(sql), values: [...parameters] });
      return { changes: result.rowCount ?? 0 };
    },
    async allEach<Row>(sql: string, sets: readonly (readonly unknown[])[]) {
      const rows: Row[] = [];
      for (const parameters of sets) rows.push(...(await raw.all<Row>(sql, parameters)));
      return rows;
    },
    async runEach(sql, sets) {
      for (const parameters of sets) await raw.run(sql, parameters);
    },
  };
  return raw;
}
