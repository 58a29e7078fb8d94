import { DEMO_AGENTS } from "@clew/server/demo/ids";
import { expect, test, vi } from "vitest";
import { agentSidePeople } from "./agent-side-people.ts";
import { drop, eventsOf, last, loads, MINUTE, OFFER_FOR, occupy, SECOND, serve } from "./agent-side-scene.ts";

const { amara: AMARA, chiyo: CHIYO } = DEMO_AGENTS;
/** Several people with a window each: seconds on a quiet machine, much longer on a busy one. */
vi.setConfig({ testTimeout: 120 * SECOND });

const { shop, arrives, turns } = agentSidePeople(["amara", "chiyo", "supervisor"]);

test("[K39] the same agent is free: the customer is back with them, asked nothing, offered to nobody", async () => {
  const { stage, admin } = await shop();
  const amara = await arrives("amara");
  const customer = await serve(stage, amara);
  const back = await drop(stage, amara, customer);
  await amara.sees(/place kept 4:\d\d/);
  await amara.sees(/yours for 9:\d\d/);
  const again = await back();
  await again.reads("Hello Ana Ruiz!");
  await amara.reads(/^The customer is back after/);
  await again.write("Here I am again.");
  await amara.reads("Here I am again.");
  expect(await last(admin, "customer.returned")).toMatchObject({
    how: "same-browser",
    outcome: "same-agent",
    session: { number: 1, agent: { id: AMARA } },
  });
  expect((await last(admin, "session.offered"))?.number).toBeLessThan(
    (await last(admin, "customer.gone"))?.number ?? 0,
  );
});

test("[K40] hold: the place is kept, so that somebody new does not get it and the customer comes back to it", async () => {
  const { stage, admin } = await shop({}, { her: { capacity: 1 } });
  const amara = await arrives("amara");
  const back = await drop(stage, amara, await serve(stage, amara));
  const other = await stage.customer();
  await other.begin({ name: "Bo Lund" });
  await other.sees("You’re next in line");
  await (await back()).reads("Hello Ana Ruiz!");
  await amara.reads(/^The customer is back after/);
  expect(await last(admin, "customer.returned")).toMatchObject({ outcome: "same-agent" });
  expect(await last(admin, "session.offered", "Bo Lund")).toBeUndefined();
});

test("[K40] wait: the customer waits for the agent who has no place left, although a colleague has", async () => {
  const { stage, admin } = await shop({ capacityHold: "none", whenAgentUnavailable: "wait" }, { her: { capacity: 1 } });
  const amara = await arrives("amara");
  const back = await drop(stage, amara, await serve(stage, amara));
  await occupy(stage, amara, "Bo Lund");
  await turns("chiyo", "available");
  const again = await back();
  await again.sees("You’re next in line");
  expect(await last(admin, "customer.returned")).toMatchObject({ outcome: "other-agent", because: "at-capacity" });
  await amara.end();
  await amara.accept();
  await amara.reads(/waits for you alone: you had no place free when the customer came back$/);
  const offers = (await eventsOf(admin)).filter((event) => event.type === "session.offered");
  expect(offers.map(({ agentId }) => agentId)).toEqual([AMARA, AMARA]);
  expect(offers[1]?.staff?.targetAgentId).toBe(AMARA);
});

test("[K40] [KP14] [CB9] hold: the agent has no place left, and their next one is the customer's and nobody else's", async () => {
  const { stage, admin } = await shop({ capacityHold: "none", whenAgentUnavailable: "hold" }, { her: { capacity: 1 } });
  const amara = await arrives("amara");
  const back = await drop(stage, amara, await serve(stage, amara));
  await occupy(stage, amara, "Bo Lund");
  const again = await back();
  await again.sees("You’re next in line");
  await again.sees(/^Kept for you for \d+ minutes$/);
  // Somebody of whom the team would think first comes as well, and nobody else is there.
  const other = await stage.customer();
  await other.begin({ name: "Cy Dahl" });
  await other.sees(/in line/);
  expect(await last(admin, "customer.returned")).toMatchObject({
    ...{ outcome: "other-agent", because: "at-capacity" },
    staff: { kept: { agentId: AMARA, weight: 0 }, targetAgentId: AMARA },
  });
  const sofia = await arrives("supervisor", "busy");
  await sofia.open("supervision");
  const row = sofia.page.getByRole("row", { name: /Ana Ruiz/ });
  await row.getByText(/0 of 1 units, \d+:\d\d left/).waitFor();
  await row.getByText("Amara").waitFor();
  await amara.end();
  await amara.accept();
  await amara.reads(/waits for you, with a place kept until \d\d:\d\d: you had no place free/);
  expect(await last(admin, "session.assigned")).toMatchObject({
    session: { agent: { id: AMARA } },
    staff: { kept: null },
  });
  expect(await last(admin, "session.offered", "Cy Dahl")).toBeUndefined();
});

