import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type PostgresCluster, startPostgresCluster } from "./postgres-cluster.ts";

/**
 * One PostgreSQL for the whole run, started when the first test asks for a database (most runs while
 * developing never do). Test processes find the way to it in CLEW_TEST_POSTGRES. Set that variable to the
 * address of a server of your own to use that one instead.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.CLEW_TEST_POSTGRES) return undefined;
  let cluster: Promise<PostgresCluster> | undefined;
  const door = createServer((_request, response) => {
    cluster ??= startPostgresCluster();
    cluster.then(
      ({ url }) => response.end(url),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  door.unref();
  process.env.CLEW_TEST_POSTGRES = `http://127.0.0.1:${(door.address() as AddressInfo).port}/`;
  return async () => {
    delete process.env.CLEW_TEST_POSTGRES;
    door.closeAllConnections();
    door.close();
    await (await cluster?.catch(() => undefined))?.stop();
  };
}
