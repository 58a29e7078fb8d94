import { writeFileSync } from "node:fs";
import type { ChannelSettings } from "@clew/contract/channels";
import type { ConversationEvent, EventType } from "@clew/contract/events";
import type { Timeline } from "@clew/contract/timeline";
import { DEMO_AGENTS, DEMO_CHANNELS, DEMO_QUEUES } from "@clew/server/demo/ids";
import { newGuest, newId, postJson, signIn, startTestApp, TestStream } from "@clew/server/testing/test-app";

/** Plays two conversations on a real server and keeps their timelines: `node tests/timeline/record.ts`. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const TERMS: NonNullable<ChannelSettings["reconnect"]> = {
  sessionWindow: 30 * MINUTE,
  sameAgentWindow: 10 * MINUTE,
  capacityHold: "full",
  holdFor: 5 * MINUTE,
  linkLife: 60 * MINUTE,
  whenAgentUnavailable: "wait",
  portalUrl: null,
  redirectUrl: null,
};
const { amara: AMARA, chiyo: CHIYO, supervisor: SOFIA } = DEMO_AGENTS;

const app = await startTestApp();
await publish();
const staff = { amara: await sitDown("amara"), chiyo: await sitDown("chiyo"), supervisor: await sitDown("supervisor") };
/** A long day: the clocks of coming back strike one after the other, a decline, an offer that passes, a second session. */
async function droppedAndReturned(): Promise<string> {
  const { id, guest, says, drops, returns } = await customer("Ana Ruiz");
  await status("amara", "available");
  await accept("amara", id);
  await says("Where is my parcel?");
  await command("amara", { type: "message.post", conversationId: id, text: "I look it up.", attachments: [] });
  await command("amara", { type: "note.post", conversationId: id, text: "Carrier was changed.", attachments: [] });
  await drops();
  app.skip(5 * MINUTE);
  await seen(id, "hold.ended");
  app.skip(5 * MINUTE);
  await seen(id, "hold.ended", 2);
  await status("chiyo", "available");
  await returns();
  await offered(id, AMARA);
  await answer("amara", id, { type: "offer.decline", why: "Not my field" });
  await offered(id, CHIYO);
  app.skip(31 * SECOND);
  await seen(id, "session.offer-ended", 2);
  await offered(id, AMARA);
  await accept("amara", id);
  await command("amara", { type: "session.end", conversationId: id });
  await says("Thank you, one more thing.");
  await accept("amara", id);
  await guest.command({ type: "session.end", conversationId: id });
  await status("chiyo", "busy");
  return id;
}

/** What else rules decide: Close and its undo, a transfer, silence, a keyword, an agent who is gone, a supervisor. */
async function everyDecision(): Promise<string> {
  const { id, guest, says, stays, drops, returns } = await customer("Bo Lund");
  await accept("amara", id);
  await command("amara", { type: "session.close", conversationId: id });
  await command("amara", { type: "session.undo-close", conversationId: id });
  await command("amara", { type: "session.mark-inactive", conversationId: id });
  await says("Are you there?");
  await drops();
  await command("amara", { type: "hold.extend", conversationId: id, by: 15 * MINUTE });
  await status("amara", "away");
  await returns();
  await status("amara", "available");
  await accept("amara", id);
  await drops();
  await command("amara", { type: "hold.release", conversationId: id });
  await returns();
  await accept("amara", id);
  await says("STOP");
  await guest.command({ type: "optout.undo", conversationId: id });
  await accept("amara", id);
  await command("amara", { type: "fact.correct", conversationId: id, key: "name", value: "Bo Lundgren" });
  await status("chiyo", "available");
  const to = { kind: "agent", id: CHIYO };
  await command("amara", { type: "session.transfer", conversationId: id, to, note: "Orchids are yours." });
  await accept("chiyo", id);
  await command("chiyo", { type: "message.post", conversationId: id, text: "Which pot?", attachments: [] });
  app.skip(16 * MINUTE);
  await stays();
  await seen(id, "session.inactive", 3);
  await says("The red one.");
  staff.chiyo.stream.cut();
  app.skip(4 * MINUTE);
  await says("Hello?");
  const passedOn = (event: ConversationEvent) => event.type === "session.waiting" && event.reason === "agent-left";
  await until("the way to a colleague", async () => (await events(id)).some(passedOn));
  await status("supervisor", "available");
  await command("supervisor", { type: "session.take", conversationId: id, agentId: SOFIA });
  await command("supervisor", {
    type: "session.transfer",
    conversationId: id,
    to: { kind: "queue", id: DEMO_QUEUES.support },
  });
  await command("supervisor", { type: "session.end", conversationId: id });
  await guest.command({ type: "session.clear", conversationId: id, mode: "end" });
  return id;
}

/** A channel that keeps places: by hand and by time it is let go of, and in the end the customer is served. */
async function keptPlace(): Promise<string> {
  const { id, guest, drops, returns } = await customer("Cleo Maas");
  await status("amara", "available");
  await accept("amara", id);
  await drops();
  await status("amara", "away");
  await returns();
  await status("amara", "available");
  await accept("amara", id);
  await drops();
  await status("amara", "busy");
  app.skip(6 * MINUTE);
  await seen(id, "hold.ended");
  await returns();
  await command("amara", { type: "hold.release", conversationId: id });
  await status("amara", "available");
  await accept("amara", id);
  await drops();
  app.skip(8 * MINUTE);
  await seen(id, "hold.ended", 3);
  await status("amara", "away");
  await returns();
  app.skip(2 * MINUTE);
  await seen(id, "hold.ended", 4);
  await status("amara", "available");
  await accept("amara", id);
  await guest.command({ type: "session.clear", conversationId: id, mode: "end" });
  return id;
}

