import type { Clock, Ids } from "../clock.ts";
import type { Database, Query } from "../database/database.ts";
import { Remembered } from "./remembered.ts";
import { hashOf, newSecret } from "./secrets.ts";
import type { IdentityTables } from "./tables.ts";

export const SESSION_COOKIE = "clew_session";
export const SESSION_LIFE_MS = 30 * 24 * 60 * 60_000;
/** How often a session's use is written down. */
const TOUCH_EVERY_MS = 60 * 60_000;

export type AgentSession = IdentityTables["agent_sessions"];

/** Agents' signed-in browsers. A session slides: it ends after 30 days without use. */
export type AgentSessions = {
  /** Returns the token for the cookie; only its hash is stored. */
  start(agentId: string, userAgent: string): Promise<{ token: string; session: AgentSession }>;
  find(token: string): Promise<AgentSession | null>;
  end(sessionId: string): Promise<void>;
  /** Ends all of the agent's sessions but one; returns which. */
  endAll(agentId: string, except?: string, within?: Query): Promise<string[]>;
  /** Sessions were ended past this process. */
  forget(): void;
};

export function createAgentSessions({
  database,
  clock,
  ids,
  life,
}: {
  database: Database;
  clock: Clock;
  ids: Ids;
  life: number;
}): AgentSessions {
  const remembered = new Remembered<AgentSession | null>({
    clock,
    life,
    async read(tokenHash) {
      const row = await database.query
        .selectFrom("agent_sessions")
        .selectAll()
        .where("token_hash", "=", tokenHash)
        .executeTakeFirst();
      return row ?? null;
    },
  });

  const touch = async (session: AgentSession, now: number): Promise<AgentSession> => {
    const touched = { used_at: now, expires_at: now + SESSION_LIFE_MS };
    await database.query.updateTable("agent_sessions").set(touched).where("id", "=", session.id).execute();
    remembered.forget(session.token_hash);
    return { ...session, ...touched };
  };

  return {
    async start(agentId, userAgent) {
      const now = clock.now();
      const token = newSecret();
      const session: AgentSession = {
        id: ids.next(),
        token_hash: hashOf(token),
        agent_id: agentId,
        user_agent: userAgent,
        created_at: now,
        used_at: now,
        expires_at: now + SESSION_LIFE_MS,
      };
      await database.query.deleteFrom("agent_sessions").where("expires_at", "<", now).execute();
      await database.query.insertInto("agent_sessions").values(session).execute();
      return { token, session };
    },
    async find(token) {
      const now = clock.now();
      const session = await remembered.get(hashOf(token));
      if (!session || session.expires_at <= now) return null;
      return now - session.used_at > TOUCH_EVERY_MS ? touch(session, now) : session;
    },
    async end(sessionId) {
      await database.query.deleteFrom("agent_sessions").where("id", "=", sessionId).execute();
      remembered.forgetAll();
    },
    async endAll(agentId, except, within = database.query) {
      const rows = await within
        .deleteFrom("agent_sessions")
        .where("agent_id", "=", agentId)
        .where("id", "!=", except ?? "")
        .returning("id")
        .execute();
      remembered.forgetAll();
      return rows.map(({ id }) => id);
    },
    forget: () => remembered.forgetAll(),
  };
}
