import type { ClientCommand, CommandAnswer } from "@clew/contract/commands";
import type { ClientMessage } from "@clew/contract/stream";
import type { Configuration } from "@clew/domain/configuration";
import type { SentFrom } from "@clew/domain/flows/conversation/commands";
import type { Clock } from "../clock.ts";
import type { ConversationStore } from "../conversations/store.ts";
import type { Database } from "../database/database.ts";
import type { Caller, Proven } from "../http/handlers.ts";
import type { Hub } from "./hub.ts";
import type { Listener } from "./listener.ts";
import type { PassingMessages } from "./passing.ts";

export type Log = { error(context: unknown, message: string): void; warn(context: unknown, message: string): void };

/** How a stream was opened. `from`: whence, as requests are counted; `cookie`: the raw header. */
export type Opening = { id: string; cookie: string | undefined; page: Page; from: SentFrom };

/** Where a stream was opened from: `origin` of the page (null: no browser), `host` as the request named the server. */
export type Page = { origin: string | null; host: string | null };

/** What every connection of the stream works with. */
export type StreamParts = {
  database: Database;
  store: ConversationStore;
  configuration: () => Configuration;
  clock: Clock;
  hub: Hub;
  passing: PassingMessages;
  log: Log;
  /** `connected`: a customer goes on over the connection that the command came by. */
  command(command: ClientCommand, caller: Caller, from: SentFrom, way?: { connected: boolean }): Promise<CommandAnswer>;
  authenticate(shown: { cookieHeader: string | undefined; token: string | undefined }): Promise<Proven>;
  /** Whether a page of this origin may act for the caller: the channel's sites for customers, our own for staff. */
  mayUse(caller: Caller, page: Page): boolean;
  /** Counts a command of the caller. @throws Refused `rate-limited` */
  count(caller: Caller): void;
  /** Open forms: what somebody does to one, and that they no longer read its conversation (null: any). */
  forms: {
    act(from: Listener, message: Omit<Extract<ClientMessage, { type: "form" }>, "type">): Promise<void>;
    left(from: Listener, conversationId: string | null): void;
  };
  stillValid(caller: Caller): Promise<boolean>;
};
