import { type Static, Type } from "typebox";
import { closed } from "./closed.ts";
import { Id, Time } from "./ids.ts";
import { Because } from "./sessions.ts";

/** How a customer came back, as `customer.returned` has it; `none` for those who did not. */
export const RETURN_WAYS = ["same-browser", "link", "prompt", "message", "none"] as const;

/**
 * What came of it. `same-agent`, `other-agent` and `waiting` are those of `customer.returned`, `kept` for those of
 * `other-agent` who wait for their agent with a place kept; `expired`, `ended` and `refused` links that led to nothing; `not-back` sessions whose window ran out.
 */
export const RETURN_OUTCOMES = [
  "same-agent",
  "kept",
  "other-agent",
  "waiting",
  "expired",
  "ended",
  "refused",
  "not-back",
] as const;

/** How often customers of one channel had one outcome by one way. `because` is there for `other-agent` and `kept` only. */
export const ReturnCount = Type.Object({
  channelId: Id,
  way: closed([...RETURN_WAYS]),
  outcome: closed([...RETURN_OUTCOMES]),
  because: Type.Union([Because, Type.Null()]),
  count: Type.Integer({ minimum: 1 }),
});
export type ReturnCount = Static<typeof ReturnCount>;

/** All that happened from `since`, the beginning of a day in UTC. */
export const ReturnsReport = Type.Object({ since: Time, items: Type.Array(ReturnCount) });
export type ReturnsReport = Static<typeof ReturnsReport>;
