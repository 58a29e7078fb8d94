import type { OrganisationSettings } from "@clew/contract/agents";
import type { Change } from "../configuration/change.ts";
import { Refused } from "../problems/refused.ts";
import { insertOrganisation, readOrganisation } from "./store.ts";

/** There is one organisation; its changes are recorded under this id. */
export const ORGANISATION_ID = "organisation";

/** @throws Refused `setup-done` when the store has its organisation already. */
export async function createOrganisation(change: Change, settings: OrganisationSettings): Promise<void> {
  if (await readOrganisation(change.query)) throw new Refused("setup-done");
  await insertOrganisation(change.query, settings);
  await change.record({ action: "create", noun: "organisation", id: ORGANISATION_ID, before: null, after: settings });
}
