import { randomBytes } from "node:crypto";
import pg from "pg";

export type TestDatabase = { url: string; drop(): Promise<void> };

let server: Promise<string> | undefined;

/** A fresh, empty database with a random name on the PostgreSQL of this test run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  server ??= findServer();
  const address = await server;
  const name = `test_${randomBytes(8).toString("hex")}`;
  await query(address, `CREATE DATABASE ${name}`);
  const url = new URL(address);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => query(address, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
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
