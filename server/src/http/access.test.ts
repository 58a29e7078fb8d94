import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHANNEL, CONVERSATION, type Edge, openEdge, SITE } from "../testing/edge.ts";
import { checkAccess } from "./access.ts";
import { createRateLimits } from "./rate-limits.ts";

let edge: Edge;
beforeAll(async () => {
  edge = await openEdge();
});
afterAll(() => edge.close());

describe("who may call", () => {
  test("[H9] nobody known is told so before the body is looked at", async () => {
    const answer = await edge.call("POST", "/commands", { raw: "{", headers: { "content-type": "application/json" } });
    expect(answer.json.code).toBe("unauthenticated");
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  test("[H9] customers and staff cannot use each other's endpoints", async () => {
    const { headers } = await edge.guest();
    expect((await edge.call("GET", "/staff/me", { headers })).json.code).toBe("forbidden");
    const agent = await edge.signIn((await edge.addAgent()).email);
    expect((await edge.call("POST", "/commands", { body: {}, headers: agent })).json.code).toBe("forbidden");
  });

  test("[H10] roles hold each other, keys hold their scopes", async () => {
    const allowed = (role: "agent" | "supervisor" | "admin", who: "staff" | "supervisor" | "admin") => {
      try {
        checkAccess({ who }, { who: "staff", agentId: "a", role, name: "", sessionId: "s" });
        return true;
      } catch {
        return false;
      }
    };
    const roles = ["agent", "supervisor", "admin"] as const;
    const endpoints = ["staff", "supervisor", "admin"] as const;
    expect(roles.map((role) => endpoints.filter((who) => allowed(role, who)).length)).toEqual([1, 2, 3]);

    const admin = await edge.signIn((await edge.addAgent("admin")).email);
    const made = await edge.call("POST", "/api-keys", {
      body: { name: "Bot", scopes: ["configuration:read"] },
      headers: admin,
    });
    const key = { authorization: `Bearer ${made.json.secret}` };
    expect((await edge.call("GET", "/queues", { headers: key })).status).toBe(200);
    expect((await edge.call("GET", "/staff/conversations", { headers: key })).json.code).toBe("forbidden");
    expect((await edge.call("GET", "/api-keys", { headers: key })).json.code).toBe("forbidden");
    expect((await edge.call("DELETE", `/queues/${CONVERSATION}`, { headers: key })).json.code).toBe("forbidden");
  });

  test("[H11] a change by cookie needs the CSRF token, one by header does not", async () => {
    const { cookie, ...csrf } = await edge.signIn((await edge.addAgent("admin")).email);
    const body = { everywhere: false };
    const without: Record<string, string>[] = [
      { cookie },
      { cookie, "x-clew-csrf": "wrong" },
      { cookie, "x-clew-csrf": "" },
    ];
    for (const headers of without) {
      expect((await edge.call("POST", "/staff/sign-out", { body, headers })).json.code).toBe("csrf-refused");
    }
    expect((await edge.call("GET", "/staff/me", { headers: { cookie } })).status).toBe(200);
    const other = await edge.signIn((await edge.addAgent("admin")).email);
    const stolen = { cookie, "x-clew-csrf": other["x-clew-csrf"] };
    expect((await edge.call("POST", "/staff/sign-out", { body, headers: stolen })).json.code).toBe("csrf-refused");
    expect((await edge.call("POST", "/staff/sign-out", { body, headers: { cookie, ...csrf } })).status).toBe(204);
  });
});

describe("pages of other sites", () => {
  const from = (origin: string) => ({ origin });

  test("[H12] an allowed site may ask first, and read", async () => {
    const asked = await edge.call("OPTIONS", "/commands", {
      headers: { ...from(SITE), "access-control-request-method": "POST" },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe(SITE);
    expect(asked.headers.get("access-control-allow-headers")).toContain("authorization");
    const answer = await edge.call("POST", "/identity/guest", { body: { channelId: CHANNEL }, headers: from(SITE) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(SITE);
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    expect(answer.headers.get("vary")).toContain("origin");
  });

  test("[H12] a problem can be read too", async () => {
    const answer = await edge.call("POST", "/identity/guest", { body: {}, headers: from(SITE) });
    expect([answer.json.code, answer.headers.get("access-control-allow-origin")]).toEqual(["invalid", SITE]);
  });

  test("[H12] an unknown site may neither ask, nor call, nor read", async () => {
    const evil = from("https://evil.example");
    const asked = await edge.call("OPTIONS", "/commands", { headers: evil });
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
    const answer = await edge.call("POST", "/identity/guest", { body: { channelId: CHANNEL }, headers: evil });
    expect([answer.json.code, answer.headers.get("access-control-allow-origin")]).toEqual(["origin-refused", null]);
  });

  test("[H12] the site of one channel cannot use another's, even with a customer's token", async () => {
    const { headers } = await edge.guest();
    const path = `/conversations/${CONVERSATION}`;
    const other = await edge.call("GET", path, { headers: { ...headers, ...from("https://other.example") } });
    expect(other.json.code).toBe("origin-refused");
    expect((await edge.call("GET", path, { headers: { ...headers, ...from(SITE) } })).status).toBe(200);
    expect((await edge.call("GET", path, { headers: { ...headers, ...from(edge.address) } })).status).toBe(200);
  });

  test("[H12] an unknown site may read that a channel's boot refuses it, and nothing more of it", async () => {
    const answer = await edge.call("GET", `/channels/${CHANNEL}/boot`, { headers: from("https://evil.example") });
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://evil.example");
    expect(answer.json.code).toBe("origin-refused");
    expect(Object.keys(answer.json)).not.toContain("look");
  });

  test("[H13] endpoints of the console take no call from any other site", async () => {
    const body = { email: "a@b.example", password: "x" };
    for (const origin of [SITE, "https://evil.example", "null"]) {
      const answer = await edge.call("POST", "/staff/sign-in", { body, headers: { origin } });
      expect([answer.json.code, answer.headers.get("access-control-allow-origin")]).toEqual(["origin-refused", null]);
    }
    const own = await edge.call("POST", "/staff/sign-in", { body, headers: { origin: edge.address } });
    expect(own.json.code).toBe("wrong-credentials");
    const asked = await edge.call("OPTIONS", "/staff/sign-in", { headers: from(SITE) });
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("limits", () => {
  test("[H14] who calls too often waits as told, then gets through", async () => {
    const limited = await openEdge("sqlite", { rateLimit: 1 });
    const guest = () => limited.call("POST", "/identity/guest", { body: { channelId: CHANNEL } });
    for (let count = 0; count < 60; count += 1) expect((await guest()).status).toBe(200);
    const refused = await guest();
    expect(refused.json.code).toBe("rate-limited");
    expect(refused.headers.get("retry-after")).toBe(String(refused.json.retryAfter));
    limited.time.now += refused.json.retryAfter * 1000 - 1001;
    expect((await guest()).status).toBe(429);
    limited.time.now += 1001;
    expect((await guest()).status).toBe(200);
    await limited.close();
  });

  test("[H14] around the end of a window nobody gets twice the number", () => {
    const time = { now: 60_000 - 1 };
    const limits = createRateLimits({ clock: { now: () => time.now }, factor: 1 });
    const take = (key: string) => {
      let taken = 0;
      try {
        for (; taken < 1000; taken += 1) limits.count("guest", key);
      } catch {
        return taken;
      }
      return taken;
    };
    expect(take("one")).toBe(60);
    time.now = 60_001;
    expect(take("one")).toBeLessThan(3);
    expect(take("other")).toBe(60);
    time.now = 180_000;
    expect(take("one")).toBe(60);
  });
});
