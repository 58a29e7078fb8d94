import type { ConversationEvent } from "@clew/contract/events";
import type { RunTag } from "@clew/contract/flows/entries";
import { describe, expect, it } from "vitest";
import type { LiveFlow } from "../../configuration.ts";
import { snapshotForCustomer } from "../../conversations/for-customer.ts";
import { agentActor, CUSTOMER, configurationOf, id, queue, SYSTEM, TestWorld } from "../../testing/test-world.ts";
import { FLOW_EVENT } from "./told.ts";

/** Unless the operator gives flows longer. */
const FLOW_DECIDES_MS = 30_000;
const ROUTER: LiveFlow = {
  key: "route.shop",
  version: 1,
  kind: "routing",
  title: "Shop entry",
  trigger: { on: "session.started", channels: null },
};
const RUN: RunTag = {
  id: id("command", 900),
  flow: { key: "loan.agent", version: 2 },
  title: "Loan",
  scope: "conversation",
  sessionId: null,
  startedAt: 1,
};
const FORM = {
  id: id("command", 800),
  flow: { key: "loan.form", version: 1 },
  title: "Use of funds",
  questions: 3,
  live: "values" as const,
};
const ANA = [
  { key: "name", value: "Ana Ruiz" },
  { key: "email", value: "ana@example.com" },
];
const ASKED = ANA.map(({ key }) => {
  return { key, type: "text" as const, label: { en: key }, required: false, hidden: false, editable: true };
});
const RECEIPT = { id: id("command", 801), at: 1, by: "customer" as const, answers: [] };

function routedWorld() {
  const world = new TestWorld(configurationOf({ flows: [ROUTER] }));
  return { world, conversationId: world.start() };
}

/** Events of the effects that a command made for flows. */
function told(world: TestWorld, actor: typeof SYSTEM, command: Parameters<TestWorld["give"]>[1]): string[] {
  const outcome = world.give(actor, command);
  if ("refused" in outcome) throw new Error(outcome.refused);
  return outcome.performed.effects
    .filter(({ kind }) => kind === FLOW_EVENT)
    .map(({ payload }) => (payload as { type: string }).type);
}

describe("sessions that a flow routes", () => {
  it("[FC1] wait for the flow to decide, and then where it says", () => {
    const { world, conversationId } = routedWorld();
    expect(world.session(conversationId).status).toBe("new");
    expect(world.state(conversationId).armed.flow).toBe(world.now + FLOW_DECIDES_MS);
    const { id: sessionId } = world.session(conversationId);
    const to = { kind: "queue" as const, queueId: id("queue", 2) };
    world.must(SYSTEM, { type: "flow.route", conversationId, sessionId, to, priority: 7 });
    expect(world.session(conversationId)).toMatchObject({
      status: "waiting",
      staff: { queueId: id("queue", 2), priority: 7, flow: null },
    });
    expect(world.state(conversationId).armed.flow).toBeUndefined();
  });

  it("[FC2] wait in the channel's queue when the flow does not decide in time, and staff read why", () => {
    const { world, conversationId } = routedWorld();
    world.now += FLOW_DECIDES_MS;
    const events = world.must(SYSTEM, { type: "deadline.strike", conversationId, kind: "flow" });
    expect(events).toEqual(["note.posted", "session.waiting"]);
    expect(world.session(conversationId)).toMatchObject({ status: "waiting", staff: { queueId: id("queue", 1) } });
    const { id: sessionId } = world.session(conversationId);
    const late = {
      type: "flow.route" as const,
      conversationId,
      sessionId,
      to: { kind: "fallback" as const, note: "late" },
    };
    expect(world.must(SYSTEM, late)).toEqual([]);
  });

  it("[FZ3] as long as the operator gives routing flows, the session waits for them", () => {
    const world = new TestWorld({ ...configurationOf({ flows: [ROUTER] }), flowLimits: { routingSeconds: 120 } });
    const conversationId = world.start();
    expect(world.state(conversationId).armed.flow).toBe(world.now + 120_000);
    world.now += FLOW_DECIDES_MS;
    expect(world.must(SYSTEM, { type: "deadline.strike", conversationId, kind: "flow" })).toEqual([]);
    expect(world.session(conversationId).status).toBe("new");
  });

  it("[FC3] an agent by name must be there; one who is busy is waited for so long, then the queue is asked", () => {
    const { world, conversationId } = routedWorld();
    const { id: sessionId } = world.session(conversationId);
    const route = {
      type: "flow.route" as const,
      conversationId,
      sessionId,
      to: { kind: "agent" as const, agentId: id("agent", 1) },
    };
    world.must(agentActor(1), { type: "presence.set", agentId: id("agent", 1), status: "offline", reason: null });
    expect(world.give(SYSTEM, { ...route, waitMax: 60_000 })).toMatchObject({ refused: "no-capacity" });
    world.must(agentActor(1), { type: "presence.set", agentId: id("agent", 1), status: "busy", reason: null });
    expect(world.give(SYSTEM, route)).toMatchObject({ refused: "no-capacity" });
    world.must(SYSTEM, { ...route, waitMax: 60_000, overflowQueueId: id("queue", 2) });
    expect(world.session(conversationId).staff.targetAgentId).toBe(id("agent", 1));
    world.now += 60_000;
    world.must(SYSTEM, { type: "deadline.strike", conversationId, kind: "target" });
    expect(world.session(conversationId).staff).toMatchObject({ targetAgentId: null, queueId: id("queue", 2) });
  });

  it("[FC4] skills are asked until they are relaxed", () => {
    const { world, conversationId } = routedWorld();
    const { id: sessionId } = world.session(conversationId);
    const skills = [{ skillId: id("skill", 1), level: 3 }];
    world.must(SYSTEM, {
      type: "flow.route",
      conversationId,
      sessionId,
      to: { kind: "skills", skills },
      relaxAfter: 90_000,
    });
    expect(world.session(conversationId).staff.skills).toEqual(skills);
    world.now += 90_000;
    world.must(SYSTEM, { type: "deadline.strike", conversationId, kind: "relax" });
    expect(world.session(conversationId).staff.skills).toEqual([]);
  });

  it("[FC1] only flows of the channel hold its sessions, and nobody but the system routes", () => {
    const elsewhere = { ...ROUTER, trigger: { on: "session.started", channels: ["Other"] } };
    const world = new TestWorld(configurationOf({ flows: [elsewhere], queues: [queue(1)] }));
    const conversationId = world.start();
    const { id: sessionId, status } = world.session(conversationId);
    expect(status).toBe("waiting");
    const route = {
      type: "flow.route" as const,
      conversationId,
      sessionId,
      to: { kind: "queue" as const, queueId: id("queue", 1) },
    };
    expect(world.give(agentActor(9), route)).toMatchObject({ refused: "forbidden" });
  });
});

