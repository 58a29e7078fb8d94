import type { ConversationSnapshot } from "@clew/contract/conversations";
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
  listConversations(customerId: string, channelId: string): Promise<ConversationSnapshot[]>;
};

export function customerHandlers({
  customers,
  tokens,
  verifyToken,
  clock,
  configuration,
  listConversations,
}: Parts): Handlers {
  const liveChannel = (channelId: string) => {
    const channel = configuration().channels.get(channelId);
    if (!channel)
      throw new Refused("not-found", { field: "/channelId", detail: "There is no such published channel." });
    return channel;
  };

  /** CustomerIdentity of the contract. */
  const identityOf = async ({ customer, device, secret }: Arrival) => {
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

  return {
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

    async signOutCustomer({ body }) {
      await customers.signOut(body.resumeSecret, body.channelId, body.everywhere ?? false);
      return null;
    },
  };
}
