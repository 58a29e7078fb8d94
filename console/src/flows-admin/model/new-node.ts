import type { NodeType } from "@clew/contract/flows/words";
import type { RoughNode } from "@clew/domain/flows/format/links";

type Fields = Record<string, unknown>;

/** The least that each kind of step needs, to be filled in. `next` is where its main way leads, if anywhere. */
const BEGINNINGS: Record<NodeType, (next: string | undefined) => Fields> = {
  decision: (next) => ({ branches: [{ label: "", when: "=true", next: next ?? "" }], else: next ?? "" }),
  assign: (next) => ({ set: [{ var: "", value: "" }], next }),
  loop: (next) => ({ over: "=[]", as: "item", body: "$continue", next }),
  subflow: (next) => ({ flow: "", next }),
  end: () => ({}),
  "records.get": (next) => ({ object: "Case", where: [["id", "eq", ""]], limit: 1, next }),
  "records.create": (next) => ({ object: "Case", values: {}, next }),
  "records.update": (next) => ({ object: "Case", id: "=", values: {}, next }),
  "message.send": (next) => ({ text: "", next }),
  "message.note": (next) => ({ text: "", next }),
  "message.draft": (next) => ({ text: "", next }),
  ask: (next) => ({ text: "", expect: { id: "answer", kind: "text" }, next, gaveUp: next }),
  "prechat.restore": (next) => ({ next }),
  "session.set": (next) => ({ next }),
  "session.end": (next) => ({ next }),
  availability: (next) => ({ of: { queue: "" }, into: "", next }),
  route: (next) => ({ to: { queue: "" }, next }),
  "http.call": (next) => ({ connector: "", method: "GET", path: "/", next }),
  "event.emit": (next) => ({ event: "", key: "", next }),
  wait: (next) => ({ any: [{ after: "P1D", next: next ?? "" }] }),
  screen: (next) => ({ components: [{ id: "answer", kind: "text", label: "" }], next }),
  "cowork.form": (next) => ({ flow: "", next, cancelled: next, expired: next }),
  "cowork.open": (next) => ({ flow: "", handle: "", next }),
  "cowork.await": (next) => ({ handles: "", next, cancelled: next, expired: next }),
  "cowork.act": (next) => ({ handle: "", action: { do: "focus", field: "" }, next }),
};

export function newNode(type: NodeType, next: string | undefined): RoughNode {
  const fields = Object.entries(BEGINNINGS[type](next)).filter(([, value]) => value !== undefined);
  return { type, ...Object.fromEntries(fields) };
}

/** Steps by what they are for, as they are offered. */
export const NODE_GROUPS: { group: "say" | "ways" | "records" | "session" | "outside" | "forms"; types: NodeType[] }[] =
  [
    { group: "say", types: ["message.send", "ask", "message.note", "message.draft"] },
    { group: "ways", types: ["decision", "assign", "loop", "subflow", "end"] },
    { group: "session", types: ["route", "availability", "prechat.restore", "session.set", "session.end"] },
    { group: "records", types: ["records.get", "records.create", "records.update"] },
    { group: "forms", types: ["screen", "cowork.form", "cowork.open", "cowork.await", "cowork.act"] },
    { group: "outside", types: ["http.call", "event.emit", "wait"] },
  ];

/** Kinds of step that a flow may have, as the linter says: it tells which kinds have no place in one. */
export function fitsIn(type: NodeType, definition: unknown): boolean {
  const { kind, audience } = (definition ?? {}) as { kind?: unknown; audience?: unknown };
  if (audience === "customer") return ["screen", "decision", "assign", "end", "subflow"].includes(type);
  if (kind === "routing") return !type.startsWith("cowork.") && type !== "screen" && type !== "message.draft";
  if (kind === "background") return type !== "screen";
  if (kind === "screen") return type !== "route";
  return type !== "screen" || audience !== undefined;
}
