import type { Flow } from "@clew/contract/flows/definition";
import type { Canary, FlowAlias, RunningCanary } from "@clew/contract/flows/versions";
import { canaryEnd, canaryMisfit } from "@clew/domain/flows/canary";
import { type Change, type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import type { Query } from "../database/database.ts";
import { Refused } from "../problems/refused.ts";
import type { Log } from "../stream/parts.ts";
import { readLive, watched, writeAlias } from "./aliases-store.ts";
import type { Touched } from "./door.ts";
import type { FlowLibrary } from "./library.ts";
import { readFlowVersion } from "./versions-store.ts";

type Parts = ConfigurationContext & { library: FlowLibrary; log: Log };

/** So often every canary is looked at, whatever its runs do, in milliseconds. */
const LOOK_EVERY_MS = 10_000;
/** Nobody asked for it: the audit has it as the system's own. */
const SYSTEM = { who: "public" as const };

/** Ends canaries: when their time is over, and at once when too many of their runs stop with a fault. */
export class Canaries {
  readonly #parts: Parts;
  #looked = 0;
  /** One after the other: what the first look ended, the next ones need not count again. */
  #order: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What runs have come to; one of a canary that stopped with a fault is a reason to look. */
  heard(touched: readonly Touched[]): void {
    for (const { row } of touched) {
      if (row.status === "faulted" && this.#at(row.key)?.version === row.version) this.#look(row.key);
    }
  }

  round(now: number): void {
    if (now - this.#looked < LOOK_EVERY_MS) return;
    this.#looked = now;
    for (const { key } of this.#parts.library.canaries()) this.#look(key);
  }

  idle(): Promise<void> {
    return this.#order;
  }

  #at(key: string): RunningCanary | undefined {
    return this.#parts.library.canaries().find((one) => one.key === key)?.canary;
  }

  #look(key: string): void {
    this.#order = this.#order
      .then(() => this.#judge(key))
      .catch((error: unknown) => this.#parts.log.error({ err: error, flow: key }, "a canary could not be judged"));
  }

  async #judge(key: string): Promise<void> {
    const { database, clock, library } = this.#parts;
    if (!this.#at(key)) return;
    if (!(await verdict(database.query, await readLive(database.query, key), clock.now()))) return;
    await changeConfiguration(this.#parts, SYSTEM, (change) => endCanary(change, key));
    await library.reload();
  }
}

async function verdict(query: Query, live: FlowAlias | null, now: number) {
  const canary = await watched(query, live);
  const because = canary && canaryEnd(canary, canary, now);
  return canary && because ? { canary, because } : null;
}

/** Counted anew within the change: another process may have ended it, or an admin may have begun another one. */
async function endCanary({ query, now, record }: Change, key: string): Promise<void> {
  const live = await readLive(query, key);
  const found = await verdict(query, live, now);
  if (!live || !found) return;
  await writeAlias(query, { ...live, canary: null });
  const { version, started, faulted } = found.canary;
  const action = found.because === "faults" ? "roll-back" : "save";
  const about = { alias: "live", version: live.version, canary: version, because: found.because, started, faulted };
  await record({ action, noun: "flow", id: key, about });
}

/** The canary that an admin wants beside a live version. One of the same version that is at work goes on from its begin. */
export async function newCanary(
  { query, now }: Pick<Change, "query" | "now">,
  { key, version, canary: before }: Pick<FlowAlias, "key" | "version" | "canary">,
  wanted: Canary,
): Promise<RunningCanary> {
  const refuse = (field: string, reason: string, detail: string) =>
    new Refused("setting-refused", { field: `/canary${field}`, reason, detail });
  if (wanted.version === version) throw refuse("/version", "canary-live", "this version is live itself");
  if (wanted.until <= now) throw refuse("/until", "canary-over", "this time is over");
  const [live, other] = [await readFlowVersion(query, key, version), await readFlowVersion(query, key, wanted.version)];
  if (!live || !other) throw new Refused("not-found", { field: "/canary/version" });
  if (other.retiredAt !== null) throw refuse("/version", "canary-retired", "this version is retired");
  const misfit = canaryMisfit(live.definition as Flow, other.definition as Flow);
  if (misfit === "form")
    throw refuse("/version", "canary-form", "a form is opened in the version with which its flow was published");
  if (misfit)
    throw refuse("/version", `canary-${misfit}`, `it has another ${misfit} than version ${version}, which is live`);
  return { ...wanted, since: before?.version === wanted.version ? before.since : now };
}
