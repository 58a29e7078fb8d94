import type { Role } from "@clew/contract/agents";
import type { By } from "@clew/contract/events";

/** Who gives a command, as identity proved it. `name` is the public name that goes into the log. */
export type Actor =
  | { who: "customer"; id: string; name: string | null }
  | { who: "agent"; id: string; name: string; role: Role }
  | { who: "key"; id: string; name: string }
  | { who: "system" };

/** The actor as events name it. API keys speak as a bot; supervisors and admins who act on others' sessions as supervisor. */
export function byOf(actor: Actor, ownerId?: string | null): By {
  switch (actor.who) {
    case "customer":
      return { who: "customer", id: actor.id, ...(actor.name ? { name: actor.name } : {}) };
    case "agent":
      return {
        who: actor.role !== "agent" && ownerId !== actor.id ? "supervisor" : "agent",
        id: actor.id,
        name: actor.name,
      };
    case "key":
      return { who: "bot", id: actor.id, name: actor.name };
    case "system":
      return { who: "system" };
  }
}
