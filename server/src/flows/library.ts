import type { Flow } from "@clew/contract/flows/definition";
import type { FlowAlias, FlowLock, RunningCanary } from "@clew/contract/flows/versions";
import { versionFor } from "@clew/domain/flows/canary";
import { textIn } from "@clew/domain/languages/fall-back";
import type { Database } from "../database/database.ts";
import { readAliases } from "./aliases-store.ts";

type Version = { flow: Flow; lock: FlowLock; hash: string };
type Aliases = Record<string, { live?: FlowAlias; test?: FlowAlias }>;

/**
 * Every published version in memory: they never change, so what was read once holds. Names are read again when the
 * configuration says that something was published.
 */
export class FlowLibrary {
  readonly #database: Database;
  readonly #versions = new Map<string, Version>();
  /** Keys of flows whose runs may wait for their turn, in any version. */
  readonly #queueing = new Set<string>();
  #aliases: Aliases = {};

  constructor(database: Database) {
    this.#database = database;
  }

  async reload(): Promise<void> {
    const { query } = this.#database;
    const rows = await query.selectFrom("flow_versions").select(["key", "version"]).execute();
    const missing = rows.filter(({ key, version }) => !this.#versions.has(nameOf(key, version)));
    for (const { key, version } of missing) {
      const row = await query
        .selectFrom("flow_versions")
        .select(["definition", "lock", "hash"])
        .where("key", "=", key)
        .where("version", "=", version)
        .executeTakeFirst();
      if (!row) continue;
      const flow = JSON.parse(row.definition) as Flow;
      if (flow.settings?.concurrency === "queue") this.#queueing.add(key);
      this.#versions.set(nameOf(key, version), { flow, lock: JSON.parse(row.lock) as FlowLock, hash: row.hash });
    }
    const aliases: Aliases = {};
    for (const alias of await readAliases(query)) {
      aliases[alias.key] = { ...aliases[alias.key], [alias.alias]: alias };
    }
    this.#aliases = aliases;
  }

  flow(key: string, version: number): Flow | null {
    return this.#versions.get(nameOf(key, version))?.flow ?? null;
  }

  hash(key: string, version: number): string | null {
    return this.#versions.get(nameOf(key, version))?.hash ?? null;
  }

  /** Whether any version waits by such a branch. */
  counts(branch: "businessHours"): boolean {
    return [...this.#versions.values()].some(({ flow }) =>
      Object.values(flow.nodes).some((node) => node.type === "wait" && node.any.some((one) => branch in one)),
    );
  }

  queues(key: string): boolean {
    return this.#queueing.has(key);
  }

  /** The version of another flow that this one was published with. */
  locked(key: string, version: number, called: string): number | null {
    const lock = this.#versions.get(nameOf(key, version))?.lock;
    return lock && Object.hasOwn(lock, called) ? (lock[called]?.version ?? null) : null;
  }

  named(key: string, alias: "live" | "test"): number | null {
    return this.#alias(key, alias)?.version ?? null;
  }

  /** The live version that a new run takes, with a canary's share; `subject`: whose runs all go to one side. */
  versionFor(key: string, subject: string, now: number): number | null {
    const live = this.#alias(key, "live");
    return live ? versionFor(live, subject, now) : null;
  }

  canaries(): { key: string; canary: RunningCanary }[] {
    return Object.entries(this.#aliases).flatMap(([key, { live }]) =>
      live?.canary ? [{ key, canary: live.canary }] : [],
    );
  }

  /** The live version of every flow. */
  live(): { version: number; flow: Flow }[] {
    return Object.entries(this.#aliases).flatMap(([key, { live }]) => {
      const flow = live ? this.flow(key, live.version) : null;
      return flow && live ? [{ version: live.version, flow }] : [];
    });
  }

  #alias(key: string, alias: "live" | "test"): FlowAlias | undefined {
    return Object.hasOwn(this.#aliases, key) ? this.#aliases[key]?.[alias] : undefined;
  }
}

/** What people call a flow. */
export function titleOf({ key, title }: Pick<Flow, "key" | "title">): string {
  if (title === undefined) return key;
  return typeof title === "string" ? title : textIn(title, "en");
}

function nameOf(key: string, version: number): string {
  return `${key} ${version}`;
}
