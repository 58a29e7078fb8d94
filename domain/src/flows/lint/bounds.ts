import { type FlowLimit, HIGHEST_LIMITS, limitOf } from "@clew/contract/flows/flow-limits";
import type { Finding } from "@clew/contract/flows/lint";
import { exactMilliseconds, parseDuration } from "../expressions/durations.ts";
import type { FormulaSize } from "../expressions/expression.ts";
import type { RoughNode } from "../format/links.ts";
import { below, error, nodePath, warning } from "./finding.ts";
import { mapOf, type RoughFlow, textOf } from "./rough.ts";
import type { LintWorld } from "./world.ts";

/** A number of the flow, what it is in the unit of its limit, and which limit that is. */
type Asked = { path: string; number: unknown; unit?: number; limit: FlowLimit; code?: "loop-limit" | "over-limit" };

/** Numbers beyond what the operator allows: a run would stop there, or be held to less, whatever stands in the flow. */
export function boundFindings(flow: RoughFlow, { limits }: LintWorld): Finding[] {
  return [...inSettings(flow), ...[...flow.nodes].flatMap(([id, node]) => inNode(nodePath(id), node))].flatMap(
    ({ path, number, unit = 1, limit, code = "over-limit" }) => {
      const most = limitOf(limit, limits) * unit;
      if (typeof number !== "number" || number <= most) return [];
      const suggestion = `the operator raises ${limit}, to at most ${HIGHEST_LIMITS[limit]}`;
      return [error(code, path, `${number} is more than the ${most} that are allowed here`, { suggestion })];
    },
  );
}

/** How large the formulas of a flow may be: what the operator allows, or less where the flow says so. */
export function formulaSize({ settings }: RoughFlow, { limits }: LintWorld): FormulaSize {
  const own = mapOf(settings.limits);
  const least = (name: FlowLimit) => {
    const [asked, most] = [own[name], limitOf(name, limits)];
    return typeof asked === "number" ? Math.min(asked, most) : most;
  };
  return { characters: least("formulaCharacters"), parts: least("formulaParts"), depth: least("formulaDepth") };
}

/** A session waits no longer for its routing flow than the operator lets it, whatever life the flow gives itself. */
export function patienceFindings({ kind, trigger, settings }: RoughFlow, { limits }: LintWorld): Finding[] {
  const asked = textOf(settings.maxDuration);
  const duration = parseDuration(asked);
  if (kind !== "routing" || trigger.on !== "session.started" || !duration) return [];
  const seconds = (exactMilliseconds(duration) ?? Number.POSITIVE_INFINITY) / 1_000;
  const most = limitOf("routingSeconds", limits);
  if (seconds <= most) return [];
  const message =
    `a session waits ${most} seconds for this flow, then it goes to its channel's queue; ` +
    `what the flow does after that, up to ${asked}, nobody waits for`;
  const highest = HIGHEST_LIMITS.routingSeconds;
  const raise = seconds <= highest ? `, or the operator raises routingSeconds to ${Math.ceil(seconds)}` : "";
  return [warning("over-limit", "/settings/maxDuration", message, { suggestion: `say PT${most}S or less${raise}` })];
}

function inSettings({ settings }: RoughFlow): Asked[] {
  const named = Object.entries(mapOf(settings.limits)).flatMap(([name, number]): Asked[] =>
    Object.hasOwn(HIGHEST_LIMITS, name)
      ? [{ path: below("/settings/limits", name), number, limit: name as FlowLimit }]
      : [],
  );
  return [...named, { path: "/settings/maxSteps", number: settings.maxSteps, limit: "stepsPerRun" }];
}

function inNode(path: string, node: RoughNode): Asked[] {
  if (node.type === "loop") return [{ path: `${path}/max`, number: node.max, limit: "loopItems", code: "loop-limit" }];
  if (node.type !== "http.call") return [];
  const { max, backoffMs } = mapOf(node.retry);
  return [
    { path: `${path}/timeoutMs`, number: node.timeoutMs, unit: 1000, limit: "httpSeconds" },
    { path: `${path}/retry/backoffMs`, number: backoffMs, unit: 1000, limit: "httpSeconds" },
    { path: `${path}/retry/max`, number: max, limit: "httpTries" },
    { path: `${path}/maxBytes`, number: node.maxBytes, limit: "httpBytes" },
  ];
}
