import type { FastifyBaseLogger } from "fastify";
import type { Clock } from "../clock.ts";
import type { Authenticate, Handlers } from "./handlers.ts";

export type HttpConfig = {
  /** Origin under which browsers reach the server; null: whatever host the request names. */
  publicUrl: string | null;
  trustProxy: false | number | string[];
  /** Factor on all rate limits; 0: none. */
  rateLimit: number;
  /** Folders with the built screens. */
  consoleFolder: string;
  widgetFolder: string;
};

/** Which sites' pages may use which channel. */
export type OriginPolicy = {
  /** Whether a page of `origin` may use the channel; true for a channel that there is not, so that nothing is told. */
  allowed(channelId: string, origin: string): boolean;
  /** Whether any channel may be used from `origin`: then its pages may read answers. */
  known(origin: string): boolean;
};

/** The demo shop at `/`, with the channels its page offers to choose from. */
export type DemoShop = { channels(): { id: string; name: string }[] };

export type HttpParts = {
  config: HttpConfig;
  handlers: Handlers;
  authenticate: Authenticate;
  origins: OriginPolicy;
  clock: Clock;
  log: FastifyBaseLogger;
  /** Whether the server can serve now: the store answers, the migrations are done, it is not going down. */
  ready(): Promise<boolean>;
  demo: DemoShop | null;
  /** The origins of payment pages, which pages with a widget may show in a frame. */
  paymentOrigins(): Promise<readonly string[]>;
  /** A picture of the asset store by its name. */
  asset(name: string): Promise<{ type: string; content: Uint8Array } | null>;
};
