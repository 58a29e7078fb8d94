import type { Passing } from "@clew/contract/presence";
import type { ServerMessage } from "@clew/contract/stream";
import { describe, expect, test } from "vitest";
import { startConversation } from "../testing/customer.ts";
import { newId, postJson, signIn, TestStream } from "../testing/test-app.ts";
import { twoServers } from "../testing/two-servers.ts";
import { Elsewhere } from "./elsewhere.ts";

type Of<Type extends Passing["type"]> = Extract<Passing, { type: Type }>;
const passing =
  <Type extends Passing["type"]>(type: Type, suits: (passing: Of<Type>) => boolean = () => true) =>
  (message: ServerMessage) =>
    message.type === "passing" && message.passing.type === type && suits(message.passing as Of<Type>);

/** An agent who looks at the conversation over that process. */
async function looks(url: string, name: string, conversationId: string) {
  const { cookie, headers } = await signIn(url, name);
  const stream = await TestStream.open(url, { cookie });
  await stream.until(({ type }) => type === "welcome");
  stream.send({ type: "subscribe", topic: { kind: "conversation", id: conversationId } });
  await stream.until(({ type }) => type === "live");
  stream.send({ type: "view", conversationId });
  const command = (what: object) => postJson(`${url}/api/v1/staff/commands`, { id: newId(), ...what }, headers);
  return { stream, command };
}

describe("two server processes on one PostgreSQL", () => {
  const servers = twoServers();

  test("[AU40] customer and agents at two server processes see each other type, look, come and go, and agents' presence", async () => {
    const { here, there } = servers();
    const { stream: customer, conversationId, topic } = await startConversation(here.url);
    customer.send({ type: "subscribe", topic });
    await customer.until(({ type }) => type === "live");
    const amara = await looks(there.url, "amara", conversationId);
    await amara.stream.until(passing("customer-connected", ({ connected }) => connected));

    customer.send({ type: "typing", conversationId, on: true });
    await amara.stream.until(passing("typing", ({ who, on }) => who === "customer" && on));
    amara.stream.send({ type: "typing", conversationId, on: true });
    await customer.until(passing("typing", ({ who, name, on }) => who === "agent" && name === "Amara" && on));

    const sofia = await looks(here.url, "supervisor", conversationId);
    const both = passing("viewers", ({ agents }) => agents.length === 2 && agents.some(({ typing }) => typing));
    await Promise.all([amara.stream.until(both), sofia.stream.until(both)]);
    expect(customer.messages.filter(passing("viewers"))).toEqual([]);

    for (const status of ["busy", "available"]) {
      await amara.command({ type: "presence.set", status, reason: null });
      await sofia.stream.until(passing("agent-presence", ({ presence }) => presence.chosen === status));
    }
    const from = sofia.stream.messages.length;
    amara.stream.cut();
    await sofia.stream.until(
      passing("viewers", ({ agents }) => agents.length === 1),
      from,
    );
    const again = await looks(there.url, "amara", conversationId);
    await again.stream.until(passing("customer-connected", ({ connected }) => connected));
    customer.cut();
    await again.stream.until(passing("customer-connected", ({ connected }) => !connected));
    again.stream.cut();
    sofia.stream.cut();
  });
});

const CONVERSATION = "0190a000-0000-7000-8000-000000000001";
const viewers = (...ids: string[]): Passing => ({
  type: "viewers",
  conversationId: CONVERSATION,
  agents: ids.map((id) => ({ id, name: id, typing: false })),
});
const customerIs = (connected: boolean): Passing => ({
  type: "customer-connected",
  conversationId: CONVERSATION,
  connected,
});

/** Processes that hear each other at once, until the line is cut. */
function processes() {
  const time = { now: 1_000_000 };
  const log = { error: () => undefined, warn: () => undefined };
  const line = { cut: false };
  const all: Elsewhere[] = [];
  const add = () => {
    const process = new Elsewhere({
      ...{ log, clock: { now: () => time.now } },
      say: async (texts) => {
        if (!line.cut) for (const one of all) for (const text of texts) one.hear(text);
      },
    });
    all.push(process);
    return process;
  };
  /** What is said in answer to what was said is said, too. */
  const settled = async () => {
    for (let round = 0; round < 3; round += 1) for (const process of all) await process.idle();
  };
  return { add, time, line, settled };
}

test("[AU41] a process that begins later asks who is there; of one that died nobody is left after a while", async () => {
  const { add, time, line, settled } = processes();
  const [one, other] = [add(), add()];
  one.telling(viewers("ann"));
  one.telling(customerIs(true));
  await settled();
  expect(other.hasCustomer(CONVERSATION)).toBe(true);
  const late = add();
  expect(late.hasCustomer(CONVERSATION)).toBe(false);
  late.ask(CONVERSATION);
  await settled();
  expect(late.hasCustomer(CONVERSATION)).toBe(true);
  expect(late.telling(viewers("bo"))).toEqual(viewers("bo", "ann"));
  await settled();

  // Whoever lives answers when asked again.
  time.now += 31_000;
  expect(late.sweep(time.now)).toEqual([]);
  await settled();
  time.now += 20_000;
  expect(late.sweep(time.now)).toEqual([]);
  line.cut = true;
  time.now += 46_000;
  expect(late.sweep(time.now)).toEqual([viewers("bo"), customerIs(false)]);
});

test("[AU42] a preview too long to be told elsewhere goes without its text, and what belongs together goes in one text", async () => {
  const said: string[][] = [];
  const process = new Elsewhere({
    clock: { now: () => 0 },
    log: { warn: () => undefined },
    say: async (texts) => void said.push([...texts]),
  });
  const typing = (text: string): Passing => ({
    ...{ type: "typing", conversationId: CONVERSATION, who: "customer", on: true },
    text,
  });
  process.telling(typing("ö".repeat(4_000)));
  process.telling(typing("short"));
  await process.idle();
  expect(said).toHaveLength(1);
  expect(said[0]).toHaveLength(1);
  const { said: told } = JSON.parse(said[0]?.[0] ?? "") as { said: { passing: { text?: string } }[] };
  expect(told.map(({ passing: { text } }) => text)).toEqual([undefined, "short"]);
  expect(process.hear(said[0]?.[0] ?? ""), "its own words").toEqual([]);
  expect(process.hear(JSON.stringify({ from: "x", formId: "y" })), "not its words").toBeNull();
});
