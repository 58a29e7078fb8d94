import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { Away } from "@clew/contract/sessions";
import type { Viewer } from "../inbox/views.ts";

export type Able = Record<
  | "reply"
  | "take"
  | "assign"
  | "transfer"
  | "markInactive"
  | "markActive"
  | "close"
  | "undoClose"
  | "end"
  | "endByForce"
  | "holdLonger"
  | "release",
  boolean
>;

/** What the viewer can do with a conversation now; the server decides, this keeps buttons honest. */
export function able({ session, staff }: Pick<ConversationSnapshot, "session" | "staff">, viewer: Viewer): Able {
  const status = session?.status;
  const mine = session?.agent?.id === viewer.agentId;
  const held = status === "active" || status === "inactive";
  const waiting = status === "waiting";
  // A bot's session is free to be taken by people, and nobody's to be marked.
  const bot = session?.bot != null;
  const inReach = viewer.supervisor || (staff?.queueId != null && viewer.queues.includes(staff.queueId));
  const closed = staff?.close?.agentId === viewer.agentId;
  const keeps = staff?.kept != null && (staff.kept.agentId === viewer.agentId || viewer.supervisor);
  return {
    reply: mine && held,
    take: (waiting || bot) && inReach,
    assign: viewer.supervisor && (waiting || (held && !mine)),
    transfer: (held && (mine || viewer.supervisor)) || (waiting && viewer.supervisor),
    markInactive: status === "active" && !bot && (mine || viewer.supervisor),
    markActive: status === "inactive" && !bot && (mine || viewer.supervisor),
    close: mine && held && !closed,
    undoClose: closed,
    end: (held && mine) || (viewer.supervisor && (held || waiting)),
    holdLonger: session?.away != null && running(session.away) && held && (mine || viewer.supervisor),
    release: keeps || (session?.away != null && session.agent !== null && held && (mine || viewer.supervisor)),
    endByForce: viewer.supervisor && !mine && (held || waiting),
  };
}

/** Without a clock that runs there is nothing to make longer. */
function running({ windowUntil, sameAgentUntil }: Away): boolean {
  return windowUntil !== null || sameAgentUntil !== null;
}
