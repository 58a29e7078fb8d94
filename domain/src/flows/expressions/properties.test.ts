import fc from "fast-check";
import { expect, test } from "vitest";
import { failureOf, OPTIONS } from "../../testing/formulas.ts";
import { DATA_OF_ANY_KIND, FORMULA, withoutPlaces } from "../../testing/random-formulas.ts";
import { type Compiled, compile, evaluate, type Value, type ValueMap } from "./expression.ts";
import { print } from "./print.ts";
import { partsOf } from "./reads.ts";
import { compileText, renderText } from "./text.ts";
import type { Node } from "./tree.ts";
import { parseType, type Scope, type Type, typeOf } from "./types.ts";

/** fast-check prints the seed of what fails. */
const RUNS = { numRuns: 3_000 };
const OUTCOMES = /^(no error|(syntax|name|arguments|limit|budget|type|number|value|pattern)@\d+)$/;

/** A tree that is small enough to be read back. */
function readBack(source: string): Compiled | null {
  let compiled: Compiled | null = null;
  const outcome = failureOf(() => {
    compiled = compile(source);
  });
  return outcome.startsWith("limit") ? null : (compiled as Compiled | null);
}

test("[FX14] what is printed reads as the same tree", () => {
  fc.assert(
    fc.property(FORMULA, (node) => {
      const compiled = readBack(print(node));
      if (compiled) expect(withoutPlaces(compiled.root)).toEqual(withoutPlaces(node));
      else expect(print(node).length).toBeGreaterThan(100);
    }),
    RUNS,
  );
});

test("[FX13] whatever formula meets whatever data, there is a value or an ExpressionError", () => {
  fc.assert(
    fc.property(FORMULA, DATA_OF_ANY_KIND, (node, values) => {
      const compiled = { source: "", root: node };
      expect(failureOf(() => evaluate(compiled, values as ValueMap, OPTIONS))).toMatch(OUTCOMES);
    }),
    RUNS,
  );
});

test("[FX13] whatever text is given as a formula or as a text with holes, it is read or refused", () => {
  const pieces = fc.constantFrom(
    "a",
    ".",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "'",
    '"',
    "\\",
    "?",
    ":",
    "1",
    "+",
    "in",
    "&&",
    ",",
    " ",
    "now",
    "=",
    "é",
    "\0",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((parts) => parts.join("")),
      ),
      (source) => {
        expect(failureOf(() => compile(source))).toMatch(OUTCOMES);
        expect(failureOf(() => renderText(compileText(source), {}, OPTIONS, "html"))).toMatch(OUTCOMES);
      },
    ),
    RUNS,
  );
});

test("[FX4] no formula reads a property that is not the data's own", () => {
  const foreign: PropertyKey[] = [];
  const watch = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    return new Proxy(value, {
      get(target, name, receiver) {
        // Lists are iterated by their methods, which are the language's, not the data's.
        if (!Object.hasOwn(target, name) && !Array.isArray(target)) foreign.push(name);
        return watch(Reflect.get(target, name, receiver));
      },
      getOwnPropertyDescriptor(target, name) {
        const held = Reflect.getOwnPropertyDescriptor(target, name);
        return held && "value" in held && held.configurable ? { ...held, value: watch(held.value) } : held;
      },
      getPrototypeOf(target) {
        if (!Array.isArray(target)) foreign.push("its prototype");
        return Reflect.getPrototypeOf(target);
      },
      has(target, name) {
        if (!Array.isArray(target)) foreign.push(name);
        return Reflect.has(target, name);
      },
    });
  };
  fc.assert(
    fc.property(FORMULA, DATA_OF_ANY_KIND, (node, values) => {
      failureOf(() => evaluate({ source: "", root: node }, watch(values) as ValueMap, OPTIONS));
      expect(foreign).toEqual([]);
    }),
    RUNS,
  );
});

test("[FX5] with a smaller budget there is the same value or none", () => {
  fc.assert(
    fc.property(FORMULA, DATA_OF_ANY_KIND, fc.integer({ min: 0, max: 60 }), (node, values, budget) => {
      const outcome = (steps: number): Value | string => {
        let value: Value = null;
        const failed = failureOf(() => {
          value = evaluate({ source: "", root: node }, values as ValueMap, { ...OPTIONS, budget: steps });
        });
        return failed === "no error" ? JSON.stringify(value) : failed;
      };
      const small = outcome(budget);
      if (!String(small).startsWith("budget@")) expect(small).toBe(outcome(10_000));
    }),
    RUNS,
  );
});

