import type { Because } from "@clew/contract/sessions";
import type { TimelineItem, Written } from "../conversation/lines.ts";

/** What whoever takes a returning customer has to know. `because` is null when nothing says why it moved. */
export type HandOver = {
  previousAgentId: string;
  because: Because | "released" | null;
  customerSaid: Written | null;
  agentSaid: Written | null;
};

type Input = {
  timeline: readonly TimelineItem[];
  sessionId: string;
  previousAgentId: string | null;
  me: string;
};

/** The hand-over of a customer who came back to somebody else; null when there was none, or once `me` has answered. */
export function handOverOf({ timeline, sessionId, previousAgentId, me }: Input): HandOver | null {
  if (previousAgentId === null || previousAgentId === me) return null;
  const at = timeline.findLastIndex((item) => isReturn(item, sessionId));
  if (at < 0 || timeline.slice(at).some((item) => item.kind === "message" && item.by.id === me)) return null;
  const before = timeline.slice(0, at);
  const written = before.filter((item): item is Written => item.kind === "message");
  return {
    previousAgentId,
    because: reasonOf(timeline[at]) ?? letGo(before, sessionId),
    customerSaid: written.findLast(({ by }) => by.who === "customer") ?? null,
    agentSaid: written.findLast(({ by }) => by.who === "agent" || by.who === "supervisor") ?? null,
  };
}

function isReturn(item: TimelineItem, sessionId: string): boolean {
  return (
    item.kind === "notice" &&
    item.event.type === "customer.returned" &&
    item.event.session.id === sessionId &&
    item.event.outcome !== "same-agent"
  );
}

function reasonOf(item: TimelineItem | undefined): Because | null {
  return item?.kind === "notice" && item.event.type === "customer.returned" ? (item.event.because ?? null) : null;
}

/** The promise of the same agent had ended before the customer came back: by its clock or by hand. */
function letGo(before: readonly TimelineItem[], sessionId: string): HandOver["because"] {
  const last = before.findLast(
    (item) =>
      item.kind === "notice" &&
      item.event.type === "hold.ended" &&
      item.event.what === "same-agent" &&
      item.event.session.id === sessionId,
  );
  if (last?.kind !== "notice" || last.event.type !== "hold.ended") return null;
  return last.event.how === "released" ? "released" : "window-over";
}
