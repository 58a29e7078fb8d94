import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import { SignJWT } from "jose";
import { Refused } from "../problems/refused.ts";

export const ACCESS_LIFE_MS = 15 * 60_000;
const AUDIENCE = "clew-customer";
/** The protected header of all tokens we issue. */
const HEADER = Buffer.from(JSON.stringify({ alg: "HS256" })).toString("base64url");

/** What an access token says: who, in which channel, on which device, as of which epoch of the device. */
export type Access = { customerId: string; channelId: string; deviceId: string; epoch: number };

export type AccessTokens = {
  issue(access: Access, now: number): Promise<{ token: string; expiresAt: number }>;
  /**
   * What the token says, and when it ends, in milliseconds.
   * @throws Refused `token-expired` when it was ours, `unauthenticated` when it is anything else
   */
  read(token: string, now: number): Promise<Access & { expiresAt: number }>;
};

export function createAccessTokens(key: Uint8Array): AccessTokens {
  // Prepared once: out of the bytes, each check would prepare it anew, at ten times the cost of the HMAC.
  const prepared = createSecretKey(key);
  return {
    async issue({ customerId, channelId, deviceId, epoch }, now) {
      const expiresAt = now + ACCESS_LIFE_MS;
      const token = await new SignJWT({ ch: channelId, dev: deviceId, ep: epoch })
        .setProtectedHeader({ alg: "HS256" })
        .setSubject(customerId)
        .setAudience(AUDIENCE)
        .setIssuedAt(Math.floor(now / 1000))
        .setExpirationTime(Math.ceil(expiresAt / 1000))
        .sign(key);
      return { token, expiresAt };
    },
    // Checked here and not by jose: its WebCrypto hands every check to another thread, which costs twenty times the HMAC
    // itself, and after a restart everybody shows a token at once. Only what we issue is taken, to the letter.
    async read(token, now) {
      const [header = "", body = "", signature = "", ...more] = token.split(".");
      const expected = Buffer.from(createHmac("sha256", prepared).update(`${header}.${body}`).digest("base64url"));
      // Lengths in bytes: a text of as many characters may be longer, and comparing would throw.
      const shown = Buffer.from(signature);
      const genuine = more.length === 0 && shown.length === expected.length && timingSafeEqual(shown, expected);
      if (!genuine || header !== HEADER) throw new Refused("unauthenticated");
      const { sub, aud, exp, ch, dev, ep } = JSON.parse(Buffer.from(body, "base64url").toString()) as Claims;
      if (aud !== AUDIENCE) throw new Refused("unauthenticated");
      if (exp <= Math.floor(now / 1000)) throw new Refused("token-expired");
      return { customerId: sub, channelId: ch, deviceId: dev, epoch: ep, expiresAt: exp * 1000 };
    },
  };
}

type Claims = { sub: string; aud: string; exp: number; ch: string; dev: string; ep: number };
