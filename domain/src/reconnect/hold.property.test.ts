import type { ReconnectTerms } from "@clew/contract/sessions";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import type { ConversationState } from "../conversations/state.ts";
import type { Performed } from "../door.ts";
import { loadOf } from "../presence/agent-state.ts";
import { ModelWorld, type Wish } from "../testing/model-world.ts";
import { organisation } from "../testing/organisation.ts";

const SYSTEM: Actor = { who: "system" };
const AGENTS = ["ann", "bob", "cid", "sue"];

/** Each channel promises something else; the clocks are short against the steps of time, so that all of them strike. */
const TERMS: Record<string, Partial<ReconnectTerms>> = {
  full: { capacityHold: "full", whenAgentUnavailable: "team" },
  part: { capacityHold: "part", whenAgentUnavailable: "any", sessionWindow: null },
  none: { capacityHold: "none", whenAgentUnavailable: "wait" },
  kept: { capacityHold: "full", whenAgentUnavailable: "hold" },
  next: { capacityHold: "part", whenAgentUnavailable: "hold" },
};
const CHANNELS = Object.keys(TERMS);
const EVERY: ReconnectTerms = {
  sessionWindow: 60_000,
  sameAgentWindow: 40_000,
  capacityHold: "full",
  holdFor: 20_000,
  linkLife: 60_000,
  whenAgentUnavailable: "team",
  portalUrl: null,
  redirectUrl: null,
};

function promising() {
  const plain = organisation();
  const [shop] = [...plain.channels.values()];
  if (!shop) throw new Error("the organisation has a channel");
  const channels = ["q1", "q2", "q3", "q2", "q1"].map((queueId, at) => {
    const [id, terms] = Object.entries(TERMS)[at] as [string, Partial<ReconnectTerms>];
    const inactivity = { inactiveAfter: null, warnAfter: null, endAfterWarning: 20_000 };
    const settings = { ...shop.settings, queueId, weight: 2, inactivity, reconnect: { ...EVERY, ...terms } };
    return [id, { id, deployment: 1, settings }] as const;
  });
  return { ...plain, channels: new Map(channels) };
}

type Step = { what: string; agent: string; pick: number };
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    ...["start", "start", "present", "present", "busy", "serve", "serve", "serve", "gone", "gone", "gone"],
    ...["back", "back", "write", "end", "end-by-customer", "clear", "park", "close", "undo-close", "longer", "release"],
    ...["transfer", "take", "left", "wait", "strike", "strike", "strike", "away", "absent"],
    ...[
      "route",
      "route",
      "accept",
      "back-to-pause",
      "back-to-pause",
      "back-to-pause",
      "kept",
      "kept",
      "kept",
      "kept",
      "kept",
    ],
  ),
  agent: fc.constantFrom(...AGENTS),
  pick: fc.nat(1000),
});

/** Conversations in which a step has something to do. */
const SUITS: Record<string, (state: ConversationState) => boolean> = {
  gone: ({ snapshot }) => snapshot.session?.agent != null && !snapshot.session.away,
  serve: ({ snapshot }) => snapshot.session?.status === "waiting",
  "undo-close": ({ snapshot }) => snapshot.staff?.close != null,
  "back-to-pause": ({ snapshot }) => snapshot.session?.agent != null && snapshot.session.away != null,
  kept: ({ snapshot }) => snapshot.staff?.kept != null,
  accept: ({ snapshot }) => snapshot.staff?.offer != null,
  left: ({ snapshot }) => snapshot.session?.agent != null || snapshot.staff?.kept != null,
  ...Object.fromEntries(
    ["back", "write", "end", "end-by-customer", "clear", "park", "close", "longer", "release", "transfer"].map(
      (what) => [what, ({ snapshot: { session, staff } }: ConversationState) => !!session?.away || !!staff?.kept],
    ),
  ),
};