test("[FX2] the same formula and data give the same value, and the data stays as it is", () => {
  fc.assert(
    fc.property(FORMULA, DATA_OF_ANY_KIND, (node, values) => {
      const before = JSON.stringify(values);
      const outcome = () => {
        let value: Value = null;
        const failed = failureOf(() => {
          value = evaluate({ source: "", root: node }, values as ValueMap, OPTIONS);
        });
        return [failed, JSON.stringify(value)];
      };
      expect(outcome()).toEqual(outcome());
      expect(JSON.stringify(values)).toBe(before);
    }),
    RUNS,
  );
});

const WORDS = [
  "text",
  "number?",
  "boolean",
  "date",
  "datetime?",
  "duration",
  "money",
  "map",
  "list<text>",
  "list<number?>?",
  "record:Case?",
];
const SCOPE: fc.Arbitrary<Scope> = fc
  .dictionary(fc.constantFrom("a", "b", "c", "list", "deep", "runtime", "now"), fc.constantFrom(...WORDS), {
    minKeys: 7,
  })
  .map((types) => ({
    variables: new Map(Object.entries(types).map(([name, type]) => [name, { type: parseType(type) }])),
    record: () =>
      new Map([
        ["a", { type: parseType("number") }],
        ["b", { type: parseType("text?") }],
      ]),
  }));

test("[FX17] the check answers for every formula, and what it finds no fault in is never of a wrong kind", () => {
  fc.assert(
    fc.property(FORMULA, SCOPE, fc.infiniteStream(fc.nat(3)), (node, scope, choices) => {
      const checked = typeOf({ source: "", root: node }, scope);
      const pick = () => choices.next().value as number;
      const values = Object.fromEntries([...scope.variables].map(([name, { type }]) => [name, sample(type, pick)]));
      if (checked.errors.length > 0 || isDynamic(node, scope)) return;
      let value: Value = null;
      const outcome = failureOf(() => {
        value = evaluate({ source: "", root: node }, values, {
          ...OPTIONS,
          host: { asset: () => "/a", visits: () => 1 },
        });
      });
      expect(outcome, print(node)).not.toMatch(/^type@/);
      if (outcome === "no error" && value === null)
        expect(JSON.stringify(checked.type), print(node)).toMatch(/"any"|"null"|"nullable":true/);
    }),
    { numRuns: 6_000 },
  );
});

/** Some value of a type. */
function sample(type: Type, pick: () => number): Value {
  if (type.kind === "any" || type.kind === "null" || (type.nullable && pick() === 0)) return null;
  switch (type.kind) {
    case "list":
      return Array.from({ length: pick() }, () => sample(type.of, pick));
    case "map":
      return {};
    case "record":
      return { a: pick(), b: pick() === 0 ? null : "b" };
    case "money":
      return { amount: `${pick()}.5`, currency: "EUR" };
    case "number":
      return pick() - 1;
    case "boolean":
      return pick() > 1;
    case "date":
      return "2026-05-12";
    case "datetime":
      return "2026-05-12T10:00:00Z";
    case "duration":
      return "PT1H";
    default:
      return "text";
  }
}

/** Formats and orders of values that only data can tell, and whatever counts as `any`: there the check says nothing. */
function isDynamic(node: Node, scope: Scope): boolean {
  if (node.kind === "call" && /^(format|sort|min|max|join|text|label|flatten|values)$/.test(node.name)) return true;
  if (node.kind === "macro" && /^(sortBy|min|max)$/.test(node.name)) return true;
  const { type } = typeOf({ source: "", root: node }, scope);
  const spread = (_: string, value: unknown) => (value instanceof Map ? [...value.values()] : value);
  if (JSON.stringify(type, spread).includes('"any"')) return true;
  if (partsOf(node).some((part) => isDynamic(part, scope))) return true;
  if (node.kind !== "macro") return false;
  const over = typeOf({ source: "", root: node.over }, scope).type;
  const item: Type = over.kind === "list" ? over.of : { kind: "null" };
  return isDynamic(node.body, { ...scope, variables: new Map([...scope.variables, [node.item, { type: item }]]) });
}
