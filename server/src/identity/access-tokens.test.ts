import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { ACCESS_LIFE_MS, createAccessTokens } from "./access-tokens.ts";
import { keyFor } from "./secrets.ts";

const NOW = 1_800_000_000_000;
const KEY = keyFor("a secret", "access tokens");
const access = { customerId: "c", channelId: "ch", deviceId: "d", epoch: 3 };
const tokens = createAccessTokens(KEY);

const codeOf = (token: string, now = NOW) =>
  tokens.read(token, now).then(
    () => "good",
    (error: { problem: { code: string } }) => error.problem.code,
  );

test("what was issued is read back, until it expires", async () => {
  const { token, expiresAt } = await tokens.issue(access, NOW);
  expect(await tokens.read(token, NOW)).toEqual({ ...access, expiresAt });
  expect(await tokens.read(token, NOW + ACCESS_LIFE_MS - 1)).toEqual({ ...access, expiresAt });
  expect(await codeOf(token, expiresAt)).toBe("token-expired");
});

test("a token that was changed anywhere, cut, prolonged or signed with another key is refused", async () => {
  const { token } = await tokens.issue(access, NOW);
  for (const at of [2, token.indexOf(".") + 5, token.lastIndexOf(".") + 3])
    expect(await codeOf(`${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`)).toBe(
      "unauthenticated",
    );
  const [header, body, signature] = token.split(".");
  for (const wrong of [
    "",
    ".",
    "..",
    `${header}.${body}`,
    `${header}.${body}.`,
    `${token}.${signature}`,
    `${token}A`,
    `${header}.${body}.${"é".repeat(43)}`,
  ])
    expect(await codeOf(wrong)).toBe("unauthenticated");
  const foreign = createAccessTokens(keyFor("another secret", "access tokens"));
  expect(await codeOf((await foreign.issue(access, NOW)).token)).toBe("unauthenticated");
});

test("a token with our key for something else, or without a signature, is refused", async () => {
  const signed = (header: { alg: string; typ?: string }, audience: string) =>
    new SignJWT({ ch: "ch", dev: "d", ep: 3 })
      .setProtectedHeader(header)
      .setSubject("c")
      .setAudience(audience)
      .setExpirationTime(Math.floor(NOW / 1000) + 60)
      .sign(KEY);
  expect(await codeOf(await signed({ alg: "HS256" }, "clew-customer"))).toBe("good");
  expect(await codeOf(await signed({ alg: "HS256" }, "something-else"))).toBe("unauthenticated");
  const { token } = await tokens.issue(access, NOW);
  const none = Buffer.from('{"alg":"none"}').toString("base64url");
  expect(await codeOf(`${none}.${token.split(".")[1]}.`)).toBe("unauthenticated");
});
