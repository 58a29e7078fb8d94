import type { OrganisationSettings } from "@clew/contract/agents";
import type { AgentPresence, AvailabilityStatus } from "@clew/contract/presence";
import { type Problem, problem } from "@clew/contract/problems";
import { freeCapacity } from "../routing/capacity.ts";
import { type AgentState, effectiveStatus, type Work } from "./agent-state.ts";

/** A change of an agent's presence; `withdraw` are the open offers that must go back to their queues with it. */
export type PresenceChange = { state: AgentState; changed: boolean; withdraw: Work[] };

/** The rule of `presence.set`. A reason must be one that the organisation gives for that very status. */
export function setPresence(
  state: AgentState,
  wish: { status: AvailabilityStatus; reason: string | null },
  by: { organisation: Pick<OrganisationSettings, "presenceReasons">; now: number },
): PresenceChange | { refused: Problem } {
  const allowed = by.organisation.presenceReasons.some(
    (known) => known.status === wish.status && known.name === wish.reason,
  );
  if (wish.reason !== null && !allowed) {
    return { refused: problem("invalid", { field: "/reason", detail: `"${wish.status}" has no such reason` }) };
  }
  const changed = state.chosen !== wish.status || state.reason !== wish.reason;
  const next = changed ? { ...state, chosen: wish.status, reason: wish.reason, since: by.now } : state;
  return { state: next, changed, withdraw: offersToWithdraw(next, by.now) };
}

/** A living connection vouches for the agent for `leaseMs` more milliseconds. A lease never gets shorter by this. */
export function renewLease(state: AgentState, now: number, leaseMs: number): AgentState {
  const returned = state.lease <= now && state.chosen !== "offline";
  return { ...state, lease: Math.max(state.lease, now + leaseMs), since: returned ? now : state.since };
}

/** The agent signed out or closed the last connection on purpose: nobody vouches for them any more. */
export function dropLease(state: AgentState, now: number): PresenceChange {
  const changed = effectiveStatus(state, now) !== "offline";
  const next = { ...state, lease: Math.min(state.lease, now), since: changed ? now : state.since };
  return { state: next, changed, withdraw: offersToWithdraw(next, now) };
}

/**
 * What follows once a lease has run out; null while it runs. The choice is kept, so an agent whose network comes back is
 * available again without a click.
 */
export function expireLease(state: AgentState, now: number): PresenceChange | null {
  if (state.lease > now) return null;
  const changed = state.chosen !== "offline" && state.since < state.lease;
  const next = changed ? { ...state, since: state.lease } : state;
  return { state: next, changed, withdraw: offersToWithdraw(next, now) };
}

/** The offers an agent holds although they are not available. */
export function offersToWithdraw(state: AgentState, now: number): Work[] {
  return effectiveStatus(state, now) === "available" ? [] : state.work.filter((work) => work.kind === "offered");
}

/** An agent's presence as others see it. What is free and kept for somebody who waits counts as load. */
export function presenceOf(state: AgentState, capacity: number, now: number): AgentPresence {
  const { id, chosen, reason, since } = state;
  const load = capacity - freeCapacity(state, capacity);
  return { agentId: id, chosen, status: effectiveStatus(state, now), reason, since, load, capacity };
}
