import fc from "fast-check";
import { expect, test } from "vitest";
import { lastDeclined, obstacleFor, REASK_AFTER_MS, waitsForTarget } from "./able.ts";
import type { Candidate, WaitingSession } from "./candidate.ts";
import { freeCapacity } from "./capacity.ts";
import { byTurn } from "./order.ts";
import { type Proposal, type RoutingInput, route } from "./route.ts";
import { whyNot } from "./why-not.ts";

const NOW = 1_000_000;
const AGENTS = ["a1", "a2", "a3", "a4"];
const QUEUES = ["q1", "q2"];
const skill = fc.record({ skillId: fc.constantFrom("s1", "s2"), level: fc.integer({ min: 1, max: 3 }) });
const agentId = fc.constantFrom(...AGENTS);

const candidate = (id: string): fc.Arbitrary<Candidate> =>
  fc.record({
    state: fc.record({
      id: fc.constant(id),
      chosen: fc.constantFrom("available", "available", "available", "busy", "away", "offline"),
      reason: fc.constant(null),
      since: fc.constant(0),
      lease: fc.constantFrom(NOW + 1, NOW + 1, NOW + 1, NOW),
      work: fc.array(
        fc.record({
          sessionId: fc.constant("w"),
          conversationId: fc.constant("w"),
          weight: fc.integer({ min: 0, max: 3 }),
          kind: fc.constantFrom("offered", "active"),
        }),
        { maxLength: 2 },
      ),
      lastAssignedAt: fc.integer({ min: 0, max: 3 }),
    }),
    capacity: fc.integer({ min: 0, max: 6 }),
    skills: fc.array(skill, { maxLength: 2 }),
    queueIds: fc.subarray(QUEUES),
  });

const session = (index: number): fc.Arbitrary<WaitingSession> =>
  fc.record({
    conversationId: fc.constant(`c${index}`),
    sessionId: fc.constant(`s${index}`),
    queueId: fc.constantFrom(...QUEUES, "gone"),
    priority: fc.integer({ min: 0, max: 2 }),
    waitingSince: fc.integer({ min: 0, max: 5 }),
    weight: fc.integer({ min: 0, max: 7 }),
    skills: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(skill, { maxLength: 2 })),
    declined: fc.array(
      fc.record({
        agentId,
        at: fc.constantFrom(NOW - 1, NOW - REASK_AFTER_MS, NOW - REASK_AFTER_MS - 5, NOW - REASK_AFTER_MS + 1),
        why: fc.constant("no"),
      }),
      { maxLength: 5 },
    ),
    previousAgentId: fc.option(agentId),
    previousAgentUntil: fc.constantFrom(null, NOW, NOW + 1),
    targetAgentId: fc.option(agentId, { freq: 5 }),
  });

const input: fc.Arbitrary<RoutingInput> = fc.record({
  waiting: fc
    .integer({ min: 0, max: 7 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => session(i)))),
  agents: fc.subarray(AGENTS).chain((ids) => fc.tuple(...ids.map(candidate))),
  queues: fc
    .record({
      one: fc.constantFrom("most-available" as const, "least-active" as const),
      skills: fc.array(skill, { maxLength: 1 }),
    })
    .map(
      ({ one, skills }) =>
        new Map([
          ["q1", { strategy: one, skills: [] }],
          ["q2", { strategy: "least-active" as const, skills }],
        ]),
    ),
  now: fc.constant(NOW),
});

/** Routing written as plainly as possible, to compare with: what an agent has left after some proposals. */
function left(of: RoutingInput, proposals: readonly Proposal[], agent: Candidate): number {
  const weights = of.waiting.filter((waiting) =>
    proposals.some((proposal) => proposal.sessionId === waiting.sessionId && proposal.agentId === agent.state.id),
  );
  return freeCapacity(agent.state, agent.capacity) - weights.reduce((sum, waiting) => sum + waiting.weight, 0);
}

/** The agents who could be asked for a session, were `proposals` made. */
function ableFor(of: RoutingInput, waiting: WaitingSession, proposals: readonly Proposal[]): Candidate[] {
  const target = of.agents.find((agent) => agent.state.id === waiting.targetAgentId);
  return of.agents.filter((agent) => {
    if (waitsForTarget(waiting, target, NOW) ? agent !== target : !agent.queueIds.includes(waiting.queueId))
      return false;
    const at = { now: NOW, free: left(of, proposals, agent), queue: of.queues.get(waiting.queueId) };
    return obstacleFor(waiting, agent, at) === null;
  });
}

const RUNS = { numRuns: 3000 };

