import type { Performed } from "@clew/domain/door";
import type { Query, Raw } from "../database/database.ts";
import type { Engine } from "../database/migrate.ts";
import { derivedId } from "../flows/derived-id.ts";
import { eraseFlows, eraseOnceMore, FLOWS_ERASED } from "./flows-store.ts";

/** What a hidden event looks like, built by the store itself: a log may be long. */
const HIDDEN = `'{"type":"hidden","conversationId":"' || conversation_id || '","number":' || number || ',"at":' || at
  || ',"by":{"who":"system"},"audience":"all"}'`;

/**
 * Takes the contents of the logs that `done` erased, in the transaction that does so, and all that leads to them: links,
 * mails that carry one. Numbers and times stay, so that nobody's log has holes.
 */
export async function eraseLogs(raw: Raw, engine: Engine, done: readonly Performed[]): Promise<void> {
  for (const { conversationId, events } of done) {
    const erased = events.find(({ type }) => type === "conversation.erased");
    if (!erased || conversationId === null) continue;
    await raw.run(`UPDATE events SET body = ${HIDDEN} WHERE conversation_id = ? AND number < ?`, [
      conversationId,
      erased.number,
    ]);
    await raw.run("DELETE FROM reconnect_links WHERE conversation_id = ?", [conversationId]);
    await eraseFlows(raw, engine, { conversationId, at: erased.at });
    await eraseOnceMore(raw, { conversationId, at: erased.at, id: derivedId(conversationId, FLOWS_ERASED) });
    await eraseForms(raw, conversationId);
    await raw.run("DELETE FROM effects WHERE kind = 'mail' AND payload LIKE ?", [`%"about":"${conversationId}"%`]);
  }
}

/** Forms with all that was typed and sent. */
async function eraseForms(raw: Raw, conversationId: string): Promise<void> {
  const those = "(SELECT id FROM forms WHERE conversation_id = ?)";
  const sent = `(SELECT id FROM form_submissions WHERE form_id IN ${those})`;
  for (const sql of [
    `DELETE FROM form_secrets WHERE submission_id IN ${sent}`,
    `DELETE FROM form_submissions WHERE form_id IN ${those}`,
    `DELETE FROM form_suggestions WHERE form_id IN ${those}`,
    `DELETE FROM form_fields WHERE form_id IN ${those}`,
    "DELETE FROM forms WHERE conversation_id = ?",
  ])
    await raw.run(sql, [conversationId]);
}

/** The customer and the guests who became this customer; empty when there is no such customer. */
export async function samePerson(query: Query, customerId: string): Promise<string[]> {
  const rows = await query
    .selectFrom("customers")
    .select("id")
    .where((where) => where.or([where("id", "=", customerId), where("became", "=", customerId)]))
    .execute();
  return rows.some(({ id }) => id === customerId) ? rows.map(({ id }) => id) : [];
}

/** Their conversations of all channels, and whether anything of each is left to erase. */
export async function conversationsOf(query: Query, customerIds: readonly string[]): Promise<string[]> {
  const rows = await query.selectFrom("conversations").select("id").where("customer_id", "in", customerIds).execute();
  return rows.map(({ id }) => id);
}

/** Leaves of a person that there was one: no name, no address, no way in. Returns the devices that had one. */
export async function forgetPerson(query: Query, customerIds: readonly string[], now: number): Promise<string[]> {
  const nobody = { name: null, email: null, issuer: null, subject: null, updated_at: now };
  await query.updateTable("customers").set(nobody).where("id", "in", customerIds).execute();
  const devices = await query
    .updateTable("customer_devices")
    .set({ revoked_at: now })
    .where("customer_id", "in", customerIds)
    .returning("id")
    .execute();
  const ids = devices.map(({ id }) => id);
  if (ids.length > 0) await query.deleteFrom("resume_secrets").where("device_id", "in", ids).execute();
  return ids;
}
