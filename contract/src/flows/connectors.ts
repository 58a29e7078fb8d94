import { type Static, Type } from "typebox";
import { closed } from "../closed.ts";
import { Time } from "../ids.ts";

export const ConnectorName = Type.String({ pattern: "^[a-z][A-Za-z0-9_-]{0,49}$" });
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const HeaderName = Type.String({ pattern: "^[A-Za-z][A-Za-z0-9-]{0,99}$" });

/**
 * Another system that flows may call. Only `hosts` (of `baseUrl` when empty) and `methods` are allowed, and no private
 * address unless `privateAddresses`. `headers` go with every call; their values may name secrets: `Bearer {{token}}`.
 */
export const ConnectorSettings = Type.Object(
  {
    baseUrl: Type.String({ maxLength: 500, pattern: "^https?://" }),
    methods: Type.Array(closed(METHODS), { minItems: 1, maxItems: 5 }),
    hosts: Type.Array(Type.String({ minLength: 1, maxLength: 253 }), { maxItems: 50 }),
    headers: Type.Record(HeaderName, Type.String({ maxLength: 2000 })),
    privateAddresses: Type.Boolean(),
    /** Whether repeating a call is harmless. Where not, a call whose outcome nobody knows is never made again by itself. */
    idempotent: Type.Boolean(),
    /** Faults in a row after which calls fail at once, for `restMs`. */
    breakAfter: Type.Integer({ minimum: 1, maximum: 1000 }),
    restMs: Type.Integer({ minimum: 1000, maximum: 3_600_000 }),
    /** The page that forms show in a frame for a `payment`: https, or of this very machine to try it out. */
    paymentPage: Type.Optional(
      Type.String({ maxLength: 500, pattern: "^(https://|http://(localhost|127\\.0\\.0\\.1)[:/])" }),
    ),
  },
  { additionalProperties: false },
);
export type ConnectorSettings = Static<typeof ConnectorSettings>;

/** `secrets` names those that are set; their values are never read back. */
export const Connector = Type.Object({
  name: ConnectorName,
  settings: ConnectorSettings,
  secrets: Type.Array(Type.String()),
  revision: Type.Integer(),
  updatedAt: Time,
});
export type Connector = Static<typeof Connector>;

/** `secrets`: a text sets, null removes, what is not named stays. `revision` 0 makes a new one. */
export const SaveConnector = Type.Object(
  {
    settings: ConnectorSettings,
    secrets: Type.Record(
      Type.String({ pattern: "^[a-z][A-Za-z0-9_]{0,49}$" }),
      Type.Union([Type.String({ maxLength: 4000 }), Type.Null()]),
    ),
    revision: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
