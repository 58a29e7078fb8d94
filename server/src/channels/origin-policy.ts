import type { Configuration } from "@clew/domain/configuration";
import type { OriginPolicy } from "../http/parts.ts";
import { originAllowed } from "./origins.ts";

/** Which sites' pages may use which channel, by the live deployments; `own` is the server's own origin, always allowed. */
export function originPolicy(configuration: () => Configuration, own: () => string | null): OriginPolicy {
  return {
    allowed(channelId, origin) {
      const channel = configuration().channels.get(channelId);
      return channel ? originAllowed(channel.settings.origins, origin, own()) : true;
    },
    known(origin) {
      return [...configuration().channels.values()].some(({ settings }) =>
        originAllowed(settings.origins, origin, own()),
      );
    },
  };
}
