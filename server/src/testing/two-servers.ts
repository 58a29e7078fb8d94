import { afterAll, beforeAll } from "vitest";
import { createTestDatabase } from "./postgres.ts";
import { startTestApp } from "./test-app.ts";

type Running = Awaited<ReturnType<typeof startTestApp>>;

/** Two server processes on one PostgreSQL, for all tests of a file or of a `describe`. */
export function twoServers() {
  let place: Awaited<ReturnType<typeof createTestDatabase>>;
  let here: Running;
  let there: Running;
  beforeAll(async () => {
    place = await createTestDatabase({ migrated: true });
    const environment = { DATABASE_URL: place.url, CLEW_SECRET: "one secret for both of the processes" };
    here = await startTestApp({ environment });
    there = await startTestApp({ environment });
  });
  afterAll(async () => {
    await Promise.all([here?.close(), there?.close()]);
    await place?.drop();
  });
  return () => ({ place, here, there });
}
