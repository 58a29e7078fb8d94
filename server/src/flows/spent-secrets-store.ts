import type { Raw } from "../database/database.ts";

/** The ids of what customers gave in confidence and a value names, at any depth: `{ secretRef: id }`. */
export function secretsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { secretRef } = value as { secretRef?: unknown };
  return typeof secretRef === "string" ? [secretRef] : Object.values(value).flatMap(secretsIn);
}

export async function wipeSecrets(raw: Raw, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await raw.runEach(
    "DELETE FROM form_secrets WHERE id = ?",
    ids.map((id) => [id]),
  );
}
