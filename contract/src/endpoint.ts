import type { TSchema } from "typebox";

/**
 * Who may call: `public` anyone · `customer` an access token · `staff` a signed-in agent · `supervisor` and `admin` that
 * role or above · `read`/`write` staff or an API key with the scope named in `scope`.
 */
export type Caller = "public" | "customer" | "customer-or-staff" | "staff" | "supervisor" | "admin";

/** One line of the table of HTTP endpoints. `response: null` means 204 without a body, `"bytes"` a file or stream. */
export type Endpoint = {
  name: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  who: Caller;
  scope?: "conversations:read" | "conversations:write" | "configuration:read" | "configuration:write";
  summary: string;
  params?: TSchema;
  query?: TSchema;
  body?: TSchema | "multipart";
  /** A call without a body is one with nothing in it. */
  mayLackBody?: true;
  /** How large the body may be, in bytes, where that is more than usual. */
  maxBytes?: number;
  response: TSchema | "bytes" | null;
};

export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}
