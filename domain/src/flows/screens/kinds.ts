import type { FieldComponent } from "@clew/contract/flows/components";
import type { Value } from "../expressions/value.ts";
import type { FieldProblem, Normal } from "./field-problem.ts";
import type { Shown } from "./present.ts";

type KindName = FieldComponent["kind"];
type Values = Readonly<Record<string, Value>>;

/** What is particular to the answers of one kind of field. */
export type Kind<K extends KindName = KindName> = {
  /** The answer in the form in which it is kept; never asked for what is blank. */
  normal(given: unknown, component: Extract<FieldComponent, { kind: K }>, shown: Shown): Normal;
  /** An answer in normal form as people read it, on a receipt or a review. */
  text?(value: Value, shown: Shown): string;
  /** What bounds are compared by, where that is not the value itself. */
  measure?(value: Value): Value;
  /** Whether the other answers of the page leave anything to answer; if not, an answer counts as none. */
  asked?(component: Extract<FieldComponent, { kind: K }>, seen: Values, shown: Shown): boolean;
  /** What is wrong with an answer in normal form beside the other answers of the page. */
  amiss?(
    value: Value,
    component: Extract<FieldComponent, { kind: K }>,
    seen: Values,
    shown: Shown,
  ): FieldProblem | null;
};
/** Forms of numbers and codes that a rule may ask for. Whether an answer in normal form has it. */
export type Format = (value: Value) => boolean;

/**
 * Kinds and formats beside the ordinary ones, which normalise.ts and rules.ts hold themselves. A server and the console
 * learn all of them at once (every-kind.ts), a browser those that a page has, before it draws the page.
 */
const kinds = new Map<string, Kind>();
const formats = new Map<string, Format>();

export function learnKinds(
  more: { [K in KindName]?: Kind<K> },
  moreFormats: Readonly<Record<string, Format>> = {},
): void {
  for (const [name, kind] of Object.entries(more)) kinds.set(name, kind as Kind);
  for (const [name, format] of Object.entries(moreFormats)) formats.set(name, format);
}

/** The kind of a field, where it is none of the ordinary ones. */
export function kindNamed(name: KindName): Kind {
  return there(kinds, name);
}

export function formatNamed(name: string): Format {
  return there(formats, name);
}

/** What bounds of a kind are compared by. */
export function measured(name: KindName, value: Value): Value {
  const measure = kinds.get(name)?.measure;
  return measure ? measure(value) : value;
}

/** Whether there is anything to answer, as the others stand. */
export function isAskedBy(component: FieldComponent, seen: Values, shown: Shown): boolean {
  return kinds.get(component.kind)?.asked?.(component as never, seen, shown) ?? true;
}

/** What an answer breaks that depends on others, where its kind has the like. */
export function amissIn(component: FieldComponent, value: Value, seen: Values, shown: Shown): FieldProblem | null {
  return kinds.get(component.kind)?.amiss?.(value, component as never, seen, shown) ?? null;
}

/** An answer must not pass, or be refused, because the check of its kind was forgotten. */
function there<Known>(known: ReadonlyMap<string, Known>, name: string): Known {
  const found = known.get(name);
  if (!found) throw new Error(`The kind ${name} is not loaded`);
  return found;
}
