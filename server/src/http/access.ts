import type { Role } from "@clew/contract/agents";
import type { Endpoint } from "@clew/contract/endpoint";
import { Refused } from "../problems/refused.ts";
import type { Caller } from "./handlers.ts";

const RANK: Record<Role, number> = { agent: 0, supervisor: 1, admin: 2 };

/**
 * Whether the endpoint is for this caller: people by role, programs by the scope of their key.
 * @throws Refused `unauthenticated` when nobody is known, `forbidden` when the wrong one is.
 */
export function checkAccess({ who, scope }: Pick<Endpoint, "who" | "scope">, caller: Caller): void {
  if (who === "public") return;
  switch (caller.who) {
    case "public":
      throw new Refused("unauthenticated");
    case "customer":
      if (who === "customer" || who === "customer-or-staff") return;
      throw new Refused("forbidden", { detail: "Customers cannot do this." });
    case "key":
      if (who === "customer") throw new Refused("forbidden", { detail: "Only customers can do this." });
      if (scope === undefined) throw new Refused("forbidden", { detail: "API keys cannot do this." });
      if (!caller.scopes.includes(scope))
        throw new Refused("forbidden", { detail: `The key lacks the scope ${scope}.` });
      return;
    case "staff": {
      if (who === "customer") throw new Refused("forbidden", { detail: "Only customers can do this." });
      const least: Role = who === "supervisor" || who === "admin" ? who : "agent";
      if (RANK[caller.role] < RANK[least]) throw new Refused("forbidden", { detail: `This takes the role ${least}.` });
    }
  }
}
