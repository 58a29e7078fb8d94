import { limitOf } from "@clew/contract/flows/flow-limits";
import type { Finding } from "@clew/contract/flows/lint";
import type { Privacy, Scope, Type, Variable } from "../expressions/types.ts";
import type { RoughNode } from "../format/links.ts";
import { below, error, nodePath } from "./finding.ts";
import { didYouMean } from "./nearest.ts";
import { componentsOf, mapOf, type RoughFlow, textOf } from "./rough.ts";
import { ANY, type ScopeAt } from "./scope.ts";
import { isStricter, misfit, misfitOrNull, typeOfValue } from "./typed-value.ts";
import { type LintWorld, recordsOf, typeNamed, variableOf } from "./world.ts";

/** Values that go into variables, outputs and records: do they fit, and may they go there? */
export function assignedFindings(flow: RoughFlow, scopeAt: ScopeAt, world: LintWorld): Finding[] {
  return [...flow.nodes].flatMap(([id, node]) => {
    const path = nodePath(id);
    const scope = scopeAt(path);
    if (node.type === "assign") return assignFindings(flow, node, path, scope);
    if (node.type === "end") return outputFindings(flow, node, path, scope);
    if (node.type === "ask") return askedFindings(flow, node, path);
    if (node.type === "records.get") return foundFindings(flow, node, path);
    if (node.type === "loop") return loopFindings(flow, node, { path, world });
    return node.type === "records.create" || node.type === "records.update"
      ? recordFindings(node, path, scope, world)
      : [];
  });
}

function assignFindings(flow: RoughFlow, node: RoughNode, path: string, scope: Scope): Finding[] {
  const set = Array.isArray(node.set) ? node.set : [];
  return set.flatMap((entry: unknown, index) => {
    const { var: target, op, value } = mapOf(entry);
    const variable = variableAt(flow, textOf(target));
    const at = `${path}/set/${index}`;
    if (!variable || value === undefined) return [];
    const member = textOf(target).includes(".");
    if (member && variable.type.kind !== "map" && variable.type.kind !== "any") {
      return [error("type", `${at}/var`, `${textOf(target)}: only a map has members that can be set`)];
    }
    const to = member ? ANY : wanted(variable.type, op);
    const problem =
      to === null ? `${op} needs a ${op === "add" ? "number or duration" : "list"}` : misfit(value, to, scope);
    return [
      ...(problem === null ? [] : [error("type", `${at}/value`, `${textOf(target)}: ${problem}`)]),
      ...leak(value, variable.privacy, scope, `${at}/value`, `variable ${textOf(target).split(".")[0]}`),
    ];
  });
}

/** What an operation needs of its value; null when the variable does not suit it. */
function wanted(type: Type, op: unknown): Type | null {
  if (type.kind === "any" || op === undefined || op === "set") return type;
  if (op === "append" || op === "remove") return type.kind === "list" ? type.of : null;
  return type.kind === "number" || type.kind === "duration" || type.kind === "money"
    ? { ...type, nullable: false }
    : null;
}

function variableAt(flow: RoughFlow, path: string): Variable | undefined {
  const [root = ""] = path.split(".");
  const declared = flow.vars.get(root) ?? flow.inputs.get(root);
  return declared && variableOf(declared);
}

function outputFindings(flow: RoughFlow, node: RoughNode, path: string, scope: Scope): Finding[] {
  const given = mapOf(node.out);
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const at = below(`${path}/out`, name);
    const declared = flow.outputs.get(name);
    if (!declared) {
      return [error("missing-output", at, `there is no output "${name}"`, didYouMean(name, flow.outputs.keys()))];
    }
    const { type, privacy } = variableOf(declared);
    const problem = misfit(value, type, scope);
    return [
      ...(problem === null ? [] : [error("type", at, `${name}: ${problem}`)]),
      ...leak(value, privacy, scope, at, `output ${name}`),
    ];
  });
  if (node.outcome === "cancelled" || node.outcome === "failed") return wrong;
  const missing = [...flow.outputs]
    .filter(([name, { type }]) => !Object.hasOwn(given, name) && typeof type === "string" && !type.endsWith("?"))
    .map(([name, { type }]) =>
      error("missing-output", below(`${path}/out`, name), `the output ${name} gets no value here`, {
        suggestion: `give it one, or let it be null: "${type}?"`,
      }),
    );
  return [...wrong, ...missing];
}

