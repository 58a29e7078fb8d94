import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { Time } from "../ids.ts";
import { FlowVersionName } from "./entries.ts";

/** Who has stood at one node for this long, in milliseconds, counts as `long`. */
export const LONG_MS = 3_600_000;
/** Faults and waits are counted over so long, in milliseconds. */
export const HEALTH_SPAN_MS = 24 * 3_600_000;
/** Rows of each list, the worst first, are no more than this. */
export const MOST_HEALTH_ROWS = 100;
/** Of the events that ended a wait the last so many are looked at. */
export const MOST_WAITS = 5_000;

/** Work whose time has come and that nobody has taken up yet. `oldest`: since when it is due; null: there is none. */
const Backlog = Type.Object({ due: Type.Integer(), oldest: Type.Union([Time, Type.Null()]) });

/**
 * How flows are doing, at `at`. Times are in milliseconds.
 *
 * `standing`: runs that are not over, or stopped with a fault, by where they stand; `long` of them have not moved for
 * `LONG_MS`, the one that stands longest since `oldest`. `totals`: of all of them, `long` of those at work. `faults`: of
 * the runs of a version that ended within the span (`ended`) those that stopped with a fault at a node. `waits`: how long
 * events that came within the span were waited for, by their type. `outbox`: effects; `runs`: runs that time asks for.
 * Asked of one flow, `waits`, `outbox` and `runs` are still those of all.
 */
export const FlowHealth = Type.Object({
  at: Time,
  totals: Type.Object({ working: Type.Integer(), long: Type.Integer(), faulted: Type.Integer() }),
  standing: Type.Array(
    Type.Object({
      key: Type.String(),
      status: closed(["running", "waiting", "faulted"]),
      node: Type.String(),
      runs: Type.Integer(),
      long: Type.Integer(),
      oldest: Time,
    }),
  ),
  faults: Type.Array(
    Type.Object({ flow: FlowVersionName, node: Type.String(), faulted: Type.Integer(), ended: Type.Integer() }),
  ),
  waits: Type.Array(
    Type.Object({ type: Type.String(), events: Type.Integer(), median: Type.Integer(), longest: Type.Integer() }),
  ),
  outbox: Backlog,
  runs: Backlog,
});
export type FlowHealth = Static<typeof FlowHealth>;
