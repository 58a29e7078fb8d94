import type { FieldComponent, FieldRule } from "@clew/contract/flows/components";
import { compare, equal } from "../expressions/comparing.ts";
import type { Value } from "../expressions/expression.ts";
import { functionNamed } from "../expressions/known-functions.ts";
import { startRun } from "../expressions/run.ts";
import { isMap } from "../expressions/value.ts";
import { guarded, readable, screenValue } from "./evaluated.ts";
import type { FieldProblem, FieldProblemCode } from "./field-problem.ts";
import { formatNamed, measured } from "./kinds.ts";
import { isLuhn } from "./luhn.ts";
import { optionsOf, type Shown, screenText } from "./present.ts";

type Values = Readonly<Record<string, Value>>;
type Bound = "min" | "max";

/** What of its own and its rules an answer in normal form breaks first; null: nothing. */
export function brokenRule(component: FieldComponent, value: Value, values: Values, shown: Shown): FieldProblem | null {
  if (component.kind === "number" && component.step !== undefined && !isStep(value, component)) {
    return { code: "step", limit: readable(component.step, shown) };
  }
  const own = ownLimits(component).find((rule) => !keeps(rule, component, value, values, shown));
  if (own) return told(own, component, values, shown);
  const broken = component.rules?.find((rule) => !keeps(rule, component, value, values, shown));
  return broken ? told(broken, component, values, shown) : null;
}

/** Steps count from the least; what binary fractions leave over counts as nothing. */
function isStep(value: Value, { step = 1, min = 0 }: { step?: number; min?: number }): boolean {
  const steps = (Number(value) - min) / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

/** What the field itself says, as rules. */
function ownLimits(component: FieldComponent): FieldRule[] {
  const written = component as { format?: "iban" | "luhn" | "postcode"; [limit: string]: unknown };
  const names = ["minLength", "maxLength"];
  if (component.kind !== "rating" && component.kind !== "file") names.push("min", "max");
  return [
    ...names.flatMap((rule) =>
      written[rule] === undefined ? [] : [{ rule, value: inKind(component, rule, written[rule]) } as FieldRule],
    ),
    ...(written.format ? [{ rule: written.format }] : []),
  ];
}

/** A bound of money is an amount in whatever currency is given; it is compared as such. */
function inKind(component: FieldComponent, rule: string, limit: unknown): unknown {
  return component.kind === "money" && (rule === "min" || rule === "max") ? { amount: limit } : limit;
}

function keeps(rule: FieldRule, component: FieldComponent, value: Value, values: Values, shown: Shown): boolean {
  const limit = screenValue(rule.value, values, shown);
  const text = typeof value === "string" ? value : "";
  switch (rule.rule) {
    case "min":
      return ordered(component, value, limit, 1, shown);
    case "max":
      return ordered(component, value, limit, -1, shown);
    case "after":
      return ordered(component, value, limit, 1, shown, true);
    case "before":
      return ordered(component, value, limit, -1, shown, true);
    case "minLength":
      return lengthOf(value) >= Number(limit);
    case "maxLength":
      return lengthOf(value) <= Number(limit);
    case "pattern":
      return guarded(false, () => isMatch(text, String(limit ?? ""), shown));
    case "oneOf":
      return (
        Array.isArray(limit) &&
        limit.some((one) => guarded(false, () => equal(startRun({}, optionsOf(shown)), one, value)))
      );
    case "luhn":
      return isLuhn(text);
    case "iban":
    case "postcode":
      return formatNamed(rule.rule)(value);
    case "formula":
      return limit === true;
  }
}

/** The same as the function of formulas, which a browser has to have fetched for it. */
function isMatch(text: string, pattern: string, shown: Shown): boolean {
  const matches = functionNamed("matches");
  return matches?.[3](startRun({}, optionsOf(shown)), [text, pattern], null) === true;
}

/** A limit that is not there, or that cannot be compared with the answer, limits nothing. */
function ordered(
  { kind }: FieldComponent,
  value: Value,
  limit: Value,
  sign: 1 | -1,
  shown: Shown,
  strictly = false,
): boolean {
  if (limit === null || value === null) return true;
  const [left, right] = [measured(kind, value), measured(kind, inCurrencyOf(value, limit))];
  const order = guarded(0, () => compare(startRun({}, optionsOf(shown)), left, right)) * sign;
  return strictly ? order > 0 || typeof left !== typeof right : order >= 0;
}

function inCurrencyOf(value: Value, limit: Value): Value {
  if (!isMap(value) || value.currency === undefined) return limit;
  const amount = isMap(limit) ? limit.amount : limit;
  return { amount: typeof amount === "number" ? String(amount) : (amount ?? null), currency: value.currency };
}

/** Characters as people count them; of a list its items. */
function lengthOf(value: Value): number {
  return typeof value === "string" ? [...value].length : Array.isArray(value) ? value.length : 0;
}

const CODES: Readonly<Record<FieldRule["rule"], FieldProblemCode>> = {
  min: "too-small",
  max: "too-large",
  minLength: "too-short",
  maxLength: "too-long",
  pattern: "rule",
  oneOf: "rule",
  before: "too-late",
  after: "too-early",
  iban: "iban",
  luhn: "luhn",
  postcode: "postcode",
  formula: "rule",
};
const TIMED = new Set(["date", "time", "datetime"]);
const ON_DAYS: Partial<Record<Bound, FieldProblemCode>> = { min: "too-early", max: "too-late" };

function told(rule: FieldRule, component: FieldComponent, values: Values, shown: Shown): FieldProblem {
  const timed = TIMED.has(component.kind) ? ON_DAYS[rule.rule as Bound] : undefined;
  const code = timed ?? CODES[rule.rule];
  const limit = screenValue(rule.value, values, shown);
  const text = screenText(rule.message, values, shown);
  const alone =
    isMap(limit) && limit.amount !== undefined && limit.currency === undefined ? Number(limit.amount) : limit;
  const shownLimit = code === "rule" || limit === null ? "" : readable(alone as Value, shown);
  return { code, ...(shownLimit ? { limit: shownLimit } : {}), ...(text ? { text } : {}) };
}
