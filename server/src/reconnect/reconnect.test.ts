import type { AddressInfo } from "node:net";
import type { Channel } from "@clew/contract/channels";
import type { ConversationEvent } from "@clew/contract/events";
import type { ReconnectOutcome } from "@clew/contract/reconnect";
import type { ReturnCount, ReturnsReport } from "@clew/contract/reports";
import type { ReconnectTerms } from "@clew/contract/sessions";
import type { ServerMessage } from "@clew/contract/stream";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../testing/configuration.ts";
import { startConversation } from "../testing/customer.ts";
import { DEMO_CHANNELS, newGuest, newId, postJson, signIn, startTestApp, TestStream } from "../testing/test-app.ts";

const MINUTE = 60_000;
const TERMS: ReconnectTerms = {
  sessionWindow: 30 * MINUTE,
  sameAgentWindow: 20 * MINUTE,
  capacityHold: "full",
  holdFor: 10 * MINUTE,
  linkLife: 60 * MINUTE,
  whenAgentUnavailable: "team",
  portalUrl: null,
  redirectUrl: "https://shop.example/expired",
};
const happened = (type: ConversationEvent["type"]) => (message: ServerMessage) =>
  message.type === "events" && message.events.some((event) => event.type === type);
const one = <Type extends ConversationEvent["type"]>(stream: TestStream, id: string, type: Type) =>
  stream.events(id).findLast((event): event is Extract<ConversationEvent, { type: Type }> => event.type === type);

