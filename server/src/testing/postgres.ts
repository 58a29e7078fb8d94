import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { migrate, migrations } from "../database/migrate.ts";
import { openPostgres } from "../database/postgres.ts";

export type TestDatabase = { url: string; drop(): Promise<void> };

/** Held while the pattern of all migrated databases is looked for and made, by one process of the run at a time. */
const MAKING = 5_044_270_412;

let server: Promise<string> | undefined;
let pattern: Promise<string> | undefined;

/** A fresh database with a random name on the PostgreSQL of this test run: empty, or `migrated` and without a row. */
export async function createTestDatabase({ migrated = false } = {}): Promise<TestDatabase> {
  server ??= findServer();
  const address = await server;
  const name = `test_${randomBytes(8).toString("hex")}`;
  await query(
    address,
    `CREATE DATABASE ${name}${migrated ? ` TEMPLATE ${await patternOn(address)} STRATEGY FILE_COPY` : ""}`,
  );
  return { url: databaseAt(address, name), drop: () => query(address, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** All migrations were applied to it once; a copy of it is there in less time than they take. */
function patternOn(address: string): Promise<string> {
  pattern ??= makePattern(address);
  return pattern;
}

async function makePattern(address: string): Promise<string> {
  const made = createHash("sha256")
    .update(JSON.stringify(migrations("postgres")))
    .digest("hex");
  const name = `pattern_${made.slice(0, 16)}`;
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MAKING]);
    const { rows } = await client.query("SELECT datname FROM pg_database WHERE datname = $1", [name]);
    if (rows.length > 0) return name;
    const half = `half_${name}`;
    await client.query(`DROP DATABASE IF EXISTS ${half} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${half}`);
    const opened = openPostgres(databaseAt(address, half));
    await migrate(opened, "postgres").finally(opened.close);
    await client.query(`ALTER DATABASE ${half} RENAME TO ${name}`);
    return name;
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}

function databaseAt(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}

/** CLEW_TEST_POSTGRES is either a server's address or a door that starts one and answers with its address. */
async function findServer(): Promise<string> {
  const place = process.env.CLEW_TEST_POSTGRES;
  if (!place) throw new Error("CLEW_TEST_POSTGRES is not set: run the tests with `npm test` or vitest.");
  if (!place.startsWith("http")) return place;
  const response = await fetch(place);
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

async function query(address: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
