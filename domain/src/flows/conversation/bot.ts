import { LIMITS } from "@clew/contract/flows/words";
import type { Draft } from "../../conversations/draft.ts";
import { type Decision, refuse } from "../../decision.ts";
import { endOffer } from "../../offers/offers.ts";
import { BOT_BEGINS_MS } from "../../sessions/bot.ts";
import { changeSession, openSession } from "../../sessions/session.ts";
import type { FlowCommand, RouteTo } from "./commands.ts";

type ToBot = Extract<RouteTo, { kind: "bot" }>;
type Route = Extract<FlowCommand, { type: "flow.route" }>;

/**
 * The session is a bot's: no agent is asked, nobody's capacity is touched, it stands in no line. What was known of where
 * it would wait stays, for the day when the bot gives it away or cannot go on.
 */
export function giveToBot(draft: Draft, { name, flow }: ToBot, { priority, weight }: Route): Decision {
  const { staff: before } = openSession(draft.state);
  const turn = (before.bot?.turn ?? 0) + 1;
  if (turn > LIMITS.botsInARow) return refuse("conflict", { detail: "the session has gone from bot to bot too often" });
  if (before.offer) endOffer(draft, "withdrawn", "routed");
  const { staff } = openSession(draft.state);
  changeSession(
    draft,
    "session.assigned",
    {
      session: {
        status: "active",
        bot: { name },
        waitingSince: null,
        leaveMessage: false,
        nextMessage: "joins-session",
      },
      staff: {
        flow: null,
        route: null,
        targetAgentId: null,
        declined: [],
        priority: priority ?? staff.priority,
        weight: weight ?? staff.weight,
        bot: { runId: draft.circumstances.newId(), flow, until: draft.now + BOT_BEGINS_MS, turn },
      },
    },
    { how: "bot" },
    { by: { who: "system" } },
  );
  return draft.done();
}
