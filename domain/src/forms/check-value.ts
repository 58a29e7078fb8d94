import type { AnswerValue, FormField } from "@clew/contract/forms";
import { RATING_MAX } from "@clew/contract/limits";
import { isCalendarDate } from "../hours/calendar-date.ts";
import { parseNumber, western } from "./parse-number.ts";
import { compilePattern, MAX_PATTERN_INPUT } from "./pattern.ts";

/** Why an answer does not fit its question: a closed list, so that every screen can say it in its language. */
export const ANSWER_REASONS = [
  "required",
  "not-text",
  "too-long",
  "pattern",
  "not-a-number",
  "too-small",
  "too-large",
  "not-an-email",
  "not-a-phone",
  "not-a-yes-or-no",
  "not-a-date",
  "not-a-choice",
  "unknown-field",
  "hidden-only",
  "twice",
] as const;
export type AnswerReason = (typeof ANSWER_REASONS)[number];

export type ValueContext = {
  language: string;
  /** For a dependent choice: what is chosen in the field it depends on; null or undefined when nothing is. */
  parent?: AnswerValue | undefined;
};
export type CheckedValue = { ok: true; value: AnswerValue } | { ok: false; reason: AnswerReason };

/** Longest text of a field that sets no length of its own; also the longest value on the wire. */
export const MAX_TEXT = 4000;
const EMAIL = /^[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]{1,190}$/u;
const DOMAIN = /^[^.]+(\.[^.]+)+$/u;
/** What people write around the digits of a phone number, with an extension at its end. */
const PHONE = /^\+?[\d\s()./-]+((x|ext\.?)\s?\d+)?$/iu;

/** Whether nothing was entered: null, or text of white space only. */
export function isBlank(value: AnswerValue): boolean {
  return value === null || (typeof value === "string" && value.trim() === "");
}

/** Checks one value against its field and gives it in the form in which it is kept; blank becomes null. */
export function checkValue(field: FormField, value: AnswerValue, context: ValueContext): CheckedValue {
  if (isBlank(value)) return mustBeAnswered(field, context.parent) ? no("required") : yes(null);
  switch (field.type) {
    case "text":
      return checkText(field, typeof value === "string" ? value.replace(/\s*[\r\n]+\s*/gu, " ") : value);
    case "longText":
      return checkText(field, typeof value === "string" ? value.replace(/\r\n?/gu, "\n") : value);
    case "email":
      return checkText(field, value, (text) => (isEmail(text) ? null : "not-an-email"));
    case "phone":
      return checkText(field, value, (text) => (isPhone(text) ? null : "not-a-phone"));
    case "number":
      return checkNumber(field, value, context.language);
    case "checkbox":
      return checkYesOrNo(field, value);
    case "choice":
    case "dependentChoice":
      return choicesFor(field, context.parent).includes(String(value)) ? yes(String(value)) : no("not-a-choice");
    case "rating":
      return checkRating(value);
    case "date":
      return typeof value === "string" && isCalendarDate(value.trim()) ? yes(value.trim()) : no("not-a-date");
  }
}

/** Whether a required field can and must be answered; a dependent choice without a choice to make is let go. */
export function mustBeAnswered(field: FormField, parent?: AnswerValue): boolean {
  if (!field.required || field.hidden || !field.editable) return false;
  return field.type !== "dependentChoice" || choicesFor(field, parent).length > 0;
}

/** The values that may be chosen, for a dependent choice those of the parent's value. */
export function choicesFor(field: FormField, parent?: AnswerValue): string[] {
  const choices = field.choices ?? [];
  if (field.type !== "dependentChoice") return choices.map((choice) => choice.value);
  const chosen = parent === undefined || isBlank(parent) ? null : String(parent);
  return choices
    .filter((choice) => !choice.when || (chosen !== null && choice.when.includes(chosen)))
    .map((choice) => choice.value);
}

function checkText(field: FormField, value: AnswerValue, kind?: (text: string) => AnswerReason | null): CheckedValue {
  // Page script may hand over an order number as a number.
  if (typeof value === "boolean" || value === null) return no("not-text");
  const text = String(value).trim();
  // Code points: browsers count UTF-16 units, never fewer, so what a browser's limit lets pass passes here.
  const length = [...text].length;
  if (length > Math.min(field.maxLength ?? MAX_TEXT, MAX_TEXT)) return no("too-long");
  const wrong = kind?.(text);
  if (wrong) return no(wrong);
  const pattern = field.pattern === undefined ? null : compilePattern(field.pattern);
  if (pattern && length > MAX_PATTERN_INPUT) return no("too-long");
  return pattern && !pattern.test(text) ? no("pattern") : yes(text);
}

function isEmail(text: string): boolean {
  return EMAIL.test(text) && DOMAIN.test(text.slice(text.indexOf("@") + 1));
}

function isPhone(text: string): boolean {
  const plain = western(text);
  const digits = plain.replace(/(x|ext).*$/iu, "").replace(/\D/gu, "").length;
  return PHONE.test(plain) && digits >= 4 && digits <= 15;
}

function checkNumber(field: FormField, value: AnswerValue, language: string): CheckedValue {
  const number = typeof value === "number" ? value : typeof value === "string" ? parseNumber(value, language) : null;
  if (number === null || !Number.isFinite(number)) return no("not-a-number");
  if (field.min !== undefined && number < field.min) return no("too-small");
  if (field.max !== undefined && number > field.max) return no("too-large");
  return yes(number);
}

function checkRating(value: AnswerValue): CheckedValue {
  const number = typeof value === "string" ? Number(western(value)) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= 1 && number <= RATING_MAX
    ? yes(number)
    : no("not-a-choice");
}

function checkYesOrNo(field: FormField, value: AnswerValue): CheckedValue {
  const given = value === "true" ? true : value === "false" ? false : value;
  if (typeof given !== "boolean") return no("not-a-yes-or-no");
  // A required box is a consent: it has to be ticked.
  return given === false && mustBeAnswered(field) ? no("required") : yes(given);
}

function yes(value: AnswerValue): CheckedValue {
  return { ok: true, value };
}

function no(reason: AnswerReason): CheckedValue {
  return { ok: false, reason };
}
