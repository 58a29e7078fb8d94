import { hash, verify } from "@node-rs/argon2";
import type { PreparePassword } from "../agents/passwords.ts";
import type { Clock } from "../clock.ts";
import type { Query } from "../database/database.ts";

/** argon2id, about 50 ms: 19 MiB and two passes, the least that OWASP's password page recommends. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export type Passwords = {
  prepare: PreparePassword;
  /** Whether this is the agent's password. As slow for an agent that there is not (null). */
  matches(query: Query, agentId: string | null, password: string): Promise<boolean>;
};

/**
 * Compared against when there is nobody, so that the time taken does not tell which addresses exist. A server starts sooner
 * without it; whoever signs in first waits for it, whether the address is known or not.
 */
let nobody: Promise<string> | undefined;

export function createPasswords(clock: Clock): Passwords {
  return {
    async prepare(password) {
      const password_hash = await hash(password, COST);
      return async (query, agentId) => {
        const changed = { password_hash, changed_at: clock.now() };
        await query
          .insertInto("agent_credentials")
          .values({ agent_id: agentId, ...changed })
          .onConflict((conflict) => conflict.column("agent_id").doUpdateSet(changed))
          .execute();
      };
    },
    async matches(query, agentId, password) {
      nobody ??= hash("nobody's password", COST);
      const instead = await nobody;
      const row = agentId
        ? await query
            .selectFrom("agent_credentials")
            .select("password_hash")
            .where("agent_id", "=", agentId)
            .executeTakeFirst()
        : undefined;
      const fits = await verify(row?.password_hash ?? instead, password);
      return fits && row !== undefined;
    },
  };
}
