import type { Flow } from "@clew/contract/flows/definition";

/** A flow of these nodes; it starts at the first. Everything else as `more` says. */
export function flowOf(nodes: Record<string, object>, more: Partial<Flow> = {}): Flow {
  const [start = ""] = Object.keys(nodes);
  return { $schema: "flow/1", key: "test.main", kind: "background", start, ...more, nodes } as unknown as Flow;
}

/** Declares variables by their types: `vars({ total: "number" })`. */
export function typed(types: Record<string, string>): NonNullable<Flow["vars"]> {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }])) as NonNullable<Flow["vars"]>;
}
