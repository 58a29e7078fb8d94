import type { ApiScope, Role } from "@clew/contract/agents";
import type { Readable } from "node:stream";

/** Who calls, as identity proved it. */
export type Caller =
  | { who: "public" }
  | { who: "customer"; customerId: string; channelId: string; name: string | null; deviceId: string }
  | { who: "staff"; agentId: string; role: Role; name: string; sessionId: string }
  | { who: "key"; keyId: string; name: string; scopes: readonly ApiScope[] };

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
  reply: { cookie(name: string, value: string | null, maxAgeSeconds: number): void; header(name: string, value: string): void };
};

/** A file or text to send as it is. */
export type Download = { download: Readable | Uint8Array | string; type: string; name: string; inline?: boolean; size?: number };

/** A handler answers with the response's value, a `Download`, or null for 204; it throws `Refused` for problems. */
export type Handler = (call: Call) => Promise<unknown>;

/** Handlers by the endpoint's name in contract/api.ts. */
export type Handlers = Record<string, Handler>;
