import type { Boot } from "@clew/contract/channels";
import { opening } from "@clew/domain/hours/opening";
import { originAllowed } from "../channels/origins.ts";
import { readChannel } from "../channels/store.ts";
import type { Clock } from "../clock.ts";
import type { ConfigurationCache } from "../configuration/cache.ts";
import type { Database } from "../database/database.ts";
import type { Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";

type BootContext = {
  database: Database;
  cache: ConfigurationCache;
  clock: Clock;
  /** The server's own origin as browsers see it, or null while it is not known. */
  ownOrigin(): string | null;
};

export function bootHandlers({ database, cache, clock, ownOrigin }: BootContext): Handlers {
  return {
    async boot({ params, origin, reply }): Promise<Boot> {
      const id = params.id as string;
      const configuration = cache.current();
      const live = configuration.channels.get(id);
      if (!live) throw new Refused((await readChannel(database.query, id)) ? "not-published" : "not-found");

      const { settings, deployment } = live;
      if (!originAllowed(settings.origins, origin, ownOrigin())) {
        throw new Refused("origin-refused", { detail: `The channel does not list the site ${origin}.` });
      }
      // Never from a cache: a widget asks again because a deployment was published, and sets its clock by `now`.
      reply.header("cache-control", "no-store");
      const now = clock.now();
      return {
        channelId: id,
        deployment,
        name: settings.name,
        kind: settings.kind,
        look: settings.look,
        preChat: settings.preChat,
        ...(settings.survey?.on ? { survey: settings.survey } : {}),
        customerMayEnd: settings.customerMayEnd,
        attachments: settings.attachments,
        livePreview: settings.livePreview,
        showQueuePlace: settings.showQueuePlace,
        transcript: settings.transcript,
        languages: settings.languages,
        verification: settings.verification.on,
        outOfHours: settings.outOfHours,
        ...(settings.reconnect ? { reconnectLinks: { life: settings.reconnect.linkLife } } : {}),
        onAgentEnd: settings.onAgentEnd ?? "stay",
        afterReset: settings.afterReset ?? "offer",
        idleLock: settings.idleLock ?? null,
        ...opening(configuration, settings, now),
        epoch: database.epoch,
        now,
      };
    },
  };
}
