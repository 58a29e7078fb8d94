import { expect, test } from "vitest";
import { REASK_AFTER_MS } from "./able.ts";
import { type Candidate, candidatesFrom, type WaitingSession } from "./candidate.ts";
import { route } from "./route.ts";
import { whyNot } from "./why-not.ts";

const NOW = 1_000_000;
const queues = new Map([
  ["sales", { strategy: "most-available" as const, skills: [] }],
  ["calls", { strategy: "least-active" as const, skills: [{ skillId: "french", level: 2 }] }],
]);

function agent(
  id: string,
  more: Partial<Omit<Candidate, "state">> & { state?: Partial<Candidate["state"]> } = {},
): Candidate {
  const state = {
    id,
    chosen: "available" as const,
    reason: null,
    since: 0,
    lease: NOW + 1,
    work: [],
    lastAssignedAt: 0,
  };
  return { capacity: 3, skills: [], queueIds: ["sales", "calls"], ...more, state: { ...state, ...more.state } };
}
function session(id: string, more: Partial<WaitingSession> = {}): WaitingSession {
  const plain = {
    queueId: "sales",
    priority: 0,
    waitingSince: 0,
    weight: 1,
    skills: [],
    declined: [],
    previousAgentId: null,
  };
  return { conversationId: `of ${id}`, sessionId: id, ...plain, ...more };
}
function agentsOf(waiting: WaitingSession[], agents: Candidate[], now = NOW): Record<string, string> {
  return Object.fromEntries(route({ waiting, agents, queues, now }).map((one) => [one.sessionId, one.agentId]));
}
const declined = (agentId: string, ago: number) => ({ agentId, at: NOW - ago, why: "busy" });

test("[RO5] priority goes before age", () => {
  const waiting = [session("old", { waitingSince: 1 }), session("new", { waitingSince: 9, priority: 5 })];
  expect(agentsOf(waiting, [agent("ann", { capacity: 1 })])).toEqual({ new: "ann" });
});

test("[RO6] a session too heavy for anyone holds up nobody behind it", () => {
  const waiting = [session("huge", { weight: 50, priority: 9 }), session("small")];
  expect(agentsOf(waiting, [agent("ann")])).toEqual({ small: "ann" });
  expect(whyNot(waiting[0]!, { agents: [agent("ann")], queues, now: NOW })?.reason).toBe("too-heavy");
});

test("[RO1] [RO10] the queue's own skills are asked too, and least-active takes turns", () => {
  const french = [{ skillId: "french", level: 2 }];
  const agents = [
    agent("ann", { skills: french, state: { lastAssignedAt: 5 } }),
    agent("bob", { skills: [{ skillId: "french", level: 1 }] }),
    agent("cid", { skills: french, state: { lastAssignedAt: 4 } }),
  ];
  const waiting = ["1", "2", "3"].map((id) => session(id, { queueId: "calls" }));
  expect(agentsOf(waiting, agents)).toEqual({ 1: "cid", 2: "ann", 3: "cid" });
});

test("[RO10] most-available prefers the most free units, and fills evenly", () => {
  const agents = [agent("ann", { capacity: 2 }), agent("bob", { capacity: 3 })];
  expect(
    agentsOf(
      ["1", "2", "3", "4", "5", "6"].map((id) => session(id)),
      agents,
    ),
  ).toEqual({
    1: "bob",
    2: "ann",
    3: "bob",
    4: "ann",
    5: "bob",
  });
});

test("[RO9] the previous agent is first while promised, able and willing", () => {
  const agents = [agent("ann", { capacity: 9 }), agent("bob")];
  const promised = { previousAgentId: "bob" };
  expect(agentsOf([session("1", promised)], agents)).toEqual({ 1: "bob" });
  expect(agentsOf([session("1", { ...promised, previousAgentUntil: NOW + 1 })], agents)).toEqual({ 1: "bob" });
  expect(agentsOf([session("1", { ...promised, previousAgentUntil: NOW })], agents)).toEqual({ 1: "ann" });
  expect(agentsOf([session("1", { ...promised, declined: [declined("bob", 60_000)] })], agents)).toEqual({ 1: "ann" });
});

test("[RO13] one agent alone is asked again after the pause, and not before", () => {
  const waiting = [session("1", { declined: [declined("ann", REASK_AFTER_MS - 1)] })];
  const input = { waiting, agents: [agent("ann", { state: { lease: NOW + 9 } })], queues };
  expect(route({ ...input, now: NOW })).toEqual([]);
  expect(whyNot(waiting[0]!, { ...input, now: NOW })).toMatchObject({ reason: "declined", againAt: NOW + 1 });
  expect(route({ ...input, now: NOW + 1 })).toMatchObject([{ agentId: "ann", because: "asked-again" }]);
});

test("[RO11] an agent who comes on line is asked before those who declined", () => {
  const waiting = [session("1", { declined: [declined("ann", 99_000), declined("bob", 50_000)] })];
  expect(agentsOf(waiting, [agent("ann"), agent("bob")])).toEqual({ 1: "ann" });
  expect(agentsOf(waiting, [agent("ann"), agent("bob"), agent("cid", { capacity: 1 })])).toEqual({ 1: "cid" });
});

test("[RO4] a session for an agent by name waits for them, of whatever queue, until they leave or decline", () => {
  const away = { capacity: 3, queueIds: [], state: { chosen: "away" as const } };
  const named = session("1", { targetAgentId: "bob" });
  expect(agentsOf([named], [agent("ann"), agent("bob", { queueIds: [] })])).toEqual({ 1: "bob" });
  expect(agentsOf([named], [agent("ann"), agent("bob", away)])).toEqual({});
  expect(whyNot(named, { agents: [agent("ann"), agent("bob", away)], queues, now: NOW })?.agents).toEqual([
    { agentId: "ann", obstacle: "waits-for-another", until: null },
    { agentId: "bob", obstacle: "away", until: null },
  ]);
  expect(agentsOf([named], [agent("ann"), agent("bob", { ...away, state: { lease: NOW } })])).toEqual({ 1: "ann" });
  const refused = session("1", { targetAgentId: "bob", declined: [declined("bob", 1)] });
  expect(agentsOf([refused], [agent("ann"), agent("bob")])).toEqual({ 1: "ann" });
});

test("[RO3] an agent whose connection is gone is not asked, whatever they chose", () => {
  expect(agentsOf([session("1")], [agent("ann", { state: { lease: NOW } })])).toEqual({});
});

test("[RO1] candidates are the active agents with the queues they are members of", () => {
  const settings = {
    email: "a@b.c",
    name: "A",
    publicName: "A",
    role: "agent" as const,
    capacity: 2,
    skills: [],
    revision: 1,
  };
  const agents = new Map([
    ["ann", { ...settings, id: "ann", active: true }],
    ["bob", { ...settings, id: "bob", active: false }],
  ]);
  const queue = { name: "q", strategy: "most-available" as const, offerFor: 1, autoAccept: false, maxWait: null };
  const rest = { overWait: { next: "end" as const }, hoursId: null, onClose: "keep" as const, skills: [], revision: 1 };
  const made = new Map([["q", { id: "q", ...queue, ...rest, members: ["ann", "bob"] }]]);
  expect(candidatesFrom({ agents, queues: made }, new Map())).toMatchObject([
    { state: { id: "ann", chosen: "offline" }, capacity: 2, queueIds: ["q"] },
  ]);
});
