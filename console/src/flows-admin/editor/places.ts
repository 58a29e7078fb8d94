import { stepsOf } from "../model/json-at.ts";
import { FLOW_KEY, nodeKey } from "../model/outline.ts";
import { nodesOf } from "../model/rough.ts";

/** The line of the outline whose fields hold a pointer. */
export function lineAt(definition: unknown, pointer: string): string {
  const [part, id] = stepsOf(pointer);
  return part === "nodes" && id !== undefined && nodesOf(definition).has(id) ? nodeKey(id) : FLOW_KEY;
}

/** The step that a line of the outline belongs to; null: the flow itself. */
export function stepOf(key: string): string | null {
  const [kind, id] = key.split(" ");
  return (kind === "node" || kind === "branch" || kind === "goto") && id !== undefined && id !== FLOW_KEY ? id : null;
}

/** The way out that a line stands for, as in `links`. */
export function outcomeOf(key: string): string | null {
  const [kind, id, outcome] = key.split(" ");
  const isWay = (kind === "branch" || kind === "goto") && id !== undefined && outcome !== undefined;
  return isWay && outcome !== "join" && outcome !== "lost" && outcome !== "start" ? outcome : null;
}
