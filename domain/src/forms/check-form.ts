import type { FormField, PreChatForm } from "@clew/contract/forms";
import { patternFault } from "./pattern.ts";

/** What is wrong with a form that is to be saved: `field` is a JSON pointer into it. */
export type FormFault = {
  field: string;
  reason:
    | "key-twice"
    | "pattern-invalid"
    | "pattern-too-long"
    | "pattern-risky"
    | "min-above-max"
    | "choices-missing"
    | "choice-twice"
    | "parent-missing"
    | "parent-after-child"
    | "required-but-hidden";
};

/** The first fault of a form, or null. */
export function checkForm(form: Pick<PreChatForm, "fields">): FormFault | null {
  for (const [index, field] of form.fields.entries()) {
    const fault = checkField(field, form.fields.slice(0, index), form.fields);
    if (fault) return { field: `/fields/${index}${fault.field}`, reason: fault.reason };
  }
  return null;
}

/** A parent has to stand before its child: people read downwards, and circles are impossible. */
function checkField(field: FormField, before: readonly FormField[], all: readonly FormField[]): FormFault | null {
  const named = (fields: readonly FormField[], key?: string) => fields.some((other) => other.key === key);
  if (named(before, field.key)) return { field: "/key", reason: "key-twice" };
  if (field.required && field.hidden) return { field: "/required", reason: "required-but-hidden" };
  const pattern = field.pattern === undefined ? null : patternFault(field.pattern);
  if (pattern) return { field: "/pattern", reason: `pattern-${pattern}` };
  if (field.min !== undefined && field.max !== undefined && field.min > field.max)
    return { field: "/min", reason: "min-above-max" };
  if (field.type !== "choice" && field.type !== "dependentChoice") return null;
  const values = (field.choices ?? []).map((choice) => choice.value);
  if (values.length === 0) return { field: "/choices", reason: "choices-missing" };
  if (new Set(values).size < values.length) return { field: "/choices", reason: "choice-twice" };
  if (field.type === "choice" || named(before, field.dependsOn)) return null;
  return { field: "/dependsOn", reason: named(all, field.dependsOn) ? "parent-after-child" : "parent-missing" };
}
