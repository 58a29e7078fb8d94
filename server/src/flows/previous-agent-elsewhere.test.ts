import type { CustomerIdentity } from "@clew/contract/customers";
import type { Flow } from "@clew/contract/flows/definition";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_QUEUES } from "../demo/ids.ts";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { flowAdmin } from "../testing/flows.ts";
import { newGuest, signIn, startTestApp, TestStream } from "../testing/test-app.ts";
import { verifiedChannels } from "../testing/verified.ts";

const HOUR_MS = 3_600_000;
/** To whom the customer spoke last, within an hour. */
const FLOW = {
  $schema: "flow/1",
  key: "route.known",
  kind: "routing",
  trigger: { on: "session.started" },
  inputs: { session: { type: "record:Session", required: true }, prechat: { type: "map", default: {} } },
  start: "previous",
  nodes: {
    previous: { type: "route", to: { previousAgent: { within: "PT1H" } }, next: "met", unavailable: "stranger" },
    met: { type: "end" },
    stranger: { type: "route", to: { queue: DEMO_QUEUES.support } },
  },
} as unknown as Flow;

describe.each(ENGINES)("the previous agent of a customer with several conversations, on %s", (engine) => {
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let admin: Awaited<ReturnType<typeof flowAdmin>>;
  let shops: Awaited<ReturnType<typeof verifiedChannels>>;
  beforeAll(async () => {
    app = await startTestApp({ engine });
    admin = await flowAdmin(app.url);
    shops = await verifiedChannels(app.url, admin, ["Two", "Three", "Four", "Five"]);
    await admin.publish(FLOW);
  });
  afterAll(() => app.close());

  async function agent(name: string) {
    const { cookie, me } = await signIn(app.url, name);
    const stream = await TestStream.open(app.url, { cookie, origin: app.url });
    await stream.until(({ type }) => type === "welcome");
    expect(await stream.command({ type: "presence.set", status: "available", reason: null })).toMatchObject({
      ok: true,
    });
    return { id: me.agent.id, stream };
  }

  /** Whom the flow meant for a new conversation, null for nobody. */
  async function meant(identity: CustomerIdentity, channelId: string) {
    const { conversationId } = await startConversation(app.url, { identity: await app.lasting(identity), channelId });
    const staff = async () =>
      (
        await admin.request<{ staff?: { targetAgentId: string | null; queueId: string | null } }>(
          "GET",
          `/conversations/${conversationId}`,
        )
      ).staff;
    const ended = async () => (await admin.runs(`conversation=${conversationId}`)).map(({ status }) => status);
    await expect.poll(ended, { timeout: 20_000 }).toEqual(["completed"]);
    return { conversationId, agentId: (await staff())?.targetAgentId ?? null };
  }

  async function served({ stream }: Awaited<ReturnType<typeof agent>>, conversationId: string, ends = true) {
    for (const type of ends ? ["session.take", "session.end"] : ["session.take"])
      expect(await stream.command({ type, conversationId })).toMatchObject({ ok: true });
  }

  test("[GE1] a verified customer is known in every conversation of theirs, the newest first; nobody else is, and no later than it says", async () => {
    const [amara, chiyo] = [await agent("amara"), await agent("chiyo")];
    const [one = "", two = "", three = "", four = "", five = ""] = shops.channels;
    const ana = (channelId: string) => shops.identity(channelId, `ana ${engine}`);

    const first = await meant(await ana(one), one);
    expect(first.agentId).toBeNull();
    await served(amara, first.conversationId);
    const second = await meant(await ana(two), two);
    expect(second.agentId).toBe(amara.id);

    await served(chiyo, second.conversationId);
    const third = await meant(await ana(three), three);
    expect(third.agentId).toBe(chiyo.id);

    // Who is served somewhere at this moment speaks to that agent last, though others have ended since.
    await served(amara, third.conversationId, false);
    const fourth = await meant(await ana(four), four);
    expect(fourth.agentId).toBe(amara.id);
    await amara.stream.command({ type: "session.end", conversationId: third.conversationId });

    expect((await meant(await shops.identity(one, `ben ${engine}`), one)).agentId).toBeNull();
    const guest = await newGuest(app.url, one);
    const asGuest = await meant(guest, one);
    await served(amara, asGuest.conversationId);
    expect((await meant(await newGuest(app.url, one), one)).agentId).toBeNull();

    const late = await app.lasting(await ana(five));
    app.skip(HOUR_MS + 60_000);
    expect((await meant(late, five)).agentId).toBeNull();
  }, 60_000);
});
