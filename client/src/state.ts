import type { Attachment } from "@clew/contract/attachments";
import type { Boot } from "@clew/contract/channels";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { OwnConversation } from "@clew/contract/customers";
import type { ConversationEvent } from "@clew/contract/events";
import type { AnswerValue } from "@clew/contract/forms";
import type { Problem } from "@clew/contract/problems";
import type { ConnectionState } from "./connection/public-state.ts";
import type { FormMessage } from "./forms/port.ts";
import type { SentForm } from "./outgoing/unsent.ts";
import type { TimelineItem } from "./timeline/items.ts";

/** What the widget boots from. A `ready` one from the local copy may be older than the server's; `fresh` tells. */
export type BootState =
  | { name: "none" }
  | { name: "loading" }
  | { name: "ready"; boot: Boot; fresh: boolean }
  | { name: "failed"; problem: Problem };

export type IdentityState = { customerId: string; kind: "guest" | "verified"; name: string | null };

/** A first message or start under way. It survives a reload; `failed` ones keep the answers in `preChatDraft`. */
export type StartingState = { name: "sending" } | { name: "failed"; problem: Problem };

/**
 * A file on its way. `sent` and `size` in bytes. `stored` ones carry what a message names. One with a `purpose` belongs to
 * something else than the next message, such as a form.
 */
export type Upload = {
  id: string;
  conversationId: string;
  name: string;
  type: string;
  size: number;
  sent: number;
  purpose?: string;
} & ({ state: "uploading" } | { state: "failed"; problem: Problem } | { state: "stored"; attachment: Attachment });

export type FieldValues = Readonly<Record<string, AnswerValue>>;

/** Everything a customer's window shows. A new object after each change; unchanged parts keep their identity. */
export type ChatState = {
  boot: BootState;
  connection: ConnectionState;
  identity: IdentityState | null;
  /**
   * Why signing in did not work, until the next try; never a silent fall to guest. With the reason `guest`: the server
   * no longer knows this device, and nobody was signed in here.
   */
  identityProblem: Problem | null;
  /**
   * The server answered, but did not renew what this device may do, and what it had has run out. What is there can be read;
   * nothing is sent until the renewal, which is tried again and again, works: commands, forms and files wait and then go
   * out by themselves. A network that is away is not meant.
   */
  lapsed: boolean;
  /** The conversation shown, closed ones included until `newConversation()`. */
  conversation: ConversationSnapshot | null;
  timeline: readonly TimelineItem[];
  canLoadOlder: boolean;
  loadingOlder: boolean;
  starting: StartingState | null;
  /** Answers to the survey are on their way. */
  surveySent: boolean;
  /** The customer's end of the session is on its way, or waits for a connection. */
  ending: boolean;
  /** Waiting to be sent, on their way, or refused; they survive a reload. */
  sentForms: readonly SentForm[];
  /** The other side is typing; `name` where known. */
  typing: { name: string | null } | null;
  queuePlace: { place: number; estimate: number | null } | null;
  /** How long the session waits once the last connection is gone, in milliseconds; null: as long as it lives, or not known. */
  keptFor: number | null;
  unread: number;
  uploads: readonly Upload[];
  /** Shared by all tabs of the browser. */
  draft: string;
  preChatDraft: FieldValues;
  windowOpen: boolean;
  /** Set by the page, of this tab only. */
  hiddenFields: FieldValues;
  prefill: { values: FieldValues; editable: boolean };
  /** What runs elsewhere for a customer who signed in here: `takeUp` one of them, or end it and start anew. */
  choices: readonly OwnConversation[];
  /** A reset is asked for and not confirmed by the server: nothing else can be done until it is. */
  clearing: boolean;
  /** `memory`: storage is blocked or full, so unsent words will not survive closing the page; say so. */
  storage: "durable" | "memory";
  /** Add to the local clock to get the server's, in milliseconds. */
  clockOffset: number;
};

/** What passes once: for sounds, titles and the page's own listeners. */
export type ChatSignal =
  /** One tab of the browser gets it: the place to play the sound. */
  | { type: "sound" }
  /** Each tab gets them, for events that came live, not for those caught up with after a reload. */
  | { type: "event"; event: ConversationEvent }
  /** What open forms listen to; each tab gets it. */
  | { type: "form"; message: FormMessage }
  /** The server has confirmed the reset: the conversation is let go of on all tabs. */
  | { type: "cleared"; mode: "end" | "park" };
