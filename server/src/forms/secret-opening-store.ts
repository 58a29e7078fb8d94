import type { Actor } from "@clew/domain/actor";
import type { Raw } from "../database/database.ts";

type Opening = {
  id: string;
  at: number;
  actor: Actor;
  formId: string;
  /** Of which form and field, and why; never the answer. */
  change: Readonly<Record<string, string | undefined>>;
};

/** Keeps in the audit that somebody opened what a customer gave in confidence. */
export async function writeOpening(raw: Raw, { id, at, actor, formId, change }: Opening): Promise<void> {
  await raw.run(
    "INSERT INTO audit (id, at, agent_id, action, noun, noun_id, change, version) VALUES (?, ?, ?, 'open-secret', 'form', ?, ?, NULL)",
    [id, at, actor.who === "agent" ? actor.id : null, formId, JSON.stringify(change)],
  );
}
