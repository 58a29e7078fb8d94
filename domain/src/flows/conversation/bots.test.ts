import type { Flow } from "@clew/contract/flows/definition";
import type { RunTag } from "@clew/contract/flows/entries";
import { LIMITS } from "@clew/contract/flows/words";
import { describe, expect, it } from "vitest";
import { snapshotForCustomer } from "../../conversations/for-customer.ts";
import type { Outcome } from "../../door.ts";
import { BOT_BEGINS_MS } from "../../sessions/bot.ts";
import { agentActor, CUSTOMER, configurationOf, id, queue, SYSTEM, TestWorld } from "../../testing/test-world.ts";
import { newRun } from "../engine/new-run.ts";
import { BOT_DISMISSED, BOT_SERVES, type FlowEvent } from "./told.ts";

const FLOW = { key: "faq.firstHelp", version: 3 };
const toQueue = (number: number) => ({ kind: "queue" as const, queueId: id("queue", number) });

/** A customer whose session waits in the first queue. */
function begun(parts: Parameters<typeof configurationOf>[0] = {}) {
  const world = new TestWorld(configurationOf(parts));
  const conversationId = world.start();
  const staff = () => world.session(conversationId).staff;
  const runId = () => staff().bot?.runId ?? "none";
  const about = () => ({ conversationId, sessionId: world.session(conversationId).id });
  const to = (name: string) => ({ kind: "bot" as const, name, flow: FLOW });
  return {
    world,
    conversationId,
    staff,
    runId,
    session: () => world.session(conversationId),
    snapshot: () => world.state(conversationId).snapshot,
    route: (more: { to?: ReturnType<typeof to> | ReturnType<typeof toQueue>; botRun?: string; priority?: number }) =>
      world.give(SYSTEM, { type: "flow.route", ...about(), to: to("Mia"), ...more }),
    to,
    bind(run = runId()): Outcome {
      const tag: RunTag = {
        ...{ id: run, flow: FLOW, title: "First help", scope: "session", startedAt: world.now },
        sessionId: world.session(conversationId).id,
      };
      return world.give(SYSTEM, { type: "flow.bind", conversationId, run: tag, botRun: run });
    },
    say: (botRun: string, as: "bot" | "agent" = "bot") =>
      world.give(SYSTEM, { type: "flow.say", conversationId, as, text: "Hello", bot: "First help", botRun }),
    release: (botRun: string, outcome: "completed" | "faulted" | "cancelled" = "completed") =>
      world.give(SYSTEM, {
        ...{ type: "flow.release", conversationId, runId: botRun, outcome },
        ...(outcome === "faulted" ? { fault: { code: "limit", node: "ask", message: "too many steps" } } : {}),
      }),
  };
}

/** The same with a bot at work. */
function served(parts: Parameters<typeof configurationOf>[0] = {}) {
  const all = begun(parts);
  accepted(all.route({}));
  accepted(all.bind());
  return { ...all, run: all.runId() };
}

function accepted(outcome: Outcome) {
  if ("refused" in outcome) throw new Error(`${outcome.refused} ${JSON.stringify(outcome.extra)}`);
  return outcome.performed;
}

const typesOf = (outcome: Outcome) => accepted(outcome).events.map(({ type }) => type);
const told = (outcome: Outcome) => accepted(outcome).effects.map(({ payload }) => (payload as FlowEvent).type);

