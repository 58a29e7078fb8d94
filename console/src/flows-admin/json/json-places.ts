import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { stepsOf } from "../model/json-at.ts";

type Syntax = ReturnType<typeof syntaxTree>["topNode"];

/** The editor reads the text a few milliseconds at a time; what is asked of a part that it has not come to waits for it. */
const READ_WITHIN_MS = 1_000;

function treeOf(state: EditorState, until = state.doc.length): ReturnType<typeof syntaxTree> {
  return ensureSyntaxTree(state, until, READ_WITHIN_MS) ?? syntaxTree(state);
}

/** Where the value at a pointer stands in the text; the nearest part around it when it stands nowhere. */
export function rangeAt(state: EditorState, pointer: string): { from: number; to: number } | null {
  let at: Syntax | null = treeOf(state).topNode.firstChild;
  let named: Syntax | null = null;
  for (const step of stepsOf(pointer)) {
    const property: Syntax | undefined = at?.getChildren("Property").find((one) => nameOf(state, one) === step);
    const next = property ? property.lastChild : itemsOf(at)[Number(step)];
    if (!next) break;
    named = property?.getChild("PropertyName") ?? next;
    at = next;
  }
  if (!at) return null;
  // A long part is marked at its name, not as a whole.
  const part = at.to - at.from > 120 && named ? named : at;
  return { from: part.from, to: Math.min(part.to, part.from + 200) };
}

/** The names and places from the root to a position, and whether a property's name is being written there. */
export function placeAt(state: EditorState, position: number): { steps: (string | number)[]; isName: boolean } {
  const steps: (string | number)[] = [];
  let node: Syntax | null = treeOf(state, position).resolveInner(position, -1);
  const isName = node.name === "PropertyName" || node.name === "Object" || node.name === "{";
  let inner: Syntax | null = null;
  while (node) {
    if (node.name === "Property" && !(inner?.name === "PropertyName")) steps.unshift(nameOf(state, node));
    if (node.name === "Array" && inner) steps.unshift(itemsOf(node).findIndex(({ from }) => from === inner?.from));
    inner = node;
    node = node.parent;
  }
  return { steps, isName };
}

function nameOf(state: EditorState, property: Syntax): string {
  const name = property.getChild("PropertyName");
  if (!name) return "";
  try {
    return JSON.parse(state.sliceDoc(name.from, name.to)) as string;
  } catch {
    return "";
  }
}

function itemsOf(list: Syntax | null): Syntax[] {
  const items: Syntax[] = [];
  if (list?.name !== "Array") return items;
  for (let item = list.firstChild; item; item = item.nextSibling) {
    if (!["[", "]", ",", "⚠"].includes(item.name)) items.push(item);
  }
  return items;
}
