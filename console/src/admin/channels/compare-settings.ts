import type { SettingChange } from "@clew/contract/channels";
import { isPlain, same } from "../editing/same.ts";

/** The differences of two settings, in the order of their properties; a list counts as one value. */
export function compareSettings(before: unknown, after: unknown, path = ""): SettingChange[] {
  if (!isPlain(before) || !isPlain(after))
    return same(before, after) ? [] : [{ path, before: before ?? null, after: after ?? null }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    compareSettings(before[key], after[key], `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}
