import { createHash } from "node:crypto";

/** A UUID (version 8, RFC 9562) that follows from another id and a purpose: whoever computes it again gets the same. */
export function derivedId(from: string, purpose: string): string {
  const hash = createHash("sha256").update(`${from} ${purpose}`).digest("hex");
  const variant = "89ab"[Number.parseInt(hash[16] ?? "0", 16) % 4];
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
