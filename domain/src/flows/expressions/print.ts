import type { Node } from "./tree.ts";

/** A formula that reads as the same tree. Brackets stand around every operation, so no order of binding is needed. */
export function print(node: Node): string {
  switch (node.kind) {
    case "literal":
      return typeof node.value === "string" ? quoted(node.value) : String(node.value);
    case "name":
      return node.name;
    case "member":
      return `${print(node.of)}.${node.name}`;
    case "index":
      return `${print(node.of)}[${print(node.by)}]`;
    case "unary":
      return `(${node.operator}${print(node.of)})`;
    case "binary":
      return `(${print(node.left)} ${node.operator} ${print(node.right)})`;
    case "condition":
      return `(${print(node.when)} ? ${print(node.then)} : ${print(node.else)})`;
    case "list":
      return `[${node.items.map(print).join(", ")}]`;
    case "map":
      return `{${node.entries.map(({ key, value }) => `${quoted(key)}: ${print(value)}`).join(", ")}}`;
    case "call":
      return `${node.name}(${node.arguments.map(print).join(", ")})`;
    case "macro":
      return `${print(node.over)}.${node.name}(${node.item}, ${print(node.body)})`;
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}'`;
}
