import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { CONVERSATION, type Edge, openEdge, PASSWORD } from "../testing/edge.ts";
import { SESSION_LIFE_MS } from "./agent-sessions.ts";

const DAY = 24 * 60 * 60_000;

describe.each(ENGINES)("agents on %s", (engine) => {
  let edge: Edge;
  beforeEach(async () => {
    edge = await openEdge(engine);
  });
  afterEach(() => edge.close());

  const me = async (headers: Record<string, string>) => {
    const { status, json } = await edge.call("GET", "/staff/me", { headers });
    return status === 200 ? json.agent.id : json.code;
  };
  const signIn = (email: string, password: string) =>
    edge.call("POST", "/staff/sign-in", { body: { email, password } });

  test("[I16] an unknown address and a wrong password get the same answer, and the same work", async () => {
    const { email } = await edge.addAgent();
    const timed = async (address: string) => {
      const start = performance.now();
      const { json } = await signIn(address, "wrong password");
      return { json, took: performance.now() - start };
    };
    await timed(email);
    const [known, unknown] = [await timed(email), await timed("nobody@clew.example")];
    expect(unknown.json).toEqual(known.json);
    expect(known.json.code).toBe("wrong-credentials");
    // Without the work there would be nothing of the tens of milliseconds that argon2 takes.
    expect(unknown.took).toBeGreaterThan(known.took / 4);
    const [row] = await edge.database.query.selectFrom("agent_credentials").selectAll().execute();
    expect(row?.password_hash).toMatch(/^\$argon2id\$/);
  });

  test("[I17] the cookie is kept from scripts and other sites, slides, and ends after 30 days without use", async () => {
    const agent = await edge.addAgent();
    const answer = await signIn(agent.email.toUpperCase(), PASSWORD);
    const cookie = answer.headers.get("set-cookie") as string;
    expect(cookie).toMatch(/^clew_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    const headers = { cookie: cookie.split(";")[0] as string };
    edge.time.now += 29 * DAY;
    expect(await me(headers)).toBe(agent.id);
    edge.time.now += 29 * DAY;
    expect(await me(headers)).toBe(agent.id);
    edge.time.now += SESSION_LIFE_MS;
    expect(await me(headers)).toBe("unauthenticated");
  });

  test("[I17] under https the cookie travels by https only", async () => {
    const secure = await openEdge(engine, { publicUrl: "https://chat.example" });
    const { email } = await secure.addAgent();
    const answer = await secure.call("POST", "/staff/sign-in", { body: { email, password: PASSWORD } });
    expect(answer.headers.get("set-cookie")).toContain("; Secure");
    await secure.close();
  });

  test("[I1] the store holds no session token and no key", async () => {
    const headers = await edge.signIn((await edge.addAgent("admin")).email);
    const { json } = await edge.call("POST", "/api-keys", { body: { name: "Bot", scopes: [] }, headers });
    const rows = JSON.stringify([
      await edge.database.query.selectFrom("agent_sessions").selectAll().execute(),
      await edge.database.query.selectFrom("api_keys").selectAll().execute(),
    ]);
    expect(rows).not.toContain(headers.cookie.split("=")[1]);
    expect(rows).not.toContain(json.secret.slice(5));
  });

  test("[I18] signing out ends one session or all", async () => {
    const agent = await edge.addAgent();
    const [one, two, three] = [
      await edge.signIn(agent.email),
      await edge.signIn(agent.email),
      await edge.signIn(agent.email),
    ];
    const out = await edge.call("POST", "/staff/sign-out", { body: {}, headers: one });
    expect(out.headers.get("set-cookie")).toContain("clew_session=; Max-Age=0");
    expect([await me(one), await me(two)]).toEqual(["unauthenticated", agent.id]);
    await edge.call("POST", "/staff/sign-out", { body: { everywhere: true }, headers: two });
    expect([await me(two), await me(three)]).toEqual(["unauthenticated", "unauthenticated"]);
  });

  test("[I18] a new password ends the other sessions, a reset ends all", async () => {
    const agent = await edge.addAgent();
    const [here, there] = [await edge.signIn(agent.email), await edge.signIn(agent.email)];
    const change = (current: string, next: string) =>
      edge.call("POST", "/staff/password", { body: { current, next }, headers: here });
    expect((await change("not the password", "another long password")).json).toMatchObject({
      code: "wrong-credentials",
      field: "/current",
    });
    expect((await change(PASSWORD, "short")).json).toMatchObject({ code: "invalid", field: "/next" });
    expect((await change(PASSWORD, "another long password")).status).toBe(204);
    expect([await me(here), await me(there)]).toEqual([agent.id, "unauthenticated"]);
    expect((await signIn(agent.email, PASSWORD)).status).toBe(401);

    const admin = await edge.signIn((await edge.addAgent("admin")).email);
    const reset = await edge.call("POST", `/agents/${agent.id}/password`, {
      body: { password: PASSWORD },
      headers: admin,
    });
    expect(reset.status).toBe(204);
    expect(await me(here)).toBe("unauthenticated");
    expect((await signIn(agent.email, PASSWORD)).status).toBe(200);
    const audit = await edge.database.query.selectFrom("audit").select(["action", "noun_id"]).execute();
    expect(audit).toEqual([{ action: "reset-password", noun_id: agent.id }]);
  });

  test("[I18] streams hear of it", async () => {
    const heard: object[] = [];
    edge.identity.onRevoked((revoked) => heard.push(revoked));
    const agent = await edge.addAgent();
    const { cookie } = await edge.signIn(agent.email);
    const shown = { cookieHeader: `other=1; ${cookie}`, token: undefined };
    const { caller } = await edge.identity.authenticateStream(shown);
    expect(caller).toMatchObject({ who: "staff", agentId: agent.id });
    expect(await edge.identity.stillValid(caller)).toBe(true);
    await edge.identity.signOutAgent(agent.id);
    expect(heard).toEqual([{ agentId: agent.id }]);
    expect(await edge.identity.stillValid(caller)).toBe(false);
  });

  test("[I19] a deactivated agent is out at once and stays out", async () => {
    const agent = await edge.addAgent();
    const headers = await edge.signIn(agent.email);
    expect(await me(headers)).toBe(agent.id);
    agent.active = false;
    expect(await me(headers)).toBe("unauthenticated");
    expect((await signIn(agent.email, PASSWORD)).json.code).toBe("wrong-credentials");
  });

  test("[I21] the first admin is made with the code, and only the first", async () => {
    const body = {
      code: "WRONG",
      organisation: "Larkspur & Co",
      name: "Ada",
      email: "ada@clew.example",
      password: PASSWORD,
    };
    expect((await edge.call("GET", "/setup")).json.needed).toBe(true);
    expect((await edge.call("POST", "/setup", { body })).json).toMatchObject({
      code: "wrong-credentials",
      field: "/code",
    });
    const done = await edge.call("POST", "/setup", { body: { ...body, code: " ABCD2345 " } });
    expect(done.status).toBe(200);
    expect(await me({ cookie: (done.headers.get("set-cookie") as string).split(";")[0] as string })).toBe(
      done.json.agent.id,
    );
    expect((await edge.call("GET", "/setup")).json.needed).toBe(false);
    expect((await edge.call("POST", "/setup", { body: { ...body, code: "ABCD2345" } })).json.code).toBe("setup-done");
    expect((await signIn("ada@clew.example", PASSWORD)).status).toBe(200);
  });

  test("[I22] a key is shown once, remembers its use coarsely, and ends when revoked", async () => {
    const admin = await edge.signIn((await edge.addAgent("admin")).email);
    const body = { name: "Bot", scopes: ["configuration:read", "configuration:read"] };
    const { json } = await edge.call("POST", "/api-keys", { body, headers: admin });
    expect(json.secret).toMatch(/^clew_[\w-]{43}$/);
    expect(json.key.scopes).toEqual(["configuration:read"]);
    const list = async () => (await edge.call("GET", "/api-keys", { headers: admin })).json.items;
    expect(await list()).toEqual([json.key]);
    const headers = { authorization: `Bearer ${json.secret}` };
    const use = async () => (await edge.call("GET", "/queues", { headers })).status;
    const first = edge.time.now;
    expect(await use()).toBe(200);
    edge.time.now += 60_000;
    expect(await use()).toBe(200);
    expect((await list())[0].lastUsedAt).toBe(first);
    edge.time.now += 10 * 60_000;
    await use();
    expect((await list())[0].lastUsedAt).toBe(edge.time.now);
    expect((await edge.call("DELETE", `/api-keys/${json.key.id}`, { headers: admin })).status).toBe(204);
    expect(await use()).toBe(401);
    expect((await edge.call("DELETE", `/api-keys/${CONVERSATION}`, { headers: admin })).json.code).toBe("not-found");
  });
});

test("[I20] guessing is slowed for who guesses, and the owner still gets in from elsewhere", async () => {
  const edge = await openEdge("sqlite", { rateLimit: 1 });
  const { email } = await edge.addAgent();
  const guess = (password: string) => edge.call("POST", "/staff/sign-in", { body: { email, password } });
  for (let count = 0; count < 10; count += 1) expect((await guess("wrong")).json.code).toBe("wrong-credentials");
  const slowed = await guess(PASSWORD);
  expect(slowed.json.code).toBe("rate-limited");
  edge.time.now += slowed.json.retryAfter * 1000;
  expect((await guess(PASSWORD)).status).toBe(200);
  await edge.close();
});
