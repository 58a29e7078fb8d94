import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { CustomerIdentity } from "@clew/contract/customers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { connect } from "../database/connect.ts";
import { ENGINES } from "../testing/configuration.ts";
import { answersOf, startConversation } from "../testing/customer.ts";
import { DEMO_CHANNELS, newGuest, newId, postJson, signIn, startTestApp, TestStream } from "../testing/test-app.ts";
import { twoServers } from "../testing/two-servers.ts";

type App = Awaited<ReturnType<typeof startTestApp>>;
type IsAway = (conversationId: string) => Promise<boolean>;

/** Reads whether a conversation has its customer for away, as staff do. */
async function lookingOn({ url }: App): Promise<IsAway> {
  const { headers } = await signIn(url, "supervisor");
  return async (id: string) => {
    const response = await fetch(`${url}/api/v1/conversations/${id}`, { headers });
    return Boolean(((await response.json()) as ConversationSnapshot).session?.away);
  };
}

/** Who had the answer to their start and whose connection ended with it. */
async function startAndVanish(url: string) {
  const { identity, stream, conversationId, topic } = await startConversation(url);
  stream.cut();
  return { identity, conversationId, topic };
}

async function startOverHttp(url: string): Promise<string> {
  const { accessToken } = await newGuest(url);
  const start = {
    ...{ type: "conversation.start", id: newId(), conversationId: newId() },
    ...{ channelId: DEMO_CHANNELS.shop, language: "en", answers: answersOf() },
  };
  await postJson(`${url}/api/v1/commands`, start, { authorization: `Bearer ${accessToken}` });
  return start.conversationId;
}

async function reads(url: string, { accessToken }: CustomerIdentity, topic: { kind: "conversation"; id: string }) {
  const stream = await TestStream.open(url, { token: accessToken });
  stream.send({ type: "subscribe", topic });
  await stream.until(({ type }) => type === "live");
  return stream;
}

/** Lets time pass at all servers until a customer is found gone; how long that is, the rule's own test says. */
async function isGone(apps: readonly App[], isAway: IsAway, id: string): Promise<void> {
  await eventually(() => {
    for (const app of apps) app.skip(1_000);
    return isAway(id);
  }).toBe(true);
}

describe.each(ENGINES)("who began and never came to read, on %s", (engine) => {
  let app: App;
  let isAway: IsAway;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    isAway = await lookingOn(app);
  });
  afterAll(() => app.close());

  test("[CB1] [CB2] [CB4] is gone once the connection is; who stands there, comes in time or began without one is not", async () => {
    const { url } = app;
    const [vanished, back, standing, elsewhere] = [
      await startAndVanish(url),
      await startAndVanish(url),
      await startConversation(url),
      await startOverHttp(url),
    ];
    const returned = await reads(url, back.identity, back.topic);
    await isGone([app], isAway, vanished.conversationId);
    // Whoever would have been found gone would have been in the same round.
    const others = [back.conversationId, standing.conversationId, elsewhere];
    expect(await Promise.all(others.map(isAway))).toEqual([false, false, false]);

    standing.stream.cut();
    await isGone([app], isAway, standing.conversationId);
    expect([await isAway(back.conversationId), await isAway(elsewhere)]).toEqual([false, false]);

    const late = await reads(url, vanished.identity, vanished.topic);
    await eventually(() => isAway(vanished.conversationId)).toBe(false);
    for (const stream of [returned, late]) stream.cut();
  });
});

/** At how many server processes the conversation's customer is written down as connected. */
async function heldBy({ url }: { url: string }, conversationId: string): Promise<number> {
  const database = await connect({ url });
  const rows = database.query
    .selectFrom("customer_connections")
    .where("conversation_id", "=", conversationId)
    .selectAll();
  return (await rows.execute().finally(() => database.close())).length;
}

describe("who began at one server process", () => {
  const servers = twoServers();

  test("[CB2] and reads at another is there; who reads at none is gone", async () => {
    const { here, there, place } = servers();
    const isAway = await lookingOn(there);
    const [vanished, back] = [await startAndVanish(here.url), await startAndVanish(here.url)];
    const returned = await reads(there.url, back.identity, back.topic);
    // Written by the rounds of each, which here take as long as the seconds that are skipped.
    await eventually(() => heldBy(place, back.conversationId)).toBe(2);
    await isGone([here, there], isAway, vanished.conversationId);
    expect(await isAway(back.conversationId)).toBe(false);
    returned.cut();
  });
});
