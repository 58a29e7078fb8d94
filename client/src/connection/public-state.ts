import type { BYE_REASONS } from "@clew/contract/stream";

/** Why a connection was closed for good; `disposed` is our own `close()`. */
export type ClosedReason = (typeof BYE_REASONS)[number] | "disposed";

/**
 * The connection as a person may be told of it. `idle`: none is needed yet. `offline`: the browser says there is no
 * network (tries go on). `connecting`: `since` is wall time in milliseconds; show nothing in the first two seconds.
 * `catching-up`: greeted, reading what was missed. `live`: all is here. `closed`: no more tries.
 */
export type ConnectionState =
  | { name: "idle" }
  | { name: "offline"; since: number }
  | { name: "connecting"; since: number; tries: number }
  | { name: "catching-up" }
  | { name: "live" }
  | { name: "closed"; reason: ClosedReason };
