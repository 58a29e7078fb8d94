import type { Config } from "../config.ts";
import type { ConfigurationContext } from "../configuration/change.ts";
import type { IdentityParts } from "../identity/identity.ts";
import { setUpOrganisation } from "../organisation/set-up.ts";
import { readOrganisation } from "../organisation/store.ts";

export type FirstVisit = Pick<IdentityParts, "setupCode" | "setUp">;

/** Until there is an organisation, whoever knows the one-time code makes it. The demo brings its own. */
export async function expectFirstVisit(
  context: ConfigurationContext,
  { config, code }: { config: Pick<Config, "demo">; code: string },
): Promise<FirstVisit> {
  let needed = (await readOrganisation(context.database.query)) === null && !config.demo;
  return {
    setupCode: () => (needed ? code : null),
    async setUp(input) {
      const agent = await setUpOrganisation(context, input);
      needed = false;
      return agent;
    },
  };
}
