import { applyEvent } from "@clew/contract/apply-event";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import type { ConversationState } from "../conversations/state.ts";
import { deadlinesOf } from "../deadlines/deadlines.ts";
import { loadOf, type Work } from "../presence/agent-state.ts";
import { ModelWorld, type Wish } from "../testing/model-world.ts";
import { organisation } from "../testing/organisation.ts";

const CUSTOMERS = ["c1", "c2", "c3"];
const AGENTS = ["ann", "bob", "cid", "sue"];
const SYSTEM: Actor = { who: "system" };

/** One thing that somebody does. `pick` chooses among what there is at that moment, so that every step does something. */
type Step = { what: string; agent: string; pick: number; other: string };
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    ...["start", "start", "write", "write", "stop", "undo-optout", "customer-ends", "wait", "wait-long", "strike"],
    ...["present", "present", "present", "busy", "drop", "expire", "left", "withdraw", "strike", "strike"],
    ...["look", "propose", "dispatch", "dispatch", "dispatch", "accept", "accept", "accept", "decline", "take", "give"],
    ...["answer", "answer", "agent-ends", "transfer-agent", "transfer-queue", "transfer-skill"],
    ...["close", "close", "undo-close", "inactive", "active"],
    ...["to-bot", "to-bot", "bot-begins", "bot-begins", "bot-says", "bot-routes", "bot-over"],
    ...["gone", "back", "reset"],
  ),
  agent: fc.constantFrom(...AGENTS),
  pick: fc.nat(1000),
  other: fc.constantFrom(...AGENTS, "q1", "q2", "q3", "gone"),
});

function actorOf(model: ModelWorld, id: string): Actor {
  const agent = model.configuration.agents.get(id)!;
  return { who: "agent", id, name: agent.name, role: agent.role };
}

type Suits = (state: ConversationState) => boolean;
const waits: Suits = ({ snapshot }) => snapshot.session?.status === "waiting";
const served: Suits = ({ snapshot }) => snapshot.session?.agent != null && snapshot.session.status !== "ended";
const offered: Suits = ({ snapshot }) => snapshot.staff?.offer != null;
const talkedTo: Suits = ({ snapshot }) => snapshot.session?.bot != null;
const open: Suits = ({ snapshot }) => snapshot.status === "open";
/** Conversations in which a step can do something; four times in five it is done with one of them. */
const SUITS: Record<string, Suits> = {
  write: open,
  stop: open,
  "undo-optout": ({ snapshot }) => snapshot.staff?.undoUntil != null,
  "undo-close": ({ snapshot }) => snapshot.staff?.close != null,
  accept: offered,
  decline: offered,
  take: waits,
  give: open,
  left: served,
  "to-bot": waits,
  gone: talkedTo,
  back: ({ snapshot }) => snapshot.session?.away != null,
  ...Object.fromEntries(["bot-begins", "bot-says", "bot-routes", "bot-over"].map((what) => [what, talkedTo])),
  ...Object.fromEntries(
    ["answer", "agent-ends", "close", "inactive", "active", "transfer-agent", "transfer-queue", "transfer-skill"].map(
      (what) => [what, served],
    ),
  ),
};

