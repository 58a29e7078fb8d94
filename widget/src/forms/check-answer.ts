import type { Answer, AnswerValue, FormField } from "@clew/contract/forms";
import type { StringKey } from "../strings/strings.ts";

export type Values = Record<string, AnswerValue | undefined>;
/** What is wrong with an answer: a sentence's key with the number it needs, or the field's own hint to its pattern. */
export type Fault = { say: StringKey; count?: number } | { say: "patternHint" };

const EMAIL = /^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$/;
const PHONE = /^\+?[\d\s().\-/]{5,30}$/;

/** The first fault of an answer, or undefined when it can be sent. Blank is fine where nothing is required. */
export function checkAnswer(field: FormField, values: Values): Fault | undefined {
  const value = values[field.key];
  if (field.type === "checkbox") return field.required && value !== true ? { say: "needsTick" } : undefined;
  const text = value === undefined || value === null ? "" : String(value).trim();
  if (text === "") return field.required && choicesOf(field, values)?.length !== 0 ? { say: "needsAnswer" } : undefined;
  return checkType(field, text, values) ?? checkLimits(field, text);
}

function checkType(field: FormField, text: string, values: Values): Fault | undefined {
  switch (field.type) {
    case "email":
      return EMAIL.test(text) ? undefined : { say: "badEmail" };
    case "phone":
      return PHONE.test(text) && text.replace(/\D/g, "").length >= 5 ? undefined : { say: "badPhone" };
    case "number":
      return checkNumber(field, Number(text));
    case "date":
      return isDate(text) ? undefined : { say: "badDate" };
    case "choice":
    case "dependentChoice":
      return choicesOf(field, values)?.some((choice) => choice.value === text) ? undefined : { say: "badChoice" };
    default:
      return undefined;
  }
}

function checkNumber({ min, max }: FormField, value: number): Fault | undefined {
  if (!Number.isFinite(value)) return { say: "badNumber" };
  if (min !== undefined && value < min) return { say: "tooSmall", count: min };
  return max !== undefined && value > max ? { say: "tooBig", count: max } : undefined;
}

function checkLimits(field: FormField, text: string): Fault | undefined {
  if (field.maxLength !== undefined && text.length > field.maxLength) return { say: "tooLong", count: field.maxLength };
  if (!field.pattern || matches(field.pattern, text)) return undefined;
  return field.patternHint ? { say: "patternHint" } : { say: "badPattern" };
}

/** A pattern describes the whole answer. One that is no expression is the administrator's slip, not the customer's. */
function matches(pattern: string, text: string): boolean {
  for (const flags of ["v", "u"]) {
    try {
      return new RegExp(`^(?:${pattern})$`, flags).test(text);
    } catch {
      // Older patterns are no expressions with the newer flag; the next one is tried.
    }
  }
  return true;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The server's word for a fault, in ours: what it checks besides is the same list. */
export function faultOf(reason: string): Fault {
  const say: Record<string, Fault["say"]> = {
    required: "needsAnswer",
    "too-long": "badPattern",
    "not-a-number": "badNumber",
    "not-an-email": "badEmail",
    "not-a-phone": "badPhone",
    "not-a-date": "badDate",
    "not-a-choice": "badChoice",
  };
  return { say: say[reason] ?? "badPattern" } as Fault;
}

/** The choices to show now: a dependent list shows those that belong to the answer it depends on. */
export function choicesOf(field: FormField, values: Values) {
  const { dependsOn } = field;
  if (!dependsOn) return field.choices;
  const chosen = String(values[dependsOn] ?? "");
  return field.choices?.filter((choice) => !choice.when || choice.when.includes(chosen));
}

/**
 * Answers as they are sent: trimmed, numbers as numbers, blank as null, nothing chosen from a list that changed. What is
 * shown fixed was not typed by the customer: it is sent as the page's own word.
 */
export function answersOf(
  fields: readonly FormField[],
  values: Values,
  isFixed: (field: FormField) => boolean,
): Answer[] {
  return fields
    .filter((field) => !isFixed(field) || values[field.key] !== undefined)
    .map((field) => ({ key: field.key, value: cleaned(field, values), how: isFixed(field) ? "hidden" : "typed" }));
}

function cleaned(field: FormField, values: Values): AnswerValue {
  const value = values[field.key];
  if (field.type === "checkbox") return value === true;
  if (value === undefined || value === null || String(value).trim() === "") return null;
  const text = String(value).trim();
  if (field.type === "number" || field.type === "rating") return Number(text);
  if (field.dependsOn && !choicesOf(field, values)?.some((choice) => choice.value === text)) return null;
  return text;
}
