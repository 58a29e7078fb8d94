import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Secrets } from "./store.ts";

const HOLE = /\{\{\s*([a-z][A-Za-z0-9_]{0,49})\s*\}\}/g;

/** The secrets that a header's text names: `Bearer {{token}}`. */
export function secretsIn(text: string): string[] {
  return [...text.matchAll(HOLE)].map(([, name]) => name ?? "");
}

/** The text with its secrets; null when one is not set. */
export function filled(text: string, secrets: Secrets): string | null {
  if (secretsIn(text).some((name) => !Object.hasOwn(secrets, name))) return null;
  return text.replace(HOLE, (_hole, name: string) => secrets[name] ?? "");
}

/** Thrown where a value names a customer's secret that is not there any more. */
export class SecretGone extends Error {}

/** A value with what customers gave in confidence in the place of `{ secretRef: id }`. */
export async function withSecrets(value: Value, secretOf: (id: string) => Promise<Value | undefined>): Promise<Value> {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Promise.all(value.map((item: Value) => withSecrets(item, secretOf)));
  const { secretRef, ...others } = value as Record<string, Value>;
  if (typeof secretRef === "string" && Object.keys(others).length === 0) {
    const secret = await secretOf(secretRef);
    if (secret === undefined) throw new SecretGone("what the customer gave in confidence is no longer kept");
    return secret;
  }
  const entries = await Promise.all(
    Object.entries(value as Record<string, Value>).map(
      async ([name, item]) => [name, await withSecrets(item, secretOf)] as const,
    ),
  );
  return Object.fromEntries(entries);
}
