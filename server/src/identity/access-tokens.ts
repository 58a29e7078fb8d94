import { errors, jwtVerify, SignJWT } from "jose";
import { Refused } from "../problems/refused.ts";

export const ACCESS_LIFE_MS = 15 * 60_000;
const AUDIENCE = "clew-customer";

/** What an access token says: who, in which channel, on which device, as of which epoch of the device. */
export type Access = { customerId: string; channelId: string; deviceId: string; epoch: number };

export type AccessTokens = {
  issue(access: Access, now: number): Promise<{ token: string; expiresAt: number }>;
  /** @throws Refused `token-expired` when it was ours, `unauthenticated` when it is anything else */
  read(token: string, now: number): Promise<Access>;
};

export function createAccessTokens(key: Uint8Array): AccessTokens {
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
    async read(token, now) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ["HS256"],
          audience: AUDIENCE,
          currentDate: new Date(now),
          requiredClaims: ["sub", "exp", "ch", "dev", "ep"],
        });
        const { sub, ch, dev, ep } = payload as { sub: string; ch: string; dev: string; ep: number };
        return { customerId: sub, channelId: ch, deviceId: dev, epoch: ep };
      } catch (error) {
        throw new Refused(error instanceof errors.JWTExpired ? "token-expired" : "unauthenticated");
      }
    },
  };
}
