import { keyFor } from "../identity/secrets.ts";

/** Seals what customers told flows and forms: runs, their inputs, answers, and the private fields of records. */
export function flowsKey(secret: string): Uint8Array {
  return keyFor(secret, "flows");
}