function act(model: ModelWorld, { what, agent, pick }: Step): unknown {
  const among = model.conversations.filter(SUITS[what] ?? (() => true));
  const state = among[pick % Math.max(1, among.length)];
  const conversationId = state?.snapshot.id ?? "none";
  const customer: Actor = { who: "customer", id: state?.snapshot.customer.id ?? `c${pick % 4}`, name: null };
  const person = (id: string): Actor => {
    const { name, role } = model.configuration.agents.get(id)!;
    return { who: "agent", id, name, role };
  };
  const serving = person(state?.snapshot.session?.agent?.id ?? state?.snapshot.staff?.kept?.agentId ?? agent);
  const about = { conversationId };
  const does = (actor: Actor, wish: Wish) => model.execute(actor, wish);
  switch (what) {
    case "start": {
      const id = `c${pick % 4}`;
      const channelId = CHANNELS[pick % CHANNELS.length] as string;
      const open = model.conversations.find(
        ({ snapshot }) => snapshot.customer.id === id && snapshot.channelId === channelId && snapshot.status === "open",
      );
      const guest = { id, kind: "guest" as const, name: null, email: null, subject: null };
      return does(
        { who: "customer", id, name: null },
        {
          type: "conversation.start",
          conversationId: open?.snapshot.id ?? model.newId(),
          channelId,
          language: "en",
          answers: [],
          files: [],
          customer: guest,
        },
      );
    }
    case "present":
      does(SYSTEM, { type: "presence.renew", agentId: agent, lease: 300_000 });
      return does(person(agent), { type: "presence.set", agentId: agent, status: "available", reason: null });
    case "back-to-pause": {
      const agentId = state?.snapshot.session?.agent?.id ?? agent;
      does(SYSTEM, { type: "presence.renew", agentId, lease: 300_000 });
      does(person(agentId), { type: "presence.set", agentId, status: pick % 2 ? "away" : "busy", reason: null });
      return does(SYSTEM, { type: "customer.returned", ...about, how: "same-browser" });
    }
    case "kept":
      return state && "id" in serving ? actOnKept(model, { conversationId, agentId: serving.id, pick }) : null;
    case "away":
      return does(person(agent), { type: "presence.set", agentId: agent, status: "away", reason: null });
    case "route":
      model.look();
      for (const { conversationId: waiting, sessionId, agentId } of model.proposals.splice(0))
        does(SYSTEM, { type: "session.offer", conversationId: waiting, sessionId, agentId });
      return null;
    case "accept": {
      const { offer, offerId } = state?.snapshot.staff ?? {};
      return offer && offerId ? does(person(offer.agentId), { type: "offer.accept", ...about, offerId }) : null;
    }
    case "absent":
      does(SYSTEM, { type: "presence.drop", agentId: agent });
      if (pick % 2 === 0) model.now += 150_000;
      for (const { snapshot } of model.conversations)
        does(SYSTEM, { type: "agent.absent", conversationId: snapshot.id, agentId: agent });
      return null;
    case "busy":
      return does(person(agent), { type: "presence.set", agentId: agent, status: "busy", reason: null });
    case "serve":
      return does(person(agent), { type: "session.take", ...about });
    case "take":
      return does(person("sue"), { type: "session.take", ...about, agentId: agent });
    case "gone":
      return does(SYSTEM, { type: "customer.gone", ...about });
    case "back":
      return does(SYSTEM, { type: "customer.returned", ...about, how: "same-browser" });
    case "write":
      return does(customer, { type: "message.post", ...about, text: "back", attachments: [], files: [] });
    case "end":
      return does(serving, { type: "session.end", ...about });
    case "end-by-customer":
      return does(customer, { type: "session.end", ...about });
    case "clear":
    case "park":
      return does(customer, { type: "session.clear", ...about, mode: what === "clear" ? "end" : "park" });
    case "close":
      return does(serving, { type: "session.close", ...about });
    case "undo-close":
      return does(serving, { type: "session.undo-close", ...about });
    case "longer":
      return does(serving, { type: "hold.extend", ...about, by: 10_000 });
    case "release":
      return does(serving, { type: "hold.release", ...about });
    case "transfer":
      return does(serving, { type: "session.transfer", ...about, to: { kind: "agent", id: agent } });
    case "left":
      return does(SYSTEM, { type: "agent.left", ...about, agentId: "id" in serving ? serving.id : agent });
    case "wait":
      model.now += pick * 10;
      return null;
    default:
      model.now = Math.max(model.now, Math.min(...model.rows.map(({ due }) => due), model.now + 30_000));
      return model.strikeNext();
  }
}

