import type { Query } from "../database/database.ts";
import type { IdentityTables } from "./tables.ts";

export type Customer = IdentityTables["customers"];
export type Device = IdentityTables["customer_devices"];
export type Secret = IdentityTables["resume_secrets"];

export async function insertCustomer(query: Query, customer: Customer): Promise<void> {
  await query.insertInto("customers").values(customer).execute();
}

export async function readCustomer(query: Query, id: string): Promise<Customer | undefined> {
  return query.selectFrom("customers").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The verified customer of this issuer and subject, made or brought up to date; two first visits at once make one. */
export async function saveVerified(
  query: Query,
  customer: Customer & { issuer: string; subject: string },
): Promise<Customer> {
  await query
    .insertInto("customers")
    .values(customer)
    .onConflict((conflict) =>
      conflict
        .columns(["issuer", "subject"])
        .doUpdateSet({ name: customer.name, email: customer.email, updated_at: customer.updated_at }),
    )
    .execute();
  return query
    .selectFrom("customers")
    .selectAll()
    .where("issuer", "=", customer.issuer)
    .where("subject", "=", customer.subject)
    .executeTakeFirstOrThrow();
}

export async function markBecame(query: Query, guestId: string, customerId: string, now: number): Promise<void> {
  const became = { became: customerId, updated_at: now };
  await query.updateTable("customers").set(became).where("id", "=", guestId).execute();
}

export async function insertDevice(query: Query, device: Device): Promise<void> {
  await query.insertInto("customer_devices").values(device).execute();
}

export async function readDevice(query: Query, id: string): Promise<Device | undefined> {
  return query.selectFrom("customer_devices").selectAll().where("id", "=", id).executeTakeFirst();
}

/**
 * The device of a secret, locked by touching it: whoever comes next with a secret of the same device waits for this
 * transaction on either engine.
 */
export async function lockDevice(query: Query, id: string, now: number): Promise<Device | undefined> {
  return query
    .updateTable("customer_devices")
    .set({ used_at: now })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

export async function updateDevice(query: Query, id: string, change: Partial<Device>): Promise<void> {
  await query.updateTable("customer_devices").set(change).where("id", "=", id).execute();
}

/** Revokes a customer's devices, all or all but one; returns which. */
export async function revokeDevices(query: Query, customerId: string, now: number, except = ""): Promise<string[]> {
  const rows = await query
    .updateTable("customer_devices")
    .set({ revoked_at: now })
    .where("customer_id", "=", customerId)
    .where("id", "!=", except)
    .where("revoked_at", "is", null)
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

export async function readSecret(query: Query, hash: string): Promise<Secret | undefined> {
  return query.selectFrom("resume_secrets").selectAll().where("hash", "=", hash).executeTakeFirst();
}

export async function insertSecret(query: Query, secret: Secret): Promise<void> {
  await query.insertInto("resume_secrets").values(secret).execute();
}

export async function replaceSecret(
  query: Query,
  hash: string,
  { next, salt, now }: { next: string; salt: string; now: number },
): Promise<void> {
  await query.updateTable("resume_secrets").set({ next, salt, replaced_at: now }).where("hash", "=", hash).execute();
}

/** Forgets secrets replaced long ago: shown again they are then merely unknown. */
export async function forgetSecrets(query: Query, deviceId: string, before: number): Promise<void> {
  await query
    .deleteFrom("resume_secrets")
    .where("device_id", "=", deviceId)
    .where("replaced_at", "<", before)
    .execute();
}
