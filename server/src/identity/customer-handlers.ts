import type { CustomerIdentity, OwnConversation } from "@clew/contract/customers";
import type { Configuration } from "@clew/domain/configuration";
import type { Clock } from "../clock.ts";
import type { Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import type { AccessTokens } from "./access-tokens.ts";
import type { Arrival, Customers } from "./customers.ts";
import type { VerifyToken } from "./verify-token.ts";

type Parts = {
  customers: Customers;
  tokens: AccessTokens;
  verifyToken: VerifyToken;
  clock: Clock;
  configuration(): Configuration;
  listConversations(customerId: string, channelId: string): Promise<OwnConversation[]>;
  clearConversations: ClearConversations;
};

/** Ends or parks all that a customer has open in a channel, and revokes the links to it. */
export type ClearConversations = (cleared: {
  customer: { id: string; name: string | null };
  channelId: string;
  mode: "end" | "park";
}) => Promise<void>;

/** The endpoints, and the identity of a customer who came by a reconnect link. */
type CustomerIdentityParts = {
  handlers: Handlers;
  arrive(customerId: string, channelId: string): Promise<CustomerIdentity>;
};

export function customerHandlers({
  customers,
  tokens,
  verifyToken,
  clock,
  configuration,
  listConversations,
  clearConversations,
}: Parts): CustomerIdentityParts {
  const liveChannel = (channelId: string) => {
    const channel = configuration().channels.get(channelId);
    if (!channel)
      throw new Refused("not-found", { field: "/channelId", detail: "There is no such published channel." });
    return channel;
  };

  /** CustomerIdentity of the contract. */
  const identityOf = async ({ customer, device, secret }: Arrival): Promise<CustomerIdentity> => {
    const access = { customerId: customer.id, channelId: device.channel_id, deviceId: device.id, epoch: device.epoch };
    const { token, expiresAt } = await tokens.issue(access, clock.now());
    return {
      customerId: customer.id,
      kind: customer.kind,
      name: customer.name,
      accessToken: token,
      accessExpiresAt: expiresAt,
      resumeSecret: secret,
      conversations: await listConversations(customer.id, device.channel_id),
    };
  };

  const handlers: Handlers = {
    async startGuest({ body }) {
      liveChannel(body.channelId);
      return identityOf(await customers.startGuest(body.channelId));
    },

    async resumeCustomer({ body }) {
      const arrival = await customers.resume(body.resumeSecret, body.channelId);
      if (!arrival) throw new Refused("unauthenticated", { detail: "This resume secret is not valid here." });
      return identityOf(arrival);
    },

    async verifyCustomer({ body }) {
      const { settings } = liveChannel(body.channelId);
      const who = await verifyToken(body.identityToken, settings.verification, clock.now());
      return identityOf(await customers.verify(who, body.channelId, body.resumeSecret));
    },

    async signOutCustomer({ body: { resumeSecret, channelId, everywhere = false } }) {
      const ends = configuration().channels.get(channelId)?.settings.onSignOut === "end";
      const end = (customer: { id: string; name: string | null }) =>
        clearConversations({ customer, channelId, mode: "end" });
      await customers.signOut(resumeSecret, { channelId, everywhere, ...(ends ? { work: end } : {}) });
      return null;
    },

    async clearSession({ body: { resumeSecret, channelId, mode } }) {
      await customers.clear(resumeSecret, channelId, (customer) => clearConversations({ customer, channelId, mode }));
      return null;
    },
  };

  return {
    handlers,
    async arrive(customerId, channelId) {
      const arrival = await customers.arrive(customerId, channelId);
      if (!arrival) throw new Refused("not-found");
      return identityOf(arrival);
    },
  };
}
