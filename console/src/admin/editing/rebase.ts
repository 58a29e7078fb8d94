import { isPlain, same } from "./same.ts";

/**
 * Puts what was typed on top of what somebody else has saved since: a value that was changed here wins, everything else is
 * theirs. Lists count as one value, because half of one list and half of another is nobody's intention.
 */
export function rebase<T>(read: T, typed: T, saved: T): T {
  if (same(read, typed)) return saved;
  if (!isPlain(read) || !isPlain(typed) || !isPlain(saved)) return typed;
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(saved), ...Object.keys(typed)])) {
    const value = rebase(read[key], typed[key], saved[key]);
    if (value !== undefined) merged[key] = value;
  }
  return merged as T;
}
