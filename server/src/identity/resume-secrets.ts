import type { Query } from "../database/database.ts";
import type { Device, Secret } from "./customers-store.ts";
import { forgetSecrets, insertSecret, lockDevice, readSecret, replaceSecret, updateDevice } from "./customers-store.ts";
import { hashOf, mac, newSecret } from "./secrets.ts";

/**
 * A device's resume secrets form a chain: each use puts a new one in the place of the one shown.
 *
 * - shown the *current* one: it is replaced.
 * - shown one replaced less than GRACE_MS ago (tabs racing, an answer lost and asked again): the answer is the current
 *   one, the same for all, because each next secret follows from the one shown, a salt and the server's key.
 * - shown an older one whose successor nobody has ever shown: the answer that brought the successor was lost for good (the
 *   train, the battery). The chain forks: a fresh secret becomes current, the unseen successor is abandoned.
 * - shown any other old or abandoned one: two parties hold secrets of one device. The device is revoked.
 */
export const GRACE_MS = 60_000;
/** Unused for a year, a device is forgotten. */
export const DEVICE_LIFE_MS = 365 * 24 * 60 * 60_000;
const REMEMBER_OLD_MS = 90 * 24 * 60 * 60_000;
/** In `next` of a secret that was given out, never shown, and passed over. */
const ABANDONED = "abandoned";

export type Shown = { device: Device; secret: string } | { refused: "unknown" | "stolen"; deviceId?: string };

/** Trades a secret of the channel for the one to keep, within the transaction. A theft revokes the device. */
export async function rotate(
  query: Query,
  { secret, channelId, key, now }: { secret: string; channelId: string; key: Uint8Array; now: number },
): Promise<Shown> {
  const known = await readSecret(query, hashOf(secret));
  const device = known && (await lockDevice(query, known.device_id, now));
  if (!device || device.channel_id !== channelId || device.revoked_at !== null || device.expires_at <= now) {
    return { refused: "unknown" };
  }
  // Read again under the device's lock: another tab may just have rotated.
  const row = await readSecret(query, hashOf(secret));
  if (!row) return { refused: "unknown" };
  const next = await successor(query, { row, secret, key, now });
  if (next === null) {
    await updateDevice(query, device.id, { revoked_at: now, epoch: device.epoch + 1 });
    return { refused: "stolen", deviceId: device.id };
  }
  await updateDevice(query, device.id, { expires_at: now + DEVICE_LIFE_MS });
  await forgetSecrets(query, device.id, now - REMEMBER_OLD_MS);
  return { device, secret: next };
}

/** The first secret of a device. */
export async function issueSecret(query: Query, deviceId: string, now: number): Promise<string> {
  return issue(query, { deviceId, secret: newSecret(), now });
}

async function successor(
  query: Query,
  { row, secret, key, now }: { row: Secret; secret: string; key: Uint8Array; now: number },
): Promise<string | null> {
  if (row.next === null) return replace(query, { row, salt: row.salt, secret, key, now });
  if (row.next === ABANDONED) return null;
  const current = now - (row.replaced_at ?? 0) < GRACE_MS ? await follow(query, { row, secret, key }) : null;
  if (current !== null) return current;
  const unseen = await readSecret(query, row.next);
  if (!unseen || unseen.next !== null) return null;
  await replaceSecret(query, unseen.hash, { next: ABANDONED, salt: unseen.salt, now });
  return replace(query, { row, salt: newSecret(), secret, key, now });
}

async function replace(
  query: Query,
  { row, salt, secret, key, now }: { row: Secret; salt: string; secret: string; key: Uint8Array; now: number },
): Promise<string> {
  const next = mac(key, salt, secret);
  await issue(query, { deviceId: row.device_id, secret: next, now });
  await replaceSecret(query, row.hash, { next: hashOf(next), salt, now });
  return next;
}

/** Walks from a freshly replaced secret to the current one; null where the chain was broken off. */
async function follow(
  query: Query,
  { row, secret, key }: { row: Secret; secret: string; key: Uint8Array },
): Promise<string | null> {
  let at: Secret | undefined = row;
  let held = secret;
  while (at && at.next !== null) {
    held = mac(key, at.salt, held);
    at = await readSecret(query, hashOf(held));
  }
  return at ? held : null;
}

async function issue(
  query: Query,
  { deviceId, secret, now }: { deviceId: string; secret: string; now: number },
): Promise<string> {
  const row = {
    hash: hashOf(secret),
    device_id: deviceId,
    salt: newSecret(),
    next: null,
    replaced_at: null,
    created_at: now,
  };
  await insertSecret(query, row);
  return secret;
}
