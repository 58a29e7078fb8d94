import type { FormEntry } from "@clew/contract/flows/entries";
import type { ClientMessage, ServerMessage } from "@clew/contract/stream";
import type { Clock } from "../ports.ts";

/** What the server says that forms listen to: words of open forms, and answers to commands. */
export type FormMessage = Extract<ServerMessage, { type: "form" | "answer" }>;
export type FormUpload = { id: string; name: string; size: number; type: string };

/** What an open form needs of the chat, or of the desk, that it is part of. */
export type FormPort = {
  conversationId: string;
  side: "customer" | "staff";
  /** Sends when there is a connection; what is not confirmed is sent again by the form. */
  send(message: ClientMessage): void;
  onMessage(listener: (message: FormMessage) => void): () => void;
  /** Whether the conversation is followed without a gap, and the form's entry in it. */
  read(): { connected: boolean; entry: FormEntry | null };
  onChange(listener: () => void): () => void;
  newId(): string;
  clock: Clock;
  /** What was kept on this device under a name; null forgets it. */
  kept(name: string): Promise<unknown>;
  keep(name: string, value: unknown): void;
  upload(file: File, told: (share: number) => void): Promise<FormUpload | { problem: string }>;
};
