import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { RecordObject } from "@clew/contract/flows/records";
import { DEMO_AGENTS } from "@clew/server/demo/ids";
import { flowAdmin } from "@clew/server/testing/flows";
import { openOtherSystem } from "@clew/server/testing/other-system";
import { expect, onTestFinished, test } from "vitest";
import { agentSidePeople } from "./agent-side-people.ts";
import { conversationOf } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { ofType } from "./reconnect-scene.ts";
import { routesShop, runsOver, wayOf } from "./routing-flows-scene.ts";

const { amara: AMARA } = DEMO_AGENTS;
const KEY = "route.decided";
const toPlants = { type: "route", to: { skills: [{ skill: "Plant care", min: 8 }], queue: "Orders and advice" } };
const toReturns = { type: "route", to: { skills: [{ skill: "Returns", min: 6 }], queue: "Orders and advice" } };

const { shop, arrives, turns } = agentSidePeople(["amara", "chiyo", "supervisor"]);

/** The shop goes by this flow from now on. */
async function goesBy(flow: Omit<Parameters<typeof routesShop>[0], "key">) {
  const { stage, admin } = await shop();
  await (await flowAdmin(stage.url)).publish(routesShop({ key: KEY, ...flow }));
  return { stage, admin };
}

test("[R4] of three sessions before, the newest and the oldest that told anything are what the agent reads", async () => {
  await goesBy({
    title: "Oldest and newest",
    vars: { oldest: { type: "map", default: {} }, newest: { type: "map", default: {} } },
    start: "first",
    nodes: {
      first: { type: "prechat.restore", from: "first", into: "oldest", next: "latest", nothing: "latest" },
      latest: { type: "prechat.restore", from: "latest", into: "newest", next: "keep", nothing: "keep" },
      keep: {
        type: "session.set",
        attributes: { firstOrder: "=oldest.orderNumber", lastOrder: "=newest.orderNumber" },
        next: "toAnybody",
      },
      toAnybody: { type: "route", to: { queue: "Orders and advice" } },
    },
  });
  const { stage, admin } = await shop(
    {},
    {
      settings: ({ preChat }) => {
        const fields = preChat.fields.filter(({ key }) => key === "name" || key === "orderNumber");
        return { preChat: { ...preChat, ask: { when: "session" }, fields } };
      },
    },
  );
  const customer = await stage.customer();
  const tells = async (order: string) => {
    await customer.field("Your name").fill("Ana Ruiz");
    await customer.field("Order number").fill(order);
  };
  await customer.open();
  await tells("LK-100001");
  await customer.start();
  const id = await conversationOf(customer);
  // The third tells of no order.
  for (const [index, order] of ["LK-200002", "", ""].entries()) {
    await runsOver(admin, id, index + 1);
    await customer.sees("You’re next in line");
    await admin.command({ type: "session.end", conversationId: id });
    await customer.sees(/your next message starts a new session here/);
    await customer.post(`Once more, ${index + 2}`);
    await tells(order);
    await customer.button("Send").click();
    await customer.reads(`Once more, ${index + 2}`);
  }
  const [, , , run] = await runsOver(admin, id, 4);
  expect(run && wayOf(run)).toEqual(["first: next", "latest: next", "keep: next", "toAnybody: next"]);
  const amara = await arrives("amara");
  await amara.offer.getByText("Session 4").waitFor();
  await amara.accept();
  await amara.fact("First order").getByText("LK-100001", { exact: true }).waitFor();
  await amara.fact("Last order").getByText("LK-200002", { exact: true }).waitFor();
  await amara.fact("Order number").getByText("Left blank", { exact: true }).waitFor();
});

test("[R6] of two rules that fit the first is taken: her skill is asked for, and the page of the run lights that rule", async () => {
  const { stage, admin } = await goesBy({
    title: "Two rules",
    start: "choose",
    nodes: {
      choose: {
        type: "decision",
        branches: [
          { label: "About plants", when: "=prechat.topic == 'advice'", next: "toPlants" },
          { label: "Of a known name", when: "=prechat.name != null", next: "toReturns" },
        ],
        else: "toReturns",
      },
      toPlants,
      toReturns,
    },
  });
  const amara = await arrives("amara");
  const chiyo = await arrives("chiyo");
  const customer = await stage.customer();
  await customer.begin({ topic: "Plant advice" });
  await chiyo.accept();
  await customer.reads("Chiyo joined the chat");
  expect(await amara.offer.count()).toBe(0);
  const sofia = await arrives("supervisor", "busy");
  const [run] = await runsOver(admin, await conversationOf(customer), 1);
  expect(run && wayOf(run)).toEqual(["choose: branches/0", "toPlants: next"]);
  await sofia.open(`runs/${run?.run.id}`);
  const taken = sofia.page.locator("li[data-lit] li[data-lit]");
  await taken.filter({ hasText: "About plants" }).waitFor();
  expect(await taken.filter({ hasText: "Of a known name" }).count()).toBe(0);
});

