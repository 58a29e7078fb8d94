import type { Query } from "../database/database.ts";
import { Refused } from "../problems/refused.ts";
import { findMissing } from "./settings-store.ts";
import type { SettingsTableName } from "./tables.ts";

export type Reference = { table: SettingsTableName; id: string | null; field: string };

const SINGULAR: Record<SettingsTableName, string> = {
  queues: "queue",
  skills: "skill",
  hours: "record of hours",
  quick_replies: "quick reply",
  agents: "agent",
};

/** @throws Refused `invalid` with the field of the first id that there is nothing for. Null refers to nothing. */
export async function refuseUnknown(query: Query, references: readonly Reference[]): Promise<void> {
  const missing = new Set<string>();
  for (const table of new Set(references.map((reference) => reference.table))) {
    const ids = references.flatMap(({ table: other, id }) => (other === table && id !== null ? [id] : []));
    for (const id of await findMissing(query, table, ids)) missing.add(`${table} ${id}`);
  }
  const unknown = references.find(({ table, id }) => missing.has(`${table} ${id}`));
  if (!unknown) return;
  throw new Refused("invalid", {
    field: unknown.field,
    detail: `There is no ${SINGULAR[unknown.table]} ${unknown.id}.`,
  });
}
