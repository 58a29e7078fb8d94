import type { CustomerIdentity, OwnConversation } from "@clew/contract/customers";
import type { Problem } from "@clew/contract/problems";
import type { CoreState } from "../core-state.ts";
import type { Http } from "../http.ts";
import type { Clock } from "../ports.ts";
import { failed, ownProblem, type Result } from "../results.ts";
import { createIdentity, type HeldIdentity, RENEW_BEFORE_MS, revoke } from "./identity.ts";
import type { Storage } from "./storage.ts";

/** A token with less than this left is not used any more, in milliseconds. */
const ALMOST_OVER_MS = 5_000;
const RETRY_MS = 15_000;

type AccountInput = {
  http: Http;
  storage: Storage;
  clock: Clock;
  channelId: string;
  /** How the page vouches for the customer now. */
  identityToken(): (() => Promise<string>) | undefined;
  held: HeldIdentity | null;
  serverNow(): number;
  /** One timer a purpose. */
  later(purpose: string, ms: number, call: () => void): void;
  publish(part: Partial<CoreState>): void;
  /** The customer's conversations as the server just named them. */
  conversations(list: readonly OwnConversation[], how: "known" | "signed-in"): void;
  following(): string | null;
  /** `lapsed`: meanwhile the old token had run out. */
  renewed(token: string, lapsed: boolean): void;
  forgetPerson(): Promise<void>;
};

export type Account = ReturnType<typeof createAccount>;

