import type { Finding } from "@clew/contract/flows/lint";
import { isPlatformEvent, isWaitable, PLATFORM_EVENTS } from "@clew/contract/flows/words";
import type { RoughNode } from "../format/links.ts";
import { error, isMap, nodePath, warning } from "./finding.ts";
import { didYouMean } from "./nearest.ts";
import { mapOf, type RoughFlow, roughFlow, textOf } from "./rough.ts";
import type { LintWorld } from "./world.ts";

/** Every place of a flow that names something an admin has made, by a literal. */
type Named = { what: string; path: string; name: unknown; known: readonly string[] | undefined };

/** Queues, skills, agents, hours and channels by their literal names, where it is known which there are. */
export function listedNames(flow: RoughFlow, world: LintWorld): Finding[] {
  const places = [...flow.nodes].flatMap(([id, node]) => [
    ...targetsOf(node, nodePath(id), world),
    ...hoursOf(node, nodePath(id), world),
  ]);
  return [...places.flatMap(told), ...channelFindings(flow, world), ...eventFindings(flow)];
}

/** What the platform says: a flow does not say it in its name, and hears of it by the words there are for it. */
function eventFindings(flow: RoughFlow): Finding[] {
  return [...flow.nodes].flatMap(([id, node]): Finding[] => {
    const path = nodePath(id);
    if (node.type === "event.emit" && isPlatformEvent(textOf(node.event))) {
      const suggestion = 'choose a word of your own, such as "shop.paid"';
      return [error("not-allowed", `${path}/event`, `only the platform says ${node.event}`, { suggestion })];
    }
    const branches: unknown[] = node.type === "wait" && Array.isArray(node.any) ? node.any : [];
    return branches.flatMap((branch, index) => waitedFor(textOf(mapOf(branch).event), `${path}/any/${index}/event`));
  });
}

function waitedFor(event: string, path: string): Finding[] {
  if (event === "form") {
    const suggestion = "wait with cowork.await, which takes the handle of the form";
    return [error("not-allowed", path, "what becomes of a form is told by cowork.await alone", { suggestion })];
  }
  if (!isWaitable(event)) return [error("not-allowed", path, `no flow hears of ${event}`)];
  const isKnown = (PLATFORM_EVENTS as readonly string[]).includes(event);
  if (isKnown || !/^(session|conversation|customer|message)\./.test(event)) return [];
  return [
    warning("unknown-name", path, `the platform says nothing of the name ${event}`, didYouMean(event, PLATFORM_EVENTS)),
  ];
}

/** What a flow, or what may become one, names of a kind by a literal; ids are names, too. */
export function namesIn(definition: unknown, kind: "queue" | "skill" | "hours"): string[] {
  return [...roughFlow(definition).nodes]
    .flatMap(([id, node]) => [...targetsOf(node, nodePath(id), {}), ...hoursOf(node, nodePath(id), {})])
    .flatMap(({ what, name }) => (what === kind && typeof name === "string" ? [name] : []));
}

/** Case makes no difference, as when the flow runs. */
function told({ what, path, name, known }: Named): Finding[] {
  if (!known || typeof name !== "string" || /^=|\{\{/.test(name)) return [];
  if (known.some((one) => one.toLowerCase() === name.toLowerCase())) return [];
  return [error("unknown-name", path, `there is no ${what} "${name}"`, didYouMean(name, known))];
}

function targetsOf(node: RoughNode, path: string, world: LintWorld): Named[] {
  const fields = (["to", "of", "overflow"] as const).filter((field) => isMap(node[field]));
  return fields.flatMap((field) => {
    const target = mapOf(node[field]);
    const at = `${path}/${field}`;
    const skills: unknown[] = Array.isArray(target.skills) ? target.skills : [];
    return [
      { what: "queue", path: `${at}/queue`, name: target.queue, known: world.queues },
      { what: "agent with the id", path: `${at}/agent`, name: target.agent, known: world.agents },
      ...skills.map((need, index) => {
        return { what: "skill", path: `${at}/skills/${index}/skill`, name: mapOf(need).skill, known: world.skills };
      }),
    ];
  });
}

function hoursOf(node: RoughNode, path: string, { hours: known }: LintWorld): Named[] {
  const branches: unknown[] = Array.isArray(node.any) ? node.any : [];
  return branches.map((branch, index) => {
    return { what: "hours", path: `${path}/any/${index}/hours`, name: mapOf(branch).hours, known };
  });
}

/** A flow that is begun in a channel that is not there is never begun. */
function channelFindings({ trigger }: RoughFlow, { channels: known }: LintWorld): Finding[] {
  const named: unknown[] = Array.isArray(trigger.channels) ? trigger.channels : [];
  return named.flatMap((name, index) => {
    if (!known || typeof name !== "string" || name === "web" || known.includes(name)) return [];
    const path = `/trigger/channels/${index}`;
    return [error("unknown-name", path, `there is no channel "${name}"`, didYouMean(name, known))];
  });
}
