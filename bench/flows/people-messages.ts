import type { Spread } from "../load/messages.ts";

/** What the measurement of forms and the process that plays its people say to each other. */
export type PeopleOrder =
  | { do: "open"; url: string; forms: number }
  | { do: "type"; every: number; seconds: number; submits: number }
  | { do: "compare"; url: string }
  | { do: "close" };

/** Changes of one kind of typist: sent, not confirmed, refused, and never seen by the other side. */
export type TypedResult = { sent: number; unconfirmed: number; refused: number; unseen: number; delay: Spread };
/** `onward`: from sending a form until the agent's window has what the flow says next. */
export type PeopleResult = { customer: TypedResult; agent: TypedResult; submits: number; onward: Spread; lost: number };

export type PeopleReply =
  | { done: "open" | "close" }
  | { done: "type"; result: PeopleResult }
  /** Fields whose stored value is older than a change of them that was confirmed. */
  | { done: "compare"; older: number; compared: number }
  | { failed: string };
