import type { Finding } from "@clew/contract/flows/lint";
import type { Scope } from "../expressions/types.ts";
import type { RoughNode } from "../format/links.ts";
import { leak } from "./assigned.ts";
import { below, error, nodePath } from "./finding.ts";
import { didYouMean } from "./nearest.ts";
import { componentsOf, mapOf, type RoughFlow, textOf } from "./rough.ts";
import { answersInto, formOf, type ScopeAt } from "./scope.ts";
import { fitsInto, isStricter, misfit, strictest } from "./typed-value.ts";
import { type LintWorld, otherFlow, variableOf } from "./world.ts";

/** What one flow hands to another and takes back, as far as the other is at hand. */
export function acrossFindings(flow: RoughFlow, scopeAt: ScopeAt, world: LintWorld): Finding[] {
  return [...flow.nodes].flatMap(([id, node]) => {
    const path = nodePath(id);
    const form = node.type === "cowork.await" ? formOf(flow, node) : node.flow;
    const other = otherFlow(world, form)?.flow;
    if (!other) return [];
    const scope = scopeAt(path);
    if (node.type === "subflow") {
      return [
        ...calledKind(flow, other, path),
        ...handed(node, other, scope, path),
        ...takenBack(flow, node, other, path),
      ];
    }
    if (node.type === "cowork.await") return answersTaken(flow, node, other, world, path);
    if (node.type !== "cowork.form" && node.type !== "cowork.open") return [];
    return [
      ...answersTaken(flow, node, other, world, path),
      ...formKind(other, path),
      ...sentByAgent(node, other, path),
      ...handed(node, other, scope, path),
      ...prefilled(node, other, scope, path),
    ];
  });
}

/**
 * A variable that takes the answers of one form alone knows the class of each. One that takes others as well does not,
 * and must itself be as private as the most private answer.
 */
function answersTaken(flow: RoughFlow, node: RoughNode, other: RoughFlow, world: LintWorld, path: string): Finding[] {
  const name = textOf(node.into);
  const declared = flow.vars.get(name) ?? flow.inputs.get(name);
  if (!declared || answersInto(flow, name, world)) return [];
  const privacy = strictest([...other.outputs.values()].map((output) => variableOf(output).privacy ?? "open"));
  if (!isStricter(privacy, variableOf(declared).privacy ?? "open")) return [];
  const message = `${name} takes ${privacy} answers of ${other.key} and other values, and is ${declared.privacy ?? "open"}`;
  const suggestion = `declare it with "privacy": "${privacy}", or give the answers a variable of their own`;
  return [error("privacy", `${path}/into`, message, { suggestion })];
}

function calledKind(flow: RoughFlow, other: RoughFlow, path: string): Finding[] {
  if (other.kind !== "sub") {
    return [error("wrong-kind", `${path}/flow`, `${other.key} is a ${other.kind} flow; only a sub flow can be called`)];
  }
  if (other.audience === flow.audience || (other.audience === null && flow.audience !== "customer")) return [];
  const whom = (audience: string | null) => (audience === null ? "nobody" : `the ${audience}`);
  const message = `${other.key} is seen by ${whom(other.audience)}, this flow by ${whom(flow.audience)}`;
  return [error("wrong-kind", `${path}/flow`, message)];
}

function formKind(other: RoughFlow, path: string): Finding[] {
  if (other.kind === "screen" && other.audience === "customer") return [];
  return [error("wrong-kind", `${path}/flow`, `${other.key} is not a screen flow for customers, so it is no form`)];
}

function sentByAgent(node: RoughNode, other: RoughFlow, path: string): Finding[] {
  if (node.submitBy !== "agent") return [];
  const components = [...other.nodes.values()].flatMap(componentsOf);
  const own = components.find(({ fields }) => fields.kind === "consent" || fields.kind === "signature");
  if (!own) return [];
  const message = `${other.key} asks for a ${textOf(own.fields.kind)}: only the customer can send it`;
  return [error("privacy", `${path}/submitBy`, message)];
}

function handed(node: RoughNode, other: RoughFlow, scope: Scope, path: string): Finding[] {
  const given = mapOf(node.in);
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const at = below(`${path}/in`, name);
    const declared = other.inputs.get(name);
    if (!declared) {
      const message = `${other.key} has no input "${name}"`;
      return [error("missing-input", at, message, didYouMean(name, other.inputs.keys()))];
    }
    const { type, privacy } = variableOf(declared);
    const problem = misfit(value, type, scope);
    return [
      ...(problem === null ? [] : [error("type", at, `${name}: ${problem}`)]),
      ...leak(value, privacy, scope, at, `input ${name} of ${other.key}`),
    ];
  });
  const missing = [...other.inputs]
    .filter(
      ([name, declared]) => declared.required === true && declared.default === undefined && !Object.hasOwn(given, name),
    )
    .map(([name]) => error("missing-input", below(`${path}/in`, name), `${other.key} needs the input ${name}`));
  return [...wrong, ...missing];
}

function takenBack(flow: RoughFlow, node: RoughNode, other: RoughFlow, path: string): Finding[] {
  return Object.entries(mapOf(node.out)).flatMap(([name, output]) => {
    const at = below(`${path}/out`, name);
    const given = other.outputs.get(textOf(output));
    const taking = flow.vars.get(name) ?? flow.inputs.get(name);
    if (!given) {
      const message = `${other.key} has no output "${textOf(output)}"`;
      return [error("missing-output", at, message, didYouMean(textOf(output), other.outputs.keys()))];
    }
    return taking ? fitsInto(variableOf(given), variableOf(taking), at, name) : [];
  });
}

/** Fields of a form that staff and flows may not fill in. */
const CUSTOMERS_OWN = new Set<unknown>(["secret", "consent", "signature", "payment"]);

function prefilled(node: RoughNode, other: RoughFlow, scope: Scope, path: string): Finding[] {
  const fields = new Map(
    [...other.nodes.values()].flatMap(componentsOf).map(({ fields: field }) => [textOf(field.id), field] as const),
  );
  return Object.entries(mapOf(node.prefill)).flatMap(([name, value]) => {
    const at = below(`${path}/prefill`, name);
    const field = fields.get(name);
    if (!field) return [error("missing-input", at, `${other.key} asks no "${name}"`, didYouMean(name, fields.keys()))];
    if (CUSTOMERS_OWN.has(field.kind)) {
      return [error("privacy", at, `only the customer may fill in a ${textOf(field.kind)}`)];
    }
    const privacy = field.privacy === "private" ? "private" : "open";
    return leak(value, privacy, scope, at, `field ${name} of ${other.key}`);
  });
}
