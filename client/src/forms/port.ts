import type { CustomerCommand } from "@clew/contract/commands";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import type { SentForm, Unsent } from "../outgoing/unsent.ts";
import type { Clock } from "../ports.ts";

/** What the server says of open forms. */
export type FormMessage = Extract<ServerMessage, { type: "form" }>;
export type FormFile = { id: string; name: string; size: number; type: string };
/** A file on its way to a field: `share` of it is there, 0 to 1. `problem` is a code; `again`: another try may help. */
export type FormUpload = { id: string; field: string; name: string; share: number } & (
  | { state: "going" }
  | { state: "failed"; problem: string; again: boolean }
  | { state: "stored"; file: FormFile }
);
/** Files of an open form. They go on while nobody looks at it, and after a reload. */
export type FormFiles = {
  add(field: string, file: File): void;
  retry(id: string): void;
  /** Forgets the way of a file; one that is stored is kept by the field that names it. */
  drop(id: string): void;
};

/** What an open form needs of the chat, or of the desk, that it is part of. */
export type FormPort = {
  conversationId: string;
  side: "customer" | "staff";
  /** Sends when there is a connection; what is not confirmed is sent again by the form. */
  send(message: ClientMessage): void;
  onMessage(listener: (message: FormMessage) => void): () => void;
  /** Goes out once, behind what was said before it, over reloads too. `kept`: what the disk gets instead. */
  give(command: CustomerCommand, kept?: Partial<Unsent>): void;
  /** What the disk is to tell under an id if the page goes before it can be given; null: nothing. */
  hold(id: string, unsent: Unsent | null): void;
  /** Forgets what was refused, by its id. */
  discard(id: string): void;
  /**
   * Whether the conversation is followed without a gap and can be written to, the form's entry in it, and what was given
   * to end the form, as far as it is not known to be done.
   */
  read(): { connected: boolean; entry: FormEntry | null; sent?: SentForm | undefined };
  onChange(listener: () => void): () => void;
  newId(): string;
  clock: Clock;
  /** What was kept on this device under a name; null forgets it. */
  kept(name: string): Promise<unknown>;
  keep(name: string, value: unknown): void;
  /** `list` gives the same object until something changes. */
  files: FormFiles & { list(): readonly FormUpload[] };
};
