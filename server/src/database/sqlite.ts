import { DatabaseSync, type StatementSync } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { checkpointsBeside, type Looks } from "./checkpoints.ts";
import type { Raw } from "./database.ts";
import { Turn } from "./turn.ts";

type Value = null | number | bigint | string | Uint8Array;

/**
 * SQLite through `node:sqlite`: WAL and `synchronous=FULL`, one writer. Two connections to the same file: everything that
 * writes takes its turn on `writer`; reads outside a transaction go to `reader`, so that nobody sees what a transaction in
 * progress has not committed.
 */
export function openSqlite(file: string, looks?: Looks) {
  const writer = new DatabaseSync(file);
  writer.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000");
  // In pages: 128 MB. This checkpoint holds up everybody, so it is only the net below those of `checkpoints.ts`: for the
  // most that a disk can take, where the thread does not follow (bench/RESULTS.md, message-latency).
  writer.exec("PRAGMA wal_autocheckpoint=32000; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY");
  const reader = new DatabaseSync(file);
  reader.exec("PRAGMA busy_timeout=10000; PRAGMA query_only=ON; PRAGMA cache_size=-32768");
  const checkpoints = checkpointsBeside(file, { writer, reader }, looks);
  const turn = new Turn();
  const onWriter = prepared(writer);
  const onReader = prepared(reader);

  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const leave = await turn.take();
    try {
      return await work();
    } finally {
      leave();
    }
  };

  const query = new Kysely<never>({
    dialect: {
      createAdapter: () => new TwoConnectionAdapter(),
      createDriver: () => new SqliteDriver({ turn, onWriter, onReader, writer, committed: checkpoints.committed }),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });

  return {
    query,
    raw: {
      ...rawOver(onReader),
      run: (sql, parameters) => alone(() => rawOver(onWriter).run(sql, parameters)),
      runEach: (sql, sets) => alone(() => rawOver(onWriter).runEach(sql, sets)),
    } satisfies Raw,
    async rawTransaction<T>(work: (raw: Raw) => Promise<T> | T): Promise<T> {
      const leave = await turn.take();
      let open = true;
      // A statement that comes after another one of the work has failed must not run in somebody else's transaction.
      const within: Prepared = (sql) => {
        if (!open) throw new Error("the transaction is over");
        return onWriter(sql);
      };
      try {
        writer.exec("BEGIN IMMEDIATE");
        try {
          const result = await work(rawOver(within));
          open = false;
          writer.exec("COMMIT");
          checkpoints.committed();
          return result;
        } catch (error) {
          open = false;
          writer.exec("ROLLBACK");
          throw error;
        }
      } finally {
        leave();
      }
    },
    /** Runs a script of several statements, for migrations. */
    script(sql: string) {
      writer.exec(sql);
    },
    async close() {
      const leave = await turn.take();
      await query.destroy();
      await checkpoints.close();
      reader.close();
      writer.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      writer.close();
      checkpoints.closed();
      leave();
    },
  };
}

type Prepared = (sql: string) => StatementSync;

/** Prepared statements by their text; the hot ones are few, so the cache is only guarded against unbounded lists. */
function prepared(database: DatabaseSync): Prepared {
  const cache = new Map<string, StatementSync>();
  return (sql) => {
    const known = cache.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    if (cache.size > 500) cache.clear();
    cache.set(sql, statement);
    return statement;
  };
}

/** Parameters as SQLite takes them; mostly they are that already, and then they are not copied. */
function values(parameters: readonly unknown[]): readonly Value[] {
  const fit = parameters.every((value) => typeof value !== "boolean" && value !== undefined);
  return (fit ? parameters : parameters.map(asValue)) as readonly Value[];
}

function asValue(value: unknown): unknown {
  return typeof value === "boolean" ? Number(value) : (value ?? null);
}

function rawOver(statementOf: Prepared): Raw {
  return {
    async all<Row>(sql: string, parameters: readonly unknown[] = []) {
      return statementOf(sql).all(...values(parameters)) as Row[];
    },
    async run(sql, parameters = []) {
      return { changes: Number(statementOf(sql).run(...values(parameters)).changes) };
    },
    async allEach<Row>(sql: string, sets: readonly (readonly unknown[])[]) {
      const statement = statementOf(sql);
      const rows: Row[] = [];
      for (const parameters of sets) rows.push(...(statement.all(...values(parameters)) as Row[]));
      return rows;
    },
    async runEach(sql, sets) {
      const statement = statementOf(sql);
      for (const parameters of sets) statement.run(...values(parameters));
    },
  };
}

/** Kysely would otherwise give out one connection at a time, and a read inside a transaction's work would wait for ever. */
class TwoConnectionAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

type Parts = { turn: Turn; onWriter: Prepared; onReader: Prepared; writer: DatabaseSync; committed(): void };

class SqliteDriver implements Driver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async init() {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new SqliteConnection(this.#parts);
  }

  async beginTransaction(connection: SqliteConnection) {
    await connection.begin();
  }

  async commitTransaction(connection: SqliteConnection) {
    connection.finish("COMMIT");
  }

  async rollbackTransaction(connection: SqliteConnection) {
    connection.finish("ROLLBACK");
  }

  async releaseConnection() {}

  async destroy() {}
}

class SqliteConnection implements DatabaseConnection {
  readonly #parts: Parts;
  #leave: (() => void) | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async begin() {
    const leave = await this.#parts.turn.take();
    try {
      this.#parts.writer.exec("BEGIN IMMEDIATE");
      this.#leave = leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  finish(how: "COMMIT" | "ROLLBACK") {
    try {
      this.#parts.writer.exec(how);
      this.#parts.committed();
    } finally {
      this.#leave?.();
      this.#leave = null;
    }
  }

  async executeQuery<R>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#leave) return run<R>(this.#parts.onWriter, sql, parameters);
    if (query.kind === "SelectQueryNode") return run<R>(this.#parts.onReader, sql, parameters);
    const leave = await this.#parts.turn.take();
    try {
      return run<R>(this.#parts.onWriter, sql, parameters);
    } finally {
      leave();
    }
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator; nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("streaming is not supported on SQLite");
  }
}

function run<R>(statementOf: Prepared, sql: string, parameters: readonly unknown[]): QueryResult<R> {
  const statement = statementOf(sql);
  if (statement.columns().length > 0) return { rows: statement.all(...values(parameters)) as R[] };
  const { changes, lastInsertRowid } = statement.run(...values(parameters));
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}
