import type { ServerMessage } from "@clew/contract/stream";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { startConversation } from "../testing/customer.ts";
import { DEMO_CHANNELS, postJson, signIn, TestStream } from "../testing/test-app.ts";
import { twoServers } from "../testing/two-servers.ts";

const bye = (message: ServerMessage) => message.type === "bye";
const welcome = (message: ServerMessage) => message.type === "welcome";

describe("two server processes on one PostgreSQL", () => {
  const servers = twoServers();

  /** A customer of one process whose token somebody uses at the other. */
  async function followed() {
    const { here, there } = servers();
    const customer = await startConversation(here.url);
    const { accessToken: token } = customer.identity;
    const thief = await TestStream.open(there.url, { token });
    thief.send({ type: "subscribe", topic: customer.topic });
    await thief.until(({ type }) => type === "live");
    return { ...customer, thief, token };
  }

  test("[BA1] what is revoked at one server ends streams at the other at once, and opens none there any more", async () => {
    const { here, there } = servers();
    const { identity, stream, thief, token } = await followed();
    const { resumeSecret } = identity;
    await postJson(`${here.url}/api/v1/identity/clear`, { channelId: DEMO_CHANNELS.shop, resumeSecret, mode: "end" });
    expect(await thief.until(bye)).toMatchObject({ reason: "revoked", retryAfter: null });
    const again = await TestStream.open(there.url, { token });
    expect(await again.until(bye)).toMatchObject({ reason: "unauthenticated" });
    stream.cut();
  });

  test("[BA1] an agent who signs out everywhere at one server is out at the other", async () => {
    const { here, there } = servers();
    const [desk, laptop, colleague] = await Promise.all(
      ["amara", "amara", "chiyo"].map((name) => signIn(here.url, name)),
    );
    if (!desk || !laptop || !colleague) throw new Error("three have signed in");
    const open = async ({ cookie }: typeof desk) => {
      const stream = await TestStream.open(there.url, { cookie });
      await stream.until(welcome);
      return stream;
    };
    const [standing, other] = [await open(laptop), await open(colleague)];
    await postJson(`${here.url}/api/v1/staff/sign-out`, { everywhere: true }, desk.headers);
    expect(await standing.until(bye)).toMatchObject({ reason: "revoked" });
    const again = await TestStream.open(there.url, { cookie: laptop.cookie });
    await again.until(bye);
    expect(again.messages.filter(welcome)).toEqual([]);
    // Nobody else is concerned.
    other.send({ type: "ping", at: 1 });
    await other.until(({ type }) => type === "pong");
    expect(other.messages.filter(bye)).toEqual([]);
    other.cut();
  });

  test("[BA2] what was revoked while a server did not hear the others is found when it does again", async () => {
    const { place } = servers();
    const { identity, stream, thief } = await followed();
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    try {
      await client.query("UPDATE customer_devices SET revoked_at = 1 WHERE customer_id = $1", [identity.customerId]);
      await client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'clew-listener'",
      );
    } finally {
      await client.end();
    }
    for (const one of [thief, stream]) expect(await one.until(bye)).toMatchObject({ reason: "revoked" });
  });
});
