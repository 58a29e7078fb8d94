import { LIMITS } from "@clew/contract/flows/words";
import type { Target } from "@clew/domain/flows/engine/operation";
import { isOver } from "@clew/domain/flows/engine/run";
import type { Answer, Simulation } from "./state.ts";

/** The session goes to a bot, or from one to people. A flow that is not at hand is the fault that it is on the server. */
export function givenToBot(simulation: Simulation, to: Target): Answer {
  if (to.kind !== "bot") return { simulation: { ...simulation, bot: null } };
  const { flow, others, bot } = simulation;
  if (![flow, ...others].some(({ key }) => key === to.flow))
    return { fault: "notFound", message: `There is no flow ${to.flow} for the bot ${to.bot}` };
  const turn = (bot?.turn ?? 0) + 1;
  if (turn > LIMITS.botsInARow) return { fault: "conflict", message: "the session has gone from bot to bot too often" };
  return { simulation: { ...simulation, bot: { name: to.bot, flow: to.flow, turn, begun: false } } };
}

/** The bot whose run begins now, because the one before is over; null: there is none. */
export function nextBot({ run, bot, flow, others }: Simulation) {
  if (!run || !isOver(run) || !bot || bot.begun) return null;
  const spoken = [flow, ...others].find(({ key }) => key === bot.flow);
  return spoken ? { ...bot, flow: spoken } : null;
}

/** A bot is over that has the session still: on the server the session waits in its queue from now on. */
export function fallenBack(simulation: Simulation): Simulation {
  const { run, bot, talk, now } = simulation;
  if (!run || !isOver(run) || !bot?.begun) return simulation;
  const why = run.fault ? `stopped at ${run.fault.node}: ${run.fault.message}` : "gave the session to nobody";
  const text = `The bot ${bot.name} ${why}. The session waits in its queue.`;
  return { ...simulation, bot: null, talk: [...talk, { by: "note", text, at: now }] };
}
