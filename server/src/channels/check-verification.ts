import type { ChannelSettings } from "@clew/contract/channels";
import type { SettingRefusal } from "../configuration/setting-refusals.ts";

/** How verified customers are checked must be complete, and fit the kind of conversation. */
export function checkVerification({ kind, verification }: ChannelSettings): SettingRefusal[] {
  const keys = verification.keys.flatMap((key, index) => checkKey(key as Record<string, unknown>, index));
  if (!verification.on) return keys;

  const refusals: SettingRefusal[] = [];
  if (kind === "session-based") {
    const detail =
      "Verified customers keep one conversation on all their devices; a session-based channel closes it with each " +
      "session. Choose an asynchronous channel, or guests only.";
    refusals.push({ field: "/verification/on", reason: "verified-session-based", detail });
  }
  const incomplete = (field: string, detail: string) =>
    refusals.push({ field, reason: "verification-incomplete", detail });
  if (verification.issuer.trim() === "") incomplete("/verification/issuer", "Name who issues the identity tokens.");
  if (verification.audience.trim() === "") {
    incomplete("/verification/audience", "Name the audience that the identity tokens are made for.");
  }
  if (verification.jwksUrl === null && verification.keys.length === 0) {
    incomplete("/verification/keys", "Paste a public key or give the address where keys are fetched.");
  }
  return [...refusals, ...keys];
}

/** Curves and types of RS256, ES256 and EdDSA. */
function isUsable(key: Record<string, unknown>): boolean {
  const has = (name: string) => typeof key[name] === "string" && key[name] !== "";
  if (!has("kid")) return false;
  if (key.kty === "RSA") return has("n") && has("e");
  if (key.kty === "EC") return key.crv === "P-256" && has("x") && has("y");
  return key.kty === "OKP" && key.crv === "Ed25519" && has("x");
}

function checkKey(key: Record<string, unknown>, index: number): SettingRefusal[] {
  const field = `/verification/keys/${index}`;
  if ("d" in key || "k" in key) {
    const detail = "This is a private or shared key: who has it can sign in as anyone. Paste the public one.";
    return [{ field, reason: "verification-private-key", detail }];
  }
  if (isUsable(key)) return [];
  const detail = "A key is a public JWK with `kid`: RSA, EC with P-256, or OKP with Ed25519.";
  return [{ field, reason: "verification-key", detail }];
}