describe.each(ENGINES)("coming back on %s", (engine) => {
  const mails: string[] = [];
  let smtp: SMTPServer;
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let amara: Awaited<ReturnType<typeof signIn>>;
  let desk: TestStream;

  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData(stream, _session, done) {
        let text = "";
        stream.on("data", (chunk) => {
          text += chunk;
        });
        stream.on("end", () => {
          mails.push(text);
          done();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
    const { port } = smtp.server.address() as AddressInfo;
    app = await startTestApp({ engine, environment: { CLEW_SMTP_URL: `smtp://127.0.0.1:${port}` } });
    await publishTerms();
    amara = await signIn(app.url, "amara");
    desk = await TestStream.open(app.url, { cookie: amara.cookie });
    await desk.until((message) => message.type === "welcome");
    await desk.command({ type: "presence.set", status: "available", reason: null });
  });
  afterAll(async () => {
    desk.cut();
    await app.close();
    smtp.close();
  });

  async function publishTerms(terms: Partial<ReconnectTerms> = {}) {
    const { headers } = await signIn(app.url, "admin");
    const { items } = (await (await fetch(`${app.url}/api/v1/channels`, { headers })).json()) as { items: Channel[] };
    const channel = items.find((item) => item.id === DEMO_CHANNELS.shop) as Channel;
    const put = await fetch(`${app.url}/api/v1/channels/${channel.id}`, {
      method: "PUT",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({
        revision: channel.revision,
        settings: { ...channel.draft, reconnect: { ...TERMS, ...terms } },
      }),
    });
    const { revision } = (await put.json()) as Channel;
    await postJson(`${app.url}/api/v1/channels/${channel.id}/deployments`, { revision, note: "" }, headers);
  }

  /** A guest served by Amara, both reading. */
  async function served() {
    const { identity, stream, conversationId, topic } = await startConversation(app.url);
    stream.send({ type: "subscribe", topic });
    await stream.until((message) => message.type === "live");
    expect(await desk.command({ type: "session.take", conversationId })).toMatchObject({ ok: true });
    desk.send({ type: "subscribe", topic });
    await desk.until(
      (message) =>
        message.type === "live" && message.topic.kind === "conversation" && message.topic.id === conversationId,
    );
    const bearer = { authorization: `Bearer ${identity.accessToken}` };
    const makeLink = () =>
      postJson<{ url: string }>(`${app.url}/api/v1/conversations/${conversationId}/links`, {}, bearer);
    const open = (url: string, channelId: string = DEMO_CHANNELS.shop, opening?: string) =>
      postJson<ReconnectOutcome>(`${app.url}/api/v1/reconnect/open`, {
        channelId,
        token: url.split("#clew-reconnect=")[1],
        opening,
      });
    const end = async () =>
      expect(await desk.command({ type: "session.end", conversationId })).toMatchObject({ ok: true });
    return { identity, stream, conversationId, topic, bearer, makeLink, open, end };
  }

  test("[RC15] a drop is noticed, coming back is the same session with the same agent", async () => {
    const { identity, stream, conversationId, topic, end } = await served();
    stream.cut();
    await desk.until(
      (message) =>
        message.type === "passing" && message.passing.type === "customer-connected" && !message.passing.connected,
    );
    app.skip(6_000);
    await desk.until(
      (message) =>
        happened("customer.gone")(message) &&
        message.type === "events" &&
        message.topic.kind === "conversation" &&
        message.topic.id === conversationId,
    );
    expect(one(desk, conversationId, "customer.gone")?.staff?.hold).toMatchObject({ weight: 1 });
    const again = await TestStream.open(app.url, { token: identity.accessToken });
    again.send({ type: "subscribe", topic });
    await again.until(happened("customer.returned"));
    await desk.until(
      (message) =>
        message.type === "events" &&
        message.events.some((event) => event.type === "customer.returned" && event.conversationId === conversationId),
    );
    expect(one(desk, conversationId, "customer.returned")).toMatchObject({
      outcome: "same-agent",
      how: "same-browser",
    });
    await end();
    again.cut();
  });

  test("[K23] [K29] a device that holds the conversation may ask whether a link leads to it; that uses nothing up", async () => {
    const [one, other] = [await served(), await served()];
    const { url } = await one.makeLink();
    const check = async ({ conversationId, bearer }: typeof one, of: typeof one, token = url.split("=").at(-1)) => {
      const address = `${app.url}/api/v1/conversations/${of.conversationId}/links/check`;
      const body = JSON.stringify({ token });
      const headers = { ...bearer, "content-type": "application/json" };
      const response = await fetch(address, { method: "POST", headers, body });
      return response.ok ? ((await response.json()) as { own: boolean }).own : `${conversationId}: ${response.status}`;
    };
    expect([await check(one, one), await check(one, one)]).toEqual([true, true]);
    expect(await check(other, other)).toBe(false);
    expect(await check(one, one, "forged")).toBe(false);
    expect(await check(other, one)).toBe(`${other.conversationId}: 404`);
    expect((await one.open(url)).outcome).toBe("resumed");
    await one.end();
    await other.end();
  });

  test("[RC16] a reload is no drop", async () => {
    const { identity, stream, conversationId, topic, end } = await served();
    const dropped = await served();
    stream.cut();
    dropped.stream.cut();
    const again = await TestStream.open(app.url, { token: identity.accessToken });
    again.send({ type: "subscribe", topic });
    await again.until((message) => message.type === "live");
    app.skip(20_000);
    // The one who did not come back is found gone in the same round that would have found the other.
    await desk.until(
      (message) =>
        message.type === "events" &&
        message.events.some(
          (event) => event.type === "customer.gone" && event.conversationId === dropped.conversationId,
        ),
    );
    await end();
    await again.until(happened("session.ended"));
    expect(one(desk, conversationId, "customer.gone")).toBeUndefined();
    await dropped.end();
    again.cut();
  });

  test("[RC17] a link brings another device in, is spent by it, and gives a new one", async () => {
    const { stream, conversationId, makeLink, open, identity, end } = await served();
    const link = await makeLink();
    expect(link.url).toContain(`/chat?channel=${DEMO_CHANNELS.shop}#clew-reconnect=`);
    expect((await fetch(link.url)).status).toBe(200);
    const outcome = await open(link.url);
    if (outcome.outcome !== "resumed") throw new Error(outcome.outcome);
    expect(outcome).toMatchObject({ conversationId, identity: { customerId: identity.customerId } });
    expect(await open(link.url)).toEqual({ outcome: "refused", because: "link-invalid" });
    expect(await open(outcome.link.url)).toMatchObject({ outcome: "resumed" });
    await end();
    stream.cut();
  });

  test("[CB7] [CB8] a link to a portal names its channel behind the token; with the name and without it is the same link", async () => {
    await publishTerms({ portalUrl: "https://shop.example/help" });
    const { stream, makeLink, open, end } = await served();
    const [named, plain] = [(await makeLink()).url, (await makeLink()).url.replace(`.${DEMO_CHANNELS.shop}`, "")];
    await publishTerms();
    expect(named).toMatch(/^https:\/\/shop\.example\/help#clew-reconnect=[\w-]{60,}\.[\w-]+$/);
    expect(named.endsWith(`.${DEMO_CHANNELS.shop}`)).toBe(true);
    for (const url of [named, plain]) expect(await open(url)).toMatchObject({ outcome: "resumed" });
    expect(await open(named)).toEqual({ outcome: "refused", because: "link-invalid" });
    await end();
    stream.cut();
  });

  test("[WF14] a device that heard nothing of what came of a link opens it once more; no other does", async () => {
    const { stream, conversationId, makeLink, open, end } = await served();
    const { url } = await makeLink();
    const [mine, refused] = [newId(), { outcome: "refused", because: "link-invalid" }];
    const both = await Promise.all([open(url, DEMO_CHANNELS.shop, mine), open(url, DEMO_CHANNELS.shop, mine)]);
    for (const outcome of both) expect(outcome).toMatchObject({ outcome: "resumed", conversationId });
    for (const opening of [newId(), undefined]) expect(await open(url, DEMO_CHANNELS.shop, opening)).toEqual(refused);
    expect(await open(url, DEMO_CHANNELS.shop, mine)).toMatchObject({ outcome: "resumed" });
    // Used up without an id of a try, it is nobody's.
    const other = await makeLink();
    expect(await open(other.url)).toMatchObject({ outcome: "resumed" });
    expect(await open(other.url, DEMO_CHANNELS.shop, mine)).toEqual(refused);
    await end();
    stream.cut();
  });

  test("[RC18] forged, truncated, foreign, revoked: the same neutral answer", async () => {
    const { stream, makeLink, open, bearer, conversationId, end } = await served();
    const { url } = await makeLink();
    const refused = { outcome: "refused", because: "link-invalid" };
    expect(await open(`${url.slice(0, -1)}${url.endsWith("A") ? "B" : "A"}`)).toEqual(refused);
    expect(await open(url.slice(0, -10))).toEqual(refused);
    expect(await open(url, DEMO_CHANNELS.supportDesk)).toEqual(refused);
    const revoked = await fetch(`${app.url}/api/v1/conversations/${conversationId}/links`, {
      method: "DELETE",
      headers: bearer,
    });
    expect([revoked.status, await open(url)]).toEqual([204, refused]);
    await end();
    stream.cut();
  });

  test("[RC19] an expired link says when and where to; one to an ended session says who ended it", async () => {
    const expired = await served();
    const first = await expired.makeLink();
    app.skip(61 * MINUTE);
    expect(await expired.open(first.url)).toMatchObject({
      outcome: "expired",
      redirectUrl: "https://shop.example/expired",
    });
    expired.stream.cut();
    desk.cut();
    amara = await signIn(app.url, "amara");
    desk = await TestStream.open(app.url, { cookie: amara.cookie });
    await desk.until((message) => message.type === "welcome");
    // An hour went by: whether the agent still has it depends on which sweep came first.
    const supervisor = await TestStream.open(app.url, { cookie: (await signIn(app.url, "supervisor")).cookie });
    const { conversationId } = expired;
    expect(await supervisor.command({ type: "session.end", conversationId })).toMatchObject({ ok: true });
    supervisor.cut();
    const ended = await served();
    const { url } = await ended.makeLink();
    await ended.end();
    expect(await ended.open(url)).toMatchObject({ outcome: "ended", end: { by: "agent", why: "ended" } });
    ended.stream.cut();
  });

  test("[RC20] the link in an agent's message, by mail, and nobody else's", async () => {
    const { stream, conversationId, bearer, open, end } = await served();
    await desk.command({
      type: "message.post",
      conversationId,
      text: "Come back with {{reconnect.link}}",
      attachments: [],
    });
    await stream.until(
      (message) => message.type === "events" && message.events.some((event) => event.type === "message.posted"),
    );
    const text = one(stream, conversationId, "message.posted")?.text ?? "";
    expect(text).not.toContain("{{");
    await stream.command({ type: "message.post", conversationId, text: "{{reconnect.link}}", attachments: [] });
    await expect.poll(() => one(stream, conversationId, "message.posted")?.text).toBe("{{reconnect.link}}");
    expect(await open(text)).toMatchObject({ outcome: "resumed" });

    await postJson(
      `${app.url}/api/v1/conversations/${conversationId}/links/mail`,
      { email: "ana@clew.example", language: "de" },
      bearer,
    );
    await expect.poll(() => mails.length, { timeout: 10_000 }).toBe(1);
    const body = (mails[0] ?? "").replace(/=\r?\n/g, "").replaceAll("=3D", "=");
    expect(body).toContain("Ihr Chat mit Larkspur");
    const [mailed] = /http\S+#clew-reconnect=\S+/.exec(body) ?? [];
    expect(await open(mailed ?? "")).toMatchObject({ outcome: "resumed" });
    const stranger = await newGuest(app.url);
    const other = await fetch(`${app.url}/api/v1/conversations/${conversationId}/links`, {
      method: "POST",
      headers: { authorization: `Bearer ${stranger.accessToken}` },
    });
    expect(other.status).toBe(404);
    await end();
    stream.cut();
  });

  test("[RC21] the reset ends, closes, revokes tokens and links, tells the agent, and is done once", async () => {
    const { stream, conversationId, identity, makeLink, open, bearer } = await served();
    const { url } = await makeLink();
    const clear = () =>
      fetch(`${app.url}/api/v1/identity/clear`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ channelId: DEMO_CHANNELS.shop, resumeSecret: identity.resumeSecret, mode: "end" }),
      });
    expect([(await clear()).status, (await clear()).status]).toEqual([204, 204]);
    await stream.until((message) => message.type === "bye" && message.reason === "revoked");
    await desk.until(
      (message) =>
        message.type === "events" &&
        message.events.some((event) => event.type === "session.ended" && event.conversationId === conversationId),
    );
    expect(one(desk, conversationId, "session.ended")?.session.end).toMatchObject({ by: "customer", why: "reset" });
    expect((await fetch(`${app.url}/api/v1/conversations/${conversationId}`, { headers: bearer })).status).toBe(401);
    expect(await open(url)).toEqual({ outcome: "refused", because: "link-invalid" });
  });

  test("[RC29] supervisors read how often customers came back, how, and what stood against it; a stranger's channel is not counted", async () => {
    const url = `${app.url}/api/v1/reports/returns?days=3`;
    const { headers } = await signIn(app.url, "supervisor");
    const report = async () => (await (await fetch(url, { headers })).json()) as ReturnsReport;
    const counts = async (outcome: ReturnCount["outcome"], way: ReturnCount["way"]) =>
      (await report()).items
        .filter((item) => item.channelId === DEMO_CHANNELS.shop && item.outcome === outcome && item.way === way)
        .reduce((sum, { count }) => sum + count, 0);
    const gone = async ({ conversationId, stream }: Awaited<ReturnType<typeof served>>) => {
      const from = desk.messages.length;
      stream.cut();
      await desk.until(
        (message) =>
          message.type === "passing" &&
          message.passing.type === "customer-connected" &&
          message.passing.conversationId === conversationId &&
          !message.passing.connected,
        from,
      );
      app.skip(6_000);
      await expect.poll(() => one(desk, conversationId, "customer.gone"), { timeout: 10_000 }).toBeDefined();
    };

    const back = await served();
    const [same, refused] = [await counts("same-agent", "link"), await counts("refused", "link")];
    const link = await back.makeLink();
    await gone(back);
    expect(await back.open(link.url)).toMatchObject({ outcome: "resumed" });
    expect(await counts("same-agent", "link")).toBe(same + 1);
    expect(await back.open(link.url)).toMatchObject({ outcome: "refused" });
    expect(await counts("refused", "link")).toBe(refused + 1);
    const total = async () => (await report()).items.reduce((sum, { count }) => sum + count, 0);
    const before = await total();
    expect(await back.open(link.url, newId())).toMatchObject({ outcome: "refused" });
    expect(await total()).toBe(before);
    await back.end();

    const lost = await served();
    const notBack = await counts("not-back", "none");
    await gone(lost);
    app.skip(31 * MINUTE);
    await expect.poll(() => counts("not-back", "none"), { timeout: 10_000 }).toBe(notBack + 1);
    expect((await fetch(url, { headers: (await signIn(app.url, "amara")).headers })).status).toBe(403);
    expect((await fetch(url.replace("=3", "=367"), { headers })).status).toBe(400);
  });
});