test("[RO2] no agent is proposed more than they can hold, and one of capacity 0 nothing", () => {
  fc.assert(
    fc.property(input, (of) => {
      const proposals = route(of);
      for (const agent of of.agents) {
        if (!proposals.some((proposal) => proposal.agentId === agent.state.id)) continue;
        expect(left(of, proposals, agent)).toBeGreaterThanOrEqual(0);
        expect(agent.capacity).toBeGreaterThan(0);
        expect(agent.state).toMatchObject({ chosen: "available", lease: NOW + 1 });
      }
    }),
    RUNS,
  );
});

test("[RO1] whoever is proposed has the queue and the skills, unless named in a transfer", () => {
  fc.assert(
    fc.property(input, (of) => {
      for (const proposal of route(of)) {
        const waiting = of.waiting.find((one) => one.sessionId === proposal.sessionId)!;
        const agent = of.agents.find((one) => one.state.id === proposal.agentId)!;
        if (waiting.targetAgentId === proposal.agentId) continue;
        expect(agent.queueIds).toContain(waiting.queueId);
        for (const need of [...waiting.skills, ...of.queues.get(waiting.queueId)!.skills]) {
          expect(agent.skills.some((has) => has.skillId === need.skillId && has.level >= need.level)).toBe(true);
        }
      }
    }),
    RUNS,
  );
});

test("[RO7] no pair that could be asked is left, and no session gets two proposals", () => {
  fc.assert(
    fc.property(input, (of) => {
      const proposals = route(of);
      const proposed = new Set(proposals.map((proposal) => proposal.sessionId));
      expect(proposed.size).toBe(proposals.length);
      for (const waiting of of.waiting) {
        if (proposed.has(waiting.sessionId)) continue;
        const able = ableFor(of, waiting, proposals);
        const declines = able.map((agent) => lastDeclined(waiting, agent.state.id));
        expect(declines).not.toContain(null);
        if (able.length > 0) expect(Math.min(...declines.map(Number)) + REASK_AFTER_MS).toBeGreaterThan(NOW);
      }
    }),
    RUNS,
  );
});

test("[RO8] the order of the input does not matter", () => {
  const shuffled = input.chain((of) =>
    fc.record({
      of: fc.constant(of),
      waiting: fc.shuffledSubarray([...of.waiting], { minLength: of.waiting.length }),
      agents: fc.shuffledSubarray([...of.agents], { minLength: of.agents.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ of, waiting, agents }) => {
      expect(route({ ...of, waiting, agents })).toEqual(route(of));
    }),
    RUNS,
  );
});

test("[RO5] a session gets its proposal as if those after it did not wait", () => {
  fc.assert(
    fc.property(input, (of) => {
      const turn = [...of.waiting].sort(byTurn);
      const all = route(of);
      for (const count of turn.keys()) {
        const first = route({ ...of, waiting: turn.slice(0, count) });
        expect(all.slice(0, first.length)).toEqual(first);
      }
    }),
    { numRuns: 500 },
  );
});

test("[RO11] [RO12] who declined is asked only after the others, the longest ago first", () => {
  fc.assert(
    fc.property(input, (of) => {
      const proposals = route(of);
      for (const [index, proposal] of proposals.entries()) {
        const waiting = of.waiting.find((one) => one.sessionId === proposal.sessionId)!;
        const declined = lastDeclined(waiting, proposal.agentId);
        expect(proposal.because === "asked-again").toBe(declined !== null);
        if (declined === null) continue;
        for (const other of ableFor(of, waiting, proposals.slice(0, index))) {
          expect(lastDeclined(waiting, other.state.id) ?? -1).toBeGreaterThanOrEqual(declined);
        }
        expect(declined + REASK_AFTER_MS).toBeLessThanOrEqual(NOW);
      }
    }),
    RUNS,
  );
});

test("[RO13] a session without a proposal gets one at the time told, and never where none is told", () => {
  const lease = (agent: Candidate, at: number) => ({ ...agent.state, lease: agent.state.lease > NOW ? at + 1 : 0 });
  fc.assert(
    fc.property(input, (of) => {
      for (const waiting of of.waiting) {
        const alone = { ...of, waiting: [waiting] };
        if (route(alone).length > 0) continue;
        const told = whyNot(waiting, alone)?.againAt ?? null;
        const at = told ?? NOW + REASK_AFTER_MS;
        const later = (now: number) => {
          return route({ ...alone, now, agents: of.agents.map((agent) => ({ ...agent, state: lease(agent, now) })) });
        };
        expect(later(at).length).toBe(told === null ? 0 : 1);
        expect(later(at - 1)).toEqual([]);
      }
    }),
    RUNS,
  );
});

test("[RO14] there is a reason exactly when a session alone in the queue would get no offer", () => {
  fc.assert(
    fc.property(input, (of) => {
      for (const waiting of of.waiting) {
        const none = route({ ...of, waiting: [waiting] }).length === 0;
        const why = whyNot(waiting, of);
        expect(why !== null).toBe(none);
      }
    }),
    RUNS,
  );
});
