import type { ApiScope } from "@clew/contract/agents";
import type { Configuration } from "@clew/domain/configuration";
import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Authenticate, Caller, Proven } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { type AgentSessions, SESSION_COOKIE } from "./agent-sessions.ts";
import { type ApiKeys, KEY_PREFIX } from "./api-keys.ts";
import { readDevice } from "./devices-store.ts";
import { Remembered } from "./remembered.ts";

type Parts = {
  database: Database;
  clock: Clock;
  life: number;
  tokens: AccessTokens;
  sessions: AgentSessions;
  apiKeys: ApiKeys;
  csrfOf(sessionId: string): string;
  configuration(): Configuration;
};

/** Turns what a request shows into who it is. A header goes before a cookie: who sends one means it. */
export function createAuthenticate({ database, clock, life, tokens, sessions, apiKeys, csrfOf, configuration }: Parts) {
  const devices = new Remembered({
    clock,
    life,
    read: (id) => readDevice(database.raw, id),
  });

  const customerOf = async (token: string): Promise<Proven> => {
    const { customerId, channelId, deviceId, epoch, expiresAt } = await tokens.read(token, clock.now());
    const device = await devices.get(deviceId);
    if (!device || device.revoked_at !== null)
      throw new Refused("unauthenticated", { detail: "This device was signed out." });
    // The device changed hands (a guest became verified) since: its resume secret gets a token for who it is now.
    if (device.epoch !== epoch || device.customer_id !== customerId) throw new Refused("token-expired");
    const caller: Caller = { who: "customer", customerId, channelId, name: device.name, deviceId };
    return { caller, until: expiresAt };
  };

  const keyOf = async (secret: string): Promise<Proven> => {
    const row = await apiKeys.find(secret);
    if (!row) throw new Refused("unauthenticated", { detail: "This API key is not valid." });
    const scopes = JSON.parse(row.scopes) as ApiScope[];
    return { caller: { who: "key", keyId: row.id, name: row.name, scopes }, until: null };
  };

  const staffOf = async (token: string): Promise<Proven & { csrf: string }> => {
    const session = await sessions.find(token);
    const agent = session && configuration().agents.get(session.agent_id);
    if (!session || !agent?.active) throw new Refused("unauthenticated", { detail: "You are signed out." });
    const { id: agentId, role, publicName: name } = agent;
    const caller: Caller = { who: "staff", agentId, role, name, sessionId: session.id };
    return { caller, until: session.expires_at, csrf: csrfOf(session.id) };
  };

  const authenticate: Authenticate = async ({ authorization, cookies, linkToken }) => {
    const bearer = authorization === undefined ? linkToken : /^bearer +(\S+)$/i.exec(authorization)?.[1];
    if (authorization !== undefined && bearer === undefined) {
      throw new Refused("unauthenticated", { detail: "The header must be `Authorization: Bearer <token>`." });
    }
    if (bearer !== undefined) {
      const proven = bearer.startsWith(KEY_PREFIX) ? await keyOf(bearer) : await customerOf(bearer);
      return { ...proven, csrf: null };
    }
    const cookie = cookies[SESSION_COOKIE];
    if (!cookie) return { caller: { who: "public" }, until: null, csrf: null };
    return staffOf(cookie);
  };

  const stillValid = async (caller: Caller): Promise<boolean> => {
    switch (caller.who) {
      case "public":
        return true;
      case "customer": {
        const device = await devices.get(caller.deviceId);
        return device?.revoked_at === null && device.customer_id === caller.customerId && device.became === null;
      }
      case "key":
        return (
          (await database.query
            .selectFrom("api_keys")
            .select("id")
            .where("id", "=", caller.keyId)
            .executeTakeFirst()) !== undefined
        );
      case "staff": {
        const isActive = configuration().agents.get(caller.agentId)?.active === true;
        const session = database.query.selectFrom("agent_sessions").select("id").where("id", "=", caller.sessionId);
        return isActive && (await session.executeTakeFirst()) !== undefined;
      }
    }
  };

  /** Null: of all of them. */
  const forgetDevice = (id: string | null) => (id === null ? devices.forgetAll() : devices.forget(id));

  return { authenticate, stillValid, forgetDevice };
}
