export type UnaryOperator = "!" | "-";
export type BinaryOperator = "*" | "/" | "%" | "+" | "-" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "in" | "&&" | "||";

/** A formula as read. `at` is the offset in the source of the word or sign that the node stands for. */
export type Node =
  | { kind: "literal"; at: number; value: string | number | boolean | null }
  | { kind: "name"; at: number; name: string }
  | { kind: "member"; at: number; of: Node; name: string }
  | { kind: "index"; at: number; of: Node; by: Node }
  | { kind: "unary"; at: number; operator: UnaryOperator; of: Node }
  | { kind: "binary"; at: number; operator: BinaryOperator; left: Node; right: Node }
  | { kind: "condition"; at: number; when: Node; then: Node; else: Node }
  | { kind: "list"; at: number; items: Node[] }
  | { kind: "map"; at: number; entries: { key: string; value: Node }[] }
  | { kind: "call"; at: number; name: string; arguments: Node[] }
  /** `over.name(item, body)`: the body is evaluated once an item, which it knows by that name. */
  | { kind: "macro"; at: number; name: string; over: Node; item: string; body: Node };
