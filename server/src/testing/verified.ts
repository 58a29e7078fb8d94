import type { Channel } from "@clew/contract/channels";
import type { CustomerIdentity } from "@clew/contract/customers";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { flowAdmin } from "./flows.ts";
import { DEMO_CHANNELS, postJson } from "./test-app.ts";

/** The shop, and others beside it, all of which know who is signed in. */
export async function verifiedChannels(
  url: string,
  admin: Awaited<ReturnType<typeof flowAdmin>>,
  others: readonly string[] = ["The other shop"],
) {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: "k", alg: "ES256" }];
  const verification = { on: true, issuer: "https://shop.example", audience: "clew", jwksUrl: null, keys };
  const { items } = await admin.request<{ items: Channel[] }>("GET", "/channels");
  const shop = items.find(({ id }) => id === DEMO_CHANNELS.shop) as Channel;
  const settings = { ...shop.draft, verification };
  const made: Channel[] = [];
  for (const name of others) made.push(await admin.post<Channel>("/channels", { ...settings, name }));
  const first = await admin.request<Channel>("PUT", `/channels/${shop.id}`, { settings, revision: shop.revision });
  for (const { id, revision } of [first, ...made])
    await admin.post(`/channels/${id}/deployments`, { revision, note: "" });
  const sign = (subject: string) =>
    new SignJWT({ name: "Ana", email: "ana@clew.example" })
      .setProtectedHeader({ alg: "ES256", kid: "k" })
      .setIssuer(verification.issuer)
      .setAudience(verification.audience)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(privateKey);
  return {
    channels: [first, ...made].map(({ id }) => id),
    /** Somebody signed in under this name, as the channel knows them. */
    identity: async (channelId: string, subject: string) =>
      postJson<CustomerIdentity>(`${url}/api/v1/identity/verify`, { channelId, identityToken: await sign(subject) }),
  };
}
