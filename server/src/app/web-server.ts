import { join } from "node:path";
import type { createAssets } from "../assets/assets.ts";
import type { Config } from "../config.ts";
import { paymentOrigins } from "../connectors/payment-pages.ts";
import type { Handlers } from "../http/handlers.ts";
import { createHttp, type HttpParts, type OriginPolicy } from "../http/http.ts";
import type { Identity } from "../identity/identity.ts";
import type { Core } from "./core.ts";

const SCREENS = join(import.meta.dirname, "../../..");

type Parts = Pick<Core, "database" | "store" | "configuration" | "clock"> & {
  config: Pick<Config, "publicUrl" | "trustProxy" | "rateLimit" | "log" | "demo">;
  log: HttpParts["log"];
  handlers: Handlers;
  assets: ReturnType<typeof createAssets>;
  identity: Identity;
  origins: OriginPolicy;
  /** Whether the server is going down. */
  closing: () => boolean;
};

/** The web server with the built screens, ready to listen. */
export function createWebServer(parts: Parts): ReturnType<typeof createHttp> {
  const { database, store, configuration, clock, log, config, handlers, assets, identity, origins, closing } = parts;
  const { publicUrl, trustProxy, rateLimit } = config;
  return createHttp({
    config: {
      ...{ publicUrl, trustProxy, rateLimit },
      consoleFolder: join(SCREENS, "console/dist"),
      widgetFolder: join(SCREENS, "widget/dist"),
    },
    handlers,
    asset: (name) => assets.open(name),
    authenticate: identity.authenticate,
    origins,
    paymentOrigins: () => paymentOrigins(database.query),
    clock,
    // What the terminal says at the start is for people; the web server's own word of it would stand in between.
    log: config.log === "info" ? log.child({}, { level: "warn" }) : log,
    ready: () =>
      store.lastChange().then(
        () => !closing(),
        () => false,
      ),
    demo: config.demo
      ? {
          channels: () =>
            [...configuration().channels.values()].map(({ id, settings }) => ({ id, name: settings.name })),
        }
      : null,
  });
}
