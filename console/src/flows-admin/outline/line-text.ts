import { BREAK, CONTINUE } from "@clew/contract/flows/words";
import type { FlowLink, RoughNode } from "@clew/domain/flows/format/links";
import { isPlain } from "../../admin/editing/same.ts";
import type { Line } from "../model/outline.ts";
import { nameOf } from "../model/rough.ts";
import { f, wordOf } from "../strings/words.ts";

type Nodes = ReadonlyMap<string, RoughNode>;

/** A way out as people call it: its label, what is waited for, or the outcome's word. */
export function wayName(link: FlowLink, node: RoughNode | undefined): string {
  const [list = "", place] = link.outcome.split("/");
  if (place === undefined) return wordOf("way", list);
  if (link.label?.trim()) return list === "faults" ? f("way.fault", { codes: link.label }) : link.label;
  const count = Number(place) + 1;
  const entries = node?.[list];
  const entry: unknown = Array.isArray(entries) ? entries[count - 1] : undefined;
  const about = isPlain(entry) ? (entry.when ?? entry.event ?? entry.after ?? entry.at ?? entry.businessHours) : null;
  const word = f(list === "any" ? "way.any" : "way.branch", { place: count });
  return typeof about === "string" && about !== "" ? `${word}: ${about}` : word;
}

/** Where a way goes on that is not drawn out here. */
export function goalName(to: string, nodes: Nodes): string {
  if (to === CONTINUE) return f("outline.again");
  if (to === BREAK) return f("outline.break");
  if (!nodes.has(to)) return f("outline.nowhere", { name: to });
  return f("outline.goesOn", { name: nameOf(to, nodes.get(to)) });
}

/** A line's main words. */
export function lineText(line: Line, nodes: Nodes): string {
  switch (line.kind) {
    case "flow":
      return f("outline.flow");
    case "lost":
      return f("outline.lost");
    case "node":
      return nameOf(line.id, nodes.get(line.id));
    case "branch":
      return wayName(line.link, nodes.get(line.node));
    case "goto":
      return goalName(line.to, nodes);
  }
}
