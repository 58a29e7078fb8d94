import type { Readable } from "node:stream";
import type { ApiScope, Role } from "@clew/contract/agents";

export { Download } from "../download.ts";

/** Who calls, as identity proved it. */
export type Caller =
  | { who: "public" }
  | { who: "customer"; customerId: string; channelId: string; name: string | null; deviceId: string }
  | { who: "staff"; agentId: string; role: Role; name: string; sessionId: string }
  | { who: "key"; keyId: string; name: string; scopes: readonly ApiScope[] };

/** What a request shows for itself. `linkToken` is the `?token=` of a link, which takes the place of the header. */
export type Credentials = {
  authorization: string | undefined;
  cookies: Record<string, string | undefined>;
  linkToken?: string | undefined;
};

/**
 * The caller, and the CSRF token that changes must carry when the caller was known by a cookie (null otherwise). `until`:
 * when what was shown runs out, in milliseconds; null where it counts until it is revoked.
 * Nothing shown is `public`; something shown that is not valid is refused (`unauthenticated`, `token-expired`).
 */
export type Authenticate = (credentials: Credentials) => Promise<Proven & { csrf: string | null }>;

export type Proven = { caller: Caller; until: number | null };

/** One call after parsing: `params`, `query` and `body` have been checked against the endpoint's schemas. */
export type Call = {
  caller: Caller;
  params: Record<string, string>;
  query: Record<string, string | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: the router has checked it against the endpoint's schema
  body: any;
  ip: string;
  origin: string | null;
  userAgent: string;
  /** The raw header `cookie`, parsed. */
  cookies: Record<string, string | undefined>;
  /** For multipart endpoints: the one file and the fields before it. */
  file?: { name: string; declaredType: string; stream: Readable; fields: Record<string, string> };
  reply: {
    /** Sets a cookie that scripts cannot read; null as value takes it away. */
    cookie(name: string, value: string | null, maxAgeSeconds: number): void;
    header(name: string, value: string): void;
  };
};

/** A handler answers with the response's value, a `Download`, or null for 204; it throws `Refused` for problems. */
export type Handler = (call: Call) => Promise<unknown>;

/** Handlers by the endpoint's name in contract/api.ts. */
export type Handlers = Record<string, Handler>;
