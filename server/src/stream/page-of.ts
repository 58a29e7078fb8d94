import type { IncomingHttpHeaders } from "node:http";
import type { Page } from "./parts.ts";

export function pageOf({ origin, host }: IncomingHttpHeaders): Page {
  return { origin: origin ?? null, host: host ?? null };
}

/** Whether the page came from the very address that the request goes to. */
export function isSameAddress({ origin, host }: Page): boolean {
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host;
}
