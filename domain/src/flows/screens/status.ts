import type { FieldComponent } from "@clew/contract/flows/components";
import type { FieldStatus } from "@clew/contract/flows/form-live";
import { normalised } from "./normalise.ts";
import { PLAIN, type Shown } from "./present.ts";
import { brokenRule } from "./rules.ts";

/** What can be told of an answer without telling it. Rules that need other answers count in a whole page only. */
export function statusOf(component: FieldComponent, value: unknown, shown: Shown = PLAIN): FieldStatus {
  const answer = normalised(component, value, shown);
  if ("problem" in answer) return "invalid";
  if (answer.value === null) return "empty";
  const alone = { ...component, rules: component.rules?.filter(({ rule }) => rule !== "formula") ?? [] };
  return brokenRule(alone, answer.value, {}, shown) ? "invalid" : "valid";
}
