import type { FlowLock } from "@clew/contract/flows/versions";

/** Another flow that a flow runs or opens. `locked` false: it asks for the version that is live when the run starts. */
export type FlowReference = { node: string; key: string; locked: boolean };

/** A version that is live now. */
export type LiveVersion = { version: number; hash: string; definition: unknown };

/** The flows that a definition calls or opens as forms, in the order of its nodes. Takes broken definitions too. */
export function references(flow: unknown): FlowReference[] {
  const nodes = (flow as { nodes?: unknown } | null)?.nodes;
  if (typeof nodes !== "object" || nodes === null) return [];
  return Object.entries(nodes).flatMap(([node, fields]: [string, Record<string, unknown> | null]) => {
    const to = fields?.to as { flow?: unknown } | null | undefined;
    const key = fields?.type === "route" ? to?.flow : fields?.flow;
    return typeof key === "string" ? [{ node, key, locked: fields?.bind !== "active-at-start" }] : [];
  });
}

/**
 * What publishing a flow pins: every flow that can be come to, to the version live now; a flow that calls itself means
 * the very version. `missing` are keys without a live version, with the flow and node that ask for them.
 */
export function lockOf(
  flow: unknown,
  live: (key: string) => LiveVersion | undefined,
): { lock: FlowLock; missing: { key: string; flow: string; node: string }[] } {
  const own = keyOf(flow);
  const pinned = new Map<string, { version: number; hash: string }>();
  const missing: { key: string; flow: string; node: string }[] = [];
  const open: { flow: string; definition: unknown }[] = [{ flow: own, definition: flow }];
  for (let at = open.shift(); at; at = open.shift()) {
    for (const { node, key, locked } of references(at.definition)) {
      if (!locked || key === own || pinned.has(key)) continue;
      const version = live(key);
      if (!version) {
        missing.push({ key, flow: at.flow, node });
        continue;
      }
      pinned.set(key, { version: version.version, hash: version.hash });
      open.push({ flow: key, definition: version.definition });
    }
  }
  return { lock: Object.fromEntries([...pinned].sort(([one], [other]) => (one < other ? -1 : 1))), missing };
}

function keyOf(flow: unknown): string {
  const key = (flow as { key?: unknown } | null)?.key;
  return typeof key === "string" ? key : "";
}
