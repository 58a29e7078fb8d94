import pg from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "./postgres.ts";

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("each test database is a real PostgreSQL, empty and apart from the others", async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await ask(one.url, "CREATE TABLE only_here (id int)");
  const tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
  expect(await ask(one.url, tables)).toEqual([{ tablename: "only_here" }]);
  expect(await ask(other.url, tables)).toEqual([]);
  await Promise.all([one.drop(), other.drop()]);
});

test("a dropped database is gone, even while someone is connected to it", async () => {
  const database = await createTestDatabase();
  const lingering = new pg.Client({ connectionString: database.url });
  await lingering.connect();
  const cut = new Promise<string>((resolve) => lingering.on("error", (error) => resolve(error.message)));
  await database.drop();
  expect(await cut).toMatch(/terminat/i);
  await expect(ask(database.url, "SELECT 1")).rejects.toThrow(/does not exist/);
});
