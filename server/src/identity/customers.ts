import type { ConversationCustomer } from "@clew/contract/conversations";
import type { Clock, Ids } from "../clock.ts";
import type { Database } from "../database/database.ts";
import * as store from "./customers-store.ts";
import { DEVICE_LIFE_MS, issueSecret, rotate } from "./resume-secrets.ts";
import type { Verified } from "./verify-token.ts";

export type OnVerified = (move: {
  guestId: string;
  customerId: string;
  channelId: string;
  customer: ConversationCustomer;
}) => Promise<void>;

type Parts = {
  database: Database;
  clock: Clock;
  ids: Ids;
  resumeKey: Uint8Array;
  onVerified: OnVerified;
  forgetDevice(id: string): void;
};

/** A customer on a device, and the secret the device is to keep from now on. */
export type Arrival = { customer: store.Customer; device: store.Device; secret: string };

/** What is to be done for a customer before their way in goes. */
type Work = (customer: store.Customer) => Promise<void>;

export type Customers = ReturnType<typeof createCustomers>;

export function createCustomers({ database, clock, ids, resumeKey, onVerified, forgetDevice }: Parts) {
  const addDevice = async (
    query: Parameters<typeof store.insertDevice>[0],
    customer: store.Customer,
    channelId: string,
  ): Promise<Arrival> => {
    const now = clock.now();
    const device: store.Device = {
      id: ids.next(),
      customer_id: customer.id,
      channel_id: channelId,
      epoch: 1,
      expires_at: now + DEVICE_LIFE_MS,
      revoked_at: null,
      created_at: now,
      used_at: now,
    };
    await store.insertDevice(query, device);
    return { customer, device, secret: await issueSecret(query, device.id, now) };
  };

  /** Trades the secret. Of a theft, the device is revoked before anyone is told. */
  const trade = async (secret: string, channelId: string): Promise<Arrival | null> => {
    const now = clock.now();
    const result = await database.transaction(async (query) => {
      const shown = await rotate(query, { secret, channelId, key: resumeKey, now });
      if ("refused" in shown) return shown;
      const customer = await store.readCustomer(query, shown.device.customer_id);
      return customer ? { ...shown, customer } : { refused: "unknown" as const, deviceId: shown.device.id };
    });
    if (!("refused" in result)) return result;
    if (result.refused === "stolen" && result.deviceId) forgetDevice(result.deviceId);
    return null;
  };

  /**
   * The guest on this device becomes the verified customer. First it is written down, which ends the guest's tokens; then
   * the conversations follow; last the device changes hands. Broken off in between, the next visit goes on from there.
   * Other devices of the guest, to which a link may have brought anybody, do not become the verified customer's.
   */
  const become = async (arrival: Arrival, customer: store.Customer): Promise<Arrival> => {
    const { device, customer: guest } = arrival;
    const now = clock.now();
    const epoch = device.epoch + 1;
    const others = await database.transaction(async (query) => {
      await store.lockDevice(query, device.id, now);
      await store.markBecame(query, guest.id, customer.id, now);
      await store.updateDevice(query, device.id, { epoch });
      return store.revokeDevices(query, guest.id, now, device.id);
    });
    for (const id of [device.id, ...others]) forgetDevice(id);
    await onVerified({
      guestId: guest.id,
      customerId: customer.id,
      channelId: device.channel_id,
      customer: publicCustomer(customer),
    });
    await database.transaction((query) => store.updateDevice(query, device.id, { customer_id: customer.id }));
    forgetDevice(device.id);
    return { customer, device: { ...device, epoch, customer_id: customer.id }, secret: arrival.secret };
  };

  /** Goes on with a change of hands that was broken off. */
  const finish = async (arrival: Arrival): Promise<Arrival> => {
    const { became } = arrival.customer;
    const customer = became === null ? undefined : await store.readCustomer(database.query, became);
    return customer ? become(arrival, customer) : arrival;
  };

  return {
    async startGuest(channelId: string): Promise<Arrival> {
      const now = clock.now();
      const nobody = { issuer: null, subject: null, name: null, email: null, became: null };
      const guest: store.Customer = {
        id: ids.next(),
        kind: "guest",
        channel_id: channelId,
        ...nobody,
        created_at: now,
        updated_at: now,
      };
      return database.transaction(async (query) => {
        await store.insertCustomer(query, guest);
        return addDevice(query, guest, channelId);
      });
    },

    /** Null for a secret that is not (or no longer) good in this channel. */
    async resume(secret: string, channelId: string): Promise<Arrival | null> {
      const arrival = await trade(secret, channelId);
      return arrival && finish(arrival);
    },

    async verify(who: Verified, channelId: string, secret: string | undefined): Promise<Arrival> {
      const now = clock.now();
      const row = {
        id: ids.next(),
        kind: "verified" as const,
        channel_id: null,
        ...who,
        became: null,
        created_at: now,
        updated_at: now,
      };
      const customer = await database.transaction((query) => store.saveVerified(query, row));
      const held = secret === undefined ? null : await trade(secret, channelId);
      const arrival = held && (await finish(held));
      if (arrival?.customer.kind === "guest") return become(arrival, customer);
      if (arrival?.customer.id === customer.id) return { ...arrival, customer };
      // Another person's device secret: two people share this browser, and the one before is signed out of it.
      if (arrival) await this.revokeDevice(arrival.device.id);
      return database.transaction((query) => addDevice(query, customer, channelId));
    },

    /** A new device of a customer who showed something as good as a secret, such as a reconnect link. */
    async arrive(customerId: string, channelId: string): Promise<Arrival | null> {
      const customer = await store.readCustomer(database.query, customerId);
      return customer ? database.transaction((query) => addDevice(query, customer, channelId)) : null;
    },

    /**
     * A guest's link was followed by a verified customer: what the guest said is theirs from now on, and the guest is no
     * more, on no device. The conversations go first, so that broken off in between nothing is left to nobody.
     */
    async claim(guestId: string, customerId: string, channelId: string): Promise<void> {
      const customer = await store.readCustomer(database.query, customerId);
      if (!customer) return;
      await onVerified({ guestId, customerId, channelId, customer: publicCustomer(customer) });
      const now = clock.now();
      const revoked = await database.transaction(async (query) => {
        await store.markBecame(query, guestId, customerId, now);
        return store.revokeDevices(query, guestId, now);
      });
      for (const id of revoked) forgetDevice(id);
    },

    /** The verified customer of that id; null for guests. */
    async verified(customerId: string): Promise<string | null> {
      const customer = await store.readCustomer(database.query, customerId);
      return customer?.kind === "verified" ? customer.id : null;
    },

    /**
     * The reset: `work` ends what is open, then the access goes; a guest's on every device, a verified customer's on this
     * one. With a secret that is not good any more it has been done before.
     */
    async clear(secret: string, channelId: string, work: Work): Promise<void> {
      const arrival = await trade(secret, channelId);
      if (!arrival) return;
      await work(arrival.customer);
      if (arrival.customer.kind === "verified") await this.revokeDevice(arrival.device.id);
      else {
        const revoked = await database.transaction((query) =>
          store.revokeDevices(query, arrival.customer.id, clock.now()),
        );
        for (const id of revoked) forgetDevice(id);
      }
      // What was on its way meanwhile, over a connection that stood until now.
      await work(arrival.customer);
    },

    async revokeDevice(deviceId: string): Promise<void> {
      await database.transaction((query) => store.updateDevice(query, deviceId, { revoked_at: clock.now() }));
      forgetDevice(deviceId);
    },

    /**
     * Revokes the device of the secret, or all of its customer's, after `work` with the customer. An unknown secret is
     * signed out already.
     */
    async signOut(
      secret: string,
      { channelId, everywhere, work }: { channelId: string; everywhere: boolean; work?: Work },
    ): Promise<void> {
      const arrival = await trade(secret, channelId);
      if (!arrival) return;
      await work?.(arrival.customer);
      if (!everywhere) return this.revokeDevice(arrival.device.id);
      const revoked = await database.transaction((query) =>
        store.revokeDevices(query, arrival.customer.id, clock.now()),
      );
      for (const id of revoked) forgetDevice(id);
    },
  };
}

export function publicCustomer({ id, kind, name, email, subject }: store.Customer): ConversationCustomer {
  return { id, kind, name, email, subject };
}
