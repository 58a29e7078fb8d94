import type { FormField } from "@clew/contract/forms";
import { same } from "../editing/same.ts";
import { localized } from "../strings/languages.ts";
import { type AdminWord, a, enumerate } from "../strings/words.ts";

const PARTS: Record<string, AdminWord> = {
  type: "field.type",
  label: "field.label",
  hint: "field.hint",
  required: "field.required",
  hidden: "field.hidden",
  editable: "field.editable",
  maxLength: "field.maxLength",
  pattern: "field.pattern",
  patternHint: "field.patternHint",
  min: "field.min",
  max: "field.max",
  choices: "field.choices",
  dependsOn: "field.dependsOn",
};

/** What became of the questions of a form, one line a question: added, removed, changed in what, put in another order. */
export function formChanges(
  before: readonly FormField[],
  after: readonly FormField[],
): { what: string; before: string; after: string }[] {
  const old = new Map(before.map((field) => [field.key, field]));
  const keys = new Set(after.map((field) => field.key));
  const lines = [];
  for (const field of before) {
    if (!keys.has(field.key))
      lines.push({ what: questionName(field), before: a("change.asked"), after: a("change.removed") });
  }
  for (const field of after) {
    const was = old.get(field.key);
    if (was === undefined)
      lines.push({
        what: questionName(field),
        before: a("change.notThere"),
        after: a("change.added", { type: a(`type.${field.type}`) }),
      });
    else if (!same(was, field)) lines.push(changed(was, field));
  }
  const keptBefore = before.filter((field) => keys.has(field.key)).map((field) => field.key);
  const keptAfter = after.filter((field) => old.has(field.key)).map((field) => field.key);
  if (!same(keptBefore, keptAfter)) {
    const inOrder = (fields: readonly FormField[]) =>
      fields.map((field) => localized(field.label, "en") || field.key).join(", ");
    lines.push({ what: a("change.order"), before: inOrder(before), after: inOrder(after) });
  }
  return lines;
}

function changed(was: FormField, field: FormField) {
  const parts = Object.keys(PARTS).filter(
    (part) => !same(was[part as keyof FormField], field[part as keyof FormField]),
  );
  const only = parts.length === 1 ? (parts[0] as keyof FormField) : undefined;
  const simple = only !== undefined && typeof (field[only] ?? was[only]) !== "object";
  return {
    what: simple ? `${questionName(field)} · ${a(PARTS[only] as AdminWord)}` : questionName(field),
    before: simple ? plain(was[only]) : a("change.asked"),
    after: simple
      ? plain(field[only])
      : a("change.changed", { what: enumerate(parts.map((part) => a(PARTS[part] as AdminWord).toLowerCase())) }),
  };
}

function questionName(field: FormField): string {
  return a("change.question", { name: localized(field.label, "en") || field.key });
}

function plain(value: unknown): string {
  if (value === undefined) return a("change.none");
  if (typeof value === "boolean") return value ? a("change.on") : a("change.off");
  return String(value);
}
