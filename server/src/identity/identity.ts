import type { Agent } from "@clew/contract/agents";
import type { ConversationCustomer, ConversationSnapshot } from "@clew/contract/conversations";
import type { Configuration } from "@clew/domain/configuration";
import type { PreparePassword, WritePassword } from "../agents/passwords.ts";
import type { Clock, Ids } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Authenticate, Caller, Handlers } from "../http/handlers.ts";

export type IdentityParts = {
  database: Database;
  clock: Clock;
  ids: Ids;
  /** CLEW_SECRET; all keys are derived from it. */
  secret: string;
  /** Cookies are marked Secure. */
  https: boolean;
  demo: boolean;
  configuration(): Configuration;
  /** The customer's conversations in the channel that can be gone on with, the newest first. */
  listConversations(customerId: string, channelId: string): Promise<ConversationSnapshot[]>;
  /** A guest became a verified customer: their conversations of the channel follow. Repeats do no harm. */
  onVerified(move: { guestId: string; customerId: string; channelId: string; customer: ConversationCustomer }): Promise<void>;
  /** The one-time code printed in the terminal; null when there is none. */
  setupCode(): string | null;
  /** Makes the organisation and its first admin in one transaction; `setup-done` when there is one already. */
  setUp(input: { organisation: string; name: string; email: string; writePassword: WritePassword }): Promise<Agent>;
};

/** What has lost its right of access. Streams that it opened must be closed. */
export type Revoked = { deviceId: string } | { staffSessionId: string } | { agentId: string } | { keyId: string };

export type Identity = {
  handlers: Handlers;
  authenticate: Authenticate;
  /** Customers and programs show a token, agents the cookie. @throws Refused */
  authenticateStream(shown: { cookieHeader: string | undefined; token: string | undefined }): Promise<Caller>;
  /** Whether a caller of earlier still may act: for connections that stay open. */
  stillValid(caller: Caller): Promise<boolean>;
  /** Runs after something was revoked by this process. Returns the way to stop listening. */
  onRevoked(listener: (revoked: Revoked) => void): () => void;
  preparePassword: PreparePassword;
  /** Signs the agent out on every browser. */
  signOutAgent(agentId: string): Promise<void>;
};

export async function createIdentity(_parts: IdentityParts): Promise<Identity> {
  throw new Error("being written");
}
