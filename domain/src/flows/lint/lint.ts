import type { Finding } from "@clew/contract/flows/lint";
import { acrossFindings } from "./across.ts";
import { assetFindings } from "./assets.ts";
import { assignedFindings, objectFindings } from "./assigned.ts";
import { botFindings } from "./bots.ts";
import { boundFindings, formulaSize, patienceFindings } from "./bounds.ts";
import { connectorFindings } from "./connectors.ts";
import { wordFindings } from "./consent-words.ts";
import { formulaFindings } from "./formulas.ts";
import { graphOf } from "./graph.ts";
import { kindFindings } from "./kinds.ts";
import { listedNames } from "./listed-names.ts";
import { nameFindings, unusedFindings } from "./names.ts";
import { pathFindings, routingFindings, waitFindings } from "./paths.ts";
import { recordFieldFindings } from "./record-fields.ts";
import { roughFlow } from "./rough.ts";
import { scopes } from "./scope.ts";
import { writtenSecrets } from "./secrets.ts";
import { shapeOf } from "./shape.ts";
import { spentFindings } from "./spent-secrets.ts";
import { orderFindings } from "./trigger-order.ts";
import { type LintWorld, otherFlow } from "./world.ts";

export type { LintWorld } from "./world.ts";

/**
 * Everything that is wrong with a flow, errors first where they stand in the file. Takes any JSON and never throws: a
 * part that cannot be read is told and left out of what follows. `world` is what is known beside the flow.
 */
export function lint(flow: unknown, world: LintWorld = {}): Finding[] {
  const shape = shapeOf(flow);
  const rough = roughFlow(flow);
  if (rough.nodes.size === 0) return shape.findings;
  const graph = graphOf(rough);
  const scope = scopes(rough, graph, world);
  const formulas = formulaFindings(rough, shape, { at: scope.at, most: formulaSize(rough, world) });
  return inOrder([
    ...shape.findings,
    ...nameFindings(rough, shape, world),
    ...listedNames(rough, world),
    ...boundFindings(rough, world),
    ...patienceFindings(rough, world),
    ...pathFindings(rough, graph),
    ...routingFindings(rough, graph, (key) => otherFlow(world, key)?.routes === true),
    ...waitFindings(rough),
    ...kindFindings(rough),
    ...formulas.findings,
    ...unusedFindings(rough, formulas.reads),
    ...assignedFindings(rough, scope.at, world),
    ...objectFindings(rough, world),
    ...recordFieldFindings(rough, world),
    ...connectorFindings(rough, world),
    ...assetFindings(shape, world),
    ...acrossFindings(rough, scope.at, world),
    ...botFindings(rough, world),
    ...orderFindings(rough, world),
    ...wordFindings(rough, world),
    ...spentFindings(rough, graph, scope.at),
    ...writtenSecrets(shape),
  ]);
}

/** Whether a flow may be published: warnings do not stand in the way. */
export function isPublishable(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity === "warning");
}

/** One finding a place and code, errors before warnings, in the order in which the checks found them. */
function inOrder(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  const once = findings.filter(({ path, code }) => {
    const mark = `${code} ${path}`;
    return seen.has(mark) ? false : Boolean(seen.add(mark));
  });
  return once.toSorted((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}