/** Does the step, if there is anything to do it with. */
function perform(model: ModelWorld, { what, agent, pick, other }: Step): unknown {
  const customerId = CUSTOMERS[pick % CUSTOMERS.length]!;
  const customer: Actor = { who: "customer", id: customerId, name: null };
  const all = model.conversations;
  const fitting = pick % 5 === 0 ? [] : all.filter(SUITS[what] ?? (() => true));
  const among = fitting.length > 0 ? fitting : all;
  const state = among[pick % Math.max(1, among.length)];
  const conversationId = state?.snapshot.id ?? "none";
  const owner: Actor = { who: "customer", id: state?.snapshot.customer.id ?? "nobody", name: null };
  const offerId = state?.snapshot.staff?.offerId ?? "none";
  const asked = actorOf(model, state?.snapshot.staff?.offer?.agentId ?? agent);
  const serving = actorOf(model, state?.snapshot.session?.agent?.id ?? agent);
  const staff = actorOf(model, agent);
  const post = (text: string): Wish => ({ type: "message.post", conversationId, text, attachments: [], files: [] });
  switch (what) {
    case "start": {
      const channelId = pick % 2 === 0 ? "async" : "session";
      const open = all.find(
        ({ snapshot }) =>
          snapshot.customer.id === customerId && snapshot.channelId === channelId && snapshot.status === "open",
      );
      const about = {
        conversationId: open?.snapshot.id ?? model.newId(),
        channelId,
        language: "en",
        answers: [],
        files: [],
      };
      const guest = { id: customerId, kind: "guest" as const, name: null, email: null, subject: null };
      return model.execute(customer, { type: "conversation.start", ...about, customer: guest });
    }
    case "write":
      return model.execute(owner, post("hello"));
    case "stop":
      return model.execute(owner, post("STOP"));
    case "undo-optout":
      return model.execute(owner, { type: "optout.undo", conversationId });
    case "customer-ends":
      return model.execute(owner, { type: "session.end", conversationId });
    case "present":
      model.execute(SYSTEM, { type: "presence.renew", agentId: agent, lease: 300_000 });
      return model.execute(staff, { type: "presence.set", agentId: agent, status: "available", reason: null });
    case "busy":
      return model.execute(staff, { type: "presence.set", agentId: agent, status: "busy", reason: null });
    case "drop":
      return model.execute(SYSTEM, { type: "presence.drop", agentId: agent });
    case "expire":
      return model.execute(SYSTEM, { type: "presence.expire", agentId: agent });
    case "look":
      model.look();
      return;
    case "propose": {
      const [proposal] = model.proposals.splice(pick % Math.max(1, model.proposals.length), 1);
      if (!proposal) return;
      return model.execute(SYSTEM, { type: "session.offer", ...proposal });
    }
    case "dispatch": {
      model.look();
      for (const one of model.proposals.splice(0)) model.execute(SYSTEM, { type: "session.offer", ...one });
      return;
    }
    case "withdraw": {
      const withdrawal = model.withdrawals.shift();
      return withdrawal ? model.execute(SYSTEM, { type: "offer.withdraw", ...withdrawal }) : null;
    }
    case "accept":
      return model.execute(pick % 7 === 0 ? staff : asked, { type: "offer.accept", conversationId, offerId });
    case "decline":
      return model.execute(pick % 7 === 0 ? staff : asked, {
        type: "offer.decline",
        conversationId,
        offerId,
        why: "no",
      });
    case "take":
      return model.execute(staff, { type: "session.take", conversationId });
    case "give":
      return model.execute(staff, { type: "session.take", conversationId, agentId: other });
    case "answer":
      return model.execute(serving, post("how can I help?"));
    case "agent-ends":
      return model.execute(pick % 5 === 0 ? staff : serving, { type: "session.end", conversationId });
    case "transfer-agent":
      return model.execute(serving, { type: "session.transfer", conversationId, to: { kind: "agent", id: other } });
    case "transfer-queue":
      return model.execute(serving, { type: "session.transfer", conversationId, to: { kind: "queue", id: other } });
    case "transfer-skill":
      return model.execute(serving, { type: "session.transfer", conversationId, to: { kind: "skill", id: "s1" } });
    case "close":
      return model.execute(serving, { type: "session.close", conversationId });
    case "undo-close":
      return model.execute(pick % 3 === 0 ? staff : serving, { type: "session.undo-close", conversationId });
    case "inactive":
      return model.execute(serving, { type: "session.mark-inactive", conversationId });
    case "active":
      return model.execute(serving, { type: "session.mark-active", conversationId });
    case "left":
      return model.execute(SYSTEM, { type: "agent.left", conversationId, agentId: agent });
    case "to-bot":
    case "bot-begins":
    case "bot-says":
    case "bot-routes":
    case "bot-over":
      return performBot(model, { what, conversationId, pick, other });
    case "gone":
      return model.execute(SYSTEM, { type: "customer.gone", conversationId });
    case "back":
      return model.execute(SYSTEM, { type: "customer.returned", conversationId, how: "same-browser" });
    case "reset":
      if (pick % 3 > 0) return;
      return model.execute(owner, { type: "session.clear", conversationId, mode: pick % 2 === 0 ? "end" : "park" });
    case "wait":
      model.now += pick * 10;
      return;
    case "wait-long":
      model.now += 5_000 + pick * 40;
      return null;
    default:
      // Half of the time nobody does anything until something falls due.
      if (pick % 2 === 0)
        model.now = Math.max(model.now, Math.min(...model.rows.map((row) => row.due), model.now + 60_000));
      return model.strikeNext();
  }
}

