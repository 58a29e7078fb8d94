import type { OrganisationSettings } from "@clew/contract/agents";
import type { Query } from "../database/database.ts";

/** There is one organisation in a store. */
const ONLY = 1;

/** The organisation's settings, or null while the store is empty and has still to be set up. */
export async function readOrganisation(query: Query): Promise<OrganisationSettings | null> {
  const row = await query.selectFrom("organisation").select("settings").where("id", "=", ONLY).executeTakeFirst();
  return row ? (JSON.parse(row.settings) as OrganisationSettings) : null;
}

export async function insertOrganisation(query: Query, settings: OrganisationSettings): Promise<void> {
  await query
    .insertInto("organisation")
    .values({ id: ONLY, settings: JSON.stringify(settings) })
    .execute();
}

export async function replaceOrganisation(query: Query, settings: OrganisationSettings): Promise<void> {
  await query
    .updateTable("organisation")
    .set({ settings: JSON.stringify(settings) })
    .where("id", "=", ONLY)
    .execute();
}
