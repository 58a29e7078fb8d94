import type { Component, FieldRule } from "@clew/contract/flows/components";
import { isFunctionThere } from "@clew/domain/flows/expressions/known-functions";
import { spellingOf } from "@clew/domain/flows/expressions/spelling";
import type { PartName } from "./parts.ts";

const PART_OF: { [K in Component["kind"]]?: PartName } = {
  address: "fields",
  datetime: "functions",
  duration: "functions",
  money: "fields",
  phone: "fields",
  rating: "fields",
  time: "fields",
  url: "fields",
  file: "files",
  signature: "files",
  payment: "payments",
  answers: "lists",
  repeat: "lists",
};
const PART_OF_RULE: { [K in FieldRule["rule"]]?: PartName } = {
  iban: "fields",
  postcode: "fields",
  pattern: "functions",
};

/** The parts without which a page cannot be drawn or checked. Of one that is not needed it may be too sure. */
export function needsOf(components: readonly Component[]): PartName[] {
  const needs = new Set<PartName | undefined>();
  for (const component of components) {
    needs.add(PART_OF[component.kind]);
    if (component.kind === "date" && component.known) needs.add("fields");
    if (component.kind === "address" && component.lookup) needs.add("lookup");
    if (component.kind === "text" && component.format) needs.add(PART_OF_RULE[component.format as "iban"]);
    if (component.kind === "choice" && component.options?.some(({ icon }) => icon)) needs.add("icons");
    if ("rules" in component) for (const { rule } of component.rules ?? []) needs.add(PART_OF_RULE[rule]);
    if ("components" in component) for (const need of needsOf(component.components)) needs.add(need);
  }
  const formulas = textsIn(components).filter((text) => spellingOf(text).kind !== "literal");
  if (formulas.length > 0) needs.add("formulas");
  if (formulas.some(callsFunction)) needs.add("functions");
  return [...needs].filter((need) => need !== undefined);
}

/** Every text of a definition, at any depth. */
function textsIn(written: unknown): string[] {
  if (typeof written === "string") return [written];
  return typeof written === "object" && written !== null ? Object.values(written).flatMap(textsIn) : [];
}

/** Whether a formula, or a hole of a text, calls what is not there yet. Macros are called as functions are. */
function callsFunction(formula: string): boolean {
  return [...formula.matchAll(/(\w+)\s*\(/g)].some(([, name = ""]) => !isFunctionThere(name));
}
