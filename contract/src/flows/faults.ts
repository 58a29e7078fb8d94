/**
 * Why a node could not do its work: a closed list, the same for every node. `*` in a `match` stands for all of them.
 * No schema library here, so that every reader of flows may import it.
 */
export const FAULT_CODES = [
  "timeout",
  "network",
  "http.4xx",
  "http.5xx",
  "notFound",
  "conflict",
  "forbidden",
  "validation",
  "limit",
  "conversationClosed",
  "customerBlocked",
  "noCapacity",
  "expr",
  "cancelled",
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** What a fault path finds in the variable named by `as`. `at` is milliseconds since 1970; `detail` holds no values. */
export type FaultValue = { code: FaultCode; message: string; node: string; at: number; detail: string | null };
