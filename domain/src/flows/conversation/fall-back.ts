import type { Draft } from "../../conversations/draft.ts";
import { changeSession, openSession } from "../../sessions/session.ts";

const SYSTEM = { by: { who: "system" as const } };

/** The flow has not decided, or cannot: the session waits in the channel's queue, and staff read why, if there is a why. */
export function fallBack(draft: Draft, why: string): void {
  const { session } = openSession(draft.state);
  if (why) draft.add("note.posted", { text: why, attachments: [] }, { ...SYSTEM, audience: "staff" });
  changeSession(
    draft,
    "session.waiting",
    { session: { status: "waiting", waitingSince: session.waitingSince ?? draft.now }, staff: { flow: null } },
    { reason: "fallback" },
    SYSTEM,
  );
}