test.each([
  { policy: "team", skill: "asks only those with the skill the session was passed on for", asked: "amara" },
  { policy: "any", skill: "asks anyone of the queue", asked: "chiyo" },
] as const)("[K40] $policy: the previous agent has no place left, the queue $skill", async ({ policy, asked }) => {
  const { stage, admin } = await shop({ capacityHold: "none", whenAgentUnavailable: policy }, { her: { capacity: 1 } });
  const amara = await arrives("amara");
  const customer = await serve(stage, amara);
  await amara.transferTo("Skill", "Returns", "Whoever knows returns.");
  await amara.accept();
  const back = await drop(stage, amara, customer);
  await occupy(stage, amara, "Bo Lund");
  if (asked === "chiyo") {
    const chiyo = await arrives("chiyo");
    const again = await back();
    await chiyo.accept();
    await chiyo.reads(/somebody else takes over: Amara.* had no place free when the customer came back/);
    await again.reads("Chiyo joined the chat");
  } else {
    await turns("chiyo", "available");
    await (await back()).sees("You’re next in line");
    await amara.end();
    await amara.accept();
  }
  expect(await last(admin, "customer.returned")).toMatchObject({ because: "at-capacity" });
  const offers = (await eventsOf(admin)).filter((event) => event.type === "session.offered");
  expect(offers.map(({ agentId }) => agentId)).toEqual([AMARA, AMARA, asked === "chiyo" ? CHIYO : AMARA]);
});

test("[K41] the agent went home: a colleague takes over with who served before, why it moved and what was said", async () => {
  const { stage, admin } = await shop();
  const amara = await arrives("amara");
  const customer = await serve(stage, amara);
  const back = await drop(stage, amara, customer);
  await amara.choosePresence("Away");
  const chiyo = await arrives("chiyo");
  const again = await back();
  await chiyo.accept();
  const card = chiyo.page.getByRole("region", { name: /^Ana Ruiz is back, and now with you/ });
  await card.getByText(/Served before by Amara.*Amara.* was away when the customer came back/).waitFor();
  await card.getByText("I am Ana Ruiz.").waitFor();
  await card.getByText("Hello Ana Ruiz!").waitFor();
  await again.reads("Chiyo joined the chat");
  await chiyo.write("I know what you told Amara.");
  await again.reads("I know what you told Amara.");
  expect(await last(admin, "customer.returned")).toMatchObject({ outcome: "other-agent", because: "agent-away" });
  await loads(admin, AMARA, 0);
});

test("[K45] a place that is held goes to whoever waits as soon as it is free again: by End, and as its time runs out", async () => {
  const { stage, admin } = await shop({}, { her: { capacity: 1 } });
  const amara = await arrives("amara");
  const waits = async (name: string) => {
    const customer = await stage.customer();
    await customer.begin({ name });
    await customer.sees("You’re next in line");
    await loads(admin, AMARA, 1);
    expect(await last(admin, "session.offered", name)).toBeUndefined();
    return customer;
  };
  await drop(stage, amara, await serve(stage, amara));
  const second = await waits("Bo Lund");
  await amara.end();
  await amara.accept();
  await second.reads("Amara joined the chat");
  await drop(stage, amara, second);
  const third = await waits("Cy Dahl");
  stage.skip(5 * MINUTE);
  await amara.accept();
  await third.reads("Amara joined the chat");
  await loads(admin, AMARA, 1);
});

test("[K46] the agent turns a returning chat down, the next one lets it pass: it goes on to others, and the log says so", async () => {
  const { stage, admin } = await shop();
  const amara = await arrives("amara");
  const back = await drop(stage, amara, await serve(stage, amara));
  stage.skip(10 * MINUTE);
  await amara.reads(/^The same agent is promised no longer/);
  const again = await back();
  await amara.offer.waitFor();
  expect(await last(admin, "customer.returned")).toMatchObject({ because: "window-over" });
  const chiyo = await arrives("chiyo");
  const sofia = await arrives("supervisor", "busy");
  await amara.decline("About to leave");
  await chiyo.offer.waitFor();
  await sofia.choosePresence("Available");
  // Who declined is leaving, as they said: otherwise they may be asked again before the others are seen to be there.
  await amara.choosePresence("Busy");
  stage.skip(OFFER_FOR + SECOND);
  await chiyo.offer.waitFor({ state: "detached" });
  await sofia.accept();
  await sofia.reads(/Amara.* declined/);
  await sofia.reads("About to leave");
  await sofia.reads(/Chiyo.* did not answer the offer in time/);
  await again.reads("Sofía joined the chat");
});

test("[K47] passed on while the customer is away: they come back to the new agent, in the same session", async () => {
  const { stage, admin } = await shop();
  const amara = await arrives("amara");
  const back = await drop(stage, amara, await serve(stage, amara));
  const chiyo = await arrives("chiyo");
  await amara.transferTo("Agent", "Chiyo", "She asked about orchids.");
  await chiyo.accept();
  await chiyo.reads("She asked about orchids.");
  await chiyo.sees(/place kept 4:\d\d/);
  await chiyo.write("I take this over.");
  await loads(admin, AMARA, 0);
  const again = await back();
  await again.reads("Chiyo joined the chat");
  await again.reads("I take this over.");
  expect(await again.page.getByText("She asked about orchids.").count()).toBe(0);
  await chiyo.reads(/^The customer is back after/);
  expect(await last(admin, "customer.returned")).toMatchObject({
    outcome: "same-agent",
    session: { number: 1, agent: { id: CHIYO } },
  });
  await loads(admin, CHIYO, 1);
});
