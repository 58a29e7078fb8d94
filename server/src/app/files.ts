import { join } from "node:path";
import { type Attachments, createAttachments } from "../attachments/attachments.ts";
import { maySee } from "../stream/access.ts";
import type { Core } from "./core.ts";

/** Files of conversations, in a folder of the data: who may see a conversation reads them, and its channel takes them. */
export function openFiles({ database, store, configuration, clock, ids }: Core, data: string): Promise<Attachments> {
  return createAttachments({
    database,
    clock,
    ids,
    folder: join(data, "attachments"),
    mayReadConversation: async (caller, id) => maySee(caller, await store.state(id), configuration()),
    async mayUpload(caller, id) {
      const state = await store.state(id);
      if (!maySee(caller, state, configuration())) return false;
      return caller.who !== "customer" || configuration().channels.get(caller.channelId)?.settings.attachments === true;
    },
  });
}
