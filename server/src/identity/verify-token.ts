import type { VerificationPolicy } from "@clew/contract/channels";
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Static } from "typebox";
import { Refused } from "../problems/refused.ts";

/** Why an identity token was refused, in `reason` of the problem `identity-refused`; documented in docs/problems.md. */
export const IDENTITY_REASONS = [
  "not-configured",
  "not-a-token",
  "algorithm",
  "unknown-key",
  "keys-unreachable",
  "bad-signature",
  "expired",
  "no-expiry",
  "not-yet-valid",
  "wrong-issuer",
  "wrong-audience",
  "no-subject",
] as const;
export type IdentityReason = (typeof IDENTITY_REASONS)[number];

/** Public-key signatures only: with a shared secret, who can check a token could make one. */
const ALGORITHMS = ["RS256", "ES256", "EdDSA", "Ed25519"];
const TOLERANCE_S = 60;
const KEYS_TIMEOUT_MS = 5_000;
const REFETCH_AFTER_MS = 60_000;
const MOST_ADDRESSES = 500;

export type Verified = { issuer: string; subject: string; name: string | null; email: string | null };
export type VerifyToken = (token: string, policy: Static<typeof VerificationPolicy>, now: number) => Promise<Verified>;

/** Fetched keys are kept per address; an unknown `kid` fetches them again, once a minute at most. */
export function createTokenVerifier(): VerifyToken {
  const fetched = new Map<string, JWTVerifyGetKey>();
  const keysOf = ({ jwksUrl, keys }: Static<typeof VerificationPolicy>): JWTVerifyGetKey => {
    if (jwksUrl === null || keys.length > 0) return createLocalJWKSet({ keys: keys as never });
    const known = fetched.get(jwksUrl);
    if (known) return known;
    const options = { timeoutDuration: KEYS_TIMEOUT_MS, cooldownDuration: REFETCH_AFTER_MS };
    const remote = createRemoteJWKSet(new URL(jwksUrl), options);
    if (fetched.size >= MOST_ADDRESSES) fetched.clear();
    fetched.set(jwksUrl, remote);
    return remote;
  };

  return async (token, policy, now) => {
    if (!policy.on || policy.issuer === "" || policy.audience === "") throw refused("not-configured");
    if (policy.jwksUrl === null && policy.keys.length === 0) throw refused("not-configured");
    try {
      const { payload } = await jwtVerify(token, keysOf(policy), {
        algorithms: ALGORITHMS,
        issuer: policy.issuer,
        audience: policy.audience,
        clockTolerance: TOLERANCE_S,
        currentDate: new Date(now),
        requiredClaims: ["exp", "sub"],
      });
      return verified(payload, policy.issuer, now);
    } catch (error) {
      throw error instanceof Refused ? error : refused(reasonOf(error));
    }
  };
}

function verified(payload: JWTPayload, issuer: string, now: number): Verified {
  const { sub, iat } = payload;
  if (iat !== undefined && iat > now / 1000 + TOLERANCE_S) throw refused("not-yet-valid");
  if (typeof sub !== "string" || sub.trim() === "" || sub.length > 500 || sub.includes("\0"))
    throw refused("no-subject");
  return { issuer, subject: sub, name: claim(payload.name, 200), email: claim(payload.email, 254) };
}

/** A claim we show to staff: text of a sensible length, or nothing. */
function claim(value: unknown, most: number): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the purpose
  const text = typeof value === "string" ? value.replace(/[\u0000-\u001f\u007f]/g, " ").trim() : "";
  return text === "" ? null : text.slice(0, most);
}

function reasonOf(error: unknown): IdentityReason {
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWTClaimValidationFailed) return claimReason(error);
  if (error instanceof errors.JWSSignatureVerificationFailed) return "bad-signature";
  if (error instanceof errors.JOSEAlgNotAllowed) return "algorithm";
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return "unknown-key";
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return "keys-unreachable";
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return "not-a-token";
  if (error instanceof errors.JOSENotSupported) return "not-a-token";
  // What is left comes from fetching the keys (no connection, not 200, not JSON) or from a key that cannot be used.
  if (error instanceof errors.JOSEError) return "keys-unreachable";
  return error instanceof TypeError && error.cause !== undefined ? "keys-unreachable" : "unknown-key";
}

function claimReason({ claim, reason }: errors.JWTClaimValidationFailed): IdentityReason {
  if (claim === "exp") return reason === "missing" ? "no-expiry" : "expired";
  if (claim === "iss") return "wrong-issuer";
  if (claim === "aud") return "wrong-audience";
  if (claim === "sub") return "no-subject";
  return claim === "nbf" || claim === "iat" ? "not-yet-valid" : "not-a-token";
}

function refused(reason: IdentityReason): Refused {
  return new Refused("identity-refused", { reason });
}
