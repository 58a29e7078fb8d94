export type Difference = { path: string; file: unknown; rules: unknown };

/** The first place in which two values differ as JSON, as a pointer; null: none. Absent and undefined are the same. */
export function differenceOf(file: unknown, rules: unknown, path = ""): Difference | null {
  if (Object.is(file, rules)) return null;
  const both = [file, rules].every((value) => typeof value === "object" && value !== null);
  if (!both || Array.isArray(file) !== Array.isArray(rules)) return { path, file, rules };
  const [left, right] = [file, rules] as [Record<string, unknown>, Record<string, unknown>];
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const found = differenceOf(left[key], right[key], `${path}/${key}`);
    if (found) return found;
  }
  return null;
}