/** What flows do that are bots; now and then one that was dismissed long ago, or before it could begin. */
function performBot(
  model: ModelWorld,
  { what, conversationId, pick, other }: { what: string; conversationId: string; pick: number; other: string },
): unknown {
  const snapshot = model.world.conversations.get(conversationId)?.snapshot;
  const { session, staff, runs = [] } = snapshot ?? {};
  const earlier = model.bots.filter((bot) => bot.conversationId === conversationId);
  const late = pick % 4 === 0 ? earlier[pick % Math.max(1, earlier.length)]?.runId : undefined;
  const botRun = late ?? staff?.bot?.runId ?? "none";
  const about = { conversationId, sessionId: session?.id ?? "none" };
  switch (what) {
    case "to-bot": {
      const to = { kind: "bot" as const, name: "Mia", flow: { key: "bot", version: 1 } };
      const outcome = model.execute(SYSTEM, { type: "flow.route", ...about, to });
      const given = model.world.conversations.get(conversationId)?.snapshot.staff?.bot;
      if (given) model.bots.push({ conversationId, runId: given.runId });
      return outcome;
    }
    case "bot-begins": {
      if (runs.some(({ id }) => id === botRun)) return;
      const flow = { key: "bot", version: 1 };
      const run = { id: botRun, flow, title: "Bot", scope: "session" as const, sessionId: about.sessionId };
      return model.execute(SYSTEM, {
        ...{ type: "flow.bind", conversationId, botRun },
        run: { ...run, startedAt: model.now },
      });
    }
    case "bot-says":
      return model.execute(SYSTEM, { type: "flow.say", conversationId, as: "bot", text: "hello", botRun });
    case "bot-routes": {
      const to =
        pick % 3 === 0
          ? { kind: "bot" as const, name: "Leo", flow: { key: "bot", version: 1 } }
          : pick % 3 === 1
            ? { kind: "queue" as const, queueId: other }
            : { kind: "agent" as const, agentId: other };
      return model.execute(SYSTEM, { type: "flow.route", ...about, to, botRun });
    }
    default:
      return model.execute(SYSTEM, { type: "flow.release", conversationId, runId: botRun, outcome: "completed" });
  }
}

/** Plays the steps and checks the world after each. */
function play(steps: readonly Step[], check: (model: ModelWorld, step: Step) => void): void {
  const model = new ModelWorld(organisation());
  for (const one of steps) {
    model.done = [];
    perform(model, one);
    check(model, one);
  }
}
function everywhere(check: Parameters<typeof play>[1]): void {
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 150, size: "max" }), (steps) => play(steps, check)),
    { numRuns: 250 },
  );
}

/** What an agent has to hold, read off the conversations by other words than the rules use. */
function expectedWork(model: ModelWorld, agentId: string): Work[] {
  return model.conversations.flatMap(({ snapshot: { id, session, staff } }): Work[] => {
    if (!session || !staff) return [];
    const work = { sessionId: session.id, conversationId: id, weight: staff.weight };
    const served = session.status === "active" || session.status === "inactive";
    if (served && session.agent?.id === agentId) return [{ ...work, kind: "active" }];
    return session.status === "waiting" && staff.offer?.agentId === agentId ? [{ ...work, kind: "offered" }] : [];
  });
}

test("[RO29] no interleaving gives an agent more than they can hold, or leaks what they held", () => {
  everywhere((model) => {
    for (const agent of model.world.agents.values()) {
      expect(loadOf(agent)).toBeLessThanOrEqual(model.configuration.agents.get(agent.id)!.capacity);
      const sorted = (work: readonly Work[]) => work.toSorted((a, b) => (a.sessionId < b.sessionId ? -1 : 1));
      expect(sorted(agent.work)).toEqual(sorted(expectedWork(model, agent.id)));
    }
  });
});