/** The life of this browser's identity: from guest to verified, renewed in time, given up when the server says so. */
export function createAccount(input: AccountInput) {
  const { http, storage, channelId, publish, later } = input;
  const identity = createIdentity({ ...input, changed: show });
  /** Whom the page vouches for in vain must not become a guest without a word: no identity until the page is believed. */
  let disbelieved: Problem | null = null;
  /** The server answered and did not renew what has run out. */
  let lapsed = false;

  function show(): void {
    const held = identity.held();
    if (identity.accessToken()) lapsed = false;
    publish({
      identity: held && { customerId: held.customerId, kind: held.kind, name: held.name },
      accessToken: identity.accessToken(),
      lapsed: false,
    });
    if (!identity.accessToken()) return;
    const left = identity.expiresAt() - input.serverNow() - RENEW_BEFORE_MS;
    later("renew", Math.max(left, ALMOST_OVER_MS), () => void renew());
  }

  async function renew(): Promise<void> {
    const renewed = await token({ renew: true });
    if (!renewed.ok && renewed.problem.retry !== "no") later("renew", RETRY_MS, () => void renew());
  }

  /** A token that is good now. A refusal for good means that the server no longer knows this device. */
  async function token({ renew: mustRenew }: { renew: boolean }): Promise<Result<string>> {
    const current = identity.accessToken();
    const good = identity.expiresAt() > input.serverNow() + ALMOST_OVER_MS;
    if (current && good && !mustRenew) return { ok: true, value: current };
    const before = lapsed;
    const outcome = await identity.resume();
    if (outcome.ok) {
      input.renewed(outcome.value.accessToken, before);
      return adopted(outcome.value, "known");
    }
    const { retry, status } = outcome.problem;
    if (retry !== "no" && status && identity.expiresAt() <= input.serverNow()) {
      lapsed = true;
      publish({ lapsed });
      // Who has no conversation has no connection either that would ask again.
      later("renew", RETRY_MS, () => void renew());
    }
    if (retry === "no" && identity.held()) {
      const vouched = await vouchedAgain();
      if (vouched) return vouched;
      // A guest has nowhere to sign in: they are told something else.
      const reason = identity.held()?.kind === "guest" ? { reason: "guest" } : {};
      await identity.drop();
      await input.forgetPerson();
      publish({ identityProblem: { ...outcome.problem, ...reason } });
    }
    return outcome;
  }

  /** A device that was forgotten comes back by the page's word, where the page gave one. */
  async function vouchedAgain(): Promise<Result<string> | null> {
    if (identity.held()?.kind !== "verified" || !input.identityToken()) return null;
    const signed = await pageToken();
    const signedIn = signed.ok ? await signIn(signed.value) : null;
    const value = identity.accessToken();
    if (signedIn?.ok && value) return { ok: true, value };
    return signedIn && !signedIn.ok && signedIn.problem.retry !== "no" ? signedIn : null;
  }

  function adopted(customer: CustomerIdentity, how: "known" | "signed-in"): Result<string> {
    input.conversations(customer.conversations, how);
    return { ok: true, value: customer.accessToken };
  }

  async function signIn(identityToken: string): Promise<Result> {
    const before = identity.held();
    const outcome = await identity.verify(identityToken);
    disbelieved = outcome.ok || outcome.problem.retry !== "no" ? null : outcome.problem;
    publish({ identityProblem: outcome.ok ? null : outcome.problem });
    if (!outcome.ok) return outcome;
    const { customerId, conversations } = outcome.value;
    const came = conversations.some(({ id }) => id === input.following());
    const another = before && before.customerId !== customerId && (before.kind === "verified" || !came);
    if (another && (before.kind === "verified" || input.following())) {
      // What the one before left here is not theirs.
      const mine = identity.held();
      await input.forgetPerson();
      await storage.write({ put: { identity: mine } });
    }
    adopted(outcome.value, before?.customerId === customerId ? "known" : "signed-in");
    return { ok: true, value: null };
  }

  /** The page was asked to vouch for the customer and could not, or was not believed. */
  function distrust(problem: Problem): void {
    disbelieved = problem;
    publish({ identityProblem: problem });
  }

  async function pageToken(): Promise<Result<string>> {
    try {
      return { ok: true, value: (await input.identityToken()?.()) ?? "" };
    } catch (cause) {
      return failed(noToken(cause));
    }
  }

  async function revokeLeft(): Promise<void> {
    for (const [key, everywhere] of await storage.read("revoke/")) {
      const secret = key.slice("revoke/".length);
      const result = await revoke({ http, storage, channelId, secret, everywhere: everywhere === true });
      if (!result.ok && result.problem.retry !== "no") return later("revoke", RETRY_MS, () => void revokeLeft());
    }
  }

  return {
    held: identity.held,
    /** While true nothing is written, over a connection that still stands neither. */
    lapsed: () => lapsed,
    show,
    token,
    pageToken,
    /** Tells the server what it could not be told before, until it confirms. */
    revokeLeft,
    async headers(): Promise<Record<string, string>> {
      const current = await token({ renew: false });
      return current.ok ? { authorization: `Bearer ${current.value}` } : {};
    },
    /** The identity of someone who has none yet. */
    async first(): Promise<Result<string>> {
      if (disbelieved) return failed(disbelieved);
      const signed = input.identityToken() ? await pageToken() : null;
      if (signed && !signed.ok) return signed;
      const outcome = await (signed ? identity.verify(signed.value) : identity.startGuest());
      if (!outcome.ok) return outcome;
      publish({ identityProblem: null });
      return adopted(outcome.value, "known");
    },
    distrust,
    /** An identity that came by a link; nothing is left of another person. */
    async take(customer: CustomerIdentity): Promise<void> {
      disbelieved = null;
      if (identity.held() && identity.held()?.customerId !== customer.customerId) await input.forgetPerson();
      await identity.adopt(customer);
      publish({ identityProblem: null });
    },
    drop: identity.drop,
    signIn,
    async signOut(everywhere: boolean): Promise<Result> {
      disbelieved = null;
      await input.forgetPerson();
      const result = await identity.signOut(everywhere);
      if (!result.ok && result.problem.retry !== "no") later("revoke", ALMOST_OVER_MS, () => void revokeLeft());
      return { ok: true, value: null };
    },
  };
}

/** What is wrong when the page's own function fails. */
export const noToken = (cause: unknown) =>
  ownProblem("identity-refused", 401, `The page gave no identity token: ${String(cause)}`);
