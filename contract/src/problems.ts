/**
 * The closed list of what can go wrong for a caller (RFC 9457, `application/problem+json`). `status` is the HTTP status,
 * `retry` whether the same call may succeed later: "no", "yes" (now, with the same id) or "later" (after `retryAfter`).
 * Each code has a heading in docs/problems.md; a test proves it.
 */
export const PROBLEMS = {
  invalid: { status: 400, retry: "no", title: "The input does not fit the schema" },
  "not-json": { status: 400, retry: "no", title: "The body is not valid JSON" },
  unauthenticated: { status: 401, retry: "no", title: "Sign in first, or the token is not valid" },
  "token-expired": { status: 401, retry: "yes", title: "The access token has expired; get a new one" },
  "identity-refused": { status: 401, retry: "no", title: "The identity token was refused" },
  "wrong-credentials": { status: 401, retry: "no", title: "E-mail or password is wrong" },
  "csrf-refused": { status: 403, retry: "no", title: "The request does not carry the page's CSRF token" },
  forbidden: { status: 403, retry: "no", title: "Not allowed for this role or key" },
  "origin-refused": { status: 403, retry: "no", title: "This site may not use the channel" },
  "not-found": { status: 404, retry: "no", title: "There is nothing here that you may see" },
  "method-not-allowed": { status: 405, retry: "no", title: "This address does not take that method" },
  conflict: { status: 409, retry: "no", title: "The thing has changed since you read it" },
  "already-exists": { status: 409, retry: "no", title: "There is one with this name already" },
  "id-reused": { status: 409, retry: "no", title: "This id was used for something else" },
  "conversation-closed": { status: 409, retry: "no", title: "The conversation is closed; start a new one" },
  "session-not-open": { status: 409, retry: "no", title: "The session is not in a state that allows this" },
  "session-taken": { status: 409, retry: "no", title: "Another agent has the session" },
  "no-capacity": { status: 409, retry: "later", title: "The agent's capacity is used up" },
  "offer-gone": { status: 409, retry: "no", title: "The offer is no longer open" },
  "undo-too-late": { status: 409, retry: "no", title: "The time to undo has passed" },
  "prechat-required": { status: 409, retry: "no", title: "Questions must be answered before this session can start" },
  "answers-invalid": { status: 422, retry: "no", title: "Some answers do not fit their questions" },
  "setting-refused": { status: 422, retry: "no", title: "These settings cannot be combined" },
  "form-closed": { status: 409, retry: "no", title: "The form is no longer open, or was sent already" },
  "out-of-hours": { status: 409, retry: "later", title: "The channel is closed at this hour" },
  "not-published": { status: 409, retry: "no", title: "The channel has no published deployment" },
  "too-large": { status: 413, retry: "no", title: "The body or file is too large" },
  "type-refused": { status: 415, retry: "no", title: "This kind of content is not taken" },
  "rate-limited": { status: 429, retry: "later", title: "Too many requests; wait and try again" },
  "setup-done": { status: 409, retry: "no", title: "The organisation has been set up already" },
  unavailable: { status: 503, retry: "later", title: "The server cannot do this right now" },
  internal: { status: 500, retry: "yes", title: "The server failed; the fault is ours" },
} as const satisfies Record<string, { status: number; retry: "no" | "yes" | "later"; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A problem on the wire. `detail` is a sentence for a developer; `field` a JSON pointer; `retryAfter` is in seconds. */
export type Problem = {
  type: string;
  code: ProblemCode;
  status: number;
  title: string;
  retry: "no" | "yes" | "later";
  detail?: string;
  field?: string;
  reason?: string;
  fields?: Record<string, string>;
  retryAfter?: number;
};

export type ProblemExtra = Partial<Pick<Problem, "detail" | "field" | "reason" | "fields" | "retryAfter">>;

/** Builds the wire form of a problem from its code. */
export function problem(code: ProblemCode, extra: ProblemExtra = {}): Problem {
  const known = PROBLEMS[code];
  return {
    type: `/docs/problems#${code}`,
    code,
    status: known.status,
    title: known.title,
    retry: known.retry,
    ...extra,
  };
}
