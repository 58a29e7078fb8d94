import { type ChildProcess, fork, type SpawnOptions, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverOptions, serverProgram } from "../bin/setup/server.mjs";
import { startPostgresCluster } from "../tests/support/postgres-cluster.ts";
import type { Order, Reply, Run, RunResult, Target } from "./load/messages.ts";
import { cpuOf } from "./report/cpu.ts";
import { type CountRows, postgresRows, sqliteRows } from "./report/rows.ts";

const ROOT = join(import.meta.dirname, "..");
/** A server that has not said its address by then will not, in milliseconds. */
const START = 60_000;

export type Server = { url: string; rows: CountRows; cpu(): number | null; stop(): Promise<void> };

/** The bare loop on a store of its own. */
export async function startFloor(engine: "sqlite" | "postgres"): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), "clew-bench-"));
  const cluster = engine === "postgres" ? await startPostgresCluster({ durable: true }) : null;
  const file = join(folder, "floor.db");
  const store = pipes(cluster ? { DATABASE_URL: cluster.url } : {});
  const child = spawn(process.execPath, [join(ROOT, "bench/floor/server.ts"), file], store);
  const url = await firstMatch(child, /ws:\S+/);
  return {
    url,
    rows: cluster ? postgresRows(cluster.url) : sqliteRows(file),
    cpu: () => cpuOf(child.pid),
    async stop() {
      await stop(child, folder);
      await cluster?.stop();
    },
  };
}

/** The product with its demo and without rate limits. `profile`: a folder for a CPU profile of it. */
export async function startClew(options: { engine: "sqlite" | "postgres"; profile: string | null }): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), "clew-bench-"));
  const cluster = options.engine === "postgres" ? await startPostgresCluster({ durable: true }) : null;
  const profile = options.profile ? ["--cpu-prof", `--cpu-prof-dir=${options.profile}`] : [];
  const child = spawn(
    process.execPath,
    [...profile, ...serverOptions, serverProgram],
    pipes({
      PORT: "0",
      HOST: "127.0.0.1",
      CLEW_DATA: folder,
      CLEW_DEMO: "on",
      CLEW_RATE_LIMIT: "0",
      CLEW_LOG: "warn",
      ...(cluster ? { DATABASE_URL: cluster.url } : {}),
    }),
  );
  const address = await firstMatch(child, /http:\/\/[^\s/]+/);
  const rows = cluster ? postgresRows(cluster.url) : sqliteRows(join(folder, "clew.db"));
  return {
    url: address,
    rows,
    cpu: () => cpuOf(child.pid),
    async stop() {
      await stop(child, folder);
      await cluster?.stop();
    },
  };
}

/** A load generator with its connections open. */
export async function startLoad(target: Target) {
  const child = fork(join(ROOT, "bench/load/generator.ts"), { execPath: process.execPath, stdio: "inherit" });
  await ask(child, { do: "open", target });
  return {
    async run(run: Run): Promise<RunResult> {
      const reply = await ask(child, { do: "run", run });
      if (!("result" in reply)) throw new Error("the load generator has no result");
      return reply.result;
    },
    async close() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.send({ do: "close" } satisfies Order);
      await gone;
    },
  };
}

function ask(child: ChildProcess, order: Order): Promise<Exclude<Reply, { failed: string }>> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error("the load generator ended"));
    child.once("exit", gone);
    child.once("message", (reply: Reply) => {
      child.off("exit", gone);
      if ("failed" in reply) reject(new Error(reply.failed));
      else resolve(reply);
    });
    child.send(order);
  });
}

function pipes(environment: Record<string, string>): SpawnOptions {
  return { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "inherit"] };
}

function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => reject(new Error(`no address within ${START} ms: ${output}`)), START);
    child.once("exit", () => reject(new Error(`ended before it listened: ${output}`)));
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      const [found] = pattern.exec(output) ?? [];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  }
  await rm(folder, { recursive: true, force: true });
}
