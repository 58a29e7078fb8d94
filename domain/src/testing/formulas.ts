import { LIMITS } from "@clew/contract/flows/words";
import { expect, test } from "vitest";
import {
  compile,
  type EvaluateOptions,
  ExpressionError,
  evaluate,
  type FormulaSize,
  type Value,
  type ValueMap,
} from "../flows/expressions/expression.ts";

/** Tuesday 12 May 2026, noon in Berlin. */
export const OPTIONS: EvaluateOptions = { now: Date.UTC(2026, 4, 12, 10), zone: "Europe/Berlin", locale: "en-GB" };

/** How large a formula may be where no operator has raised it. */
export const USUAL_SIZE: FormulaSize = {
  characters: LIMITS.formulaCharacters,
  parts: LIMITS.formulaParts,
  depth: LIMITS.formulaDepth,
};

export const DATA: ValueMap = {
  name: "Ines",
  empty: "",
  nothing: null,
  count: 3,
  yes: true,
  list: [3, 1, 2],
  words: ["b", "a", "b"],
  people: [
    { name: "Ann", age: 41, vip: true },
    { name: "Bo", age: 17, vip: false },
    { name: "Cy", age: null },
  ],
  earlier: { prechat: { topic: "billing", orderNo: "4711" } },
  price: { amount: "12.50", currency: "EUR" },
  when: "2026-05-12T10:00:00Z",
};

/** A formula's value as plain data. */
export function resultOf(source: string, values: ValueMap = DATA, options: Partial<EvaluateOptions> = {}): Value {
  const value = evaluate(compile(source), values, { ...OPTIONS, ...options });
  return JSON.parse(JSON.stringify(value));
}

/** How a formula fails, "code@position", or "no error". Anything but an ExpressionError is passed on. */
export function failureOf(attempt: () => unknown): string {
  try {
    attempt();
    return "no error";
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.code}@${error.at}`;
    throw error;
  }
}

/** One test a row: a formula and its value, with DATA at hand. `rule` is "[FX3]". */
export function proveValues(rule: string, rows: readonly (readonly [source: string, expected: Value])[]): void {
  test.each(rows)(`${rule} %s is %j`, (source, expected) => {
    expect(resultOf(source)).toEqual(expected);
  });
}

/** One test a row: a formula and how it fails, when read or when evaluated. */
export function proveFailures(rule: string, rows: readonly (readonly [source: string, failure: string])[]): void {
  test.each(rows)(`${rule} %s fails: %s`, (source, failure) => {
    expect(failureOf(() => resultOf(source))).toBe(failure);
  });
}