describe("runs at work on a conversation", () => {
  it("[FC5] are seen by staff only, hear what happens, and are let go once", () => {
    const world = new TestWorld();
    const conversationId = world.start();
    world.serve(conversationId, 1);
    const say = { type: "message.post" as const, conversationId, text: "Hello", attachments: [], files: [] };
    expect(told(world, CUSTOMER, say)).toEqual([]);
    world.must(SYSTEM, { type: "flow.bind", conversationId, run: RUN });
    expect(world.state(conversationId).snapshot.runs).toEqual([RUN]);
    expect(snapshotForCustomer(world.state(conversationId).snapshot)).not.toHaveProperty("runs");
    expect(told(world, CUSTOMER, say)).toEqual(["message.received"]);
    expect(told(world, agentActor(1), say)).toEqual([]);
    const release = { type: "flow.release" as const, conversationId, runId: RUN.id, outcome: "completed" as const };
    expect(world.must(SYSTEM, release)).toEqual(["flow.ended"]);
    expect(world.must(SYSTEM, release)).toEqual([]);
    expect(told(world, CUSTOMER, say)).toEqual([]);
  });

  it("[FC6] speak in the name of whoever serves, or of the bot; drafts go to whoever serves", () => {
    const world = new TestWorld();
    const conversationId = world.start();
    const say = { type: "flow.say" as const, conversationId, as: "agent" as const, text: "Thank you", bot: "Loan" };
    const speaker = () => {
      const outcome = world.give(SYSTEM, say);
      return "performed" in outcome ? (outcome.performed.events[0] as ConversationEvent).by : null;
    };
    expect(speaker()).toEqual({ who: "bot", name: "Loan" });
    expect(world.give(SYSTEM, { type: "flow.draft", conversationId, text: "x" })).toMatchObject({
      refused: "session-not-open",
    });
    world.serve(conversationId, 1);
    expect(speaker()).toMatchObject({ who: "agent", id: id("agent", 1) });
    expect(world.must(SYSTEM, { type: "flow.draft", conversationId, text: "x" })).toEqual(["draft.proposed"]);
  });

  it("[FC7] what is carried keeps the day it was told; what was looked up is a fact of its own", () => {
    const world = new TestWorld();
    const conversationId = world.start();
    const { id: sessionId } = world.session(conversationId);
    const facts = [
      { key: "name", value: "Ana", how: "carried" as const },
      { key: "tier", value: "gold", how: "looked-up" as const },
    ];
    world.must(SYSTEM, {
      type: "flow.describe",
      conversationId,
      sessionId,
      facts,
      tags: ["vip", "vip"],
      attributes: { risk: 1 },
    });
    expect(world.state(conversationId).snapshot.facts).toMatchObject([
      { key: "tier", how: "looked-up", by: { who: "flow" } },
    ]);
    expect(world.session(conversationId).staff).toMatchObject({ tags: ["vip"], attributes: { risk: 1 } });
  });
});

