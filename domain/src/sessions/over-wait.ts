import { LINK_PLACE } from "@clew/contract/limits";
import type { Draft } from "../conversations/draft.ts";
import { textIn } from "../languages/fall-back.ts";
import { endOffer } from "../offers/offers.ts";
import { overWait as nextStep } from "../routing/over-wait.ts";
import { endSession } from "./end.ts";
import { changeSession, openSession } from "./session.ts";

const SYSTEM = { by: { who: "system" as const } };

/**
 * The session has waited as long as its queue allows: the queue's configured next step happens. `link`: the customer's
 * own, where the words have a place for it.
 */
export function overWait(draft: Draft, link = ""): void {
  const { session, staff } = openSession(draft.state);
  const { queues } = draft.circumstances.configuration;
  const queue = staff.queueId ? queues.get(staff.queueId) : undefined;
  const visited = [...(staff.overflowed ?? []), ...(staff.queueId ? [staff.queueId] : [])];
  const step = queue ? nextStep(queue, { queues, visited }) : { next: "leave-message" as const };
  const waited = { overWaitedAt: draft.now };
  switch (step.next) {
    case "message":
      changeSession(draft, "session.over-waited", { staff: waited }, { next: "message" }, SYSTEM);
      draft.add(
        "message.posted",
        {
          text: textIn(step.text, draft.state.snapshot.language).replaceAll(LINK_PLACE, link),
          attachments: [],
          sessionId: draft.state.snapshot.session?.id ?? null,
          automatic: "over-waited",
        },
        SYSTEM,
      );
      break;
    case "queue": {
      endOffer(draft, "withdrawn", "overflow");
      const other = queues.get(step.queueId);
      changeSession(
        draft,
        "session.over-waited",
        {
          staff: {
            ...{ queueId: step.queueId, skills: other?.skills ?? [], declined: [], targetAgentId: null },
            overflowed: visited,
          },
        },
        { next: "queue" },
        SYSTEM,
      );
      break;
    }
    case "leave-message":
      changeSession(
        draft,
        "session.over-waited",
        { session: { leaveMessage: true, nextMessage: "leaves-message" }, staff: waited },
        { next: "leave-message" },
        SYSTEM,
      );
      break;
    case "end":
      endOffer(draft, "withdrawn", "queue-limit");
      // Who was served already waits to be taken over: that nobody did is another end than that nobody ever came.
      endSession(draft, { by: "system", why: session.activeAt === null ? "queue-limit" : "transfer-failed" });
      break;
  }
}
