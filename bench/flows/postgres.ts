import { startPostgresCluster } from "../../tests/support/postgres-cluster.ts";

/** Runs the work with a PostgreSQL of its own that writes to disk, where tests' stores find one. */
export async function withPostgres(engine: "sqlite" | "postgres", work: () => Promise<void>): Promise<void> {
  if (engine === "sqlite") return work();
  const cluster = await startPostgresCluster({ durable: true });
  process.env.CLEW_TEST_POSTGRES = cluster.url;
  try {
    await work();
  } finally {
    await cluster.stop();
  }
}
