import type { FormField, PreChatForm } from "@clew/contract/forms";
import type { FieldErrors } from "../editing/pointer.ts";
import { a } from "../strings/words.ts";
import { FIELD_KEY } from "./field-key.ts";

/** Which form of a channel's settings: what is asked before the chat, or after it. */
export type FormPart = "preChat" | "survey";
type Form = Pick<PreChatForm, "title" | "intro" | "fields"> & Partial<Pick<PreChatForm, "ask">>;

/** What keeps a form from being asked, by JSON pointer below where it stands. */
export function checkForm(form: Form, part: FormPart = "preChat"): FieldErrors {
  const errors: FieldErrors = {};
  if (
    form.ask?.when === "missing" &&
    form.ask.olderThanDays !== undefined &&
    !isWhole(form.ask.olderThanDays, 1, 3650)
  ) {
    errors[`/${part}/ask/olderThanDays`] = a("check.range", { min: 1, max: 3650 });
  }
  for (const [index, field] of form.fields.entries()) {
    for (const [of, sentence] of Object.entries(checkField(field, form.fields))) {
      errors[`/${part}/fields/${index}/${of}`] = sentence;
    }
  }
  return errors;
}

/** What is wrong with one question, by part. */
export function checkField(field: FormField, all: readonly FormField[]): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!FIELD_KEY.test(field.key)) errors.key = a("checkField.key");
  else if (all.filter((other) => other.key === field.key).length > 1)
    errors.key = a("checkField.keyTaken", { key: field.key });
  if (Object.values(field.label).every((text) => text.trim() === "")) errors.label = a("check.localized");
  if (field.pattern !== undefined && !isPattern(field.pattern)) errors.pattern = a("checkField.pattern");
  if (field.maxLength !== undefined && !isWhole(field.maxLength, 1, 4000))
    errors.maxLength = a("check.range", { min: 1, max: 4000 });
  if (field.min !== undefined && field.max !== undefined && field.min > field.max) errors.max = a("checkField.range");
  if (field.required && field.hidden) errors.required = a("checkField.requiredHidden");
  return { ...errors, ...checkChoices(field, all) };
}

function checkChoices(field: FormField, all: readonly FormField[]): Record<string, string> {
  if (field.type !== "choice" && field.type !== "dependentChoice") return {};
  const errors: Record<string, string> = {};
  const choices = field.choices ?? [];
  const values = choices.map((choice) => choice.value);
  if (choices.length === 0) errors.choices = a("checkField.noChoices");
  else if (values.some((value) => value.trim() === "")) errors.choices = a("checkField.emptyValue");
  else if (new Set(values).size < values.length) errors.choices = a("checkField.sameValue");
  else if (choices.some((choice) => Object.keys(choice.label).length === 0))
    errors.choices = a("checkField.choiceLabel");
  if (
    field.type === "dependentChoice" &&
    !possibleParents(field, all).some((parent) => parent.key === field.dependsOn)
  ) {
    errors.dependsOn = a("checkField.dependsOn");
  }
  return errors;
}

/** The questions that a dependent choice list may follow: choice lists that stand before it. */
export function possibleParents(field: FormField, all: readonly FormField[]): FormField[] {
  const place = all.findIndex((other) => other.key === field.key);
  return all
    .slice(0, Math.max(0, place))
    .filter((other) => other.type === "choice" || other.type === "dependentChoice");
}

export function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}

/** Whether the whole value fits the pattern, as the server reads it; null when the pattern itself is no pattern. */
export function tryPattern(pattern: string, value: string): boolean | null {
  return isPattern(pattern) ? new RegExp(`^(?:${pattern})$`, "u").test(value) : null;
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** How many texts of the form a language has not, among those that another language has. */
export function missingTexts(form: Form, language: string): number {
  const texts = [
    form.title,
    form.intro,
    ...form.fields.flatMap((field) => [
      field.label,
      field.hint,
      field.patternHint,
      ...(field.choices ?? []).map((choice) => choice.label),
    ]),
  ];
  return texts.filter((text) => text !== undefined && Object.keys(text).length > 0 && !text[language]).length;
}
