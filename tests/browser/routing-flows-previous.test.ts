import type { ConversationSnapshot } from "@clew/contract/conversations";
import { DEMO_AGENTS } from "@clew/server/demo/ids";
import { beforeAll, expect, test } from "vitest";
import { agentSidePeople } from "./agent-side-people.ts";
import { SECOND } from "./agent-side-scene.ts";
import { conversationOf } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { publishFlow } from "./forms-scene.ts";
import { ofType } from "./reconnect-scene.ts";
import { routesShop, runsOver, wayOf } from "./routing-flows-scene.ts";

const { amara: AMARA, chiyo: CHIYO } = DEMO_AGENTS;
/** Shorter than a connection may be silent: skipped, it leaves the agents where they are. */
const WAIT_MAX = 20 * SECOND;

/** To whom the customer spoke last, for some minutes if need be; whoever is asked else reads why. */
const ROUTE = routesShop({
  key: "route.previous",
  title: "Back to whom it was",
  start: "previous",
  nodes: {
    previous: {
      type: "route",
      to: { previousAgent: { within: "P1D" } },
      waitMax: `PT${WAIT_MAX / SECOND}S`,
      next: "met",
      unavailable: "missed",
      timeout: "late",
    },
    met: { type: "end" },
    missed: {
      type: "route",
      to: { queue: "Orders and advice" },
      reason: "Session {{session.number}}: nobody from before",
    },
    late: { type: "route", to: { queue: "Orders and advice" }, reason: "Session {{session.number}}: waited in vain" },
  },
});

const { shop, arrives } = agentSidePeople(["amara", "chiyo"]);
beforeAll(async () => publishFlow((await shop()).admin, ROUTE));

/** Amara has served a customer to the end and is as named; Chiyo is free; the customer writes again. */
async function returning(status: "Busy" | "Offline") {
  const { stage, admin } = await shop();
  const amara = await arrives("amara");
  const customer = await stage.customer();
  await customer.begin();
  await amara.accept();
  await customer.write("Where is my parcel?");
  await amara.reads("Where is my parcel?");
  await amara.end();
  await customer.reads("Amara ended the chat");
  await amara.choosePresence(status);
  const chiyo = await arrives("chiyo");
  await customer.write("One more thing");
  await customer.reads("New session");
  const id = await conversationOf(customer);
  const asked = async () => ofType(await admin.events(id), "session.offered").map(({ agentId }) => agentId);
  return { stage, admin, amara, chiyo, customer, id, asked };
}

/** The session waits for Amara, and nobody else is asked; the customer sees that they are in line. */
async function waitsForAmara({ admin, chiyo, customer, id }: Awaited<ReturnType<typeof returning>>): Promise<void> {
  const target = async () =>
    (await admin.call<ConversationSnapshot>("GET", `/conversations/${id}`)).staff?.targetAgentId;
  await eventually(target).toBe(AMARA);
  await customer.sees("You’re next in line");
  expect(await chiyo.offer.count()).toBe(0);
}

test("[R10] the agent of before is not there: somebody else is asked at once, and reads why", async () => {
  const { admin, amara, chiyo, customer, id, asked } = await returning("Offline");
  await chiyo.offer.getByText("Session 2").waitFor();
  expect(await amara.offer.count()).toBe(0);
  await chiyo.accept();
  await chiyo.reads("Session 2: nobody from before");
  await customer.reads("Chiyo joined the chat");
  expect(await asked()).toEqual([AMARA, CHIYO]);
  const [, run] = await runsOver(admin, id, 2);
  expect(run && wayOf(run)).toEqual(["previous: unavailable", "missed: next"]);
});

test("[R10] the agent of before is busy: the customer waits for her as long as the flow says, then somebody else is asked", async () => {
  const scene = await returning("Busy");
  await waitsForAmara(scene);
  const { stage, admin, chiyo, customer, id, asked } = scene;
  stage.skip(WAIT_MAX);
  await chiyo.accept();
  await chiyo.reads("Session 2: waited in vain");
  await customer.reads("Chiyo joined the chat");
  expect(await asked()).toEqual([AMARA, CHIYO]);
  const [, run] = await runsOver(admin, id, 2);
  expect(run && wayOf(run)).toEqual(["previous: timeout", "late: next"]);
});

test("[R10] the agent of before becomes free in time: she is asked, although somebody else was free all the while", async () => {
  const scene = await returning("Busy");
  await waitsForAmara(scene);
  const { admin, amara, chiyo, customer, id, asked } = scene;
  await amara.choosePresence("Available");
  await amara.offer.getByText("Session 2").waitFor();
  expect(await chiyo.offer.count()).toBe(0);
  await amara.accept();
  await amara.reads("One more thing");
  await customer.times("Amara joined the chat", 2);
  expect(await asked()).toEqual([AMARA, AMARA]);
  const [, run] = await runsOver(admin, id, 2);
  expect(run && wayOf(run)).toEqual(["previous: next", "met: end"]);
});
