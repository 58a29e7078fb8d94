import type { Me, Setup, SignIn } from "@clew/contract/agents";
import type { ClientCommandOf } from "@clew/contract/commands";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { AnswerValue } from "@clew/contract/forms";
import type { InboxItem } from "@clew/contract/inbox";
import type { AgentPresence, AvailabilityStatus } from "@clew/contract/presence";
import type { Problem } from "@clew/contract/problems";
import type { Static } from "typebox";
import type { ConnectionState } from "../connection/public-state.ts";
import type { FormPort } from "../forms/port.ts";
import type { Answered, Result } from "../results.ts";
import type { Upload } from "../state.ts";
import type { Readable } from "../store.ts";
import type { TimelineItem } from "../timeline/items.ts";
import type { Request } from "./endpoints.ts";

export type SignInState =
  | { name: "unknown" }
  /** `setupNeeded`: nobody has set the organisation up yet. */
  | { name: "signed-out"; setupNeeded: boolean; demo: boolean; problem: Problem | null }
  | { name: "signed-in"; me: Me };

/** An offer to the signed-in agent; count down to `dueAt` by `desk.serverNow()`. */
export type Offer = { conversationId: string; offerId: string; madeAt: number; dueAt: number; item: InboxItem };

export type DeskState = {
  signIn: SignInState;
  connection: ConnectionState;
  /** Every conversation that concerns the agent, last changed first. */
  inbox: readonly InboxItem[];
  /** False until the feed was read once. */
  inboxReady: boolean;
  offers: readonly Offer[];
  presences: Readonly<Record<string, AgentPresence>>;
  /** Rises when configuration of that noun changed on the server: read it again. */
  configuration: Readonly<Record<string, number>>;
  /** Conversations with a draft or unsent words of this agent, in this browser. */
  unfinished: readonly string[];
  storage: "durable" | "memory";
  clockOffset: number;
};

export type Viewer = { id: string; name: string; typing: boolean };

export type OpenConversationState = {
  id: string;
  /** Null until it was read, or when `problem` says why not. */
  conversation: ConversationSnapshot | null;
  problem: Problem | null;
  ready: "loading" | "catching-up" | "live";
  timeline: readonly TimelineItem[];
  canLoadOlder: boolean;
  loadingOlder: boolean;
  /** The customer is typing; `text` where the channel lets agents see it. */
  typing: { text: string | null } | null;
  customerConnected: boolean | null;
  /** Other agents who look at it. */
  viewers: readonly Viewer[];
  draft: string;
  noteDraft: string;
  uploads: readonly Upload[];
};

type TransferTo = ClientCommandOf<"session.transfer">["to"];

/** One conversation on the agent's screen. Verbs resolve with the server's answer. */
export type OpenConversation = {
  id: string;
  state: Readable<OpenConversationState>;
  send(text: string, attachments?: readonly string[]): Promise<Answered>;
  note(text: string, attachments?: readonly string[]): Promise<Answered>;
  retry(messageId: string): void;
  discard(messageId: string): void;
  setDraft(text: string): void;
  setNoteDraft(text: string): void;
  typing(on: boolean): void;
  markRead(): void;
  older(): Promise<Result>;
  accept(): Promise<Answered>;
  decline(why: string): Promise<Answered>;
  /** Takes a waiting session; a supervisor may name another agent. */
  take(agentId?: string): Promise<Answered>;
  transfer(to: TransferTo, note?: string): Promise<Answered>;
  markInactive(): Promise<Answered>;
  markActive(): Promise<Answered>;
  /** The session is over. */
  end(): Promise<Answered>;
  /** Close: the agent steps away; the session is kept, parked or queued again by policy. */
  close(): Promise<Answered>;
  undoClose(): Promise<Answered>;
  /** For a customer who is away: every clock that runs strikes `by` milliseconds later. */
  waitLonger(by: number): Promise<Answered>;
  /** Lets go at once of what is held for a customer who is away. */
  releaseHold(): Promise<Answered>;
  correctFact(key: string, value: AnswerValue): Promise<Answered>;
  /** Opens a sent form again, with a remark on some of its fields (`node.field`). */
  sendBackForm(formId: string, text: string, fields: readonly string[]): Promise<Answered>;
  /** More time for an open form, in milliseconds from now. */
  extendForm(formId: string, by: number): Promise<Answered>;
  /** Sends a form as it stands, for a customer who dictates; refused where the flow does not say that the agent may. */
  submitForm(formId: string, revision: number): Promise<Answered>;
  /** Closes an open form; the customer reads `text` at it. */
  cancelForm(formId: string, text?: string): Promise<Answered>;
  /** What open forms are built on; see `@clew/client/forms`. */
  form: Pick<FormPort, "send" | "give" | "newId" | "clock" | "onMessage">;
  upload(file: File): Promise<Upload>;
  retryUpload(id: string): void;
  removeUpload(id: string): void;
  transcript(): Promise<Result<Blob>>;
  /** Leaves the screen: the server is told that the agent no longer looks at it. Drafts stay. */
  leave(): void;
};

/** An agent's desk: one per page. Made by `createDesk`. */
export type Desk = {
  state: Readable<DeskState>;
  /** One tab of the browser hears `sound`; with what it is for. */
  onSignal(listener: (signal: DeskSignal) => void): () => void;
  /** Finds out who is signed in, and connects. */
  boot(): Promise<void>;
  setup(input: Static<typeof Setup>): Promise<Result<Me>>;
  signIn(input: Static<typeof SignIn>): Promise<Result<Me>>;
  signOut(options?: { everywhere?: boolean }): Promise<Result>;
  setPresence(status: AvailabilityStatus, reason: string | null): Promise<Answered>;
  accept(offer: Offer): Promise<Answered>;
  decline(offer: Offer, why: string): Promise<Answered>;
  take(conversationId: string, agentId?: string): Promise<Answered>;
  /** The same handle for the same conversation until it is left. */
  open(conversationId: string): OpenConversation;
  /** Any endpoint by its name in the contract, typed; adds what guards against forged requests. */
  request: Request;
  attachmentUrl(id: string, options?: { preview?: boolean }): string;
  serverNow(): number;
  close(): void;
};

export type DeskSignal =
  | { type: "sound"; what: "offer" | "message"; conversationId: string }
  | { type: "offer"; offer: Offer }
  | { type: "message"; conversationId: string; item: InboxItem };
