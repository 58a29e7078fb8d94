import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { Refused } from "../problems/refused.ts";
import { explain, type Misfit } from "./explain.ts";

/** Deeper nesting than any of ours: enough for settings, too little to exhaust the stack of who walks over it later. */
const MAX_DEPTH = 32;

/** Several endpoints have the same schema, and several servers of a process the same endpoints: each is compiled once. */
const COMPILED = new WeakMap<TSchema, Validator>();

/**
 * Makes the parser of one schema. `within` goes before the pointers in problems: "" for bodies, "/query" and "/params".
 * @throws Refused `invalid` with `field` and a sentence
 */
export function parser(schema: TSchema, within = ""): (value: unknown) => unknown {
  const compiled = COMPILED.get(schema) ?? Compile(schema);
  COMPILED.set(schema, compiled);
  return (value) => {
    const misfit = unfit(value) ?? (compiled.Check(value) ? null : explain(schema, value));
    if (!misfit) return value;
    throw new Refused("invalid", { field: `${within}${misfit.field}`, detail: misfit.detail });
  };
}

/**
 * What no schema says and every store depends on: no NUL characters (PostgreSQL has no place for them), no `__proto__`,
 * no bottomless nesting. Walks without recursion, so that the walk itself cannot be brought down.
 */
function unfit(value: unknown): Misfit | null {
  const open: { value: unknown; at: string; depth: number }[] = [{ value, at: "", depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: item, at, depth } = next;
    if (typeof item === "string" && item.includes("\0")) {
      return { field: at, detail: "Text must not hold the character U+0000." };
    }
    if (typeof item !== "object" || item === null) continue;
    if (depth > MAX_DEPTH) return { field: "", detail: `The input is nested deeper than ${MAX_DEPTH} levels.` };
    for (const [key, inner] of Object.entries(item)) {
      if (key === "__proto__" || key.includes("\0")) return { field: at, detail: "A property has a forbidden name." };
      open.push({ value: inner, at: `${at}/${pointerPart(key)}`, depth: depth + 1 });
    }
  }
  return null;
}

function pointerPart(key: string): string {
  return key.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1");
}
