import type { RaisedLimits } from "@clew/contract/flows/flow-limits";
import type { Variables } from "@clew/contract/flows/variables";
import type { Variable } from "../expressions/types.ts";
import { parseType } from "../expressions/types.ts";
import { graphOf } from "./graph.ts";
import { alwaysRoutes } from "./paths.ts";
import { type RoughFlow, type RoughVariables, roughFlow } from "./rough.ts";

/** What is known beside the flow itself. All of it may be missing; what is missing is not checked against. */
export type LintWorld = {
  /** Definitions of other flows, by key. */
  flows?: ReadonlyMap<string, unknown>;
  /** `flows` are all there are: one that is not among them is an error, not a warning. */
  complete?: boolean;
  /** The keys of those that are live. */
  live?: ReadonlySet<string>;
  /** The fields of every object that holds records, by name. */
  objects?: ReadonlyMap<string, Variables>;
  /** Names and ids that may be used, each list where it is known. */
  queues?: readonly string[];
  skills?: readonly string[];
  hours?: readonly string[];
  channels?: readonly string[];
  /** Ids only. */
  agents?: readonly string[];
  /** Names of the pictures that an admin has stored. */
  assets?: readonly string[];
  connectors?: ReadonlyMap<string, ConnectorLimits>;
  /** What the operator has raised. */
  limits?: RaisedLimits | undefined;
};

/** What an admin allows a connector. `refusalOf`: why a path is not, in words; null: it is. `pays`: it has a payment page. */
export type ConnectorLimits = { methods: readonly string[]; pays?: boolean; refusalOf(path: string): string | null };

/** Another flow, as far as it matters to who calls it. */
export type OtherFlow = { flow: RoughFlow; routes: boolean };

/** Another flow by its key; undefined when it is not at hand. */
export function otherFlow(world: LintWorld, key: unknown): OtherFlow | undefined {
  const definition = typeof key === "string" ? world.flows?.get(key) : undefined;
  if (definition === undefined) return undefined;
  const flow = roughFlow(definition);
  return { flow, routes: alwaysRoutes(flow, graphOf(flow)) };
}

/** The other flows that are live, and the one that is looked at as it is live. */
export function liveFlows({ live = new Set(), flows }: LintWorld): RoughFlow[] {
  return [...live].map((key) => roughFlow(flows?.get(key)));
}

/** Declared variables as formulas see them. A type that cannot be read is told elsewhere and fits everything here. */
export function variablesOf(declared: RoughVariables): Map<string, Variable> {
  return new Map([...declared].map(([name, definition]) => [name, variableOf(definition)]));
}

export function variableOf({ type, privacy }: Partial<Variables[string]>): Variable {
  return { type: typeNamed(type), ...(privacy === undefined ? {} : { privacy }) };
}

export function typeNamed(type: unknown): Variable["type"] {
  try {
    return typeof type === "string" ? parseType(type) : { kind: "any" };
  } catch {
    return { kind: "any" };
  }
}

/** The fields of an object for formulas: null when there is no such object, undefined when objects are not known. */
export function recordsOf(world: LintWorld): ((object: string) => ReadonlyMap<string, Variable> | null) | undefined {
  const { objects } = world;
  if (!objects) return undefined;
  const known = new Map([...objects].map(([name, fields]) => [name, variablesOf(new Map(Object.entries(fields)))]));
  return (object) => known.get(object) ?? null;
}
