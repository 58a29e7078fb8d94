import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, type JWTHeaderParameters, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { CHANNEL, CONVERSATION, type Edge, OTHER_CHANNEL, openEdge } from "../testing/edge.ts";

const ISSUER = "https://id.example";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ed = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });

const jwk = async (key: KeyObject, kid: string) => ({ ...(await exportJWK(key)), kid });
const KEYS = await Promise.all([jwk(rsa.publicKey, "rsa"), jwk(ec.publicKey, "ec"), jwk(ed.publicKey, "ed")]);

type Claims = {
  sub?: string | null;
  iss?: string;
  aud?: string;
  exp?: number | null;
  nbf?: number;
  iat?: number;
  name?: unknown;
  email?: unknown;
};

let edge: Edge;

function policy(more: object = {}, channel = CHANNEL) {
  const verification = { on: true, issuer: ISSUER, audience: "clew", jwksUrl: null, keys: KEYS, ...more };
  (edge.channels.get(channel) as { settings: { verification: object } }).settings.verification = verification;
}

async function token(
  claims: Claims = {},
  key: KeyObject | Uint8Array = rsa.privateKey,
  header: Partial<JWTHeaderParameters> = {},
) {
  const now = Math.floor(edge.time.now / 1000);
  const { sub = "alice", iss = ISSUER, aud = "clew", exp = now + 300, ...rest } = claims;
  const all = { ...(sub === null ? {} : { sub }), iss, aud, ...(exp === null ? {} : { exp }), ...rest };
  return new SignJWT(all as never).setProtectedHeader({ alg: "RS256", kid: "rsa", ...header }).sign(key);
}

async function verify(identityToken: string, more: { resumeSecret?: string; channelId?: string } = {}) {
  return edge.call("POST", "/identity/verify", { body: { channelId: CHANNEL, identityToken, ...more } });
}

