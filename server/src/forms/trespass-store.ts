import type { Actor } from "@clew/domain/actor";
import type { Raw } from "../database/database.ts";

/** Keeps that somebody reached for a form of another conversation. */
export async function writeAudit(
  raw: Raw,
  { id, at, actor, formId }: { id: string; at: number; actor: Actor; formId: string },
): Promise<void> {
  await raw.run(
    "INSERT INTO audit (id, at, agent_id, action, noun, noun_id, change, version) VALUES (?, ?, ?, 'refused', 'form', ?, ?, NULL)",
    [
      id,
      at,
      actor.who === "agent" ? actor.id : null,
      formId,
      JSON.stringify({ by: "id" in actor ? `${actor.who} ${actor.id}` : actor.who }),
    ],
  );
}
