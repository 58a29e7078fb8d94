import { expect, test } from "vitest";
import { effectiveStatus, newAgentState } from "./agent-state.ts";
import { dropLease, expireLease, presenceOf, renewLease, setPresence } from "./presence.ts";

const organisation = { presenceReasons: [{ status: "away" as const, name: "Lunch" }] };
const offered = { sessionId: "s1", conversationId: "c1", weight: 1, kind: "offered" as const };
const owned = { sessionId: "s2", conversationId: "c2", weight: 2, kind: "active" as const };
const ann = { ...newAgentState("ann"), chosen: "available" as const, since: 10, lease: 1000, work: [offered, owned] };

test("[RO20] a reason goes with the status it was made for", () => {
  const by = { organisation, now: 50 };
  expect(setPresence(ann, { status: "away", reason: "Lunch" }, by)).toMatchObject({
    changed: true,
    state: { reason: "Lunch", since: 50 },
  });
  expect(setPresence(ann, { status: "busy", reason: "Lunch" }, by)).toMatchObject({
    refused: { code: "invalid", field: "/reason" },
  });
  expect(setPresence(ann, { status: "available", reason: "Lunch" }, by)).toHaveProperty("refused");
  expect(setPresence(ann, { status: "available", reason: null }, by)).toMatchObject({
    changed: false,
    state: { since: 10 },
    withdraw: [],
  });
});

test("[RO21] going busy gives back the open offers and keeps the sessions", () => {
  const change = setPresence(ann, { status: "busy", reason: null }, { organisation, now: 50 });
  expect(change).toMatchObject({ withdraw: [offered], state: { work: [offered, owned] } });
});

test("[RO22] a sign of life makes the lease longer, never shorter", () => {
  expect(renewLease(ann, 500, 1000).lease).toBe(1500);
  expect(renewLease(ann, 500, 100).lease).toBe(1000);
  expect(renewLease(ann, 500, 1000).since).toBe(10);
});

test("[RO22] an expired lease means offline from that moment, and the choice comes back with the connection", () => {
  expect(expireLease(ann, 999)).toBeNull();
  const gone = expireLease(ann, 1200);
  expect(gone).toMatchObject({ changed: true, withdraw: [offered], state: { chosen: "available", since: 1000 } });
  expect(presenceOf(gone!.state, 5, 1200)).toMatchObject({
    status: "offline",
    chosen: "available",
    load: 3,
    capacity: 5,
    since: 1000,
  });
  expect(expireLease(gone!.state, 1300)).toMatchObject({ changed: false });
  const back = renewLease(gone!.state, 2000, 100);
  expect(effectiveStatus(back, 2050)).toBe("available");
  expect(back.since).toBe(2000);
});

test("[RO21] [RO22] signing out ends the lease at once and gives back the offers", () => {
  expect(dropLease(ann, 500)).toMatchObject({ changed: true, withdraw: [offered], state: { lease: 500, since: 500 } });
  expect(dropLease(newAgentState("bob"), 500)).toMatchObject({ changed: false, withdraw: [] });
});
