/** Figures that both ends of the wire need, apart from the schemas so that a browser carries no schema library. */

export const API_BASE = "/api/v1";

/** How often a client pings, and how long either side waits before it takes the connection for dead, in milliseconds. */
export const PING_EVERY_MS = 15_000;
export const DEAD_AFTER_MS = 35_000;
/** Events sent and not yet acknowledged beyond which the server sends nothing more. */
export const WINDOW = 256;
/** Events of a snapshot's first page, the newest; older ones come by HTTP. */
export const SNAPSHOT_EVENTS = 50;

export const MAX_MESSAGE_LENGTH = 6000;
/** 20 MB, the most that one file may hold. */
export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;
/** Files that one message can carry. */
export const MAX_MESSAGE_FILES = 10;
/** A file goes in parts of at most so much: a proxy that hands on whole requests only loses one part of a cut upload. */
export const MAX_PART_BYTES = 2 * 1024 * 1024;
/** For how long an expired link still shows what was said where the channel says nothing, in milliseconds: a day. */
export const EXPIRED_HISTORY_MS = 86_400_000;

/** What a customer gave in confidence in a form is kept until its use, and no longer than this, in milliseconds: a day. */
export const FORM_SECRET_MS = 86_400_000;

/** A question of the kind `rating` is answered by a whole number from 1 to this. */
export const RATING_MAX = 5;
/** Largest picture of the asset store, in bytes. */
export const MAX_ASSET_BYTES = 512 * 1024;

/** Where it stands in words of staff or in automatic ones, the server puts the customer's own link to come back with. */
export const LINK_PLACE = "{{reconnect.link}}";
