import { type AgentState, loadOf } from "../presence/agent-state.ts";

/** Units of capacity an agent has left; below zero when the capacity was lowered under running work. */
export function freeCapacity(agent: AgentState, capacity: number): number {
  return capacity - loadOf(agent);
}

/** Whether work of `weight` units may be given to the agent. */
export function fits(agent: AgentState, capacity: number, weight: number): boolean {
  return fitsInto(freeCapacity(agent, capacity), capacity, weight);
}

/** The same for `free` units counted by the caller. An agent of capacity 0 takes no work, not even work of weight 0. */
export function fitsInto(free: number, capacity: number, weight: number): boolean {
  return capacity > 0 && free >= weight;
}
