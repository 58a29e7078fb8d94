import { ExpressionError } from "./expression-error.ts";
import { isRefusedName } from "./names.ts";
import { readToken, type Token } from "./tokens.ts";
import type { BinaryOperator, Node } from "./tree.ts";

/** How large one formula may be; `depth` counts brackets, arguments and branches within one another. */
export type FormulaSize = { readonly characters: number; readonly parts: number; readonly depth: number };
/** What is read at all, wherever a formula is read: as far as an operator may raise it. The linter asks for less. */
export const LARGEST: FormulaSize = { characters: 10_000, parts: 1_000, depth: 100 };

/** Signs that bind alike stand in one line; later lines bind stronger. */
const LEVELS: readonly ReadonlySet<string>[] = [
  new Set(["||"]),
  new Set(["&&"]),
  new Set(["==", "!=", "<", "<=", ">", ">=", "in"]),
  new Set(["+", "-"]),
  new Set(["*", "/", "%"]),
];
const COMPARING = 2;
export const MACRO_NAMES: ReadonlySet<string> = new Set([
  "filter",
  "map",
  "all",
  "exists",
  "find",
  "count",
  "sum",
  "min",
  "max",
  "sortBy",
]);
const WORDS = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/**
 * Reads one formula that begins at `start`; `end` is where the first token begins that is no part of it. `takes(name)`
 * gives the least and the greatest number of arguments of a function, undefined if there is none of the name.
 */
