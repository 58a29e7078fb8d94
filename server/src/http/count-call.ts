import type { Caller } from "./handlers.ts";
import type { RateLimits } from "./rate-limits.ts";

/** Commands over the stream are counted as those over HTTP are. @throws Refused `rate-limited` */
export function countCall(limits: RateLimits, caller: Caller): void {
  if (caller.who === "customer") limits.count("customer", caller.customerId);
  else if (caller.who === "staff") limits.count("staff", caller.agentId);
  else if (caller.who === "key") limits.count("key", caller.keyId);
}
