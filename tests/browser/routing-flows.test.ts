import type { Fact } from "@clew/contract/facts";
import { DEMO_AGENTS, DEMO_QUEUES, DEMO_SKILLS } from "@clew/server/demo/ids";
import { beforeAll, expect, test } from "vitest";
import type { AdminApi } from "./admin-api.ts";
import { agentSidePeople } from "./agent-side-people.ts";
import { conversationOf } from "./continuity-scene.ts";
import { eventually } from "./eventually.ts";
import { publishFlow } from "./forms-scene.ts";
import type { AgentConsole } from "./pages/agent-console.ts";
import type { CustomerWindow } from "./pages/customer-window.ts";
import { ofType } from "./reconnect-scene.ts";
import { routesShop, runsOver, wayOf } from "./routing-flows-scene.ts";

const { amara: AMARA, chiyo: CHIYO } = DEMO_AGENTS;
// Not the one of the hint, which every browser has.
const FIRST = "LK-511209";
const LATER = "LK-300777";

/** Restores what was told before, notes it, and asks for the skill that the topic needs. */
const ROUTE = routesShop({
  key: "route.byTopic",
  title: "By topic",
  settings: { onFault: "toAnybody" },
  start: "restore",
  nodes: {
    restore: { type: "prechat.restore", of: "customer", next: "keep", nothing: "keep" },
    keep: {
      type: "session.set",
      attributes: { goesBy: "=prechat.name", aboutOrder: "=prechat.orderNumber" },
      next: "choose",
    },
    choose: {
      type: "decision",
      branches: [
        { label: "Plants", when: "=prechat.topic == 'advice'", next: "toPlants" },
        { label: "Returns", when: "=prechat.topic == 'return'", next: "toReturns" },
      ],
      else: "toAnybody",
    },
    toPlants: { type: "route", to: { skills: [{ skill: "Plant care", min: 8 }], queue: "Orders and advice" } },
    toReturns: { type: "route", to: { skills: [{ skill: "Returns", min: 6 }], queue: "Orders and advice" } },
    toAnybody: { type: "route", to: { queue: "Orders and advice" } },
  },
});
const PLANTS = { queueId: DEMO_QUEUES.orders, skills: [{ skillId: DEMO_SKILLS.plants, level: 8 }] };
const RETURNS = { queueId: DEMO_QUEUES.orders, skills: [{ skillId: DEMO_SKILLS.returns, level: 6 }] };

const { shop, arrives } = agentSidePeople(["amara", "chiyo"]);
beforeAll(async () => publishFlow((await shop()).admin, ROUTE));

/** Where the flow has sent the sessions of a conversation, and who was asked, one after the other. */
async function sentTo(admin: AdminApi, conversationId: string) {
  const events = await admin.events(conversationId);
  return {
    routed: ofType(events, "session.waiting").flatMap(({ reason, staff }) =>
      reason === "routed" ? [{ queueId: staff?.queueId, skills: staff?.skills }] : [],
    ),
    asked: ofType(events, "session.offered").map(({ agentId }) => agentId),
    told: ofType(events, "facts.recorded").map(({ facts }) => facts),
    noted: ofType(events, "session.described").flatMap(({ staff }) => (staff?.attributes ? [staff.attributes] : [])),
  };
}
const orderIn = (facts: readonly Fact[] = []) => facts.find(({ key }) => key === "orderNumber");

async function reads(agent: AgentConsole, answers: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(answers))
    await agent.fact(label).getByText(value, { exact: true }).waitFor();
}

/** A customer who wants advice on plants, and whom Chiyo has served to the end. */
async function served(customer: CustomerWindow, chiyo: AgentConsole, said: string): Promise<string> {
  await customer.begin({ topic: "Plant advice", order: FIRST });
  await chiyo.accept();
  await customer.write(said);
  await chiyo.reads(said);
  await chiyo.end();
  await customer.reads("Chiyo ended the chat");
  return conversationOf(customer);
}

