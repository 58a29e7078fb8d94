import { Refused } from "../problems/refused.ts";
import type { Log } from "./parts.ts";

/** What a caller may know of an error: refusals as they are, anything else is our fault and goes to the log. */
export function toRefused(error: unknown, log: Log): Refused {
  if (error instanceof Refused) return error;
  log.error({ err: error }, "a stream or command failed");
  return new Refused("internal");
}
