import { applyEvent } from "@clew/contract/apply-event";
import { expect, it } from "vitest";
import { eventForCustomer, snapshotForCustomer } from "../../conversations/for-customer.ts";
import { configurationOf, id, SYSTEM, TestWorld } from "../../testing/test-world.ts";

function waiting() {
  const world = new TestWorld(configurationOf({}));
  const conversationId = world.start();
  return { world, conversationId, sessionId: world.session(conversationId).id };
}
function eventsOf(world: TestWorld, command: Parameters<TestWorld["give"]>[1]) {
  const outcome = world.give(SYSTEM, command);
  if ("refused" in outcome) throw new Error(outcome.refused);
  return outcome.performed.events;
}
const notesOf = (world: TestWorld, command: Parameters<TestWorld["give"]>[1]) =>
  eventsOf(world, command).flatMap((event) => (event.type === "note.posted" ? [[event.text, event.audience]] : []));

it("[AW3] the language that a flow sets is the conversation's; the same again, or what is no language, changes nothing", () => {
  const { world, conversationId, sessionId } = waiting();
  const about = { type: "flow.describe" as const, conversationId, sessionId };
  const before = world.state(conversationId).snapshot;
  const [event] = eventsOf(world, { ...about, language: "pt-BR", attributes: { risk: 1 } });
  if (event?.type !== "session.described") throw new Error("the session was not described");
  // What the customer's client makes of the event is what a fresh snapshot has.
  const seen = eventForCustomer(event);
  expect(JSON.stringify(seen)).not.toContain("risk");
  expect(applyEvent(snapshotForCustomer(before), seen).language).toBe("pt-BR");
  expect(world.state(conversationId).snapshot.language).toBe("pt-BR");
  expect(snapshotForCustomer(world.state(conversationId).snapshot).language).toBe("pt-BR");
  expect(world.must(SYSTEM, { ...about, language: "pt-BR" })).toEqual([]);
  expect(world.give(SYSTEM, { ...about, language: "Portuguese!" })).toMatchObject({ refused: "invalid" });
  expect(world.state(conversationId).snapshot.language).toBe("pt-BR");
});

it("[AW4] why a flow sends a session somewhere, or ends it, is a note for staff", () => {
  const { world, conversationId, sessionId } = waiting();
  const about = { conversationId, sessionId };
  const route = { type: "flow.route" as const, ...about, to: { kind: "queue" as const, queueId: id("queue", 1) } };
  expect(notesOf(world, { ...route, reason: "VIP" })).toEqual([["VIP", "staff"]]);
  expect(notesOf(world, route)).toEqual([]);
  const end = { type: "flow.end-session" as const, ...about, reason: "Nobody answered", close: false };
  expect(notesOf(world, end)).toEqual([["Nobody answered", "staff"]]);
  expect(world.session(conversationId).status).toBe("ended");
});
