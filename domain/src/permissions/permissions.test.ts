import { AGENT_COMMANDS, type ClientCommandType, CUSTOMER_COMMANDS, SHARED_COMMANDS } from "@clew/contract/commands";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { mayCommand, mayView } from "./permissions.ts";

const customer: Actor = { who: "customer", id: "cust", name: null };
const agent = (id: string, role: "agent" | "supervisor" | "admin" = "agent"): Actor => ({
  who: "agent",
  id,
  name: id,
  role,
});
const key: Actor = { who: "key", id: "key", name: "Bot" };
const owned = { customerId: "cust", agentId: "ann", queueMembers: ["ann", "bob"] };
const waiting = { ...owned, agentId: null };
const names = (commands: object) => Object.keys(commands) as ClientCommandType[];
const ALL = names({ ...CUSTOMER_COMMANDS, ...SHARED_COMMANDS, ...AGENT_COMMANDS });

test("[RO23] another customer's conversation gives the same answer as none, whatever is asked", () => {
  const other: Actor = { who: "customer", id: "other", name: null };
  for (const type of ALL) {
    if (type === "conversation.start") continue;
    expect(mayCommand(other, type, owned)).toBe(mayCommand(other, type, null));
  }
  expect(mayCommand(other, "message.post", owned)).toBe("not-found");
  expect(mayCommand(other, "conversation.start", owned)).toBe("not-found");
  expect(mayView(other, owned)).toBe(false);
});

test("[RO23] [RO28] a customer gives the customers' commands in their own conversation, and no others", () => {
  for (const type of names({ ...CUSTOMER_COMMANDS, ...SHARED_COMMANDS }))
    expect(mayCommand(customer, type, owned)).toBe(true);
  for (const type of names(AGENT_COMMANDS)) expect(mayCommand(customer, type, owned)).toBe("forbidden");
  expect(mayCommand(customer, "conversation.start", null)).toBe(true);
});

test("[RO24] who has nothing to do with a conversation gets the same answer as for none", () => {
  for (const type of ALL) expect(mayCommand(agent("eve"), type, owned)).toBe(mayCommand(agent("eve"), type, null));
  expect(mayCommand(agent("eve"), "note.post", owned)).toBe("not-found");
  expect(mayView(agent("eve"), { ...owned, offeredTo: "eve" })).toBe(true);
});

test("[RO24] [RO25] a colleague of the queue writes notes but does not act for the owner", () => {
  for (const type of ["note.post", "fact.correct"] as const) expect(mayCommand(agent("bob"), type, owned)).toBe(true);
  for (const type of [
    "message.post",
    "session.end",
    "session.transfer",
    "session.close",
    "session.mark-inactive",
  ] as const) {
    expect(mayCommand(agent("bob"), type, owned)).toBe("session-taken");
    expect(mayCommand(agent("bob"), type, waiting)).toBe("forbidden");
    expect(mayCommand(agent("ann"), type, owned)).toBe(true);
    expect(mayCommand(agent("sue", "supervisor"), type, owned)).toBe(true);
    expect(mayCommand(agent("adi", "admin"), type, waiting)).toBe(true);
  }
});

test("[RO25] who closed may undo it, also when the session went back to the queue", () => {
  expect(mayCommand(agent("ann"), "session.undo-close", { ...waiting, closedBy: "ann" })).toBe(true);
  expect(mayCommand(agent("bob"), "session.undo-close", { ...waiting, closedBy: "ann" })).toBe("forbidden");
});

test("[RO26] members take what waits; offers are answered by the one they were made to", () => {
  expect(mayCommand(agent("bob"), "session.take", waiting)).toBe(true);
  expect(mayCommand(agent("bob"), "session.take", owned)).toBe("session-taken");
  expect(mayCommand(agent("eve"), "session.take", waiting)).toBe("not-found");
  expect(mayCommand(agent("eve"), "session.take", { ...waiting, offeredTo: "eve" })).toBe("forbidden");
  expect(mayCommand(agent("sue", "supervisor"), "session.take", waiting)).toBe(true);
  expect(mayCommand(agent("ann"), "offer.accept", { ...waiting, offeredTo: "ann" })).toBe(true);
  expect(mayCommand(agent("bob"), "offer.accept", { ...waiting, offeredTo: "ann" })).toBe("offer-gone");
  expect(mayCommand(agent("sue", "supervisor"), "offer.decline", { ...waiting, offeredTo: "ann" })).toBe("offer-gone");
});

test("[RO27] a key posts messages and notes and ends sessions, nothing else", () => {
  const may = ALL.filter((type) => mayCommand(key, type, owned) === true);
  expect(may.sort()).toEqual(["message.post", "note.post", "session.end"]);
  expect(mayCommand(key, "message.post", null)).toBe("not-found");
});

test("[RO28] staff give no customer's command, and set their own presence only", () => {
  for (const type of names(CUSTOMER_COMMANDS)) expect(mayCommand(agent("adi", "admin"), type, owned)).toBe("forbidden");
  expect(mayCommand(agent("eve"), "presence.set", null)).toBe(true);
  expect(mayCommand(key, "presence.set", null)).toBe("forbidden");
  for (const type of ALL) expect(mayCommand({ who: "system" }, type, owned)).toBe(true);
});
