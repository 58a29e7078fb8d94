import fc from "fast-check";
import { FUNCTION_NAMES } from "../flows/expressions/functions.ts";
import { takes } from "../flows/expressions/known-functions.ts";
import type { Node } from "../flows/expressions/tree.ts";

const AT = { at: 0 };
const NAMES = ["a", "b", "c", "list", "deep", "x", "runtime", "now"];
const MACROS = ["filter", "map", "all", "exists", "find", "count", "sum", "min", "max", "sortBy"];
const BINARY = ["*", "/", "%", "+", "-", "<", "<=", ">", ">=", "==", "!=", "in", "&&", "||"] as const;
const TEXTS = [
  "",
  "a",
  "P1D",
  "2026-05-12",
  "2026-05-12T10:00:00Z",
  "09:30",
  "UTC",
  "date-long",
  "[a-z]+",
  "EUR",
  "12.50",
  "it's",
  "\\",
  "\n{{",
];

const scalar = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ maxLength: 5 }),
  fc.nat(20),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

/** Trees of formulas of every kind, sense or none, small enough to be read again from their print. */
export const FORMULA: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => {
  const node = tie("node");
  const literal = scalar.map((value): Node => ({ kind: "literal", ...AT, value }));
  const name = fc.constantFrom(...NAMES).map((text): Node => ({ kind: "name", ...AT, name: text }));
  const call = fc
    .constantFrom(...FUNCTION_NAMES)
    .chain((called) => {
      const [least, most] = takes(called) as readonly [number, number];
      return fc.tuple(fc.constant(called), fc.array(node, { minLength: least, maxLength: Math.min(most, least + 2) }));
    })
    .map(([called, given]): Node => ({ kind: "call", ...AT, name: called, arguments: given }));
  return {
    node: fc.oneof(
      { maxDepth: 4, depthIdentifier: "formula" },
      literal,
      name,
      fc
        .tuple(node, fc.constantFrom("a", "b", "in", "length"))
        .map(([of, text]): Node => ({ kind: "member", ...AT, of, name: text })),
      fc.tuple(node, node).map(([of, by]): Node => ({ kind: "index", ...AT, of, by })),
      fc
        .tuple(fc.constantFrom("!" as const, "-" as const), node)
        .map(([operator, of]): Node => ({ kind: "unary", ...AT, operator, of })),
      fc
        .tuple(fc.constantFrom(...BINARY), node, node)
        .map(([operator, left, right]): Node => ({ kind: "binary", ...AT, operator, left, right })),
      fc
        .tuple(node, node, node)
        .map(([when, yes, no]): Node => ({ kind: "condition", ...AT, when, then: yes, else: no })),
      fc.array(node, { maxLength: 4 }).map((items): Node => ({ kind: "list", ...AT, items })),
      fc
        .uniqueArray(fc.tuple(fc.constantFrom("a", "b", "c d", "'"), node), { maxLength: 3, selector: ([key]) => key })
        .map((entries): Node => ({ kind: "map", ...AT, entries: entries.map(([key, value]) => ({ key, value })) })),
      call,
      fc
        .tuple(fc.constantFrom(...MACROS), node, fc.constantFrom("x", "y", "a"), node)
        .map(([called, over, item, body]): Node => ({ kind: "macro", ...AT, name: called, over, item, body })),
    ),
  };
}).node;

/** Data as JSON brings it, with the names that formulas ask for and some that they must not find. */
export const DATA_OF_ANY_KIND = fc.dictionary(
  fc.constantFrom("a", "b", "c", "list", "deep", "__proto__", "constructor"),
  fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 6 }),
    fc.jsonValue({ maxDepth: 4 }),
    fc.dictionary(fc.constantFrom("a", "b"), scalar),
  ),
  { noNullPrototype: false },
);

/** The tree without its places. */
export function withoutPlaces(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node, (key, value) => (key === "at" ? undefined : value)));
}