/** In each world two customers of channels that keep places have dropped already. */
const BEFORE: Step[] = [
  { what: "start", agent: "cid", pick: CHANNELS.indexOf("kept") },
  { what: "serve", agent: "cid", pick: 0 },
  { what: "start", agent: "ann", pick: CHANNELS.indexOf("next") },
  { what: "serve", agent: "ann", pick: 0 },
  { what: "gone", agent: "cid", pick: 0 },
  { what: "gone", agent: "ann", pick: 0 },
];

/** What may become of a place that is kept. */
function actOnKept(model: ModelWorld, by: { conversationId: string; agentId: string; pick: number }): unknown {
  const { conversationId, agentId, pick } = by;
  const agent: Actor = { who: "agent", id: agentId, name: agentId, role: "agent" };
  const sue: Actor = { who: "agent", id: "sue", name: "sue", role: "supervisor" };
  switch (pick % 9) {
    case 0:
      return model.execute(sue, { type: "session.end", conversationId });
    case 1:
      return model.execute(agent, { type: "hold.release", conversationId });
    case 2:
      return model.execute(sue, { type: "session.transfer", conversationId, to: { kind: "queue", id: "q3" } });
    case 3:
      model.now = model.world.conversations.get(conversationId)?.snapshot.staff?.kept?.until ?? model.now;
      return model.execute(SYSTEM, { type: "deadline.strike", conversationId, kind: "same-agent" });
    case 4:
      return model.execute(SYSTEM, { type: "agent.left", conversationId, agentId });
    case 5:
    case 6: {
      model.execute(SYSTEM, { type: "presence.renew", agentId, lease: 300_000 });
      model.execute(agent, { type: "presence.set", agentId, status: "available", reason: null });
      const { session } = model.world.conversations.get(conversationId)?.snapshot ?? {};
      model.execute(SYSTEM, { type: "session.offer", conversationId, sessionId: session?.id ?? "", agentId });
      const offerId = model.world.conversations.get(conversationId)?.snapshot.staff?.offerId ?? "";
      return model.execute(agent, { type: "offer.decline", conversationId, offerId, why: "no" });
    }
    default:
      model.execute(SYSTEM, { type: "presence.renew", agentId, lease: 300_000 });
      model.execute(agent, { type: "presence.set", agentId, status: "available", reason: null });
      return model.execute(agent, { type: "session.take", conversationId });
  }
}

/** What a conversation blocks of an agent now, by the words of the rules and not by their code. */
function blocked({ snapshot: { session, staff } }: ConversationState, agentId: string): number {
  if (!session || !staff || session.status === "ended") return 0;
  if (staff.offer?.agentId === agentId) return staff.weight;
  if (session.status === "waiting" && !staff.offer && staff.kept?.agentId === agentId) return staff.kept.weight;
  if (session.agent?.id !== agentId) return 0;
  if (!session.away) return staff.weight;
  return staff.hold?.weight ?? 0;
}

/** What others are to have of the agent before this conversation has more: those who are kept a place, in their turn. */
function awaited(states: readonly ConversationState[], agentId: string, own: ConversationState | null): number {
  const turn = ({ snapshot: { session, id } }: ConversationState) => `${session?.waitingSince} ${id}`;
  const isKept = ({ snapshot: { staff } }: ConversationState) => staff?.kept?.agentId === agentId && !staff.offer;
  return states
    .filter((state) => isKept(state) && state.snapshot.id !== own?.snapshot.id)
    .filter((state) => !own || !isKept(own) || turn(state) < turn(own))
    .reduce((sum, { snapshot: { staff } }) => sum + (staff?.weight ?? 0) - (staff?.kept?.weight ?? 0), 0);
}

/** What became of places that were kept. */
function count(
  places: Record<"kept" | "served" | "ended" | "expired" | "released" | "lost" | "passed", number>,
  { before, after, events }: Performed,
): void {
  const [old, fresh] = [before?.snapshot.staff?.kept, after?.snapshot.staff?.kept];
  if (fresh && !old) places.kept += 1;
  if (!old || fresh) return;
  for (const event of events) {
    if (event.type === "session.assigned") places.served += Number(event.session.agent?.id === old.agentId);
    if (event.type === "session.ended") places.ended += 1;
    if (event.type === "hold.ended") places[event.how] += 1;
    if (event.type === "session.waiting") places.lost += 1;
    if (event.type === "session.transferred") places.passed += 1;
  }
}

