import type { Config } from "../config.ts";
import type { ServedForms } from "../forms/forms.ts";
import { addressBehind } from "../http/address.ts";
import { countCall } from "../http/count-call.ts";
import type { createHttp, OriginPolicy } from "../http/http.ts";
import { createRateLimits } from "../http/rate-limits.ts";
import type { Identity } from "../identity/identity.ts";
import type { LinksElsewhere } from "../stream/links-elsewhere.ts";
import { isSameAddress } from "../stream/page-of.ts";
import type { StreamParts } from "../stream/parts.ts";
import { serveServerSentEvents } from "../stream/server-sent-events.ts";
import { serveWebSocket } from "../stream/websocket.ts";
import type { Core } from "./core.ts";
import type { Live } from "./live.ts";

type Parts = Core &
  Pick<Live, "hub" | "passing"> & {
    config: Pick<Config, "publicUrl" | "rateLimit" | "trustProxy">;
    command: StreamParts["command"];
    forms: ServedForms;
    identity: Identity;
    origins: OriginPolicy;
    linksElsewhere: LinksElsewhere;
    /** Where browsers find the server; null while that is not known. */
    ownOrigin: () => string | null;
  };

/** The stream over both transports, on a web server that does not listen yet. */
export function serveStreams(http: Awaited<ReturnType<typeof createHttp>>, parts: Parts): { close(): void } {
  const { database, store, configuration, clock, ids, log, hub, passing, command } = parts;
  const { config, forms, identity, origins, ownOrigin } = parts;
  const limits = createRateLimits({ clock, factor: config.rateLimit });
  const stream = {
    ...{ database, store, configuration, clock, ids, log, hub, passing, command },
    forms: forms.live,
    authenticate: (shown) => identity.authenticateStream(shown),
    // Without a public address the server is whatever the browser calls it, as for HTTP.
    mayUse: (caller, page) =>
      page.origin === null ||
      (caller.who === "customer"
        ? origins.allowed(caller.channelId, page.origin)
        : page.origin === ownOrigin() || (config.publicUrl === null && isSameAddress(page))),
    stillValid: (caller) => identity.stillValid(caller),
    count: (caller) => countCall(limits, caller),
  } satisfies StreamParts & Pick<Core, "ids">;
  const webSocket = serveWebSocket(http.server, { ...stream, addressOf: addressBehind(config.trustProxy) });
  const serverSentEvents = serveServerSentEvents(http, {
    ...stream,
    elsewhere: parts.linksElsewhere,
    readable: (origin) => origin === ownOrigin() || origins.known(origin),
  });
  return {
    close() {
      webSocket.close();
      serverSentEvents.close();
    },
  };
}
