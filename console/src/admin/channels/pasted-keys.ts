import { isPlain } from "../editing/same.ts";

type Keys =
  | { ok: true; keys: Record<string, unknown>[] }
  | { ok: false; wrong: "identity.keysNotJson" | "identity.keysPrivate" | "identity.keysNoKid" };

/** Public keys from what was pasted: one JWK, a list of them, or a JWKS document. Private keys are refused here already. */
export function keysFromText(text: string): Keys {
  if (text.trim() === "") return { ok: true, keys: [] };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, wrong: "identity.keysNotJson" };
  }
  const list = isPlain(parsed) && Array.isArray(parsed.keys) ? parsed.keys : Array.isArray(parsed) ? parsed : [parsed];
  const keys = list.filter(isPlain);
  if (keys.length !== list.length || keys.some((key) => typeof key.kty !== "string"))
    return { ok: false, wrong: "identity.keysNotJson" };
  if (keys.some((key) => "d" in key || "k" in key)) return { ok: false, wrong: "identity.keysPrivate" };
  return keys.every((key) => typeof key.kid === "string" && key.kid !== "")
    ? { ok: true, keys }
    : { ok: false, wrong: "identity.keysNoKid" };
}