function askedFindings(flow: RoughFlow, node: RoughNode, path: string): Finding[] {
  const variable = variableAt(flow, textOf(node.into));
  const privacy = componentsOf(node)[0]?.fields.privacy;
  if (!variable || privacy !== "private" || (variable.privacy ?? "open") !== "open") return [];
  return [error("privacy", `${path}/into`, "a private answer needs a variable that is private", DECLARE)];
}

/** Without a way for "nothing found" the variable is null afterwards, and must be allowed to be. */
function foundFindings(flow: RoughFlow, node: RoughNode, path: string): Finding[] {
  const variable = variableAt(flow, textOf(node.into));
  if (!variable || node.notFound !== undefined) return [];
  const { type } = variable;
  if (type.kind !== "record" || type.nullable) return [];
  const message = `${textOf(node.into)} would be null when nothing is found`;
  return [error("missing-outcome", `${path}/notFound`, message, { suggestion: 'add "notFound", or a ? to its type' })];
}

function loopFindings(
  flow: RoughFlow,
  node: RoughNode,
  { path, world }: { path: string; world: LintWorld },
): Finding[] {
  const over = textOf(node.over).slice(1).trim();
  const list = (flow.vars.get(over) ?? flow.inputs.get(over))?.default;
  const most =
    [node.max, mapOf(flow.settings.limits).loopItems].find((one): one is number => typeof one === "number") ??
    limitOf("loopItems", world.limits);
  if (!Array.isArray(list) || list.length <= most) return [];
  return [error("loop-limit", `${path}/over`, `the list has ${list.length} items, the loop takes ${most}`)];
}

function recordFindings(node: RoughNode, path: string, scope: Scope, world: LintWorld): Finding[] {
  const fieldsOf = recordsOf(world);
  const object = textOf(node.object);
  const fields = fieldsOf?.(object);
  const both = node.type === "records.update" && (node.id === undefined) === (node.where === undefined);
  const chosen = both ? [error("missing-field", `${path}/id`, 'give either "id" or "where" with "maxRows"')] : [];
  if (!fields) return chosen;
  const wrong = Object.entries(mapOf(node.values)).flatMap(([name, value]) => {
    const at = below(`${path}/values`, name);
    const field = fields.get(name);
    if (!field)
      return [error("unknown-variable", at, `${object} has no field "${name}"`, didYouMean(name, fields.keys()))];
    const problem = misfitOrNull(value, field.type, scope);
    return [
      ...(problem === null ? [] : [error("type", at, `${name}: ${problem}`)]),
      ...leak(value, field.privacy, scope, at, `field ${name} of ${object}`),
    ];
  });
  return [...chosen, ...wrong];
}

/** Objects that do not exist, wherever one is named. */
export function objectFindings(flow: RoughFlow, world: LintWorld): Finding[] {
  const { objects } = world;
  if (!objects) return [];
  const unknown = (path: string, object: string): Finding[] =>
    object === "" || objects.has(object)
      ? []
      : [error("unknown-object", path, `there is no object "${object}"`, didYouMean(object, objects.keys()))];
  const declared = [
    ["/inputs", flow.inputs],
    ["/outputs", flow.outputs],
    ["/vars", flow.vars],
  ] as const;
  return [
    ...declared.flatMap(([list, variables]) =>
      [...variables].flatMap(([name, { type }]) => {
        const read = typeNamed(type);
        const item = read.kind === "list" ? read.of : read;
        return "object" in item ? unknown(`${below(list, name)}/type`, item.object) : [];
      }),
    ),
    ...[...flow.nodes].flatMap(([id, { object }]) => unknown(`${nodePath(id)}/object`, textOf(object))),
  ];
}

const DECLARE = { suggestion: 'declare it with "privacy": "private"' };

/** A value that is stricter than the place it goes to. */
export function leak(value: unknown, takes: Privacy | undefined, scope: Scope, path: string, what: string): Finding[] {
  const { privacy } = typeOfValue(value, scope);
  if (!isStricter(privacy, takes ?? "open")) return [];
  const suggestion = `declare it with "privacy": "${privacy}"`;
  return [
    error("privacy", path, `a ${privacy} value goes into the ${what}, which is ${takes ?? "open"}`, { suggestion }),
  ];
}