const isIn = async (accessToken: string) => {
  const { json, status } = await edge.call("GET", `/conversations/${CONVERSATION}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return status === 200 ? "in" : json.code;
};

describe("tokens", () => {
  beforeEach(async () => {
    edge = await openEdge();
    policy();
  });
  afterEach(() => edge.close());

  const refusal = async (identityToken: string) => {
    const { json, status } = await verify(identityToken);
    expect(await edge.database.query.selectFrom("customers").selectAll().execute()).toEqual([]);
    return [status, json.code, json.reason];
  };
  const refused = (reason: string) => [401, "identity-refused", reason];

  test("[I10] RS256, ES256 and EdDSA are good, chosen by kid", async () => {
    expect((await verify(await token())).status).toBe(200);
    expect((await verify(await token({}, ec.privateKey, { alg: "ES256", kid: "ec" }))).status).toBe(200);
    expect((await verify(await token({}, ed.privateKey, { alg: "EdDSA", kid: "ed" }))).status).toBe(200);
  });

  test("[I10] none, shared secrets and the public key as a secret are refused", async () => {
    const [, body] = (await token()).split(".");
    const none = Buffer.from('{"alg":"none","kid":"rsa"}').toString("base64url");
    expect(await refusal(`${none}.${body}.`)).toEqual(refused("algorithm"));
    expect(await refusal(`${none}.${body}.AAAA`)).toEqual(refused("algorithm"));
    const pem = Buffer.from(rsa.publicKey.export({ type: "spki", format: "pem" }) as string);
    expect(await refusal(await token({}, pem, { alg: "HS256" }))).toEqual(refused("algorithm"));
    expect(await refusal(await token({}, rsa.privateKey, { alg: "PS256" }))).toEqual(refused("algorithm"));
  });

  test("[I10] a key that the token brings along counts for nothing", async () => {
    const own = await exportJWK(stranger.publicKey);
    expect(await refusal(await token({}, stranger.privateKey, { jwk: own }))).toEqual(refused("bad-signature"));
    expect(await refusal(await token({}, stranger.privateKey, { jku: "https://evil.example/keys" }))).toEqual(
      refused("bad-signature"),
    );
  });

  test("[I11] a kid that is none of the keys, or of another kind, is unknown", async () => {
    expect(await refusal(await token({}, rsa.privateKey, { kid: "other" }))).toEqual(refused("unknown-key"));
    expect(await refusal(await token({}, rsa.privateKey, { kid: "ec" }))).toEqual(refused("unknown-key"));
  });

  test("[I12] issuer, audience, subject and times must fit", async () => {
    const now = Math.floor(edge.time.now / 1000);
    expect(await refusal(await token({ iss: "https://evil.example" }))).toEqual(refused("wrong-issuer"));
    expect(await refusal(await token({ aud: "another" }))).toEqual(refused("wrong-audience"));
    expect(await refusal(await token({ sub: null }))).toEqual(refused("no-subject"));
    expect(await refusal(await token({ sub: "  " }))).toEqual(refused("no-subject"));
    expect(await refusal(await token({ exp: null }))).toEqual(refused("no-expiry"));
    expect(await refusal(await token({ exp: now - 61 }))).toEqual(refused("expired"));
    expect(await refusal(await token({ nbf: now + 90 }))).toEqual(refused("not-yet-valid"));
    expect(await refusal(await token({ iat: now + 90 }))).toEqual(refused("not-yet-valid"));
    expect(await refusal("x".repeat(40))).toEqual(refused("not-a-token"));
    const [head, body] = (await token()).split(".");
    expect(await refusal(`${head}.${body}.${"A".repeat(342)}`)).toEqual(refused("bad-signature"));
    policy({ on: false });
    expect(await refusal(await token())).toEqual(refused("not-configured"));
  });

  test("[I12] a minute's difference of clocks is forgiven", async () => {
    const now = Math.floor(edge.time.now / 1000);
    expect((await verify(await token({ exp: now - 50, nbf: now + 50, iat: now + 50 }))).status).toBe(200);
  });

  test("[I11] fetched keys are fetched again for an unknown kid, and an address that fails is named", async () => {
    let keys = KEYS.slice(0, 1);
    let fetched = 0;
    const server = createServer((request, response) => {
      fetched += 1;
      response.statusCode = request.url === "/keys" ? 200 : 500;
      response.end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    policy({ keys: [], jwksUrl: `${url}/keys` });
    for (let count = 0; count < 3; count += 1) expect((await verify(await token())).status).toBe(200);
    expect(fetched).toBe(1);
    const byEd = await token({}, ed.privateKey, { alg: "EdDSA", kid: "ed" });
    keys = KEYS;
    expect((await verify(byEd)).json.reason).toBe("unknown-key");
    expect(fetched).toBe(1);
    const aMinuteOn = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 61_000);
    expect((await verify(byEd)).status).toBe(200);
    aMinuteOn.mockRestore();
    expect(fetched).toBe(2);
    policy({ keys: [], jwksUrl: `${url}/broken` });
    expect((await verify(await token())).json.reason).toBe("keys-unreachable");
    await new Promise((resolve) => server.close(resolve));
    policy({ keys: [], jwksUrl: `${url}/gone` });
    expect((await verify(await token())).json.reason).toBe("keys-unreachable");
  });
});

describe.each(ENGINES)("verified customers on %s", (engine) => {
  beforeEach(async () => {
    edge = await openEdge(engine);
    policy();
  });
  afterEach(() => edge.close());

  test("[I13] one subject is one customer on every device, another issuer's is another", async () => {
    const [one, two] = await Promise.all([
      verify(await token({ name: "Alice" })),
      verify(await token({ name: "Alice" })),
    ]);
    expect(one.json).toMatchObject({ kind: "verified", name: "Alice", customerId: two.json.customerId });
    expect(one.json.resumeSecret).not.toBe(two.json.resumeSecret);
    policy({ issuer: "https://other.example" }, OTHER_CHANNEL);
    const elsewhere = await verify(await token({ iss: "https://other.example" }), { channelId: OTHER_CHANNEL });
    expect(elsewhere.json.customerId).not.toBe(one.json.customerId);
    const renamed = await verify(await token({ name: "Alice B.\n<b>", email: { no: 1 } }));
    expect(renamed.json).toMatchObject({ customerId: one.json.customerId, name: "Alice B. <b>" });
  });

  test("[I14] a guest who becomes verified keeps device and conversations", async () => {
    const guest = await edge.guest();
    const { json } = await verify(await token(), { resumeSecret: guest.resumeSecret });
    expect(json.kind).toBe("verified");
    expect(edge.moved).toMatchObject([
      {
        guestId: guest.customerId,
        customerId: json.customerId,
        channelId: CHANNEL,
        customer: { kind: "verified", subject: "alice" },
      },
    ]);
    expect(await isIn(guest.accessToken)).toBe("token-expired");
    expect(await isIn(json.accessToken)).toBe("in");
    const again = await edge.call("POST", "/identity/resume", {
      body: { channelId: CHANNEL, resumeSecret: json.resumeSecret },
    });
    expect(again.json).toMatchObject({ customerId: json.customerId, kind: "verified" });
  });

  test("[I14] broken off half-way, the next visit goes on", async () => {
    await edge.close();
    const moved: string[] = [];
    let fail = true;
    edge = await openEdge(engine, {
      identity: {
        async onVerified({ guestId }) {
          if (fail) throw new Error("the power went");
          moved.push(guestId);
        },
      },
    });
    policy();
    const guest = await edge.guest();
    expect((await verify(await token(), { resumeSecret: guest.resumeSecret })).json.code).toBe("internal");
    fail = false;
    const { json } = await edge.call("POST", "/identity/resume", {
      body: { channelId: CHANNEL, resumeSecret: guest.resumeSecret },
    });
    expect(json.kind).toBe("verified");
    expect(moved).toEqual([guest.customerId]);
  });

  test("[RC27] other devices of the guest, to which a link may have brought anybody, do not become theirs", async () => {
    const guest = await edge.guest();
    const byLink = await edge.identity.arrive(guest.customerId, CHANNEL);
    const { json } = await verify(await token(), { resumeSecret: byLink.resumeSecret });
    expect(json.kind).toBe("verified");
    expect(await isIn(guest.accessToken)).toBe("unauthenticated");
    const again = await edge.call("POST", "/identity/resume", {
      body: { channelId: CHANNEL, resumeSecret: guest.resumeSecret },
    });
    expect(again.json.code).toBe("unauthenticated");
  });

  test("[I15] another person on the same browser gets nothing of the one before", async () => {
    const alice = (await verify(await token())).json;
    const bob = (await verify(await token({ sub: "bob" }), { resumeSecret: alice.resumeSecret })).json;
    expect(bob.customerId).not.toBe(alice.customerId);
    expect(edge.moved).toEqual([]);
    expect(await isIn(alice.accessToken)).toBe("unauthenticated");
    expect(await isIn(bob.accessToken)).toBe("in");
  });

  test("[I12] a resume secret that is no good does not stand in the way of a good token", async () => {
    expect((await verify(await token(), { resumeSecret: "x".repeat(43) })).status).toBe(200);
  });

  test("[I8] signing out everywhere ends all devices of the customer", async () => {
    const [one, two] = [(await verify(await token())).json, (await verify(await token())).json];
    const other = (await verify(await token({ sub: "bob" }))).json;
    const body = { channelId: CHANNEL, resumeSecret: one.resumeSecret, everywhere: true };
    expect((await edge.call("POST", "/identity/sign-out", { body })).status).toBe(204);
    expect([await isIn(one.accessToken), await isIn(two.accessToken), await isIn(other.accessToken)]).toEqual([
      "unauthenticated",
      "unauthenticated",
      "in",
    ]);
  });
});
