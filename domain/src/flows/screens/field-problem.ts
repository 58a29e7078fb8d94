import type { FieldComponent } from "@clew/contract/flows/components";
import type { Value } from "../expressions/expression.ts";

/** Why an answer does not fit: a closed list, so that every screen can say it in its language. */
export const FIELD_PROBLEMS = [
  "required",
  "text",
  "too-short",
  "too-long",
  "email",
  "phone",
  "phone-country",
  "url",
  "number",
  "too-small",
  "too-large",
  "step",
  "money",
  "currency",
  "date",
  "time",
  "datetime",
  "duration",
  "too-early",
  "too-late",
  "choice",
  "yes-or-no",
  "consent",
  "rating",
  "address",
  "country",
  "postcode",
  "file",
  "file-type",
  "file-size",
  "too-few",
  "too-many",
  "signature",
  "digits",
  "payment",
  "payment-amount",
  "iban",
  "luhn",
  "rule",
] as const;
export type FieldProblemCode = (typeof FIELD_PROBLEMS)[number];

/** `limit` is what the rule compared with, as people of the language write it; `text` the author's own words. */
export type FieldProblem = { code: FieldProblemCode; limit?: string; text?: string };

/** An answer in the form in which it is kept, or why there is none. */
export type Normal = { value: Value } | { problem: FieldProblem };

export function no(code: FieldProblemCode, limit?: string): { problem: FieldProblem } {
  return { problem: limit === undefined ? { code } : { code, limit } };
}

/** The component of one kind: `Of<"date">`. */
export type Of<K extends FieldComponent["kind"]> = Extract<FieldComponent, { kind: K }>;