test("[RO30] every waiting session stands in a queue that exists, alone or with one open offer, and nobody owns it", () => {
  everywhere((model) => {
    for (const { snapshot } of model.conversations) {
      const { session, staff } = snapshot;
      if (session?.status !== "waiting") continue;
      expect(model.configuration.queues.has(staff?.queueId ?? "none")).toBe(true);
      expect(session).toMatchObject({ agent: null, end: null, waitingSince: expect.any(Number) });
      expect(staff!.offer === null).toBe(staff!.offerId === null);
    }
    for (const { outcome } of model.done) {
      if (!("performed" in outcome)) continue;
      let offer = outcome.performed.before?.snapshot.staff?.offer ?? null;
      for (const event of outcome.performed.events) {
        // An open offer ends with an event of its own before the next, and a transfer takes it away.
        if (event.type === "session.offered") expect(offer).toBeNull();
        if ("staff" in event) offer = event.staff?.offer ?? null;
        if (event.type === "session.transferred") expect(offer).toBeNull();
      }
    }
  });
});

test("[RO31] a session has one owner: active means owned, an open offer means waiting, ended means free", () => {
  everywhere((model) => {
    const holders = [...model.world.agents.values()].flatMap((agent) => agent.work.map((work) => work.sessionId));
    expect(new Set(holders).size).toBe(holders.length);
    for (const { snapshot } of model.conversations) {
      const { session, staff, status } = snapshot;
      if (session?.status === "active") expect(session.agent !== null || session.bot != null).toBe(true);
      if (staff?.offer) expect(session?.status).toBe("waiting");
      if (session?.status === "ended") expect(session.end).not.toBeNull();
      if (session?.status === "ended") expect(holders).not.toContain(session.id);
      if (status === "closed") expect(session?.status).toBe("ended");
    }
  });
});

test("[BO8] an agent or a bot or neither, never both; a bot that cannot act any more has no session", () => {
  everywhere((model) => {
    for (const { snapshot } of model.conversations) {
      const { session, staff, runs = [] } = snapshot;
      expect(session?.bot == null).toBe(staff?.bot == null);
      if (!session?.bot || !staff?.bot) continue;
      expect(session).toMatchObject({ agent: null, end: null, waitingSince: null });
      expect(["active", "inactive"]).toContain(session.status);
      expect(staff).toMatchObject({ offer: null, targetAgentId: null, close: null });
      // Either its run is at work or the time is written down at which the session goes back to its queue.
      const bound = runs.some(({ id }) => id === staff.bot?.runId);
      const rows = model.rows.filter((row) => row.conversationId === snapshot.id && row.kind === "flow");
      expect(rows.map(({ due }) => due)).toEqual(bound ? [] : [staff.bot.until]);
    }
  });
});

test("[RO32] events are numbered without holes and make the same snapshot; a refusal changes nothing", () => {
  everywhere((model) => {
    for (const { outcome, before, after } of model.done) {
      if ("refused" in outcome) expect(after).toEqual(before);
      else if (outcome.performed.after) {
        const { before: from, after: to, events } = outcome.performed;
        const first = (from?.snapshot.number ?? 0) + 1;
        expect(events.map((event) => event.number)).toEqual(events.map((_, index) => first + index));
        if (from) expect(events.reduce(applyEvent, from.snapshot)).toEqual(to.snapshot);
        const started = events.some((event) => event.type === "session.started");
        if (started && from?.snapshot.session) expect(from.snapshot.session.status).toBe("ended");
      }
    }
  });
});

test("[RO33] every deadline has a row that is not late, no row is left over, and striking moves it on", () => {
  everywhere((model, { what }) => {
    for (const state of model.conversations) {
      const own = model.rows.filter((row) => row.conversationId === state.snapshot.id);
      expect(Object.fromEntries(own.map((row) => [row.kind, row.due]))).toEqual(state.armed);
      const wanted = Object.entries(deadlinesOf(state, model.now));
      for (const [kind, due] of wanted) expect(state.armed[kind]).toBeLessThanOrEqual(due);
      // A row may have lost its reason while time went by; it goes when it strikes.
      for (const row of own) if (row.due > model.now) expect(wanted.map(([kind]) => kind)).toContain(row.kind);
    }
    if (what !== "strike") return;
    // Whatever strikes must not be due again at once, or the sweeper would turn in a circle.
    for (let again = 0; model.strikeNext(); again += 1) expect(again).toBeLessThan(30);
  });
});
