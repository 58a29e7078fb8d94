/**
 * The version of the words on the wire. Raise `PROTOCOL_VERSION` when a schema changes (version.test.ts notices), add one
 * line of history, and never raise `OLDEST_SERVED`: older clients are served at the edge.
 *
 * - 1: the first.
 */
export const PROTOCOL_VERSION = 1;
export const OLDEST_SERVED = 1;
