import { limitOf } from "@clew/contract/flows/flow-limits";
import type { Finding } from "@clew/contract/flows/lint";
import { RESERVED_NAMES } from "@clew/contract/flows/words";
import { leadsToLoop } from "../format/links.ts";
import { below, error, nodePath, warning } from "./finding.ts";
import { didYouMean } from "./nearest.ts";
import { componentsOf, type RoughFlow, type RoughVariables, textOf } from "./rough.ts";
import { writes } from "./scope.ts";
import type { Shape } from "./shape.ts";
import { literalFits } from "./typed-value.ts";
import { type LintWorld, typeNamed } from "./world.ts";

/** Names that lead nowhere, names given twice, variables that nobody uses. */
export function nameFindings(flow: RoughFlow, shape: Shape, world: LintWorld): Finding[] {
  return [
    ...countFindings(flow, world),
    ...referenceFindings(flow, shape, world),
    ...clashFindings(flow),
    ...componentClashes(flow),
    ...variableFindings(flow),
  ];
}

function countFindings(flow: RoughFlow, { limits }: LintWorld): Finding[] {
  const most = limitOf("nodes", limits);
  if (flow.nodes.size <= most) return [];
  const message = `${flow.nodes.size} nodes; a flow may have ${most}`;
  return [error("too-many-nodes", "/nodes", message, { suggestion: "move a part of it into a flow of kind sub" })];
}

function referenceFindings(flow: RoughFlow, shape: Shape, world: LintWorld): Finding[] {
  const declared = new Set([...flow.inputs.keys(), ...flow.vars.keys()]);
  return shape.named.flatMap(({ path, name, what }): Finding[] => {
    if (what === "node") {
      if (flow.nodes.has(name) || (leadsToLoop(name) && path.startsWith("/nodes/"))) return [];
      return [error("unknown-node", path, `there is no node "${name}"`, didYouMean(name, flow.nodes.keys()))];
    }
    if (what === "variable") {
      const [root = name] = name.split(".");
      if (declared.has(root)) return [];
      const message = `there is no variable or input "${root}"`;
      return [error("unknown-variable", path, message, didYouMean(root, declared))];
    }
    if (name === flow.key || !world.flows || world.flows.has(name)) return [];
    const message = `there is no flow "${name}"`;
    const more = didYouMean(name, world.flows.keys());
    return [world.complete ? error("unknown-flow", path, message, more) : warning("unknown-flow", path, message, more)];
  });
}

/** Inputs, variables, screens, loop items and faults share one space of names: formulas call all of them by name alone. */
function clashFindings(flow: RoughFlow): Finding[] {
  const taken = new Map<string, string>();
  return namesGiven(flow).flatMap(({ name, path, what }): Finding[] => {
    if ((RESERVED_NAMES as readonly string[]).includes(name)) {
      return [error("name-taken", path, `${name} is a word of the formulas`, { suggestion: "choose another name" })];
    }
    const before = taken.get(name);
    if (before === undefined) taken.set(name, what);
    const same = before === "fault" && what === "fault";
    if (before === undefined || same) return [];
    const message = `the ${what} "${name}" has the name of the ${before} "${name}"`;
    return [
      error("name-taken", path, message, { suggestion: "choose another name: formulas could not tell them apart" }),
    ];
  });
}

function namesGiven(flow: RoughFlow): { name: string; path: string; what: string }[] {
  const declared = (variables: RoughVariables, list: string, what: string) =>
    [...variables.keys()].map((name) => ({ name, path: below(list, name), what }));
  const inNodes = [...flow.nodes].flatMap(([id, node]) => {
    const path = nodePath(id);
    const faults = Array.isArray(node.faults) ? node.faults : [];
    return [
      ...(node.type === "screen" || node.type === "ask" ? [{ name: id, path, what: "screen" }] : []),
      ...(node.type === "loop" ? [{ name: textOf(node.as), path: `${path}/as`, what: "loop item" }] : []),
      ...faults.map((fault, index) => ({ name: textOf(fault?.as), path: `${path}/faults/${index}/as`, what: "fault" })),
    ];
  });
  return [...declared(flow.inputs, "/inputs", "input"), ...declared(flow.vars, "/vars", "variable"), ...inNodes].filter(
    ({ name }) => name !== "",
  );
}

/** Components of one screen must differ; a component called like a variable would hide it in the screen's formulas. */
function componentClashes(flow: RoughFlow): Finding[] {
  const declared = new Set([...flow.inputs.keys(), ...flow.vars.keys()]);
  return [...flow.nodes].flatMap(([id, node]) => {
    const seen = new Set<string>();
    return componentsOf(node).flatMap(({ fields, path }) => {
      const name = textOf(fields.id);
      const at = `${nodePath(id)}${path}/id`;
      if (name === "") return [];
      if (seen.has(name)) return [error("name-taken", at, `the screen has another component "${name}"`)];
      seen.add(name);
      if (!declared.has(name)) return [];
      return [warning("name-taken", at, `on this screen "${name}" is the answer, not the variable of that name`)];
    });
  });
}

function variableFindings(flow: RoughFlow): Finding[] {
  const lists = [
    ["/inputs", flow.inputs],
    ["/outputs", flow.outputs],
    ["/vars", flow.vars],
  ] as const;
  return lists.flatMap(([list, variables]) =>
    [...variables].flatMap(([name, definition]) => {
      const path = below(list, name);
      const type = typeNamed(definition.type);
      if (definition.default !== undefined && !literalFits(definition.default, type)) {
        return [error("type", `${path}/default`, `the default is not ${definition.type}`)];
      }
      const isUnset = list === "/vars" && definition.default === undefined && "nullable" in type && !type.nullable;
      if (!isUnset) return [];
      const suggestion = `give it a default, or write "${definition.type}?"`;
      return [
        warning("type", path, `${name} is null until it is set, which ${definition.type} does not allow`, {
          suggestion,
        }),
      ];
    }),
  );
}

/** Variables that nothing reads and nothing writes. `reads` are first names. */
export function unusedFindings(flow: RoughFlow, reads: ReadonlySet<string>): Finding[] {
  const used = new Set([...reads, ...[...flow.nodes.values()].flatMap(writes)]);
  return [...flow.vars.keys()]
    .filter((name) => !used.has(name))
    .map((name) =>
      warning("unused-variable", below("/vars", name), `nothing uses ${name}`, { suggestion: "take it out" }),
    );
}
