import type { NodeType } from "@clew/contract/flows/words";
import { useState } from "react";
import type { FlowEditing } from "../editor/editing.tsx";
import { outcomeOf, stepOf } from "../editor/places.ts";
import type { Definition } from "../editor/use-definition.ts";
import { addNode, moveBranch, removeNode } from "../model/edit.ts";
import { branchKey, FLOW_KEY, nodeKey } from "../model/outline.ts";
import { nameOf, nodesOf, typeOf } from "../model/rough.ts";
import { f, wordOf } from "../strings/words.ts";

/** What can be done now with the chosen line; null where it cannot. */
export type OutlineActions = {
  adding: boolean;
  openAdd: (() => void) | null;
  closeAdd(): void;
  add(type: NodeType): void;
  remove: (() => void) | null;
  move: ((by: -1 | 1) => void) | null;
  canMove(by: -1 | 1): boolean;
  addBranch: (() => void) | null;
  undo: (() => void) | null;
  redo: (() => void) | null;
};

/** Adding, taking out and reordering at the chosen line, each said aloud and each to be undone. */
export function useOutlineActions(editing: FlowEditing, { undo, redo }: Definition): OutlineActions {
  const { definition, chosen, choose, change, say, seek, readOnly } = editing;
  const [adding, setAdding] = useState(false);
  const nodes = nodesOf(definition);
  const step = stepOf(chosen);
  const node = step === null ? undefined : nodes.get(step);
  const outcome = outcomeOf(chosen);
  const [list = "", place] = outcome?.split("/") ?? [];
  const entries = place === undefined ? undefined : node?.[list];
  const listed =
    Array.isArray(entries) && (list === "branches" || list === "any" || list === "faults") ? entries : null;
  const isStep = chosen.startsWith("node ");
  const type = typeOf(node);
  const canAdd = !(isStep && type === "end");
  const branches = type === "decision" ? "branches" : type === "wait" ? "any" : null;

  function add(kind: NodeType) {
    const where = step === null ? { after: null } : { after: step, ...(outcome === null ? {} : { outcome }) };
    const { definition: next, focus } = addNode(definition, kind, where);
    change(next);
    setAdding(false);
    if (focus === null) return;
    choose(nodeKey(focus));
    seek(`/nodes/${focus}`);
    say(f("outline.added", { type: wordOf("type", kind) }));
  }

  function remove() {
    if (step === null) return;
    if (isStep) {
      const { definition: next, focus } = removeNode(definition, step);
      change(next);
      choose(focus === null ? FLOW_KEY : nodeKey(focus));
      say(f("outline.removed", { name: nameOf(step, node) }));
    } else if (listed) {
      const next = { ...node, [list]: listed.toSpliced(Number(place), 1) };
      change(withNode(definition, step, next));
      choose(nodeKey(step));
      say(f("outline.removed", { name: f("way.branch", { place: Number(place) + 1 }) }));
    }
  }

  function move(by: -1 | 1) {
    if (step === null || outcome === null || !canMove(by)) return;
    const to = Number(place) + by;
    change(moveBranch(definition, step, outcome, by));
    choose(branchKey(step, `${list}/${to}`));
    say(f("outline.moved", { place: to + 1 }));
  }

  function canMove(by: -1 | 1): boolean {
    return listed?.[Number(place) + by] !== undefined;
  }

  function addBranch() {
    if (step === null || branches === null) return;
    const before = Array.isArray(node?.[branches]) ? (node[branches] as unknown[]) : [];
    const onward = nodes.has("end") ? "end" : typeof node?.else === "string" ? node.else : "";
    const item = branches === "branches" ? { label: "", when: "=true", next: onward } : { after: "P1D", next: onward };
    change(withNode(definition, step, { ...node, [branches]: [...before, item] }));
    choose(branchKey(step, `${branches}/${before.length}`));
    seek(`/nodes/${step}/${branches}/${before.length}`);
  }

  const said = (sentence: string, way: (() => void) | null) =>
    way &&
    (() => {
      way();
      say(sentence);
    });
  const able = <Act>(when: boolean, act: Act): Act | null => (when && !readOnly ? act : null);
  return {
    adding,
    openAdd: able(canAdd, () => setAdding(true)),
    closeAdd: () => setAdding(false),
    add,
    remove: able(isStep || listed !== null, remove),
    move: able(listed !== null, move),
    canMove,
    addBranch: able(isStep && branches !== null, addBranch),
    undo: able(undo !== null, said(f("outline.undone"), undo)),
    redo: able(redo !== null, said(f("outline.redone"), redo)),
  };
}

function withNode(definition: unknown, id: string, node: object): unknown {
  const flow = definition as { nodes: Record<string, unknown> };
  return { ...flow, nodes: { ...flow.nodes, [id]: node } };
}
