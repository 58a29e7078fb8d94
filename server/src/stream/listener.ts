import type { FormSay } from "@clew/contract/flows/form-live";
import type { Passing } from "@clew/contract/presence";
import type { ServerMessage } from "@clew/contract/stream";
import type { Changed } from "../commands/committed.ts";
import type { Caller } from "../http/handlers.ts";
import type { NewEvents } from "./frames.ts";

/** A connection as the hub and passing messages see it. */
export type Listener = {
  readonly caller: Caller;
  readonly isStaff: boolean;
  /** The channel of a customer. */
  readonly channelId: string | null;
  /** The conversation that is open before the eyes of staff. */
  readonly viewing: string | null;
  conversationIds(): string[];
  /** Newly committed events of a conversation it reads. */
  events(events: NewEvents): void;
  /** Conversations as a commit of this process left them, for an inbox that is open; all up to `upTo` is told with them. */
  changed(changed: readonly Changed[], upTo: number): void;
  /** What another process committed: the log knows the events. */
  changedElsewhere(changed: Changed): void;
  pass(passing: Passing): void;
  /** What an open form has to say. */
  say(conversationId: string, formId: string, say: FormSay): void;
  /** Asks again whether the caller may be here and see what they read. */
  recheck(): Promise<void>;
  bye(reason: Extract<ServerMessage, { type: "bye" }>["reason"], retryAfter: number | null): void;
};
