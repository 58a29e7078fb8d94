import type { Finding } from "@clew/contract/flows/lint";
import { below, nodePath, warning } from "./finding.ts";
import { type Graph, reach } from "./graph.ts";
import type { RoughFlow } from "./rough.ts";
import { type ScopeAt, writes } from "./scope.ts";
import { typeOfValue } from "./typed-value.ts";

type Handed = { path: string; source: string };
/** No request is nested deeper by anybody who means it. */
const DEEPEST = 40;
const NAMED = /^=\s*([a-z]\w*)(\.\w+)*\s*$/;

/**
 * What a customer gave in confidence is wiped once the call that had it was answered. A call that comes after it, and not
 * after its failing, would find nothing; unless it was asked for anew in between.
 */
export function spentFindings(flow: RoughFlow, graph: Graph, scopeAt: ScopeAt): Finding[] {
  const calls = [...flow.nodes].filter(([, { type }]) => type === "http.call").map(([id]) => id);
  const handed = new Map(calls.map((id) => [id, handedBy(flow, id, scopeAt)]));
  return calls.flatMap((id) =>
    (handed.get(id) ?? []).flatMap(({ source }) => {
      const later = reach(answered(graph, id), (node) => (writesAnew(flow, node, source) ? [] : graph.to(node)));
      return calls
        .filter((call) => later.has(call))
        .flatMap((call) => (handed.get(call) ?? []).filter((other) => other.source === source))
        .map(({ path }) =>
          warning("privacy", path, `this secret is wiped once ${id} was answered: this call would not have it`, {
            suggestion: "hand a secret to one call, or ask for it again",
          }),
        );
    }),
  );
}

/** The secrets that go into a call, each by the formula that names it. */
function handedBy(flow: RoughFlow, id: string, scopeAt: ScopeAt): Handed[] {
  const { headers, body } = flow.nodes.get(id) ?? {};
  const path = nodePath(id);
  return [...named(headers, `${path}/headers`), ...named(body, `${path}/body`)].filter(
    ({ source }) => typeOfValue(source, scopeAt(path)).privacy === "secret",
  );
}

function named(value: unknown, path: string, depth = 0): Handed[] {
  if (typeof value === "string") return NAMED.test(value) ? [{ path, source: value.replaceAll(/\s/g, "") }] : [];
  if (typeof value !== "object" || value === null || depth > DEEPEST) return [];
  return Object.entries(value).flatMap(([name, item]) => named(item, below(path, name), depth + 1));
}

function answered({ links }: Graph, id: string): string[] {
  return (links.get(id) ?? []).filter(({ outcome }) => !outcome.startsWith("faults/")).map(({ to }) => to);
}

function writesAnew(flow: RoughFlow, id: string, source: string): boolean {
  const node = flow.nodes.get(id);
  return node !== undefined && writes(node).includes(source.match(NAMED)?.[1] ?? "");
}
