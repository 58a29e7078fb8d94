import type { Agent } from "@clew/contract/agents";
import type { CustomerIdentity, OwnConversation } from "@clew/contract/customers";
import type { Configuration } from "@clew/domain/configuration";
import type { PreparePassword, WritePassword } from "../agents/passwords.ts";
import type { Clock, Ids } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Authenticate, Caller, Handlers, Proven } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { createAccessTokens } from "./access-tokens.ts";
import { agentIdentityHandlers } from "./agent-handlers.ts";
import { createAgentSessions, SESSION_COOKIE } from "./agent-sessions.ts";
import { createApiKeys } from "./api-keys.ts";
import { createAuthenticate } from "./authenticate.ts";
import { type ClearConversations, customerHandlers } from "./customer-handlers.ts";
import { createCustomers, type OnVerified } from "./customers.ts";
import { createPasswords } from "./passwords.ts";
import type { Revoked } from "./revoked.ts";
import { keyFor, mac } from "./secrets.ts";
import { createTokenVerifier } from "./verify-token.ts";

export type IdentityParts = {
  database: Database;
  clock: Clock;
  ids: Ids;
  /** CLEW_SECRET; all keys are derived from it. */
  secret: string;
  demo: boolean;
  configuration(): Configuration;
  /** The customer's conversations in the channel that can be gone on with, the newest first. */
  listConversations(customerId: string, channelId: string): Promise<OwnConversation[]>;
  clearConversations: ClearConversations;
  /** A guest became a verified customer: their conversations of the channel follow. Repeats do no harm. */
  onVerified: OnVerified;
  /** The one-time code printed in the terminal; null when there is none. */
  setupCode(): string | null;
  /** Makes the organisation and its first admin in one transaction; `setup-done` when there is one already. */
  setUp(input: { organisation: string; name: string; email: string; writePassword: WritePassword }): Promise<Agent>;
};

export type Identity = {
  handlers: Handlers;
  authenticate: Authenticate;
  /** Customers and programs show a token, agents the cookie. @throws Refused */
  authenticateStream(shown: { cookieHeader: string | undefined; token: string | undefined }): Promise<Proven>;
  /** Whether a caller of earlier still may act: for connections that stay open. */
  stillValid(caller: Caller): Promise<boolean>;
  /** Runs after something was revoked by this process. Returns the way to stop listening. */
  onRevoked(listener: (revoked: Revoked) => void): () => void;
  /** Another process has revoked that; null: it may have revoked anything. What is remembered of it counts no more. */
  revokedElsewhere(what: Revoked | null): void;
  preparePassword: PreparePassword;
  /** The identity of a customer on a new device, for whoever showed a good reconnect link. */
  arrive(customerId: string, channelId: string): Promise<CustomerIdentity>;
  /** A device that was revoked past this module: what is remembered of it goes, its connections are told. */
  forgetDevice(deviceId: string): void;
  /** The verified customer of an access token of the channel; null for a guest's. @throws Refused */
  signedIn(accessToken: string, channelId: string): Promise<string | null>;
  /** Makes a guest, whose link a verified customer followed, that customer. */
  claim(guestId: string, customerId: string, channelId: string): Promise<void>;
  /** Signs the agent out on every browser. */
  signOutAgent(agentId: string): Promise<void>;
};

/** How long a caller found valid counts as such without asking the store: several processes see each other's changes. */
const REMEMBER_MS = { sqlite: 60_000, postgres: 2_000 };

export async function createIdentity(parts: IdentityParts): Promise<Identity> {
  const { database, clock, ids, secret, configuration } = parts;
  const life = REMEMBER_MS[database.engine];
  const listeners = new Set<(revoked: Revoked) => void>();
  const revoked = (what: Revoked) => {
    for (const listener of listeners) listener(what);
  };

  const csrfKey = keyFor(secret, "csrf");
  const csrfOf = (sessionId: string) => mac(csrfKey, sessionId);
  const tokens = createAccessTokens(keyFor(secret, "access tokens"));
  const sessions = createAgentSessions({ database, clock, ids, life });
  const apiKeys = createApiKeys({ database, clock, ids, life, revoked: (keyId) => revoked({ keyId }) });
  const passwords = createPasswords(clock);
  const callers = createAuthenticate({ database, clock, life, tokens, sessions, apiKeys, csrfOf, configuration });
  const forgetDevice = (deviceId: string) => {
    callers.forgetDevice(deviceId);
    revoked({ deviceId });
  };
  const customers = createCustomers({
    database,
    clock,
    ids,
    resumeKey: keyFor(secret, "resume secrets"),
    onVerified: parts.onVerified,
    forgetDevice,
  });

  const ofCustomers = customerHandlers({ ...parts, customers, tokens, verifyToken: createTokenVerifier() });
  return {
    arrive: ofCustomers.arrive,
    forgetDevice,
    handlers: {
      ...ofCustomers.handlers,
      ...agentIdentityHandlers({ ...parts, sessions, passwords, csrfOf, revoked }),
      ...apiKeys.handlers,
    },
    authenticate: callers.authenticate,
    async authenticateStream({ cookieHeader, token }) {
      const authorization = token === undefined ? undefined : `Bearer ${token}`;
      return callers.authenticate({ authorization, cookies: sessionCookie(cookieHeader ?? "") });
    },
    stillValid: callers.stillValid,
    onRevoked(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revokedElsewhere(what) {
      const device = what === null || "deviceId" in what;
      if (device) callers.forgetDevice(what?.deviceId ?? null);
      if (what !== null && device) return;
      sessions.forget();
      apiKeys.forget();
    },
    preparePassword: passwords.prepare,
    async signedIn(accessToken, channelId) {
      const shown = { authorization: `Bearer ${accessToken}`, cookies: {} };
      const { caller } = await callers.authenticate(shown);
      const fits = caller.who === "customer" && caller.channelId === channelId;
      if (!fits) throw new Refused("unauthenticated");
      return customers.verified(caller.customerId);
    },
    claim: customers.claim,
    async signOutAgent(agentId) {
      await sessions.endAll(agentId);
      revoked({ agentId });
    },
  };
}

/** The one cookie that tells who it is, out of the raw header. */
function sessionCookie(header: string): Record<string, string> {
  const found = header
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${SESSION_COOKIE}=`));
  return found ? { [SESSION_COOKIE]: found.slice(SESSION_COOKIE.length + 1) } : {};
}