describe("a session that is given to a bot", () => {
  it("[BO1] is nobody's work and waits for nobody, and keeps what was known of it", () => {
    const { world, conversationId, route, session, staff, runId } = begun();
    world.offer(conversationId, 1);
    const given = route({ priority: 7 });
    expect(typesOf(given)).toEqual(["session.offer-ended", "session.assigned"]);
    expect(told(given)).toEqual([BOT_SERVES]);
    expect(session()).toMatchObject({ status: "active", agent: null, bot: { name: "Mia" }, waitingSince: null });
    expect(session().activeAt).toBeNull();
    expect(staff()).toMatchObject({ offer: null, priority: 7, queueId: id("queue", 1), bot: { flow: FLOW, turn: 1 } });
    expect([...world.world.agents.values()].flatMap(({ work }) => work)).toEqual([]);
    expect(
      world.give(SYSTEM, { type: "session.offer", conversationId, sessionId: session().id, agentId: id("agent", 1) }),
    ).toMatchObject({ refused: "offer-gone" });
    expect(world.state(conversationId).armed["max-wait"]).toBeUndefined();
    expect(runId()).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("[BO2] is talked to under the bot's name, and the customer learns nothing of the flow", () => {
    const { snapshot, say, run } = served();
    const { events } = accepted(say(run, "agent"));
    expect(events).toMatchObject([{ type: "message.posted", by: { who: "bot", name: "Mia" } }]);
    const seen = snapshotForCustomer(snapshot());
    expect(seen.session).toMatchObject({ bot: { name: "Mia" } });
    expect(JSON.stringify(seen)).not.toContain(FLOW.key);
  });

  it("[BO3] goes where its bot sends it, and nowhere else a flow wants it", () => {
    const { route, run, session, staff, snapshot, say } = served();
    expect(route({ to: toQueue(2) })).toMatchObject({ refused: "session-not-open" });
    expect(route({ to: toQueue(2), botRun: "another" })).toMatchObject({ refused: "session-not-open" });
    expect(typesOf(route({ to: toQueue(2), botRun: run, priority: 9 }))).toEqual(["session.waiting"]);
    expect(session()).toMatchObject({ status: "waiting", bot: null });
    expect(staff()).toMatchObject({ queueId: id("queue", 2), priority: 9, bot: null });
    // It may still say where it went: nobody has dismissed it.
    expect(snapshot().runs).toHaveLength(1);
    expect(typesOf(say(run))).toEqual(["message.posted"]);
  });

  it("[BO3] goes from bot to bot, and an end of the bot's is an end by a bot", () => {
    const { world, conversationId, route, run, runId, to, bind, session, release } = served();
    accepted(route({ to: to("Leo"), botRun: run }));
    expect(session().bot).toEqual({ name: "Leo" });
    expect(runId()).not.toBe(run);
    accepted(bind());
    expect(typesOf(release(run))).toEqual(["flow.ended"]);
    expect(session()).toMatchObject({ status: "active", bot: { name: "Leo" } });
    world.must(SYSTEM, {
      ...{ type: "flow.end-session", conversationId, sessionId: session().id, close: false },
      botRun: runId(),
    });
    expect(session()).toMatchObject({ status: "ended", bot: null, end: { by: "bot", why: "ended" } });
  });

  it.each([
    ["completed", "ended without giving the session to anybody."],
    ["faulted", "stopped at ask: too many steps"],
    ["cancelled", "was stopped."],
  ] as const)("[BO4] waits in its queue when the run is %s, and staff read why", (outcome, why) => {
    const { release, run, session, staff, snapshot } = served();
    const { events } = accepted(release(run, outcome));
    expect(events).toMatchObject([
      { type: "flow.ended" },
      { type: "note.posted", text: `The bot Mia ${why}`, audience: "staff" },
      { type: "session.waiting", reason: "fallback" },
    ]);
    expect(session()).toMatchObject({ status: "waiting", bot: null, waitingSince: expect.any(Number) });
    expect(staff()).toMatchObject({ queueId: id("queue", 1), bot: null });
    expect(snapshot().runs).toEqual([]);
    expect(typesOf(release(run, outcome))).toEqual([]);
  });

  it("[BO5] waits in its queue when the bot does not begin, which it then cannot any more", () => {
    const { world, conversationId, route, runId, bind, session } = begun();
    accepted(route({}));
    const late = runId();
    world.now += BOT_BEGINS_MS - 1;
    expect(world.must(SYSTEM, { type: "deadline.strike", conversationId, kind: "flow" })).toEqual([]);
    world.now += 1;
    const struck = world.must(SYSTEM, { type: "deadline.strike", conversationId, kind: "flow" });
    expect(struck).toEqual(["note.posted", "session.waiting"]);
    expect(session()).toMatchObject({ status: "waiting", bot: null });
    expect(bind(late)).toMatchObject({ refused: "session-not-open" });
    const other = served();
    expect(other.world.state(other.conversationId).armed.flow).toBeUndefined();
  });

  it("[BO6] goes through so many bots, then the flow that sends it on is told no", () => {
    const { route, runId, bind, to } = served();
    for (let turn = 2; turn <= LIMITS.botsInARow; turn += 1) {
      accepted(route({ to: to(`Bot ${turn}`), botRun: runId() }));
      accepted(bind());
    }
    expect(route({ to: to("One more"), botRun: runId() })).toMatchObject({ refused: "conflict" });
  });

  it("[BO7] is taken by who may take what waits, and the bot has nothing more to say", () => {
    const outside = served({ queues: [queue(1, { members: [id("agent", 2)] }), queue(2)] });
    const take = (all: typeof outside, number: number) =>
      all.world.give(agentActor(number), { type: "session.take", conversationId: all.conversationId });
    expect(take(outside, 1)).toMatchObject({ refused: "not-found" });
    const { world, conversationId, run, session, snapshot, say, route, bind, release } = outside;
    const taken = take(outside, 2);
    expect(typesOf(taken)).toEqual(["session.assigned", "flow.ended"]);
    expect(told(taken)[0]).toBe(BOT_DISMISSED);
    expect(session()).toMatchObject({ status: "active", agent: { id: id("agent", 2) }, bot: null });
    expect(snapshot().runs).toEqual([]);
    expect(world.world.agents.get(id("agent", 2))?.work).toHaveLength(1);
    expect(say(run)).toMatchObject({ refused: "session-not-open" });
    expect(route({ to: toQueue(2), botRun: run })).toMatchObject({ refused: "session-not-open" });
    expect(bind(run)).toMatchObject({ refused: "session-not-open" });
    const end = { type: "flow.end-session" as const, conversationId, sessionId: session().id, close: false };
    expect(world.give(SYSTEM, { ...end, botRun: run })).toMatchObject({ refused: "session-not-open" });
    expect(typesOf(release(run, "cancelled"))).toEqual([]);
  });

  it("[BO7] is taken before the bot could begin: it does not; and a supervisor's transfer takes it too", () => {
    const { world, conversationId, route, runId, bind } = begun();
    accepted(route({}));
    const late = runId();
    world.must(agentActor(1), { type: "session.take", conversationId });
    expect(bind(late)).toMatchObject({ refused: "session-not-open" });
    const other = served();
    const transfer = {
      type: "session.transfer" as const,
      ...{ conversationId: other.conversationId, to: { kind: "queue" as const, id: id("queue", 2) } },
    };
    expect(other.world.give(agentActor(1), transfer)).toMatchObject({ refused: "forbidden" });
    const moved = other.world.give(agentActor(9), transfer);
    expect(typesOf(moved)).toEqual(["session.transferred", "flow.ended"]);
    expect(told(moved)).toContain(BOT_DISMISSED);
    expect(other.session()).toMatchObject({ status: "waiting", bot: null });
  });
});

it("[BO12] a bot has time for a conversation, also where its flow decides and talks no longer than a moment else", () => {
  const flow = { key: "faq", kind: "routing", start: "end", nodes: { end: { type: "end" } } } as unknown as Flow;
  const about = { id: "r", flow, version: 1, inputs: {}, conversationId: "c", sessionId: "s", resolved: {} };
  const more = { locale: "en", zone: "UTC", now: 0 };
  expect(newRun({ ...about, ...more }).deadlineAt).toBe(30_000);
  expect(newRun({ ...about, ...more, bot: "Mia" })).toMatchObject({ bot: "Mia", deadlineAt: 30 * 24 * 3_600_000 });
});

describe("what goes on as with an agent", () => {
  it("[BO9] silence after the bot's word makes the session inactive, and either side's word wakes it", () => {
    const { world, conversationId, say, run, session } = served();
    accepted(say(run));
    const strike = (kind: "inactive" | "warn" | "end-inactive") =>
      world.must(SYSTEM, { type: "deadline.strike", conversationId, kind });
    world.now += 60_000;
    expect(strike("inactive")).toEqual(["session.inactive"]);
    world.say(CUSTOMER, conversationId, "I am here");
    expect(session()).toMatchObject({ status: "active", bot: { name: "Mia" } });
    accepted(say(run));
    world.now += 120_000;
    expect(strike("inactive")).toEqual(["session.inactive"]);
    expect(strike("warn")).toEqual(["session.warned"]);
    expect(typesOf(say(run))).toEqual(["message.posted", "session.resumed"]);
    expect(session()).toMatchObject({ status: "active", countdown: null, bot: { name: "Mia" } });
    world.now += 180_000;
    strike("warn");
    world.now += 60_000;
    expect(strike("end-inactive")).toContain("session.ended");
    expect(session()).toMatchObject({ bot: null, end: { by: "system", why: "inactivity" } });
  });

  it("[BO10] who comes back finds the same bot, and after the window nothing", () => {
    const reconnect = {
      ...{ sessionWindow: 600_000, sameAgentWindow: 60_000, capacityHold: "full" as const, holdFor: 60_000 },
      ...{ linkLife: 3_600_000, whenAgentUnavailable: "team" as const, portalUrl: null, redirectUrl: null },
    };
    const { world, conversationId, session } = served({ channel: { reconnect } });
    world.must(SYSTEM, { type: "customer.gone", conversationId });
    expect(session().away).toMatchObject({ sameAgentUntil: null, windowUntil: expect.any(Number) });
    const back = world.give(SYSTEM, { type: "customer.returned", conversationId, how: "same-browser" });
    expect(accepted(back).events).toMatchObject([{ type: "customer.returned", outcome: "same-agent" }]);
    expect(session()).toMatchObject({ status: "active", away: null, bot: { name: "Mia" } });
    world.must(SYSTEM, { type: "customer.gone", conversationId });
    world.now += 600_000;
    expect(world.must(SYSTEM, { type: "deadline.strike", conversationId, kind: "window" })).toContain("session.ended");
    expect(session()).toMatchObject({ bot: null, end: { why: "disconnect" } });
  });

  it("[BO11] ends with the customer's end, opt-out or reset; what goes on after is for people", () => {
    const ended = served();
    ended.world.must(CUSTOMER, { type: "session.end", conversationId: ended.conversationId });
    expect(ended.session()).toMatchObject({ status: "ended", bot: null, end: { by: "customer" } });
    const stopped = served({ channel: { optOut: { on: true, keywords: { en: ["stop"] } } } });
    stopped.world.say(CUSTOMER, stopped.conversationId, "stop");
    stopped.world.must(CUSTOMER, { type: "optout.undo", conversationId: stopped.conversationId });
    expect(stopped.session()).toMatchObject({ status: "waiting", bot: null });
    const parked = served();
    parked.world.must(CUSTOMER, { type: "session.clear", conversationId: parked.conversationId, mode: "park" });
    expect(parked.session()).toMatchObject({ status: "inactive", agent: null, bot: null });
    expect(parked.snapshot().runs).toEqual([]);
    const forced = served();
    forced.world.must(agentActor(9), { type: "session.end", conversationId: forced.conversationId });
    expect(forced.session()).toMatchObject({ bot: null, end: { by: "supervisor", why: "closed-by-admin" } });
    expect(forced.staff().bot).toBeNull();
  });
});
