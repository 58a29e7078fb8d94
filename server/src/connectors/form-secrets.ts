import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Database } from "../database/database.ts";
import { unseal } from "../identity/sealed.ts";

/** Reads what a customer gave in confidence in a form, by its reference; undefined when it is no longer kept. */
export function formSecrets({ database, key }: { database: Database; key: Uint8Array }) {
  return async (id: string): Promise<Value | undefined> => {
    const row = await database.query.selectFrom("form_secrets").select("value").where("id", "=", id).executeTakeFirst();
    return row ? (JSON.parse(unseal(key, row.value)) as Value) : undefined;
  };
}
