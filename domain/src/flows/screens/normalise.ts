import type { FieldComponent } from "@clew/contract/flows/components";
import { parseNumber } from "../../forms/parse-number.ts";
import type { Value } from "../expressions/expression.ts";
import { type FieldProblem, type Normal, no } from "./field-problem.ts";
import { kindNamed } from "./kinds.ts";
import { emailOf, lineOf, paragraphsOf } from "./normalise-texts.ts";
import { dateOf } from "./normalise-times.ts";
import type { Shown } from "./present.ts";

/** Longest text of a field that sets no length of its own, in characters. */
export const MAX_TEXT = 8_000;

/**
 * An answer in the form in which it is kept, whatever came: texts trimmed, phone numbers as E.164, dates as ISO 8601,
 * money as amount and currency. Blank is null. Normalising twice gives the same as once. Never throws.
 */
export function normalised(component: FieldComponent, given: unknown, shown: Shown): Normal {
  if (isBlank(given, component)) return { value: null };
  switch (component.kind) {
    case "text":
      // Of a number that is nothing but the marks it is grouped by, nothing is left: that is blank, too.
      return textual(given, (text) => ({ value: lineOf(text, component.format) || null }));
    case "longText":
      return textual(given, (text) => ({ value: paragraphsOf(text) || null }));
    case "email":
      return textual(given, emailOf, "email");
    case "number":
      return numeric(given, shown);
    case "rating": {
      const rating = numeric(given, shown);
      if (!("value" in rating)) return no("rating");
      const fits =
        Number.isInteger(rating.value) && Number(rating.value) >= 1 && Number(rating.value) <= most(component);
      return fits ? rating : no("rating");
    }
    case "date":
      return textual(given, (text) => dateOf(text, shown), "date");
    case "choice":
      return component.multiple
        ? several(given)
        : textual(given, (text) => ({ value: lineOf(text) || null }), "choice");
    case "boolean":
    case "consent":
      return typeof given === "boolean" ? { value: given } : no("yes-or-no");
    case "secret":
      return textual(given, (text) => {
        if (!component.numeric) return { value: text };
        const digits = text.replace(/[\s-]/gu, "");
        return /^\d+$/.test(digits) ? { value: digits } : no("digits");
      });
    default:
      return kindNamed(component.kind).normal(given, component, shown);
  }
}

/** The highest note of a rating. */
export function most({ max }: { max?: number }): number {
  return max ?? 5;
}

/** Nothing was answered: no value, no characters, no items; a box of consent that is not ticked. */
function isBlank(given: unknown, { kind }: FieldComponent): boolean {
  if (given === null || given === undefined) return true;
  if (typeof given === "string") return given.trim() === "";
  if (kind === "consent") return given === false;
  return Array.isArray(given) && given.length === 0;
}

/** Reads an answer that is a text; `otherwise` says what is wrong with one that is none. */
export function textual(
  given: unknown,
  read: (text: string) => Normal,
  otherwise: FieldProblem["code"] = "text",
): Normal {
  // Pages and flows may hand over an order number as a number.
  const text = typeof given === "number" && Number.isFinite(given) ? String(given) : given;
  if (typeof text !== "string") return no(otherwise);
  if (text.length > MAX_TEXT) return no("too-long", String(MAX_TEXT));
  return read(text);
}

function numeric(given: unknown, shown: Shown): Normal {
  const number = typeof given === "string" ? parseNumber(given.slice(0, 200), shown.locale) : given;
  return typeof number === "number" && Number.isFinite(number) ? { value: number || 0 } : no("number");
}

function several(given: unknown): Normal {
  const all = (Array.isArray(given) ? given : [given]).slice(0, 500);
  if (!all.every((item): item is string => typeof item === "string" && item.length <= MAX_TEXT)) return no("choice");
  const chosen: readonly Value[] = [...new Set(all.map((item) => lineOf(item)).filter((item) => item !== ""))];
  return { value: chosen.length > 0 ? chosen : null };
}
