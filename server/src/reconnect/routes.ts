import type { OpenLink } from "@clew/contract/reconnect";
import type { Configuration } from "@clew/domain/configuration";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { Static } from "typebox";
import type { ConversationStore } from "../conversations/store.ts";
import type { Call, Caller, Handlers } from "../http/handlers.ts";
import type { SendMail } from "../mail/mail.ts";
import { Refused } from "../problems/refused.ts";
import type { CountMissed } from "../reports/reports.ts";
import { maySee } from "../stream/access.ts";
import type { ReconnectLinks } from "./links.ts";
import { reconnectMail } from "./mail-text.ts";

type Parts = {
  links: ReconnectLinks;
  store: ConversationStore;
  configuration: () => Configuration;
  /** The verified customer of an access token, null for a guest's. @throws Refused */
  signedIn(accessToken: string, channelId: string): Promise<string | null>;
  /** Null where no mail server is configured. */
  sendMail: SendMail | null;
  missed: CountMissed;
};

/** Links to come back with: made by the customer or by staff for them, sent, opened, revoked. */
export function reconnectHandlers({ links, store, configuration, signedIn, sendMail, missed }: Parts): Handlers {
  async function visible(call: Call): Promise<ConversationState> {
    const state = await store.state(call.params.id as string);
    if (!maySee(call.caller, state, configuration())) throw new Refused("not-found");
    return state;
  }

  return {
    createLink: async (call) => links.create(await visible(call), whoMade(call.caller)),

    async checkLink(call) {
      const { token } = call.body as { token: string };
      return { own: await links.leadsTo((await visible(call)).snapshot.id, token) };
    },

    async sendLink(call) {
      const state = await visible(call);
      if (!sendMail) {
        const detail = "no mail server is configured (CLEW_SMTP_URL)";
        throw new Refused("unavailable", { reason: "no-mail", detail });
      }
      const link = await links.create(state, whoMade(call.caller));
      const { email, language } = call.body as { email: string; language: string };
      await sendMail({
        to: email,
        about: state.snapshot.id,
        ...reconnectMail({ link, language, organisation: configuration().organisation.name }),
      });
      return null;
    },

    async revokeLinks(call) {
      const state = await visible(call);
      await links.revoke(state.snapshot.id);
      return null;
    },

    async openLink({ body }) {
      const { channelId, token, accessToken, opening } = body as Static<typeof OpenLink>;
      const who = accessToken === undefined ? null : await signedIn(accessToken, channelId);
      const opened = await links.open({ channelId, token, signedIn: who, opening });
      await missed(channelId, opened.outcome);
      return opened;
    },
  };
}

function whoMade(caller: Caller): string {
  switch (caller.who) {
    case "customer":
      return `customer:${caller.customerId}`;
    case "staff":
      return `agent:${caller.agentId}`;
    case "key":
      return `key:${caller.keyId}`;
    case "public":
      throw new Refused("unauthenticated");
  }
}