test("[R7] another system does not answer in time: somebody serves by then, and what it says later changes nothing on either side", async () => {
  const risk = await openOtherSystem();
  onTestFinished(async () => void (await risk.close()));
  risk.system.answer = null;
  const { stage, admin } = await shop();
  const limits = { methods: ["POST"], hosts: [], headers: {}, privateAddresses: true, idempotent: true };
  await admin.call("PUT", "/connectors/slow-risk", {
    settings: { baseUrl: risk.url, ...limits, breakAfter: 9, restMs: 60_000 },
    secrets: {},
    revision: 0,
  });
  await goesBy({
    title: "By the risk",
    vars: { risk: { type: "number?" } },
    settings: { onFault: "toReturns" },
    start: "score",
    nodes: {
      score: {
        ...{ type: "http.call", connector: "slow-risk", method: "POST", path: "/score", body: {}, timeoutMs: 300 },
        ...{ map: { risk: "/score" }, next: "toReturns", faults: [{ match: ["timeout"], next: "toPlants" }] },
      },
      toPlants,
      toReturns,
    },
  });
  await turns("amara", "available");
  const chiyo = await arrives("chiyo");
  const customer = await stage.customer();
  await customer.begin();
  await chiyo.accept();
  await customer.reads("Chiyo joined the chat");
  const id = await conversationOf(customer);
  const [before] = await runsOver(admin, id, 1);
  expect(before && wayOf(before)).toEqual(["score: fault timeout", "toPlants: next"]);
  // The conversation lets go of the run after it is over.
  const runs = async () => (await admin.call<ConversationSnapshot>("GET", `/conversations/${id}`)).runs;
  await eventually(runs).toEqual([]);
  const from = (await admin.events(id)).at(-1)?.number ?? 0;
  risk.answerLate(200, { score: 1 });
  await customer.write("Is anybody there?");
  await chiyo.reads("Is anybody there?");
  await chiyo.write("I am.");
  await customer.reads("I am.");
  expect((await admin.events(id, from)).map(({ type }) => type)).toEqual(["message.posted", "message.posted"]);
  expect(await runsOver(admin, id, 1)).toEqual([before]);
});

test("[R9] a look-up that is not permitted: the session waits in its channel's queue, and the agent reads the answers and at which step it stopped", async () => {
  const { stage, admin } = await goesBy({
    title: "By the contact",
    vars: { contact: { type: "record:Contact?" } },
    start: "lookUp",
    nodes: {
      lookUp: {
        ...{ type: "records.get", object: "Contact", where: [["email", "eqi", "=prechat.email"]] },
        ...{ into: "contact", next: "toPlants" },
      },
      toPlants,
    },
  });
  const object = async () =>
    (await admin.call<{ items: RecordObject[] }>("GET", "/record-objects")).items.find(
      ({ name }) => name === "Contact",
    ) as RecordObject;
  const { settings } = await object();
  const are = async (change: object) =>
    admin.call("PUT", "/record-objects/Contact", {
      settings: { ...settings, ...change },
      revision: (await object()).revision,
    });
  await are({ flows: "none" });
  onTestFinished(async () => void (await are({})));
  const amara = await arrives("amara");
  await turns("chiyo", "available");
  const customer = await stage.customer();
  await customer.begin({ order: "LK-204518" });
  await amara.offer.getByText("LK-204518").waitFor();
  await amara.accept();
  await amara.reads(/The flow By the contact stopped at lookUp:/);
  await amara.fact("Your name").getByText("Ana Ruiz", { exact: true }).waitFor();
  await amara.fact("Order number").getByText("LK-204518", { exact: true }).waitFor();
  await customer.reads("Amara joined the chat");
  expect(await customer.page.getByText(/stopped at/).count()).toBe(0);
  const events = await admin.events(await conversationOf(customer));
  expect(ofType(events, "session.waiting").map(({ reason }) => reason)).toEqual(["fallback"]);
  expect(ofType(events, "session.offered").map(({ agentId }) => agentId)).toEqual([AMARA]);
});