test("[R1] name and order of a first session are on it, the topic decides whose skill is asked for, and she sees both", async () => {
  const { stage, admin } = await shop();
  const amara = await arrives("amara");
  const chiyo = await arrives("chiyo");
  const customer = await stage.customer();
  await customer.begin({ topic: "Plant advice", order: FIRST });
  await chiyo.offer.getByText(FIRST).waitFor();
  // She has more places free: by that alone it would be hers.
  expect(await amara.offer.count()).toBe(0);
  await chiyo.accept();
  await customer.reads("Chiyo joined the chat");
  await reads(chiyo, { "Your name": "Ana Ruiz", "Order number": FIRST, "Goes by": "Ana Ruiz", "About order": FIRST });
  expect(await chiyo.customer.getByText(/carried from|not confirmed/).count()).toBe(0);
  // Another topic, and nobody's skill is asked for.
  const other = await stage.customer();
  await other.begin({ name: "Bo Lund", order: LATER });
  await amara.accept();
  await other.reads("Amara joined the chat");
  await reads(amara, { "Your name": "Bo Lund", "Order number": LATER, "Goes by": "Bo Lund", "About order": LATER });

  const id = await conversationOf(customer);
  const { routed, asked, told, noted } = await sentTo(admin, id);
  expect({ routed, asked, noted }).toEqual({
    routed: [PLANTS],
    asked: [CHIYO],
    noted: [{ goesBy: "Ana Ruiz", aboutOrder: FIRST }],
  });
  expect(told.map(orderIn)).toMatchObject([{ value: FIRST, sessionNumber: 1, how: "typed" }]);
  const [run] = await runsOver(admin, id, 1);
  expect(run && wayOf(run)).toEqual(["restore: nothing", "keep: next", "choose: branches/0", "toPlants: next"]);
  expect((await sentTo(admin, await conversationOf(other))).asked).toEqual([AMARA]);
});

test("[R2] who writes again is asked nothing: what they told is there, marked as carried over, and leads the same way", async () => {
  const { stage, admin } = await shop();
  const amara = await arrives("amara");
  const chiyo = await arrives("chiyo");
  const customer = await stage.customer();
  const id = await served(customer, chiyo, "My fern is brown.");
  // Amara alone could take it now, if it went another way than before.
  await chiyo.choosePresence("Busy");
  await customer.write("So is my palm.");
  await customer.reads("New session");
  await customer.reads("Your answers were carried over");
  await customer.sees("You’re next in line");
  await chiyo.choosePresence("Available");
  await chiyo.offer.getByText("Session 2").waitFor();
  await chiyo.offer.getByText(FIRST).waitFor();
  expect(await amara.offer.count()).toBe(0);
  await chiyo.accept();
  await chiyo.reads("My fern is brown.");
  await chiyo.reads("So is my palm.");
  await reads(chiyo, { "Your name": "Ana Ruiz", "Order number": FIRST, "Goes by": "Ana Ruiz", "About order": FIRST });
  for (const label of ["Your name", "What is it about?", "Order number"])
    await chiyo
      .fact(label)
      .getByText(/^carried from .+ \(session 1\) · not confirmed$/)
      .waitFor();

  const { routed, asked, told, noted } = await sentTo(admin, id);
  expect({ routed, asked }).toEqual({ routed: [PLANTS, PLANTS], asked: [CHIYO, CHIYO] });
  expect(noted[1]).toEqual(noted[0]);
  expect(told.flat().filter(({ how, sessionNumber }) => how === "typed" && sessionNumber > 1)).toEqual([]);
  const [first = [], second] = (await runsOver(admin, id, 2)).map(wayOf);
  expect(second).toEqual(["restore: next", ...first.slice(1)]);

  await chiyo.customer.getByRole("button", { name: "Confirm Order number" }).click();
  await chiyo.fact("Order number").getByText("confirmed by you", { exact: true }).waitFor();
});

