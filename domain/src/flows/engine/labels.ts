/** Labels of what stands under `from`, as they are for a copy of it under `to`: of the value itself and of its members. */
export function labelsMoved(
  labels: Readonly<Record<string, string>>,
  from: string,
  to: string,
): Record<string, string> {
  const moved = Object.entries(labels).flatMap(([name, label]) =>
    name === from || name.startsWith(`${from}.`) ? [[to + name.slice(from.length), label] as const] : [],
  );
  return Object.fromEntries(moved);
}

/** The path that a formula only names, such as "=ask.reason"; null: it computes something. */
export function pathNamed(written: unknown): string | null {
  if (typeof written !== "string" || !written.startsWith("=")) return null;
  const path = written.slice(1).trim();
  return /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$/.test(path) ? path : null;
}
