import { type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import type { Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { ORGANISATION_ID } from "./organisation.ts";
import { readOrganisation, replaceOrganisation } from "./store.ts";

export function organisationHandlers(context: ConfigurationContext): Handlers {
  return {
    async readOrganisation() {
      const settings = await readOrganisation(context.database.query);
      if (!settings) throw new Refused("not-found", { detail: "The organisation has not been set up yet." });
      return settings;
    },

    saveOrganisation: ({ caller, body }) =>
      changeConfiguration(context, caller, async (change) => {
        const before = await readOrganisation(change.query);
        if (!before) throw new Refused("not-found", { detail: "The organisation has not been set up yet." });
        await replaceOrganisation(change.query, body);
        await change.record({ action: "save", noun: "organisation", id: ORGANISATION_ID, before, after: body });
        return body;
      }),
  };
}
