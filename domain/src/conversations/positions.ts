import type { ClientCommandOf } from "@clew/contract/commands";
import type { Circumstances, Decision } from "../decision.ts";
import type { ConversationState } from "./state.ts";

/** How far a side has received and read. Positions only grow, never past the log; staff who only look do not move them. */
export function movePositions(
  state: ConversationState,
  command: ClientCommandOf<"positions.move">,
  { actor }: Circumstances,
): Decision {
  const { snapshot } = state;
  const unchanged: Decision = { state, events: [], effects: [] };
  if (actor.who === "agent" && snapshot.session?.agent?.id !== actor.id) return unchanged;
  if (actor.who !== "agent" && actor.who !== "customer") return unchanged;
  const side = actor.who;
  const read = Math.min(command.read ?? 0, snapshot.number);
  const delivered = Math.max(Math.min(command.delivered ?? 0, snapshot.number), read);
  const before = snapshot.positions;
  const positions = {
    ...before,
    [`${side}Delivered`]: Math.max(before[`${side}Delivered`], delivered),
    [`${side}Read`]: Math.max(before[`${side}Read`], read),
  };
  if (
    positions.customerDelivered === before.customerDelivered &&
    positions.customerRead === before.customerRead &&
    positions.agentDelivered === before.agentDelivered &&
    positions.agentRead === before.agentRead
  ) {
    return unchanged;
  }
  const unread = state.unread.filter((number) => number > positions.agentRead);
  return { state: { ...state, snapshot: { ...snapshot, positions }, unread }, events: [], effects: [] };
}
