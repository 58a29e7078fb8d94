import type { ConversationCustomer } from "@clew/contract/conversations";
import type { Configuration } from "@clew/domain/configuration";
import type { Caller, Clock } from "@clew/server/testing/parts";
import { Refused } from "@clew/server/testing/parts";

/** How long an access token lives, in milliseconds: short, so that every run sees some end. */
const TOKEN_MS = 120_000;

/** When an access token ends. */
export const endOf = (token: string): number => Number(token.split("|")[1]);

export type Device = {
  id: string;
  customer: ConversationCustomer;
  channelId: string;
  secrets: string[];
  tokens: number;
};

/**
 * Who is who, in place of the real identity, which has tests of its own: guests and verified customers with rotating
 * secrets and short tokens, agents with cookies. It is part of the store: server processes come and go, this stays.
 */
export class People {
  readonly customers = new Map<string, ConversationCustomer>();
  readonly #devices = new Map<string, Device>();
  readonly #bySecret = new Map<string, Device>();
  /** The revoked ones too. */
  readonly #everBySecret = new Map<string, Device>();
  readonly #signedOut = new Set<string>();
  readonly #sessions = new Map<string, string>();
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #configuration: () => Configuration;
  #count = 0;

  constructor(clock: Clock, newId: () => string, configuration: () => Configuration) {
    this.#clock = clock;
    this.#newId = newId;
    this.#configuration = configuration;
  }

  guest(channelId: string): Device {
    return this.#device({ id: this.#newId(), kind: "guest", name: null, email: null, subject: null }, channelId);
  }

  verified(subject: string, channelId: string): Device {
    const known = [...this.customers.values()].find((customer) => customer.subject === subject);
    return this.#device(
      known ?? { id: this.#newId(), kind: "verified", name: subject, email: null, subject },
      channelId,
    );
  }

  #device(customer: ConversationCustomer, channelId: string): Device {
    this.customers.set(customer.id, customer);
    const device: Device = { id: this.#newId(), customer, channelId, secrets: [], tokens: 0 };
    this.#devices.set(device.id, device);
    return device;
  }

  /** The device of a secret. It counts until one given later is used: the answer that brought the newer may be lost. */
  resume(secret: string): Device {
    const device = this.#bySecret.get(secret);
    if (!device?.secrets.includes(secret)) throw new Refused("unauthenticated");
    device.secrets = device.secrets.slice(device.secrets.indexOf(secret));
    return device;
  }

  /** A new secret and a token, as the endpoints of identity answer them. */
  credentials(device: Device) {
    this.#count += 1;
    const resumeSecret = `secret-${this.#count}`.padEnd(43, "x");
    device.secrets = [...device.secrets, resumeSecret];
    this.#bySecret.set(resumeSecret, device);
    this.#everBySecret.set(resumeSecret, device);
    const accessExpiresAt = this.#clock.now() + TOKEN_MS;
    const { id, kind, name } = device.customer;
    return {
      customerId: id,
      kind,
      name,
      resumeSecret,
      accessToken: `${device.id}|${accessExpiresAt}`,
      accessExpiresAt,
    };
  }

  signOut(secret: string, everywhere: boolean): void {
    const device = this.#bySecret.get(secret);
    if (!device) return;
    const devices = everywhere ? this.#devicesOf(device.customer.id) : [device];
    for (const { id } of devices) this.#signedOut.add(id);
    this.#revoke(devices);
  }

  /**
   * The reset: `work`, then the way in goes (a guest's on every device, a verified customer's on this one), then `work`
   * once more. With a secret that is not good any more it has been done before.
   */
  async clear(
    secret: string,
    { work, revoked }: { work(device: Device): Promise<void>; revoked(): void },
  ): Promise<Device | null> {
    const device = this.#bySecret.get(secret);
    if (!device) return null;
    await work(device);
    this.#revoke(device.customer.kind === "guest" ? this.#devicesOf(device.customer.id) : [device]);
    revoked();
    await work(device);
    return device;
  }

  /** Whoever showed a good link, on a device of their own. */
  arrive(customerId: string, channelId: string): Device {
    return this.#device(this.customers.get(customerId) as ConversationCustomer, channelId);
  }

  /** The guest is no more, on no device. */
  forgetGuest(guestId: string): void {
    this.#revoke(this.#devicesOf(guestId));
  }

  #devicesOf(customerId: string): Device[] {
    return [...this.#devices.values()].filter(({ customer }) => customer.id === customerId);
  }

  #revoke(devices: readonly Device[]): void {
    for (const { id, secrets } of devices) {
      this.#devices.delete(id);
      for (const held of secrets) this.#bySecret.delete(held);
    }
  }

  /** Whose secret it is, or was. */
  everOf(secret: string): Device | null {
    return this.#everBySecret.get(secret) ?? null;
  }

  /** It was signed out, there or by another device of theirs; a reset's own end of it is something else. */
  wasSignedOut(device: Device): boolean {
    return this.#signedOut.has(device.id);
  }

  isIn(device: Device): boolean {
    return this.#devices.has(device.id);
  }

  /** @throws Refused `token-expired`, `unauthenticated` */
  byToken(token: string): Caller {
    const [deviceId = ""] = token.split("|");
    const device = this.#devices.get(deviceId);
    if (!device) throw new Refused("unauthenticated");
    if (endOf(token) <= this.#clock.now()) throw new Refused("token-expired");
    const { id: customerId, name } = device.customer;
    return { who: "customer", customerId, channelId: device.channelId, name, deviceId };
  }

  signIn(agentId: string): string {
    this.#count += 1;
    const cookie = `session-${this.#count}`;
    this.#sessions.set(cookie, agentId);
    return cookie;
  }

  signOutAgent(cookie: string): void {
    this.#sessions.delete(cookie);
  }

  byCookie(cookie: string): Caller {
    const agent = this.#configuration().agents.get(this.#sessions.get(cookie) ?? "");
    if (!agent) throw new Refused("unauthenticated");
    return { who: "staff", agentId: agent.id, role: agent.role, name: agent.publicName, sessionId: cookie };
  }

  stillValid(caller: Caller): boolean {
    if (caller.who === "customer") return this.#devices.has(caller.deviceId);
    return caller.who === "staff" && this.#sessions.has(caller.sessionId);
  }
}
