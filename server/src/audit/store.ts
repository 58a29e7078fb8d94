import type { AuditEntry } from "@clew/contract/agents";
import { sql } from "kysely";
import type { ConfigurationTables } from "../configuration/tables.ts";
import type { Query, Raw } from "../database/database.ts";

export const AUDIT_PAGE = 100;

/** `version` is that of the configuration which the entries tell of; null when they tell of something else. */
export async function insertAudit(
  query: Query,
  entries: readonly AuditEntry[],
  version: number | null = null,
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    id: entry.id,
    at: entry.at,
    agent_id: entry.agentId,
    action: entry.action,
    noun: entry.noun,
    noun_id: entry.nounId,
    change: JSON.stringify(entry.change),
    version,
  }));
  await query.insertInto("audit").values(rows).execute();
}

/** One entry of something that is no configuration, within a transaction of plain statements. */
export async function addAudit(raw: Raw, entry: AuditEntry): Promise<void> {
  const { id, at, agentId, action, noun, nounId, change } = entry;
  await raw.run(
    "INSERT INTO audit (id, at, agent_id, action, noun, noun_id, change, version) VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
    [id, at, agentId, action, noun, nounId, JSON.stringify(change)],
  );
}

/**
 * A page of entries older than `before` (milliseconds), newest first. A page ends between two moments and never within
 * one, so that nobody who goes on from its last `at` misses an entry; it may therefore be longer than `AUDIT_PAGE`.
 */
export async function readAudit(query: Query, before: number): Promise<AuditEntry[]> {
  const newestFirst = query
    .selectFrom("audit")
    .selectAll()
    .select(POSITION.as("position"))
    .orderBy("at", "desc")
    .orderBy(POSITION, "desc");
  const page = await newestFirst.where("at", "<", before).limit(AUDIT_PAGE).execute();
  const last = page.at(-1);
  if (!last || page.length < AUDIT_PAGE) return page.map(toEntry);
  const rest = await newestFirst.where("at", "=", last.at).where(POSITION, "<", last.position).execute();
  return [...page, ...rest].map(toEntry);
}

/** What was changed in the configuration since `version`, in the order in which it was. */
export async function readAuditSince(query: Query, version: number): Promise<AuditEntry[]> {
  const rows = await query.selectFrom("audit").selectAll().where("version", ">", version).orderBy(POSITION).execute();
  return rows.map(toEntry);
}

/** Counts the rows in the order in which they were written; entries of one moment stand in this order. */
const POSITION = sql<number>`position`;

function toEntry(row: ConfigurationTables["audit"]): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    agentId: row.agent_id,
    action: row.action,
    noun: row.noun,
    nounId: row.noun_id,
    change: JSON.parse(row.change),
  };
}
