import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import proxyAddress from "@fastify/proxy-addr";
import type { HttpConfig } from "./parts.ts";

type Proxies = HttpConfig["trustProxy"];
/** A browser's name for itself is kept up to here, in characters. */
const MOST_USER_AGENT = 300;

/** So many proxies stand in front, or only those with these addresses. */
export function trustFrom(proxies: Proxies): false | string[] | ((address: string, hop: number) => boolean) {
  return typeof proxies === "number" ? (_address, hop) => hop < proxies : proxies;
}

/** Whence a request came that the web server's own ways do not take, by the same rule as `request.ip`. */
export function addressBehind(proxies: Proxies): (request: IncomingMessage) => string {
  const trust = trustFrom(proxies);
  return (request) => proxyAddress(request, trust === false ? () => false : trust);
}

export function userAgentOf(headers: IncomingHttpHeaders): string {
  return (headers["user-agent"] ?? "").slice(0, MOST_USER_AGENT);
}
