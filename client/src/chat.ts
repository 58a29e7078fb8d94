import type { CustomerCommand } from "@clew/contract/commands";
import type { Answer, AnswerValue } from "@clew/contract/forms";
import type { ReconnectLink, ReconnectOutcome } from "@clew/contract/reconnect";
import type { ClearMode } from "./core-state.ts";
import type { FormPort } from "./forms/port.ts";
import type { Unsent } from "./outgoing/unsent.ts";
import type { Answered, Result } from "./results.ts";
import type { ChatSignal, ChatState, FieldValues, Upload } from "./state.ts";
import type { Readable } from "./store.ts";

export type StartInput = {
  /** What was typed, or with `how` what the page showed fixed; hidden fields set by the page are added. */
  answers: readonly { key: string; value: AnswerValue; how?: Answer["how"] }[];
  message?: string;
};

/** A customer's chat in one channel: a state to show and the verbs that change it. Made by `createChat`. */
export type Chat = {
  state: Readable<ChatState>;
  /** Hears what passes once; the result unsubscribes. */
  onSignal(listener: (signal: ChatSignal) => void): () => void;
  /** Shows the local copy, reads the channel, comes back to the conversation there is. Again after a failure. */
  boot(): Promise<void>;
  start(input: StartInput): Promise<Answered>;
  /** Kept before it is sent, sent once. Resolves when the server answered, however long that takes. */
  /** `id`: for a message of which there is to be one, wherever it comes from. */
  send(
    text: string,
    options?: { attachments?: readonly string[]; answers?: readonly Answer[]; id?: string },
  ): Promise<Answered>;
  retry(messageId: string): void;
  discard(messageId: string): void;
  end(): Promise<Answered>;
  /** Answers the survey after a session, once; null: the customer does not want to. */
  answerSurvey(sessionId: string, answers: readonly Answer[] | null): Promise<Answered>;
  undoOptOut(): Promise<Answered>;
  /** The next session of an open conversation, before anything is written. */
  startSession(answers: StartInput["answers"]): Promise<Answered>;
  /** Lets go of a closed conversation; the start is next. */
  newConversation(): void;
  /** Call at each key press; sent at most every three seconds. `text` only where `boot.livePreview`. */
  typing(on: boolean, text?: string): void;
  /** Call when the newest message is in sight. */
  markRead(): void;
  /** Reads a page of earlier history into the timeline. */
  older(): Promise<Result>;
  /** Starts storing a file for the conversation; progress is in `state.uploads`. Resolves with its end. */
  upload(file: File, purpose?: string): Promise<Upload>;
  retryUpload(id: string): void;
  removeUpload(id: string): void;
  /** Address of a stored file for links and images; good for as long as the access token lives. */
  attachmentUrl(id: string, options?: { preview?: boolean }): string;
  /** The conversation as a text file, to hand to the person. */
  transcript(): Promise<Result<Blob>>;
  /**
   * Signs a customer in with the page's signed token; a guest's conversation comes along. A function is asked again
   * whenever a new token is needed.
   */
  signIn(identityToken: string | (() => Promise<string>)): Promise<Result>;
  /** Goes on with one of `state.choices`. */
  takeUp(conversationId: string): void;
  /** A link with which this conversation is gone on with on another device. */
  makeLink(): Promise<Result<ReconnectLink>>;
  /** Sends such a link by e-mail; `unavailable` where the server sends no mail. */
  sendLink(email: string): Promise<Result>;
  /** Whether a link leads to the conversation that is shown here already; nothing is used up. False when nobody can tell. */
  isOwnLink(token: string): Promise<boolean>;
  /** Comes back by a link and uses it up; the outcome says what became of it. */
  openLink(token: string): Promise<Result<ReconnectOutcome>>;
  /**
   * Resets: the session ends or is parked with the agent, tokens and links are revoked, this device is wiped. Asked until
   * the server confirms; `state.clearing` meanwhile.
   */
  clear(mode: ClearMode): Promise<Result>;
  /** Wipes this device and revokes on the server (retried until it confirms). */
  signOut(options?: { everywhere?: boolean }): Promise<Result>;
  /** What forms are built on; see `@clew/client/forms`. */
  form: Pick<FormPort, "send" | "hold" | "newId" | "clock" | "kept" | "keep"> & {
    give(command: CustomerCommand, kept?: Partial<Unsent>): Promise<Answered>;
  };
  setDraft(text: string): void;
  setPreChatDraft(values: FieldValues): void;
  setWindowOpen(open: boolean): void;
  setHiddenFields(values: FieldValues): void;
  prefill(values: FieldValues, options: { editable: boolean }): void;
  /** The server's time, in milliseconds: countdowns run by it. */
  serverNow(): number;
  /** Lets go of everything; what is unsent stays in storage. */
  close(): void;
};
