import type { Finding } from "@clew/contract/flows/lint";
import { ORDER_UNSAID } from "../format/trigger-order.ts";
import { warning } from "./finding.ts";
import type { RoughFlow } from "./rough.ts";
import { type LintWorld, liveFlows } from "./world.ts";

/** Triggers by which several flows begin at once. */
const SHARED = ["session.started", "session.resumed", "session.ended", "message.received", "case.changed"];

/** A warning where it is left open which of two live flows comes first. */
export function orderFindings(flow: RoughFlow, world: LintWorld): Finding[] {
  const { on } = flow.trigger;
  if (typeof on !== "string" || !SHARED.includes(on)) return [];
  const same = liveFlows(world).find(
    ({ key, trigger }) =>
      key !== flow.key &&
      trigger.on === on &&
      orderOf(trigger) === orderOf(flow.trigger) &&
      meet(trigger.channels, flow.trigger.channels) &&
      meet(trigger.fields, flow.trigger.fields),
  );
  if (!same) return [];
  const message = `${same.key} begins on ${on} too, and it is not said which of the two comes first`;
  const suggestion = `add "order" to one of them: the lower begins first, without one it is ${ORDER_UNSAID}`;
  return [warning("trigger", "/trigger/order", message, { suggestion })];
}

function orderOf({ order }: RoughFlow["trigger"]): unknown {
  return order ?? ORDER_UNSAID;
}

/** Whether two lists have something in common; one that is not there has everything, and so has a web channel's "web". */
function meet(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return true;
  return one.includes("web") || other.includes("web") || one.some((name) => other.includes(name));
}
