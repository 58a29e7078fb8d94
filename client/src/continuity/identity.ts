import type { CustomerIdentity } from "@clew/contract/customers";
import type { Http } from "../http.ts";
import type { Clock } from "../ports.ts";
import { failed, ownProblem, type Result } from "../results.ts";
import type { Storage } from "./storage.ts";

/** Who this browser is to the channel. The resume secret goes to the identity addresses only. */
export type HeldIdentity = {
  customerId: string;
  kind: "guest" | "verified";
  name: string | null;
  resumeSecret: string;
  /** When the access that was given last ends, by the server's clock; older copies do not know. */
  expiresAt?: number;
};

export function isHeldIdentity(value: unknown): value is HeldIdentity {
  if (!value || typeof value !== "object") return false;
  const { customerId, kind, resumeSecret } = value as HeldIdentity;
  return (
    typeof customerId === "string" && typeof resumeSecret === "string" && (kind === "guest" || kind === "verified")
  );
}

/** A token is renewed this long before it ends, in milliseconds. */
export const RENEW_BEFORE_MS = 60_000;

type Outcome = Result<CustomerIdentity>;

export type Identity = {
  held(): HeldIdentity | null;
  accessToken(): string | null;
  /** By the server's clock, of the token or, after a reload, of the one before; never where nothing is known of it. */
  expiresAt(): number;
  startGuest(): Promise<Outcome>;
  verify(identityToken: string): Promise<Outcome>;
  /** Trades the resume secret for a new one and a token; one trade at a time. */
  resume(): Promise<Outcome>;
  /** Takes an identity that came by a link. */
  adopt(customer: CustomerIdentity): Promise<void>;
  signOut(everywhere: boolean): Promise<Result>;
  /** Lets go of the identity on this device without telling the server. */
  drop(): Promise<void>;
};

export function createIdentity(input: {
  http: Http;
  storage: Storage;
  clock: Clock;
  channelId: string;
  held: HeldIdentity | null;
  changed(): void;
}): Identity {
  const { http, storage, channelId } = input;
  let held = input.held;
  let token: { value: string; expiresAt: number } | null = null;
  let resuming: Promise<Outcome> | null = null;

  const post = (what: string, body: object) =>
    http.json<CustomerIdentity>({ endpoint: `POST /identity/${what}`, body: { channelId, ...body } });

  /** Kept before it is used: a new secret that is lost in a crash would lock the customer out. */
  async function take(outcome: Outcome): Promise<Outcome> {
    if (!outcome.ok) return outcome;
    const { customerId, kind, name, resumeSecret, accessToken, accessExpiresAt } = outcome.value;
    held = { customerId, kind, name, resumeSecret, expiresAt: accessExpiresAt };
    token = { value: accessToken, expiresAt: accessExpiresAt };
    await storage.write({ put: { identity: held } });
    input.changed();
    return outcome;
  }

  async function trade(): Promise<Outcome> {
    // A tab that cannot see this one may have traded meanwhile: what is kept is newer, and an old secret looks stolen.
    const [[, newest] = []] = await storage.read("identity");
    if (isHeldIdentity(newest) && newest.customerId === held?.customerId) held = newest;
    const secret = held?.resumeSecret;
    if (!secret) return failed(ownProblem("unauthenticated", 401, "There is nothing to resume"));
    const outcome = await post("resume", { resumeSecret: secret });
    // Signed in or out meanwhile: what came is of somebody else.
    if (held?.resumeSecret !== secret) return trade();
    if (outcome.ok || outcome.problem.retry !== "no") return take(outcome);
    // Without tab locks another tab may have traded the secret meanwhile: the kept one is newer than ours.
    const [kept] = await storage.read("identity");
    if (!isHeldIdentity(kept?.[1]) || kept[1].resumeSecret === secret) return outcome;
    held = kept[1];
    return trade();
  }

  async function drop(): Promise<void> {
    held = null;
    token = null;
    await storage.write({ remove: ["identity"] });
    input.changed();
  }

  return {
    held: () => held,
    accessToken: () => token?.value ?? null,
    expiresAt: () => (token ?? held)?.expiresAt ?? Number.POSITIVE_INFINITY,
    startGuest: async () => take(await post("guest", {})),
    verify: async (identityToken) =>
      take(
        await post("verify", { identityToken, ...(held?.kind === "guest" ? { resumeSecret: held.resumeSecret } : {}) }),
      ),
    resume() {
      resuming ??= trade().finally(() => {
        resuming = null;
      });
      return resuming;
    },
    async adopt(customer) {
      await take({ ok: true, value: customer });
    },
    async signOut(everywhere) {
      const secret = held?.resumeSecret;
      await drop();
      return secret ? revoke({ http, storage, channelId, secret, everywhere }) : { ok: true, value: null };
    },
    drop,
  };
}

/** Revokes a secret on the server. It is noted first and forgotten when the server confirms: `loadLocalCopy` finds the rest. */
export async function revoke(input: {
  http: Http;
  storage: Storage;
  channelId: string;
  secret: string;
  everywhere: boolean;
}): Promise<Result> {
  const { http, storage, channelId, secret, everywhere } = input;
  const key = `revoke/${secret}`;
  await storage.write({ put: { [key]: everywhere } });
  const result = await http.json<null>({
    endpoint: "POST /identity/sign-out",
    body: { channelId, resumeSecret: secret, everywhere },
  });
  if (result.ok || result.problem.retry === "no") await storage.write({ remove: [key] });
  return result;
}
