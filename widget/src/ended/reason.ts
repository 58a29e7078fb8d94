import type { SessionEnd } from "@clew/contract/sessions";
import type { StringKey } from "../strings/strings.ts";

/** Who ended a session and why, as the customer is told. */
export function endReason(end: SessionEnd): { say: StringKey; name?: string } {
  switch (end.why) {
    case "inactivity":
      return { say: "endedInactivity" };
    case "disconnect":
      return { say: "endedDisconnect" };
    case "optout":
      return { say: "endedOptout" };
    case "transfer-failed":
      return { say: "endedTransfer" };
    case "queue-limit":
      return { say: "endedQueue" };
    case "reset":
      return { say: "endedReset" };
    default:
      break;
  }
  if (end.by === "customer") return { say: "endedByYou" };
  return end.name ? { say: "endedByName", name: end.name } : { say: "endedByTeam" };
}