export function parse(
  source: string,
  start: number,
  takes: (name: string) => readonly [number, number] | undefined,
  most = LARGEST,
): { root: Node; end: number } {
  let token = readToken(source, start);
  let nodes = 0;
  let depth = 0;

  function take(): Token {
    const taken = token;
    if (taken.end - start > most.characters) throw tooLong(taken.at, most);
    token = readToken(source, taken.end);
    return taken;
  }

  function isSign(value: string): boolean {
    return token.kind === "sign" && token.value === value;
  }

  function accept(value: string): boolean {
    return isSign(value) && take() !== null;
  }

  function expect(value: string): void {
    if (!accept(value)) throw new ExpressionError("syntax", token.at, `${value} is missing here`);
  }

  function made(node: Node): Node {
    nodes += 1;
    if (nodes > most.parts)
      throw new ExpressionError("limit", node.at, `The formula has more than ${most.parts} parts`);
    return node;
  }

  function nested<Result>(read: () => Result): Result {
    depth += 1;
    if (depth > most.depth) throw new ExpressionError("limit", token.at, `Nested deeper than ${most.depth}`);
    const result = read();
    depth -= 1;
    return result;
  }

  function expression(): Node {
    return nested(() => {
      const when = binary(0);
      if (!isSign("?")) return when;
      const { at } = take();
      const then = expression();
      expect(":");
      return made({ kind: "condition", at, when, then, else: expression() });
    });
  }

  function binary(level: number): Node {
    const signs = LEVELS[level];
    if (!signs) return unary();
    let left = binary(level + 1);
    for (let found = 0; (token.kind === "sign" || token.kind === "name") && signs.has(token.value); found++) {
      if (level === COMPARING && found > 0) {
        throw new ExpressionError("syntax", token.at, "Put && between two comparisons, or brackets around one");
      }
      const { at, value } = take();
      left = made({ kind: "binary", at, operator: value as BinaryOperator, left, right: binary(level + 1) });
    }
    return left;
  }

  function unary(): Node {
    if (!isSign("!") && !isSign("-")) return postfix(primary());
    const { at, value } = take();
    return made({ kind: "unary", at, operator: value as "!" | "-", of: nested(unary) });
  }

  function postfix(first: Node): Node {
    let node = first;
    for (;;) {
      if (isSign("[")) {
        const { at } = take();
        const by = expression();
        if (by.kind === "literal" && typeof by.value === "string") allowed(by.value, by.at);
        expect("]");
        node = made({ kind: "index", at, of: node, by });
      } else if (accept(".") || accept("?.")) {
        const { at, value } = name();
        node = accept("(") ? method(node, at, value) : made({ kind: "member", at, of: node, name: value });
      } else return node;
    }
  }

  /** `list.filter(x, …)` is a macro; any other `value.name(…)` is the function with the value as its first argument. */
  function method(receiver: Node, at: number, called: string): Node {
    if (MACRO_NAMES.has(called) && token.kind === "name" && readToken(source, token.end).value === ",") {
      const item = name().value;
      if (WORDS.has(item)) throw new ExpressionError("syntax", at, "An item needs a name");
      expect(",");
      const body = expression();
      expect(")");
      return made({ kind: "macro", at, name: called, over: receiver, item, body });
    }
    const ofRuntime = receiver.kind === "name" && receiver.name === "runtime" && called === "visits";
    return call(at, called, ofRuntime ? [] : [receiver]);
  }

  function call(at: number, called: string, first: Node[]): Node {
    const all = [...first, ...until(")", expression)];
    const range = takes(called);
    if (!range) throw new ExpressionError("name", at, `There is no function ${called}`);
    if (all.length < range[0] || all.length > range[1]) {
      throw new ExpressionError("arguments", at, `${called} takes ${several(range)}, not ${all.length}`);
    }
    return made({ kind: "call", at, name: called, arguments: all });
  }

  function primary(): Node {
    if (token.kind === "name") return word();
    const { kind, at, value } = take();
    if (kind === "number") return made({ kind: "literal", at, value: finite(value, at) });
    if (kind === "text") return made({ kind: "literal", at, value });
    if (kind === "sign" && value === "[") return made({ kind: "list", at, items: until("]", expression) });
    if (kind === "sign" && value === "{") return made({ kind: "map", at, entries: entries() });
    if (kind === "sign" && value === "(") {
      const inner = expression();
      expect(")");
      return inner;
    }
    throw new ExpressionError("syntax", at, "A value is missing here");
  }

  function word(): Node {
    const { at, value } = name();
    const literal = WORDS.get(value);
    if (literal !== undefined) return made({ kind: "literal", at, value: literal });
    if (value === "in") throw new ExpressionError("syntax", at, "A value is missing here");
    return accept("(") ? call(at, value, []) : made({ kind: "name", at, name: value });
  }

  function entries(): { key: string; value: Node }[] {
    const keys = new Set<string>();
    return until("}", () => {
      const { at, value: key } = token.kind === "text" ? take() : name();
      if (keys.has(allowed(key, at))) throw new ExpressionError("syntax", at, "The map has this key already");
      keys.add(key);
      expect(":");
      return { key, value: expression() };
    });
  }

  function until<Part>(closing: string, read: () => Part): Part[] {
    const parts: Part[] = [];
    if (accept(closing)) return parts;
    do parts.push(read());
    while (accept(","));
    expect(closing);
    return parts;
  }

  function name(): Token {
    if (token.kind !== "name") throw new ExpressionError("syntax", token.at, "A name is missing here");
    allowed(token.value, token.at);
    return take();
  }

  const root = expression();
  return { root, end: token.at };
}

export function tooLong(at: number, { characters }: FormulaSize): ExpressionError {
  return new ExpressionError("limit", at, `The formula is longer than ${characters} characters`);
}

function allowed(name: string, at: number): string {
  if (isRefusedName(name)) throw new ExpressionError("name", at, `Nothing may be called ${name}`);
  return name;
}

function finite(digits: string, at: number): number {
  const number = Number(digits);
  if (!Number.isFinite(number)) throw new ExpressionError("number", at, "The number is too large");
  return number;
}

function several([least, most]: readonly [number, number]): string {
  if (least === most) return least === 1 ? "1 argument" : `${least} arguments`;
  return most === Number.POSITIVE_INFINITY ? `${least} or more arguments` : `${least} to ${most} arguments`;
}
