import type { Scope, Type, Variable } from "../expressions/types.ts";
import type { RoughNode } from "../format/links.ts";
import { answersOf, answerType } from "./answers.ts";
import type { Graph } from "./graph.ts";
import { sureOf } from "./narrowing.ts";
import { componentsOf, type RoughFlow, textOf } from "./rough.ts";
import { type LintWorld, otherFlow, recordsOf, typeNamed, variableOf } from "./world.ts";

/** What formulas at a place may name. `at` is a JSON pointer. */
export type ScopeAt = (at: string) => Scope;

export const ANY: Type = { kind: "any" };
const FAULT: Type = {
  kind: "map",
  nullable: true,
  fields: new Map<string, Variable>([
    ["code", { type: { kind: "text", nullable: false } }],
    ["message", { type: { kind: "text", nullable: false } }],
    ["node", { type: { kind: "text", nullable: false } }],
    ["at", { type: { kind: "number", nullable: false } }],
    ["detail", { type: { kind: "text", nullable: true } }],
  ]),
};

export function scopes(flow: RoughFlow, graph: Graph, world: LintWorld): { at: ScopeAt; all: Map<string, Variable> } {
  const record = recordsOf(world);
  const inputs = inputsOf(flow);
  const all = new Map([...inputs, ...varsOf(flow, world), ...fromNodes(flow)]);
  const scope = (variables: ReadonlyMap<string, Variable>): Scope => ({ variables, ...(record ? { record } : {}) });
  const sure = sureOf(flow, graph, writersOf(flow));
  const at: ScopeAt = (path) => {
    if (path.startsWith("/trigger/")) return scope(inputs);
    const [, , id = "", ...rest] = path.split("/");
    const node = flow.nodes.get(id);
    return scope(
      node ? new Map([...all, ...filled(all, sure(id)), ...loopItems(flow, graph, id), ...ofPlace(node, rest)]) : all,
    );
  };
  return { at, all };
}

/** An input that may be left out is null then, whatever its type says. */
function inputsOf(flow: RoughFlow): Map<string, Variable> {
  return new Map(
    [...flow.inputs].map(([name, definition]) => {
      const variable = variableOf(definition);
      const there = definition.required === true || definition.default !== undefined;
      return [name, there ? variable : { ...variable, type: orNull(variable.type) }];
    }),
  );
}

function varsOf(flow: RoughFlow, world: LintWorld): Map<string, Variable> {
  return new Map(
    [...flow.vars].map(([name, definition]) => {
      const variable = variableOf(definition);
      const fields = variable.type.kind === "map" ? answersInto(flow, name, world) : undefined;
      return [name, fields ? { ...variable, type: { ...variable.type, fields } as Type } : variable];
    }),
  );
}

/** The outputs of the form whose answers a variable takes, when nothing else is ever written into it. */
export function answersInto(
  flow: RoughFlow,
  name: string,
  world: LintWorld,
): ReadonlyMap<string, Variable> | undefined {
  const writers = [...flow.nodes.values()].filter((node) => writes(node).includes(name));
  const keys = new Set(
    writers.map((node) => {
      if (node.into !== name) return undefined;
      return node.type === "cowork.form" ? node.flow : node.type === "cowork.await" ? formOf(flow, node) : undefined;
    }),
  );
  const [key] = keys;
  const form = keys.size === 1 ? otherFlow(world, key) : undefined;
  return form && new Map([...form.flow.outputs].map(([output, definition]) => [output, variableOf(definition)]));
}

/** The form that an await waits for: known when it has one handle and one node opens it. */
export function formOf(flow: RoughFlow, { handles }: RoughNode): unknown {
  const opened = [...flow.nodes.values()].filter((node) => node.type === "cowork.open" && node.handle === handles);
  return typeof handles === "string" && opened.length === 1 ? opened[0]?.flow : undefined;
}

/** The variables, by their first name, that a node writes. */
export function writes(node: RoughNode): string[] {
  const written: unknown[] = [node.into, node.receiptInto, node.handle];
  for (const list of [node.set, node.any]) {
    if (!Array.isArray(list)) continue;
    for (const entry of list) if (entry && typeof entry === "object") written.push(entry.var, entry.into);
  }
  for (const named of [node.map, node.type === "subflow" ? node.out : undefined]) {
    if (named && typeof named === "object") written.push(...Object.keys(named));
  }
  return written.flatMap((path) => (typeof path === "string" ? [path.split(".")[0] ?? path] : []));
}

/** What screens and questions add, and what fault paths name. */
function fromNodes(flow: RoughFlow): [string, Variable][] {
  return [...flow.nodes].flatMap(([id, node]): [string, Variable][] => {
    const faults = Array.isArray(node.faults) ? node.faults : [];
    const named = faults.map((fault) => textOf(fault?.as)).filter((name) => name !== "");
    const answers = componentsOf(node).length > 0 ? answersOf(node) : undefined;
    return [
      ...named.map((name): [string, Variable] => [name, { type: FAULT }]),
      ...(answers ? [[id, { type: answers }] as [string, Variable]] : []),
    ];
  });
}

function filled(all: ReadonlyMap<string, Variable>, names: string[]): [string, Variable][] {
  return names.flatMap((name): [string, Variable][] => {
    const variable = all.get(name);
    if (!variable || !("nullable" in variable.type)) return [];
    return [[name, { ...variable, type: { ...variable.type, nullable: false } }]];
  });
}

/** Which nodes write each declared variable. */
function writersOf(flow: RoughFlow): Map<string, string[]> {
  const writers = new Map<string, string[]>();
  for (const [id, node] of flow.nodes) {
    for (const name of new Set(writes(node))) {
      if (flow.vars.has(name)) writers.set(name, [...(writers.get(name) ?? []), id]);
    }
  }
  return writers;
}

function loopItems(flow: RoughFlow, graph: Graph, id: string): [string, Variable][] {
  return [...graph.bodies].flatMap(([loop, body]): [string, Variable][] => {
    const node = flow.nodes.get(loop);
    const name = textOf(node?.as);
    return name !== "" && body.has(id) ? [[name, { type: itemType(flow, node?.over) }]] : [];
  });
}

/** The item of a list that is a variable; of anything else nothing is known. */
function itemType(flow: RoughFlow, over: unknown): Type {
  const name = typeof over === "string" ? over.slice(1).trim() : "";
  const declared = flow.vars.get(name) ?? flow.inputs.get(name);
  const type = typeNamed(declared?.type);
  return type.kind === "list" ? type.of : ANY;
}

/** Inside a screen its own fields by their names, half filled as they may be; in a wait's branch the event. */
function ofPlace(node: RoughNode, rest: string[]): [string, Variable][] {
  if (rest[0] === "components" || rest[0] === "expect") {
    return componentsOf(node).flatMap(({ fields }): [string, Variable][] => {
      const id = textOf(fields.id);
      return id === "" || fields.kind === "group" ? [] : [[id, answerType(fields, true)]];
    });
  }
  return rest[0] === "any" ? [["event", { type: { kind: "map", nullable: false } }]] : [];
}

export function orNull(type: Type): Type {
  return type.kind === "any" || type.kind === "null" ? type : { ...type, nullable: true };
}
