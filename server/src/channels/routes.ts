import { type ConfigurationContext, changeConfiguration } from "../configuration/change.ts";
import type { Handlers } from "../http/handlers.ts";
import { createChannel, removeChannel, saveDraft } from "./channels.ts";
import { readChannels } from "./store.ts";

export function channelHandlers(context: ConfigurationContext): Handlers {
  return {
    listChannels: async () => ({ items: await readChannels(context.database.query) }),

    createChannel: ({ caller, body }) =>
      changeConfiguration(context, caller, (change) => createChannel(change, { settings: body })),

    saveChannel: ({ caller, params, body }) =>
      changeConfiguration(context, caller, (change) => saveDraft(change, { ...body, id: params.id })),

    deleteChannel: ({ caller, params }) =>
      changeConfiguration(context, caller, (change) => removeChannel(change, params.id as string)),
  };
}
