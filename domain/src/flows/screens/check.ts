// A server has every kind and function from the start.
import "./every-kind.ts";
import type { Component, FieldComponent } from "@clew/contract/flows/components";
import type { NodeOf } from "@clew/contract/flows/definition";
import type { CheckedAnswers } from "../engine/given.ts";
import type { Values } from "../engine/run.ts";
import type { Value } from "../expressions/expression.ts";
import { labelOf, optionsFor } from "./choices.ts";
import { fromText } from "./from-text.ts";
import { normalised } from "./normalise.ts";
import { checkPage } from "./page.ts";
import { PLAIN, type Shown } from "./present.ts";
import { problemText } from "./problem-text.ts";
import { brokenRule } from "./rules.ts";

export { fieldsOf } from "./components.ts";
export { agentMaySee, privacyOf } from "./privacy.ts";
export { statusOf } from "./status.ts";

/**
 * The answers of a screen in normal form, those of fields that are not shown left out; or what is wrong in words for the
 * reader, by field (in a repeat "borrowers/0/name"). `held` are answers that the answerer cannot change.
 */
export function checkScreen(
  node: Pick<NodeOf<"screen">, "components">,
  given: Values,
  scope: Values,
  shown: Shown = PLAIN,
  held: Values = {},
): CheckedAnswers {
  const page = checkPage(node.components, given, { scope, shown, held });
  const problems = Object.entries(page.problems);
  if (problems.length === 0) return { ok: true, values: page.values, labels: page.labels };
  return {
    ok: false,
    problems: Object.fromEntries(problems.map(([id, problem]) => [id, problemText(problem, shown.locale)])),
  };
}

/** One question answered by a message: choices by number, value or label, yes and no in words. */
export function checkOneAnswer(
  component: FieldComponent,
  text: string,
  shown: Shown = PLAIN,
  scope: Values = {},
): { ok: true; value: Value; label: string | null } | { ok: false; problem: string } {
  const told = (code: Parameters<typeof problemText>[0]) =>
    ({ ok: false, problem: problemText(code, shown.locale) }) as const;
  const answer = normalised(component, fromText(component, text, scope, shown), shown);
  if ("problem" in answer) return told(answer.problem);
  const { value } = answer;
  if (value === null) {
    if (component.required === undefined || component.required === false) return { ok: true, value, label: null };
    return told({ code: "required" });
  }
  const broken = brokenRule(component, value, { ...scope, [component.id]: value }, shown);
  if (broken) return told(broken);
  if (component.kind !== "choice") return { ok: true, value, label: null };
  const label = labelOf(component, value, optionsFor(component, scope, shown), shown);
  return label === null ? told({ code: "choice" }) : { ok: true, value, label };
}

/** Ids of the fields that are asked as the answers stand, in order; in a repeat "borrowers/0/name". */
export function visibleFields(components: readonly Component[], values: Values, scope: Values, shown: Shown): string[] {
  return [...checkPage(components, values, { scope, shown }).fields.keys()];
}
