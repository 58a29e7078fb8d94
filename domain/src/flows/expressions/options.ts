import type { Value } from "./value.ts";

/** The functions that need to know the world. They may throw ExpressionError; what else they throw is passed on. */
export type Host = {
  /** How often the run has come to the node. */
  visits?(node: string): number;
  /**
   * What people read for the value of a choice, null when it has no words. `path` says where the value was read
   * ("answer.reason"), null for a computed one.
   */
  label?(value: Value, path: string | null): string | null;
  /** The address of a file of the asset store, null for one that is not there. */
  asset?(name: string): string | null;
};

export type EvaluateOptions = {
  /** Milliseconds since 1970, what `now()` says. */
  now: number;
  /** IANA name of the zone in which dates and times are understood when the formula names none. */
  zone: string;
  /** BCP 47 tag for `format`. One that cannot be read counts as English. */
  locale: string;
  /** Steps that this evaluation may take; 10,000 unless told. */
  budget?: number;
  host?: Host;
};
