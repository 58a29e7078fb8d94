import type { Agent } from "@clew/contract/agents";
import type { Configuration } from "@clew/domain/configuration";
import type { WritePassword } from "../agents/passwords.ts";
import { insertAudit } from "../audit/store.ts";
import type { Clock, Ids } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Call, Caller, Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { type AgentSessions, SESSION_COOKIE, SESSION_LIFE_MS } from "./agent-sessions.ts";
import type { Passwords } from "./passwords.ts";
import type { Revoked } from "./revoked.ts";
import { sameText } from "./secrets.ts";

type Parts = {
  database: Database;
  clock: Clock;
  ids: Ids;
  demo: boolean;
  sessions: AgentSessions;
  passwords: Passwords;
  configuration(): Configuration;
  csrfOf(sessionId: string): string;
  revoked(what: Revoked): void;
  setupCode(): string | null;
  setUp(input: { organisation: string; name: string; email: string; writePassword: WritePassword }): Promise<Agent>;
};

type Staff = Extract<Caller, { who: "staff" }>;

export function agentIdentityHandlers(parts: Parts): Handlers {
  const { database, clock, ids, demo, sessions, passwords, configuration, csrfOf, revoked, setupCode, setUp } = parts;

  const meOf = (agent: Agent, sessionId: string) => ({
    agent,
    csrf: csrfOf(sessionId),
    queues: [...configuration().queues.values()]
      .filter(({ members }) => members.includes(agent.id))
      .map(({ id }) => id),
    epoch: database.epoch,
  });
  const startSession = async (agent: Agent, { userAgent, reply }: Call) => {
    const { token, session } = await sessions.start(agent.id, userAgent);
    reply.cookie(SESSION_COOKIE, token, SESSION_LIFE_MS / 1000);
    return meOf(agent, session.id);
  };
  const endSessions = async (agentId: string, except?: string) => {
    for (const staffSessionId of await sessions.endAll(agentId, except)) revoked({ staffSessionId });
  };

  return {
    async setupState() {
      const { agents, organisation } = configuration();
      return { needed: !hasAdmin(agents), demo, organisation: organisation.name === "" ? null : organisation.name };
    },

    async setup(call) {
      const { code, organisation, name, email, password } = call.body;
      const expected = setupCode();
      if (hasAdmin(configuration().agents)) throw new Refused("setup-done");
      if (expected === null || !sameText(code.trim(), expected)) {
        throw new Refused("wrong-credentials", { field: "/code", detail: "This is not the code from the terminal." });
      }
      const writePassword = await passwords.prepare(password);
      return startSession(await setUp({ organisation, name, email, writePassword }), call);
    },

    async signIn(call) {
      const email = call.body.email.trim().toLowerCase();
      const agent = [...configuration().agents.values()].find((one) => one.email.toLowerCase() === email && one.active);
      const fits = await passwords.matches(database.query, agent?.id ?? null, call.body.password);
      if (!agent || !fits) throw new Refused("wrong-credentials");
      return startSession(agent, call);
    },

    async me({ caller, cookies, reply }) {
      const { agentId, sessionId } = caller as Staff;
      const agent = configuration().agents.get(agentId);
      if (!agent) throw new Refused("unauthenticated");
      // The session slides in the browser as it does here.
      const token = cookies[SESSION_COOKIE];
      if (token) reply.cookie(SESSION_COOKIE, token, SESSION_LIFE_MS / 1000);
      return meOf(agent, sessionId);
    },

    async signOut({ caller, body, reply }) {
      const { agentId, sessionId } = caller as Staff;
      await sessions.end(sessionId);
      revoked({ staffSessionId: sessionId });
      if (body.everywhere) await endSessions(agentId);
      reply.cookie(SESSION_COOKIE, null, 0);
      return null;
    },

    async changePassword({ caller, body }) {
      const { agentId, sessionId } = caller as Staff;
      const fits = await passwords.matches(database.query, agentId, body.current);
      if (!fits)
        throw new Refused("wrong-credentials", { field: "/current", detail: "This is not the present password." });
      const write = await passwords.prepare(body.next);
      await database.transaction((query) => write(query, agentId));
      await endSessions(agentId, sessionId);
      return null;
    },

    async resetPassword({ caller, params, body }) {
      const agentId = params.id as string;
      if (!configuration().agents.has(agentId)) throw new Refused("not-found");
      const write = await passwords.prepare(body.password);
      await database.transaction(async (query) => {
        await write(query, agentId);
        const by = caller.who === "staff" ? caller.agentId : null;
        const entry = { action: "reset-password", noun: "agent", nounId: agentId, change: {} };
        await insertAudit(query, [{ id: ids.next(), at: clock.now(), agentId: by, ...entry }]);
      });
      await endSessions(agentId);
      return null;
    },
  };
}

function hasAdmin(agents: Configuration["agents"]): boolean {
  return [...agents.values()].some(({ role }) => role === "admin");
}
