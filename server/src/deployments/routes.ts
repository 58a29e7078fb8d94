import { requireChannel } from "../channels/channels.ts";
import { type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import type { Caller, Handlers } from "../http/handlers.ts";
import { compareWithLive, publishDraft, restoreDeployment } from "./publish.ts";
import { readDeployments } from "./store.ts";

export function deploymentHandlers(context: ConfigurationContext): Handlers {
  const { query } = context.database;
  return {
    compareChannel: async ({ params }) => ({ items: await compareWithLive(query, params.id as string) }),

    async listDeployments({ params }) {
      const { id } = await requireChannel({ query }, params.id as string);
      return { items: await readDeployments(query, id) };
    },

    publishChannel: ({ caller, params, body }) =>
      changeConfiguration(context, caller, (change) =>
        publishDraft(change, { ...body, channelId: params.id, publishedBy: agentOf(caller) }),
      ),

    restoreDeployment: ({ caller, params }) =>
      changeConfiguration(context, caller, (change) =>
        restoreDeployment(change, {
          channelId: params.id as string,
          number: Number(params.number),
          publishedBy: agentOf(caller),
        }),
      ),
  };
}

function agentOf(caller: Caller): string | null {
  return caller.who === "staff" ? caller.agentId : null;
}
