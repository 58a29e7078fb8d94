import type { Flow } from "@clew/contract/flows/definition";
import type { Canary, FlowAlias } from "@clew/contract/flows/versions";
import { hashInput } from "./format/canonical.ts";

/** A canary is judged as if it had begun at least so many runs: one that fails among the first two is not half of them. */
export const FEWEST = 10;

/**
 * The version that a new run takes. `subject` is what must stay on one side, the id of a conversation, a record or a run;
 * a larger share keeps everybody who is in a smaller one.
 */
export function versionFor({ key, version, canary }: FlowAlias, subject: string, now: number): number {
  if (!canary || now >= canary.until) return version;
  return placeOf(`${key} ${canary.version} ${subject}`) < canary.share ? canary.version : version;
}

/** Why a canary is over; null: it goes on. */
export type CanaryEnd = "time" | "faults";
export function canaryEnd(
  { until, rollbackAbove }: Pick<Canary, "until" | "rollbackAbove">,
  { started, faulted }: { started: number; faulted: number },
  now: number,
): CanaryEnd | null {
  if (rollbackAbove !== undefined && faulted > rollbackAbove * Math.max(started, FEWEST)) return "faults";
  return now >= until ? "time" : null;
}

/**
 * What keeps a version from being tried beside the live one: both must be begun by the same things. A form is opened in
 * the version with which the flow was published that opens it, so none is tried by itself.
 */
export function canaryMisfit(live: Flow, other: Flow): "form" | "kind" | "trigger" | null {
  if (isForm(other)) return "form";
  if (live.kind !== other.kind || live.audience !== other.audience) return "kind";
  return begunBy(live) === begunBy(other) ? null : "trigger";
}

function isForm({ kind, audience }: Flow): boolean {
  return kind === "screen" && audience === "customer";
}

/** The words on a button start nothing. */
function begunBy({ trigger }: Flow): string {
  const { label: _, ...by } = trigger ?? { on: "none" };
  return hashInput(by);
}

/** A place from 0 to 1 that follows from a text alone: FNV-1a, its bits mixed so that ids alike come to lie apart. */
function placeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
