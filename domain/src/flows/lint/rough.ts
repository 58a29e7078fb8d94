import type { Variables } from "@clew/contract/flows/variables";
import { isRefusedName } from "../expressions/names.ts";
import type { RoughNode } from "../format/links.ts";
import { isMap } from "./finding.ts";

/** What can be read of a flow that may be broken anywhere: each part is there, empty where the file has none. */
export type RoughFlow = {
  key: string;
  kind: string;
  audience: string | null;
  trigger: Record<string, unknown>;
  inputs: RoughVariables;
  outputs: RoughVariables;
  vars: RoughVariables;
  settings: Record<string, unknown>;
  start: string;
  nodes: ReadonlyMap<string, RoughNode>;
};

export type RoughVariables = ReadonlyMap<string, Partial<Variables[string]>>;

export function roughFlow(flow: unknown): RoughFlow {
  const fields = mapOf(flow);
  return {
    key: textOf(fields.key),
    kind: textOf(fields.kind),
    audience: typeof fields.audience === "string" ? fields.audience : null,
    trigger: mapOf(fields.trigger),
    inputs: namedMaps(fields.inputs) as RoughVariables,
    outputs: namedMaps(fields.outputs) as RoughVariables,
    vars: namedMaps(fields.vars) as RoughVariables,
    settings: mapOf(fields.settings),
    start: textOf(fields.start),
    nodes: namedMaps(fields.nodes),
  };
}

/** A component of a screen, as it may stand in a draft; `repeat` is where it stands in a repeated part. */
export type RoughComponent = { fields: Record<string, unknown>; path: string; inRepeat: boolean; conditional: boolean };

/** All components of a screen or an `ask`, those in groups and repeats after what holds them. */
export function componentsOf(node: RoughNode): RoughComponent[] {
  if (node.type === "ask" && isMap(node.expect)) {
    return [{ fields: node.expect, path: "/expect", inRepeat: false, conditional: false }];
  }
  return node.type === "screen"
    ? listed(node.components, "/components", { inRepeat: false, conditional: false }, 0)
    : [];
}

function listed(
  list: unknown,
  path: string,
  within: { inRepeat: boolean; conditional: boolean },
  depth: number,
): RoughComponent[] {
  if (!Array.isArray(list) || depth > 3) return [];
  return list.flatMap((fields: unknown, index) => {
    if (!isMap(fields)) return [];
    const at = `${path}/${index}`;
    const conditional = within.conditional || (fields.visible !== undefined && fields.visible !== true);
    const inside = { inRepeat: within.inRepeat || fields.kind === "repeat", conditional };
    return [
      { fields, path: at, inRepeat: within.inRepeat, conditional },
      ...listed(fields.components, `${at}/components`, inside, depth + 1),
    ];
  });
}

export function mapOf(value: unknown): Record<string, unknown> {
  return isMap(value) ? value : {};
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function namedMaps(value: unknown): ReadonlyMap<string, Record<string, unknown>> {
  return new Map(
    Object.entries(mapOf(value)).filter(
      (entry): entry is [string, Record<string, unknown>] => isMap(entry[1]) && !isRefusedName(entry[0]),
    ),
  );
}
