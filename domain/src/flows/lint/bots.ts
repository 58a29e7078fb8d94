import type { Finding } from "@clew/contract/flows/lint";
import { TRIGGER_INPUTS } from "@clew/contract/flows/words";
import { below, error, isMap, nodePath, warning } from "./finding.ts";
import { graphOf } from "./graph.ts";
import { unroutedEnds } from "./paths.ts";
import { mapOf, type RoughFlow, textOf } from "./rough.ts";
import { type LintWorld, otherFlow } from "./world.ts";

/** What a bot's flow is handed: what a flow that begins with a session takes, and the conversation. */
const HANDED: readonly string[] = [...Object.keys(TRIGGER_INPUTS["session.started"] ?? {}), "conversationId"];

/** Nobody waits for a bot: it has the session at once, so what is said about waiting would mean nothing. */
const NOT_FOR_BOTS = ["relaxAfter", "waitMax", "overflow", "unavailable", "timeout"];

/** Where a session is given to a bot: there must be a flow that speaks for it, and one that can. */
export function botFindings(flow: RoughFlow, world: LintWorld): Finding[] {
  return [...flow.nodes].flatMap(([id, node]) => {
    const to = mapOf(node.to);
    if (node.type !== "route" || !isMap(node.to) || !Object.hasOwn(to, "bot")) return [];
    const path = nodePath(id);
    const idle = NOT_FOR_BOTS.filter((field) => node[field] !== undefined).map((field) => {
      const suggestion = `take out "${field}": what happens when the bot cannot go on is the channel's queue`;
      return error("not-for-kind", below(path, field), "nobody waits for a bot", { suggestion });
    });
    if (to.flow === undefined) {
      const suggestion = 'add "flow" with the key of a background or routing flow that talks as the bot';
      const message = `nobody says what ${textOf(to.bot) || "the bot"} does`;
      return [...idle, error("missing-field", `${path}/to/flow`, message, { suggestion })];
    }
    const other = to.flow === flow.key ? flow : otherFlow(world, to.flow)?.flow;
    return other ? [...idle, ...spokenBy(other, path)] : idle;
  });
}

/** Whether a flow can be a bot. One that may end without giving the session to anybody does so at a cost: it waits then. */
function spokenBy(other: RoughFlow, path: string): Finding[] {
  const at = `${path}/to/flow`;
  if (other.kind !== "background" && other.kind !== "routing") {
    const suggestion = "make it a background or routing flow, which needs nobody at a screen";
    return [error("wrong-kind", at, `${other.key} is a ${other.kind} flow; it cannot talk as a bot`, { suggestion })];
  }
  const needs = [...other.inputs].filter(
    ([name, { required, default: usual }]) => required === true && usual === undefined && !HANDED.includes(name),
  );
  const missing = needs.map(([name]) =>
    error("missing-input", at, `${other.key} needs the input ${name}; a bot is given ${HANDED.join(", ")}`),
  );
  const [open] = unroutedEnds(other, graphOf(other), () => false);
  if (missing.length > 0 || !open || other.kind === "routing") return missing;
  const message = `${other.key} can end at ${open.end} without giving the session to anybody; it waits in its queue then`;
  return [warning("no-route", at, message, { suggestion: "put a route or session.end before that end" })];
}