test("[R3] where each session asks, what is typed anew wins: who serves and where it goes follow it, and the old is not shown", async () => {
  const { stage, admin } = await shop(
    {},
    { settings: ({ preChat }) => ({ preChat: { ...preChat, ask: { when: "session" } } }) },
  );
  const amara = await arrives("amara");
  const chiyo = await arrives("chiyo");
  const customer = await stage.customer();
  const id = await served(customer, chiyo, "My fern is brown.");
  const asksAnew = async (words: string) => {
    await customer.post(words);
    await customer.field("Order number").waitFor();
    for (const label of ["Your name", "Order number"]) expect(await customer.field(label).inputValue()).toBe("");
  };
  await asksAnew("Please take it back.");
  await customer.fillShopForm({ topic: "A return", order: LATER });
  await customer.button("Send").click();
  await customer.reads("New session");
  // Chiyo served before and is free; what is told now needs somebody else.
  await amara.offer.getByText(LATER).waitFor();
  expect(await amara.offer.getByText(FIRST).count()).toBe(0);
  expect(await chiyo.offer.count()).toBe(0);
  await amara.accept();
  await customer.reads("Amara joined the chat");
  await amara.reads("Please take it back.");
  await reads(amara, { "What is it about?": "A return", "Order number": LATER, "About order": LATER });
  expect(await amara.customer.getByText(FIRST).count()).toBe(0);
  expect(await amara.customer.getByText(/carried from|not confirmed/).count()).toBe(0);
  expect(await customer.line("Your answers were carried over").count()).toBe(0);

  const { routed, asked, told, noted } = await sentTo(admin, id);
  expect({ routed, asked }).toEqual({ routed: [PLANTS, RETURNS], asked: [CHIYO, AMARA] });
  expect(noted.map(({ aboutOrder }) => aboutOrder)).toEqual([FIRST, LATER]);
  expect(told.map((facts) => orderIn(facts)?.value)).toEqual([FIRST, LATER]);

  // What was sent is no draft: the next time it is asked, nothing is filled in.
  await amara.end();
  await customer.reads("Amara ended the chat");
  await asksAnew("And one thing more.");
});

test("[R5] somebody else at the same computer: nothing of who was there before is seen, stored or found", async () => {
  const { stage, admin } = await shop();
  const chiyo = await arrives("chiyo");
  const computer = await stage.customer();
  const before = await served(computer, chiyo, "My secret garden");
  await computer.button("Options").click();
  await computer.button("Not me: forget this device").click();
  await computer.button("Forget").click();
  await computer.field("Your name").waitFor();
  for (const label of ["Your name", "E-mail address", "Order number"])
    expect(await computer.field(label).inputValue()).toBe("");
  await computer.fillShopForm({ name: "Bo Lund", email: "bo@example.com", topic: "Plant advice" });
  await computer.start();
  await chiyo.offer.getByText("bo@example.com").waitFor();
  await chiyo.accept();
  await computer.write("I am Bo.");
  await chiyo.reads("I am Bo.");
  await reads(chiyo, { "Your name": "Bo Lund", "Order number": "Left blank", "Goes by": "Bo Lund" });

  const id = await conversationOf(computer);
  expect(id).not.toBe(before);
  const [run] = await runsOver(admin, id, 1);
  expect(run && wayOf(run)).toEqual(["restore: nothing", "keep: next", "choose: branches/0", "toPlants: next"]);
  const { noted } = await sentTo(admin, id);
  expect(noted).toEqual([{ goesBy: "Bo Lund", aboutOrder: null }]);
  const foundIn = (text: string) =>
    ["Ana Ruiz", "ana@example.com", FIRST, "secret garden", before].filter((word) => text.includes(word));
  await eventually(async () => foundIn(await computer.kept()), "what the browser still holds").toEqual([]);
  const places = {
    window: await computer.window.innerText(),
    log: await chiyo.log.innerText(),
    panel: await chiyo.customer.innerText(),
    events: JSON.stringify(await admin.events(id)),
    conversation: JSON.stringify(await admin.call("GET", `/conversations/${id}`)),
    run: JSON.stringify(run),
  };
  for (const [place, text] of Object.entries(places)) expect(foundIn(text), place).toEqual([]);
  expect(places.panel).toContain("Bo Lund");
});
