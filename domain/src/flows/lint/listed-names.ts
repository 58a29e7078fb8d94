import type { Finding } from "@clew/contract/flows/lint";
import type { RoughNode } from "../format/links.ts";
import { error, isMap, nodePath } from "./finding.ts";
import { didYouMean } from "./nearest.ts";
import { mapOf, type RoughFlow, roughFlow } from "./rough.ts";
import type { LintWorld } from "./world.ts";

/** Every place of a flow that names something an admin has made, by a literal. */
type Named = { what: string; path: string; name: unknown; known: readonly string[] | undefined };

/** Queues, skills, agents, hours and channels by their literal names, where it is known which there are. */
export function listedNames(flow: RoughFlow, world: LintWorld): Finding[] {
  const places = [...flow.nodes].flatMap(([id, node]) => [
    ...targetsOf(node, nodePath(id), world),
    ...hoursOf(node, nodePath(id), world),
  ]);
  return [...places.flatMap(told), ...channelFindings(flow, world)];
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
