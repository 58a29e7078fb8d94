import type { ProblemExtra } from "@clew/contract/problems";
import { Refused } from "../problems/refused.ts";

/** Why settings cannot be taken though each by itself fits its schema. Closed: the console has a sentence for each. */
export const SETTING_REASONS = [
  "verified-session-based",
  "verification-incomplete",
  "verification-key",
  "verification-private-key",
  "queue-missing",
  "text-missing",
  "name-blank",
  "key-twice",
  "choices-missing",
  "choice-twice",
  "parent-missing",
  "parent-choice-unknown",
  "pattern-invalid",
  "pattern-slow",
  "pattern-misplaced",
  "range-empty",
  "keywords-missing",
  "duration-zero",
  "origin-invalid",
  "origin-wildcard",
  "url-invalid",
  "font-invalid",
  "hours-overlap",
  "hours-date",
  "time-zone-unknown",
  "over-wait-circle",
  "last-admin",
  "window-longer",
] as const;
export type SettingReason = (typeof SETTING_REASONS)[number];

/** One thing wrong; `field` is a JSON pointer into the settings, `detail` a sentence for a person. */
export type SettingRefusal = { field: string; reason: SettingReason; detail: string };

/** @throws Refused `setting-refused` with the first one's field and reason and, in `fields`, a sentence for each. */
export function refuseSettings(refusals: readonly SettingRefusal[]): void {
  const [first] = refusals;
  if (!first) return;
  const fields = Object.fromEntries([...refusals].reverse().map(({ field, detail }) => [field, detail]));
  throw new Refused("setting-refused", { ...(first satisfies ProblemExtra), fields });
}