describe("forms in a conversation", () => {
  function open(life: { expiresAt?: number | null; remindAt?: number | null } = {}) {
    const world = new TestWorld();
    const conversationId = world.start();
    world.serve(conversationId, 1);
    const form = { ...FORM, expiresAt: life.expiresAt ?? null, remindAt: life.remindAt ?? null };
    const command = {
      type: "form.open" as const,
      conversationId,
      form,
      announce: "Please",
      as: "agent" as const,
      ifOpen: "reuse" as const,
    };
    expect(world.must(SYSTEM, command)).toEqual(["message.posted", "form.opened"]);
    const entry = () => world.state(conversationId).snapshot.forms?.at(-1);
    return { world, conversationId, entry, command };
  }
  const submit = (conversationId: string, revision = 1) => ({
    type: "form.submit" as const,
    conversationId,
    formId: FORM.id,
    revision,
    values: {},
    receipt: RECEIPT,
  });

  it("[FC8] are sent once; what comes after is told that it was sent, and the flow hears of it", () => {
    const { world, conversationId, entry } = open();
    expect(told(world, CUSTOMER, submit(conversationId))).toEqual(["form"]);
    expect(entry()).toMatchObject({ state: "submitted", receipt: { id: RECEIPT.id, revision: 1 } });
    expect(world.give(CUSTOMER, submit(conversationId))).toMatchObject({ refused: "form-closed" });
    expect(world.give(agentActor(2), submit(conversationId))).toHaveProperty("refused");
  });

  it("[FC9] can be sent back with a remark, and are then sent as a new revision", () => {
    const { world, conversationId, entry } = open();
    world.must(CUSTOMER, submit(conversationId));
    const back = {
      type: "form.send-back" as const,
      conversationId,
      formId: FORM.id,
      text: "Which account?",
      fields: ["ask.iban"],
    };
    expect(world.give(CUSTOMER, back)).toHaveProperty("refused");
    world.must(agentActor(1), back);
    expect(entry()).toMatchObject({ state: "open", revision: 2, remark: { text: "Which account?" } });
    expect(world.give(CUSTOMER, submit(conversationId, 1))).toMatchObject({ refused: "form-closed" });
    world.must(CUSTOMER, submit(conversationId, 2));
    expect(entry()).toMatchObject({ state: "submitted", revision: 2, remark: null });
  });

  it("[FC10] are reminded of and run out by their time, unless more is taken", () => {
    const start = 1_700_000_000_000;
    const { world, conversationId, entry } = open({ expiresAt: start + 30_000, remindAt: start + 10_000 });
    world.now += 10_000;
    expect(world.must(SYSTEM, { type: "deadline.strike", conversationId, kind: "forms" })).toEqual(["form.changed"]);
    expect(entry()).toMatchObject({ state: "open", remindAt: null });
    world.must(CUSTOMER, { type: "form.extend", conversationId, formId: FORM.id, by: 60_000 });
    expect(entry()?.expiresAt).toBe(world.now + 60_000);
    expect(world.must(CUSTOMER, { type: "form.extend", conversationId, formId: FORM.id, by: 1_000 })).toEqual([]);
    world.now += 60_000;
    expect(told(world, SYSTEM, { type: "deadline.strike", conversationId, kind: "forms" })).toEqual(["form"]);
    expect(entry()?.state).toBe("expired");
    expect(world.give(CUSTOMER, submit(conversationId))).toMatchObject({
      refused: "form-closed",
      extra: { reason: "expired" },
    });
  });

  it("[FC11] of the same flow are used again, replaced or refused as asked; a closed conversation closes them", () => {
    const { world, conversationId, entry, command } = open();
    const other = { ...command, form: { ...command.form, id: id("command", 802) } };
    expect(world.give(SYSTEM, other)).toMatchObject({ refused: "conflict", extra: { reason: FORM.id } });
    expect(world.give(SYSTEM, { ...other, ifOpen: "fail" })).toMatchObject({ refused: "conflict" });
    world.must(SYSTEM, { ...other, ifOpen: "supersede" });
    expect(world.state(conversationId).snapshot.forms?.map(({ state }) => state)).toEqual(["superseded", "open"]);
    const events = world.must(CUSTOMER, { type: "session.end", conversationId });
    expect(events.slice(-2)).toEqual(["form.changed", "conversation.closed"]);
    expect(entry()?.state).toBe("cancelled");
  });

  it("[C27] are closed when somebody else signs in than who told about themselves; the same person keeps them", () => {
    const verify = (name: string | null, email: string | null) => {
      const { world, conversationId, entry } = open();
      world.configuration = configurationOf({ channel: { preChat: { ask: { when: "conversation" }, fields: ASKED } } });
      for (const told of ANA) world.must(agentActor(1), { type: "fact.correct", conversationId, ...told });
      const customer = { id: id("customer", 77), kind: "verified" as const, name, email, subject: "x-1" };
      const events = world.must(SYSTEM, { type: "customer.verify", conversationId, customer });
      return { events, entry: entry() };
    };
    const other = verify("Bo Lund", "bo@example.com");
    expect(other.events).toEqual(["customer.verified", "form.changed"]);
    expect(other.entry).toMatchObject({ state: "cancelled", cancelled: "sign-in" });
    expect(verify("Bo Lund", null).entry?.state).toBe("cancelled");
    for (const [name, email] of [
      ["Ana Ruiz Soler", "ana.work@example.com"],
      ["A. R.", "ANA@example.com"],
      [null, null],
    ] as const)
      expect(verify(name, email)).toMatchObject({ events: ["customer.verified"], entry: { state: "open" } });
  });
});
