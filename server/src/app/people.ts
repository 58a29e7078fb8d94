import { snapshotForCustomer } from "@clew/domain/conversations/for-customer";
import { glanceOf } from "@clew/domain/conversations/glance";
import type { Door } from "../commands/execute.ts";
import type { Config } from "../config.ts";
import { allOfCustomer } from "../conversations/of-customer.ts";
import { createIdentity, type Identity } from "../identity/identity.ts";
import { keyFor } from "../identity/secrets.ts";
import { type ReconnectLinks, reconnectLinks } from "../reconnect/links.ts";
import type { Core } from "./core.ts";
import type { FirstVisit } from "./first-visit.ts";

type Parts = Core & {
  config: Pick<Config, "demo">;
  secret: string;
  door: Door;
  firstVisit: FirstVisit;
  /** Where browsers find the server; null while that is not known. */
  ownOrigin: () => string | null;
};

/** Who somebody is, and the links with which a customer comes back: each needs the other. */
export async function createPeople(parts: Parts): Promise<{ identity: Identity; links: ReconnectLinks }> {
  const { database, store, configuration, clock, ids, config, secret, door, firstVisit, ownOrigin } = parts;
  const all = allOfCustomer({ store, door, ids, revokeLinks: (id) => links.revoke(id) });
  const identity = await createIdentity({
    ...{ database, clock, ids, secret, configuration, demo: config.demo },
    ...firstVisit,
    listConversations: async (customerId, channelId) =>
      (await store.ofCustomer(customerId, channelId)).map((state) => ({
        ...snapshotForCustomer(state.snapshot),
        glance: glanceOf(state, configuration().channels.get(channelId)?.settings.preChat),
      })),
    onVerified: all.follow,
    clearConversations: all.clear,
  });
  const links = reconnectLinks({
    ...{ database, store, door, clock, ids, configuration },
    key: keyFor(secret, "reconnect links"),
    ownOrigin: () => ownOrigin() ?? "",
    arrive: (customerId, channelId) => identity.arrive(customerId, channelId),
    claim: (guestId, customerId, channelId) => identity.claim(guestId, customerId, channelId),
  });
  return { identity, links };
}
