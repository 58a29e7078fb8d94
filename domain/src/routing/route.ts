import { lastDeclined, obstacleFor, REASK_AFTER_MS, waitsForTarget } from "./able.ts";
import type { Candidate, RoutingQueues, WaitingSession } from "./candidate.ts";
import { freeCapacity, keptFor, roomFor } from "./capacity.ts";
import { byStrategy, byTurn, type Slot } from "./order.ts";

/** An offer to make. It was found without locks: the command that makes it checks again. */
export type Proposal = {
  conversationId: string;
  sessionId: string;
  queueId: string;
  agentId: string;
  because: "target" | "previous-agent" | "strategy" | "asked-again";
};

export type RoutingInput = {
  waiting: readonly WaitingSession[];
  agents: readonly Candidate[];
  queues: RoutingQueues;
  now: number;
};

type Place = Slot & { candidate: Candidate };
type Choice = { place: Place; because: Proposal["because"] };

/**
 * Proposes an offer for every waiting session that an able agent can take now, in the order of their turn. A session that
 * fits nobody holds up nobody behind it.
 */
export function route({ waiting, agents, queues, now }: RoutingInput): Proposal[] {
  const places = new Places(agents, Math.min(...waiting.map((session) => session.weight)));
  const proposals: Proposal[] = [];
  for (const session of [...waiting].sort(byTurn)) {
    const queue = queues.get(session.queueId);
    const target = places.candidate(session.targetAgentId);
    const asked = waitsForTarget(session, target, now)
      ? places.ofAgent(session.targetAgentId)
      : places.ofQueue(session.queueId);
    const able = asked.filter(
      (place) => obstacleFor(session, place.candidate, { now, free: freeFor(session, place), queue }) === null,
    );
    const choice = choose(session, able, { now, strategy: queue?.strategy ?? "most-available" });
    if (!choice) continue;
    const { conversationId, sessionId, queueId } = session;
    proposals.push({ conversationId, sessionId, queueId, agentId: choice.place.id, because: choice.because });
    places.give(choice.place, keeps(choice.place, session) ? 0 : session.weight, now + proposals.length);
  }
  return proposals;
}

/** What others are given in this call was never free for those who are kept a place, so theirs need not be counted again. */
function freeFor(session: WaitingSession, place: Place): number {
  const { state, capacity } = place.candidate;
  return keeps(place, session) ? roomFor(state, capacity, session.conversationId) : place.free;
}

function keeps({ candidate }: Place, { conversationId }: WaitingSession): boolean {
  return keptFor(candidate.state, conversationId) !== undefined;
}

/** Picks among able agents; null while all of them have declined a moment ago. */
function choose(
  session: WaitingSession,
  able: readonly Place[],
  by: { now: number; strategy: "most-available" | "least-active" },
): Choice | null {
  const fresh = able.filter((place) => lastDeclined(session, place.id) === null);
  const promised =
    session.previousAgentUntil == null || session.previousAgentUntil > by.now ? session.previousAgentId : null;
  const previous = fresh.find((place) => place.id === promised);
  const first = previous ?? firstBy(fresh, byStrategy(by.strategy));
  if (first) {
    const because = first.id === session.targetAgentId ? "target" : previous ? "previous-agent" : "strategy";
    return { place: first, because };
  }
  const declinedAt = (place: Place) => lastDeclined(session, place.id) ?? 0;
  const strategy = byStrategy(by.strategy);
  const longestAgo = firstBy(able, (a, b) => declinedAt(a) - declinedAt(b) || strategy(a, b));
  if (!longestAgo || declinedAt(longestAgo) + REASK_AFTER_MS > by.now) return null;
  return { place: longestAgo, because: "asked-again" };
}

function firstBy<T>(items: readonly T[], order: (a: T, b: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || order(item, best) < 0 ? item : best),
    undefined,
  );
}

/** What is left of the agents while proposals are made. Agents too full for the lightest session are not looked at. */
class Places {
  private readonly all = new Map<string, Place>();
  private readonly queues = new Map<string, Place[]>();
  private readonly lightest: number;

  constructor(agents: readonly Candidate[], lightest: number) {
    this.lightest = lightest;
    for (const candidate of agents) {
      const { id, lastAssignedAt } = candidate.state;
      const place = { id, lastAssignedAt, free: freeCapacity(candidate.state, candidate.capacity), candidate };
      this.all.set(id, place);
      if (place.free < lightest) continue;
      for (const queueId of candidate.queueIds) this.queues.set(queueId, [...(this.queues.get(queueId) ?? []), place]);
    }
  }

  candidate(agentId: string | null | undefined): Candidate | undefined {
    return agentId == null ? undefined : this.all.get(agentId)?.candidate;
  }

  ofAgent(agentId: string | null | undefined): Place[] {
    const place = agentId == null ? undefined : this.all.get(agentId);
    return place ? [place] : [];
  }

  ofQueue(queueId: string): Place[] {
    return this.queues.get(queueId) ?? [];
  }

  /** `turn` grows from proposal to proposal, so that agents take turns within one call as well. */
  give(place: Place, weight: number, turn: number): void {
    place.free -= weight;
    place.lastAssignedAt = turn;
    if (place.free >= this.lightest) return;
    for (const queueId of place.candidate.queueIds) {
      this.queues.set(
        queueId,
        this.ofQueue(queueId).filter((other) => other !== place),
      );
    }
  }
}
