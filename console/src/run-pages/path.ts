import type { Flow } from "@clew/contract/flows/definition";
import type { RunStep } from "@clew/contract/flows/runs";
import { leadsToLoop, links } from "@clew/domain/flows/format/links";

/** A step as far as the way is concerned: where it was, and by which outcome it went on; null while it waits. */
export type Step = { flow: { key: string }; node: string; outcome: string | null; fault: unknown };

export type PathLink = { outcome: string; label: string; to: string; taken: number };
export type PathNode = {
  name: string;
  type: string;
  label: string | null;
  /** How often the run came by; a node that waits counts once. */
  visits: number;
  here: boolean;
  faulted: boolean;
  links: PathLink[];
};

/**
 * A flow as a list, in the order in which its links lead from the start; what nothing leads to stands last. Lit by the
 * steps of a run: how often each node was left and by which way. `at` is the node where the run stands, null when over.
 */
export function pathOf(flow: Flow, steps: readonly Step[], at: string | null): PathNode[] {
  const own = steps.filter((step) => step.flow.key === flow.key);
  return orderOf(flow).map((name): PathNode => {
    const node = flow.nodes[name] as Flow["nodes"][string];
    const here = own.filter((step) => step.node === name);
    const left = here.filter(({ outcome }) => outcome !== null);
    const waits = here.at(-1)?.outcome === null && name === at;
    return {
      name,
      type: node.type,
      label: node.label ?? null,
      visits: left.length + (waits ? 1 : 0),
      here: name === at,
      faulted: here.at(-1)?.fault != null,
      links: links(node).map(({ outcome, to, label }) => ({
        outcome,
        to,
        label: label ?? wayOf(outcome),
        taken: left.filter((step) => step.outcome === outcome).length,
      })),
    };
  });
}

/** Depth first, as one would read it: a branch to its end before the next one. */
export function orderOf({ start, nodes }: Pick<Flow, "start" | "nodes">): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const left = [start];
  while (left.length > 0) {
    const name = left.pop() as string;
    if (seen.has(name) || leadsToLoop(name) || !Object.hasOwn(nodes, name)) continue;
    seen.add(name);
    order.push(name);
    const next = links(nodes[name] as Flow["nodes"][string]).map(({ to }) => to);
    left.push(...next.reverse());
  }
  return [...order, ...Object.keys(nodes).filter((name) => !seen.has(name))];
}

/** "branches/0" → "branch 1"; "notFound" → "not found". */
function wayOf(outcome: string): string {
  const [list = "", index] = outcome.split("/");
  if (index === undefined) return list.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  const what = list === "faults" ? "fault" : list === "any" ? "event" : "branch";
  return `${what} ${Number(index) + 1}`;
}

/** The steps as lines: one that waited and then went on is one, from when it came to how it went on. */
export function linesOf(trace: readonly RunStep[]): RunStep[] {
  const lines: RunStep[] = [];
  for (const step of trace) {
    const before = lines.at(-1);
    const isMove = before?.movedFrom !== undefined || step.movedFrom !== undefined;
    if (!isMove && before?.outcome === null && before.step === step.step && before.node === step.node)
      lines[lines.length - 1] = { ...step, at: before.at, operation: operationOf(before, step) };
    else lines.push(step);
  }
  return lines;
}

/** What the node wanted first, with what is known of it in the end. */
function operationOf({ operation: wanted }: RunStep, { operation: ended }: RunStep): RunStep["operation"] {
  return ended?.inDoubt || !wanted ? ended : wanted;
}