test("[K45] [KP10] [KP15] held capacity is released by End, Close, release and expiry at once, and never leaks", () => {
  const released = { end: 0, close: 0, release: 0, expiry: 0 };
  const places = { kept: 0, served: 0, ended: 0, expired: 0, released: 0, lost: 0, passed: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 40, maxLength: 160, size: "max" }), (steps) => {
      const model = new ModelWorld(promising());
      for (const one of [...BEFORE, ...steps]) {
        model.done = [];
        act(model, one);
        const states = model.conversations;
        for (const agent of model.world.agents.values()) {
          const held = states.reduce((sum, state) => sum + blocked(state, agent.id), 0);
          expect(loadOf(agent)).toBe(held);
          expect(held).toBeLessThanOrEqual(model.configuration.agents.get(agent.id)!.capacity);
        }
        for (const { snapshot } of states) {
          const { session, staff } = snapshot;
          const of = (kind: string) =>
            model.rows.find((row) => row.conversationId === snapshot.id && row.kind === kind);
          // A place is kept for somebody who is back, waits for that agent alone, and not past its time.
          expect(session?.keptUntil ?? null).toBe(staff?.kept?.until ?? null);
          if (staff?.kept) {
            expect(session).toMatchObject({ status: "waiting", agent: null });
            expect(staff).toMatchObject({ targetAgentId: staff.kept.agentId, hold: null });
            if (!staff.offer) expect(of("same-agent")?.due).toBeLessThanOrEqual(staff.kept.until);
          }
          // Nothing is held for somebody who is here, for nobody, or past its time.
          if (!staff?.hold) continue;
          expect(session).toMatchObject({ away: { since: expect.any(Number) }, agent: { id: expect.any(String) } });
          expect(of("hold")?.due).toBeLessThanOrEqual(staff.hold.until);
        }
        for (const { outcome, ...worlds } of model.done) {
          if (!("performed" in outcome) || !outcome.performed.after) continue;
          const [old, fresh] = [outcome.performed.before, outcome.performed.after];
          for (const id of AGENTS) {
            if (blocked(fresh, id) <= (old ? blocked(old, id) : 0)) continue;
            // Whoever gets more of an agent leaves to those who are kept a place what is still to come to them.
            const load = [...worlds.after.values()].reduce((sum, state) => sum + blocked(state, id), 0);
            const capacity = model.configuration.agents.get(id)!.capacity;
            expect(load + awaited([...worlds.before.values()], id, old)).toBeLessThanOrEqual(capacity);
          }
          count(places, outcome.performed);
          // The customer is told of it by an event that they see, for what they hold is made of these.
          const [was, is] = [old, fresh].map((state) => state?.snapshot.session?.keptUntil ?? null);
          const told = outcome.performed.events.flatMap((event) =>
            event.audience !== "staff" && "session" in event ? [event.session.keptUntil ?? null] : [],
          );
          if (was !== is) expect(told.at(-1)).toBe(is);
          if (!outcome.performed.before?.snapshot.staff?.hold?.weight) continue;
          const { before, after, events } = outcome.performed;
          const owner = before?.snapshot.session?.agent?.id ?? "";
          const freed = blocked(before as ConversationState, owner) > blocked(after as ConversationState, owner);
          const last = events.at(-1)?.type;
          if (events.some(({ type }) => type === "session.ended")) released.end += Number(freed);
          else if (last === "hold.ended" && one.what === "release") released.release += Number(freed);
          else if (last === "hold.ended") released.expiry += Number(freed);
          else if (last === "session.inactive" || last === "session.waiting") released.close += Number(freed);
        }
      }
      // Everybody stays away for good: in the end no agent holds anything for them.
      for (const { snapshot } of model.conversations)
        if (!snapshot.session?.away) model.execute(SYSTEM, { type: "customer.gone", conversationId: snapshot.id });
      for (let strikes = 0; model.rows.length > 0 && strikes < 500; strikes += 1) {
        model.now = Math.max(model.now, Math.min(...model.rows.map(({ due }) => due)));
        model.strikeNext();
      }
      for (const agent of model.world.agents.values()) expect(loadOf(agent)).toBe(0);
    }),
    { numRuns: 250 },
  );
  // The property would hold of a world in which none of it ever happened.
  for (const [how, times] of Object.entries(released)) expect(times, how).toBeGreaterThan(10);
  for (const [what, times] of Object.entries(places)) expect(times, what).toBeGreaterThan(0);
});