async function customer(name: string) {
  let identity = await newGuest(app.url);
  const renewed = async () => {
    const { resumeSecret } = identity;
    identity = await postJson(`${app.url}/api/v1/identity/resume`, { channelId: DEMO_CHANNELS.shop, resumeSecret });
    return identity.accessToken;
  };
  const connect = async () => TestStream.open(app.url, { token: await renewed() });
  let guest = await connect();
  const id = newId();
  const topic = { kind: "conversation" as const, id };
  const values = { name, email: "someone@clew.example", topic: "advice" };
  const answers = Object.entries(values).map(([key, value]) => ({ key, value, how: "typed" }));
  const message = { id: newId(), text: "Good morning!", attachments: [] };
  await guest.command({
    type: "conversation.start",
    conversationId: id,
    channelId: DEMO_CHANNELS.shop,
    language: "en",
    answers,
    message,
  });
  guest.send({ type: "subscribe", topic });
  await guest.until(({ type }) => type === "live");
  const count = async (type: EventType) => (await events(id)).filter((event) => event.type === type).length;
  return {
    id,
    guest: { command: (wish: Parameters<TestStream["command"]>[0]) => guest.command(wish) },
    says: (text: string) => guest.command({ type: "message.post", conversationId: id, text, attachments: [] }),
    /** Time has passed: access is renewed. */
    async stays() {
      guest.send({ type: "token", token: await renewed() });
    },
    async drops() {
      const times = (await count("customer.gone")) + 1;
      guest.cut();
      await seen(id, "customer.gone", times, 2 * SECOND);
    },
    async returns() {
      guest = await connect();
      const times = (await count("customer.returned")) + 1;
      guest.send({ type: "subscribe", topic });
      await seen(id, "customer.returned", times);
    },
  };
}

async function sitDown(name: string) {
  const { cookie, headers } = await signIn(app.url, name);
  const stream = await TestStream.open(app.url, { cookie });
  await stream.until(({ type }) => type === "welcome");
  return { stream, headers };
}

type Name = keyof typeof staff;
async function command(name: Name, wish: Record<string, unknown> & { type: string }): Promise<void> {
  await postJson(`${app.url}/api/v1/staff/commands`, { id: newId(), ...wish }, staff[name].headers);
}
const status = (name: Name, chosen: string) => command(name, { type: "presence.set", status: chosen, reason: null });

async function accept(name: Name, id: string): Promise<void> {
  await offered(id, DEMO_AGENTS[name]);
  await answer(name, id, { type: "offer.accept" });
}
async function answer(name: Name, id: string, wish: { type: string; why?: string }): Promise<void> {
  const { conversation } = await timeline(id);
  await command(name, { ...wish, conversationId: id, offerId: conversation.staff?.offerId });
}
const offered = (id: string, agentId: string) =>
  until(`an offer to ${agentId}`, async () => (await timeline(id)).conversation.staff?.offer?.agentId === agentId);
const seen = (id: string, type: EventType, times = 1, skip = 0) =>
  until(`${times} × ${type}`, async () => {
    app.skip(skip);
    return (await events(id)).filter((event) => event.type === type).length >= times;
  });

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${what} never came`);
}

async function events(id: string): Promise<readonly ConversationEvent[]> {
  return (await timeline(id)).events;
}
async function timeline(id: string): Promise<Timeline> {
  const { headers } = staff.supervisor;
  const answered = await fetch(`${app.url}/api/v1/conversations/${id}/timeline`, { headers });
  if (!answered.ok) throw new Error(await answered.text());
  return (await answered.json()) as Timeline;
}

async function keep(name: string, id: string): Promise<void> {
  const { events: all, ...rest } = await timeline(id);
  const lines = all.map((event) => JSON.stringify(event)).join(",\n");
  const text = `${JSON.stringify(rest).slice(0, -1)},"events":[\n${lines}\n]}\n`;
  writeFileSync(new URL(`timelines/${name}.json`, import.meta.url), text);
}

async function publish(whenAgentUnavailable = TERMS.whenAgentUnavailable): Promise<void> {
  const { headers } = await signIn(app.url, "admin");
  const base = `${app.url}/api/v1/channels`;
  type Channel = { id: string; revision: number; draft: ChannelSettings };
  const { items } = (await (await fetch(base, { headers })).json()) as { items: Channel[] };
  const shop = items.find(({ id }) => id === DEMO_CHANNELS.shop) as Channel;
  const settings = {
    ...shop.draft,
    reconnect: { ...TERMS, whenAgentUnavailable },
    optOut: { ...shop.draft.optOut, on: true },
  };
  const put = { method: "PUT", headers: { ...headers, "content-type": "application/json" } };
  const body = JSON.stringify({ settings, revision: shop.revision });
  const { revision } = (await (await fetch(`${base}/${shop.id}`, { ...put, body })).json()) as Channel;
  await postJson(`${base}/${shop.id}/deployments`, { revision, note: "" }, headers);
}

/** All of them, or those that are named: a recording that is made anew is another one. */
const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
if (isWanted("dropped-and-returned")) await keep("dropped-and-returned", await droppedAndReturned());
if (isWanted("every-decision")) await keep("every-decision", await everyDecision());
if (isWanted("kept-place")) {
  await publish("hold");
  await keep("kept-place", await keptPlace());
}
for (const { stream } of Object.values(staff)) stream.cut();
await app.close();
