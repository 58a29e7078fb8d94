import { afterEach, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { CHANNEL, CONVERSATION, type Edge, OTHER_CHANNEL, openEdge } from "../testing/edge.ts";
import { ACCESS_LIFE_MS } from "./access-tokens.ts";
import { DEVICE_LIFE_MS, GRACE_MS } from "./resume-secrets.ts";

const DAY = 24 * 60 * 60_000;

describe.each(ENGINES)("guests on %s", (engine) => {
  let edge: Edge;
  afterEach(() => edge.close());
  const start = async () => {
    edge = await openEdge(engine);
    return edge.guest();
  };
  const resume = (resumeSecret: string, channelId = CHANNEL) =>
    edge.call("POST", "/identity/resume", { body: { channelId, resumeSecret } });
  const isIn = async (token: string) => {
    const { json, status } = await edge.call("GET", `/conversations/${CONVERSATION}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return status === 200 ? "in" : json.code;
  };

  test("[I1] the store holds no secret", async () => {
    const { resumeSecret } = await start();
    const rows = await edge.database.query.selectFrom("resume_secrets").selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(resumeSecret);
  });

  test("[I2] each use gives a new secret to the same customer", async () => {
    const first = await start();
    const second = (await resume(first.resumeSecret)).json;
    expect(second.customerId).toBe(first.customerId);
    expect(second.resumeSecret).not.toBe(first.resumeSecret);
    expect(second.resumeSecret).toMatch(/^[\w-]{43}$/);
    const third = (await resume(second.resumeSecret)).json;
    expect(new Set([first, second, third].map(({ resumeSecret }) => resumeSecret)).size).toBe(3);
    expect(await isIn(third.accessToken)).toBe("in");
  });

  test("[I3] tabs that race get one and the same new secret", async () => {
    const { resumeSecret } = await start();
    const answers = await Promise.all(Array.from({ length: 8 }, () => resume(resumeSecret)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const given = new Set(answers.map(({ json }) => json.resumeSecret));
    expect(given.size).toBe(1);
    expect((await resume([...given][0])).status).toBe(200);
  });

  test("[I3] a slow tab behind two rotations is still led to the present secret", async () => {
    const { resumeSecret } = await start();
    const second = (await resume(resumeSecret)).json.resumeSecret;
    const third = (await resume(second)).json.resumeSecret;
    edge.time.now += GRACE_MS - 1;
    expect((await resume(resumeSecret)).json.resumeSecret).toBe(third);
  });

  test("[RC37] what comes in while a reset is under way is reset as well: it looks once more when nobody can get in", async () => {
    const found: string[] = [];
    let token = "";
    edge = await openEdge(engine, {
      identity: { clearConversations: async () => void found.push(await isIn(token)) },
    });
    const { resumeSecret, accessToken } = await edge.guest();
    token = accessToken;
    const body = { channelId: CHANNEL, resumeSecret, mode: "end" };
    expect((await edge.call("POST", "/identity/clear", { body })).status).toBe(204);
    expect(found).toEqual(["in", "unauthenticated"]);
  });

  test("[I4] a lost answer loses nothing, however late the next try", async () => {
    const { resumeSecret, customerId } = await start();
    await resume(resumeSecret);
    edge.time.now += 20 * DAY;
    const again = await resume(resumeSecret);
    expect(again.json.customerId).toBe(customerId);
    const racing = await resume(resumeSecret);
    expect(racing.json.resumeSecret).toBe(again.json.resumeSecret);
    edge.time.now += DAY;
    expect((await resume(again.json.resumeSecret)).status).toBe(200);
  });

  test("[I5] an old secret whose successor was used revokes the device, for both parties", async () => {
    const { resumeSecret } = await start();
    const second = (await resume(resumeSecret)).json;
    const third = (await resume(second.resumeSecret)).json;
    expect(await isIn(third.accessToken)).toBe("in");
    edge.time.now += GRACE_MS;
    const theft = await resume(resumeSecret);
    expect([theft.status, theft.json.code]).toEqual([401, "unauthenticated"]);
    expect((await resume(third.resumeSecret)).json.code).toBe("unauthenticated");
    expect(await isIn(third.accessToken)).toBe("unauthenticated");
  });

  test("[I5] a secret that was passed over revokes the device when it turns up", async () => {
    const { resumeSecret } = await start();
    const passedOver = (await resume(resumeSecret)).json.resumeSecret;
    edge.time.now += GRACE_MS;
    const fork = (await resume(resumeSecret)).json.resumeSecret;
    expect(fork).not.toBe(passedOver);
    expect((await resume(passedOver)).status).toBe(401);
    expect((await resume(fork)).status).toBe(401);
  });

  test("[I6] secrets are good in their channel, and every bad one is answered alike", async () => {
    const { resumeSecret } = await start();
    const wrongChannel = await resume(resumeSecret, OTHER_CHANNEL);
    const unknown = await resume("x".repeat(43));
    const noChannel = await resume(resumeSecret, CONVERSATION);
    expect(wrongChannel.json).toEqual(unknown.json);
    expect(noChannel.json).toEqual(unknown.json);
    expect(unknown.json.code).toBe("unauthenticated");
    expect((await resume(resumeSecret)).status).toBe(200);
  });

  test("[I7] after a quarter of an hour the token has expired, and a forged one is nobody's", async () => {
    const { accessToken } = await start();
    edge.time.now += ACCESS_LIFE_MS - 1000;
    expect(await isIn(accessToken)).toBe("in");
    edge.time.now += 2000;
    expect(await isIn(accessToken)).toBe("token-expired");
    const [head, body, signature] = accessToken.split(".") as [string, string, string];
    const claims = JSON.parse(Buffer.from(body, "base64url").toString());
    const longer = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 9999 })).toString("base64url");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    for (const forged of [`${head}.${longer}.${signature}`, `${none}.${longer}.`, "x.y.z", "nonsense"]) {
      expect(await isIn(forged)).toBe("unauthenticated");
    }
  });

  test("[I8] signing out ends the secret and the token at once", async () => {
    const guest = await start();
    expect(await isIn(guest.accessToken)).toBe("in");
    const body = { channelId: CHANNEL, resumeSecret: guest.resumeSecret };
    expect((await edge.call("POST", "/identity/sign-out", { body })).status).toBe(204);
    expect(await isIn(guest.accessToken)).toBe("unauthenticated");
    expect((await resume(guest.resumeSecret)).status).toBe(401);
    expect((await edge.call("POST", "/identity/sign-out", { body })).status).toBe(204);
  });

  test("[I9] a year without use forgets the device, each use starts it anew", async () => {
    const { resumeSecret } = await start();
    edge.time.now += DEVICE_LIFE_MS - DAY;
    const second = (await resume(resumeSecret)).json.resumeSecret;
    edge.time.now += DEVICE_LIFE_MS - DAY;
    const third = (await resume(second)).json.resumeSecret;
    edge.time.now += DEVICE_LIFE_MS;
    expect((await resume(third)).status).toBe(401);
  });

  test("a guest of a channel that is not published is not found", async () => {
    await start();
    expect((await edge.call("POST", "/identity/guest", { body: { channelId: CONVERSATION } })).json.code).toBe(
      "not-found",
    );
  });
});
