import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { freePort, startPostgresCluster } from "../tests/support/postgres-cluster.ts";
import { ServerProcess } from "../tests/support/server-process.ts";
import { FLOOR_BODY } from "./floor/resume-server.ts";
import {
  type CrowdOrder,
  type CrowdReply,
  type CrowdTarget,
  MISSED,
  type ReturnResult,
} from "./load/crowd-messages.ts";

export type Who = "floor" | "Clew";
export type Place = { who: Who; server: ServerProcess; remove(): Promise<void> };
/** Where the product keeps what it stores. */
export type Stored = { data: string; databaseUrl: string | null };

/** The bare server with the conversations of `people` in its store; `options` are those of Node. Not started yet. */
export async function floorPlace(people: number, options: string[] = []): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "clew-bench-"));
  const file = join(folder, "floor.db");
  fillFloor(file, people);
  const port = await freePort();
  const server = new ServerProcess({
    url: `ws://127.0.0.1:${port}`,
    program: join(import.meta.dirname, "floor/resume-server.ts"),
    options,
    environment: { PORT: String(port), FLOOR_FILE: file },
  });
  return { who: "floor", server, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The product on an empty store. Not started yet. */
export async function clewPlace(engine: string, options: string[] = []): Promise<Place & Stored> {
  if (engine !== "sqlite" && engine !== "postgres") throw new Error(`there is no engine ${engine}`);
  const data = await mkdtemp(join(tmpdir(), "clew-bench-"));
  const cluster = engine === "postgres" ? await startPostgresCluster({ durable: true }) : null;
  const port = await freePort();
  const databaseUrl = cluster?.url ?? null;
  return {
    who: "Clew",
    data,
    databaseUrl,
    server: ServerProcess.clew({ port, data, databaseUrl, options }),
    async remove() {
      await cluster?.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

function fillFloor(file: string, people: number): void {
  const store = new DatabaseSync(file);
  store.exec(`
    PRAGMA journal_mode=WAL;
    CREATE TABLE events (conversation_id TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE UNIQUE INDEX events_by_number ON events (conversation_id, number);
    BEGIN`);
  const insert = store.prepare("INSERT INTO events VALUES (?, ?, ?)");
  for (let person = 0; person < people; person += 1)
    for (let number = 1; number <= MISSED; number += 1) insert.run(`conversation-${person}`, number, FLOOR_BODY);
  store.exec("COMMIT");
  store.close();
}

/** Everybody who connects to one server, in a process of their own. */
export class Crowd {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(join(import.meta.dirname, "load/crowd.ts"), { execPath: process.execPath, stdio: "inherit" });
  }

  async gather(target: CrowdTarget): Promise<void> {
    await this.#ask({ do: "gather", target });
  }

  async comeBack(how: { jitter: number; behind: number; patience: number }): Promise<ReturnResult> {
    const reply = await this.#ask({ do: "return", ...how });
    if (!("result" in reply)) throw new Error("the crowd has no result");
    return reply.result;
  }

  async disband(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.send({ do: "disband" } satisfies CrowdOrder);
    await gone;
  }

  #ask(order: CrowdOrder): Promise<Exclude<CrowdReply, { failed: string }>> {
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error("the crowd's process ended"));
      this.#child.once("exit", gone);
      this.#child.once("message", (reply: CrowdReply) => {
        this.#child.off("exit", gone);
        if ("failed" in reply) reject(new Error(reply.failed));
        else resolve(reply);
      });
      this.#child.send(order);
    });
  }
}
