import type { Channel } from "@clew/contract/channels";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { AdminApi } from "./admin-api.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { DEMO_CHANNELS } from "./stage.ts";

const ISSUER = "https://shop.example";
const AUDIENCE = "clew";

/** A shop that signs its visitors in; the channel knows its public key. */
export async function signingShop(admin: AdminApi) {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const stranger = await generateKeyPair("ES256");
  const key = { ...(await exportJWK(publicKey)), kid: "shop-1", alg: "ES256" };
  await admin.publish(DEMO_CHANNELS.shop, (draft) => ({
    ...draft,
    verification: { on: true, issuer: ISSUER, audience: AUDIENCE, jwksUrl: null, keys: [key] },
  }));
  const sign = (subject: string, name: string, by = privateKey) =>
    new SignJWT({ name, email: `${subject}@example.com` })
      .setProtectedHeader({ alg: "ES256", kid: "shop-1" })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(by);
  return {
    sign,
    forge: (subject: string, name: string) => sign(subject, name, stranger.privateKey),
    /** Another channel of the shop's, where its visitors are known too; its id. */
    async also(name: string): Promise<string> {
      const { draft } = await admin.channel(DEMO_CHANNELS.shop);
      const { id, revision } = await admin.call<Channel>("POST", "/channels", { ...draft, name });
      await admin.call("POST", `/channels/${id}/deployments`, { revision, note: "" });
      return id;
    },
  };
}

/** The page tells the chat who its visitor is. */
export async function identify({ page }: CustomerWindow, token: string): Promise<void> {
  await page.evaluate(
    (signed) => (window as unknown as { clew: { identify(token: string): void } }).clew.identify(signed),
    token,
  );
}
