import type { Kysely, Transaction } from "kysely";
import type { Client } from "pg";
import type { Tables } from "./tables.ts";

export type Query = Kysely<Tables> | Transaction<Tables>;

/**
 * One store behind two engines. `transaction` runs alone on SQLite (one writer) and in READ COMMITTED on PostgreSQL.
 * `epoch` names the incarnation of the store; it changes when a backup is restored.
 */
export type Database = {
  engine: "sqlite" | "postgres";
  epoch: string;
  query: Kysely<Tables>;
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Plain prepared statements for the hot path; `?` marks parameters on both engines. */
  raw: Raw;
  /** On PostgreSQL what the work asks for without waiting in between makes one round trip, the beginning included. */
  rawTransaction<T>(work: (raw: Raw) => Promise<T> | T): Promise<T>;
  /** PostgreSQL only: a connection of its own for LISTEN. */
  listener?: () => Promise<Client>;
  close(): Promise<void>;
};

/** Rows as plain objects; numbers as numbers. */
export type Raw = {
  all<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  run(sql: string, parameters?: readonly unknown[]): Promise<{ changes: number }>;
  /** One statement for many sets of parameters, the rows together. A round trip each on PostgreSQL: use arrays there. */
  allEach<Row>(sql: string, sets: readonly (readonly unknown[])[]): Promise<Row[]>;
  runEach(sql: string, sets: readonly (readonly unknown[])[]): Promise<void>;
};
