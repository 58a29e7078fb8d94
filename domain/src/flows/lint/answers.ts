import type { Type, Variable } from "../expressions/types.ts";
import type { RoughNode } from "../format/links.ts";
import { componentsOf, textOf } from "./rough.ts";

const TYPES = new Map<unknown, Type>(
  Object.entries({
    text: "text",
    longText: "text",
    url: "text",
    email: "email",
    phone: "phone",
    number: "number",
    rating: "number",
    money: "money",
    date: "date",
    time: "time",
    datetime: "datetime",
    duration: "duration",
    choice: "choice",
    boolean: "boolean",
    consent: "consent",
    address: "address",
    file: "file",
    signature: "signature",
    secret: "text",
  } as const).map(([kind, type]) => [kind, { kind: type, nullable: false }]),
);
/** What came of a payment. Only its token is nobody's business. */
const PAYMENT = new Map<string, Variable>([
  ["token", { type: { kind: "text", nullable: false }, privacy: "secret" }],
  ["amount", { type: { kind: "money", nullable: false } }],
  ["reference", { type: { kind: "text", nullable: false } }],
]);
const DISPLAYED = new Set<unknown>(["display", "image", "heading", "divider", "answers"]);

/** The answers of a screen or question as a map. One that need not be there is nullable. */
export function answersOf(node: RoughNode): Type {
  const fields = new Map<string, Variable>();
  for (const { fields: component, inRepeat, conditional } of componentsOf(node)) {
    const id = textOf(component.id);
    if (id === "" || inRepeat || component.kind === "group" || DISPLAYED.has(component.kind)) continue;
    const mayBeLeftOut = node.type === "screen" ? component.required !== true : component.required === false;
    const mayBeMissing = conditional || node.skipIf !== undefined || mayBeLeftOut;
    fields.set(id, answerType(component, mayBeMissing));
  }
  return { kind: "map", nullable: node.skipIf !== undefined, fields };
}

export function answerType(component: Record<string, unknown>, nullable: boolean): Variable {
  const { kind, privacy } = component;
  const declared = kind === "secret" ? "secret" : kind === "payment" ? undefined : privacy;
  const known = declared === "private" || declared === "secret" ? { privacy: declared as "private" | "secret" } : {};
  return { type: typeOfAnswer(component, nullable), ...known };
}

function typeOfAnswer(component: Record<string, unknown>, nullable: boolean): Type {
  const { kind } = component;
  if (kind === "repeat") return { kind: "list", of: { kind: "map", nullable: false }, nullable };
  if (kind === "payment") return { kind: "map", nullable, fields: PAYMENT };
  const type = TYPES.get(kind);
  if (!type) return { kind: "any" };
  const options = kind === "choice" && component.other !== true ? valuesOf(component.options) : undefined;
  const one = { ...type, ...(options ? { options } : {}) } as Type;
  const several =
    component.multiple === true || (kind === "file" && typeof component.max === "number" && component.max > 1);
  if (several) return { kind: "list", of: one, nullable };
  return { ...one, nullable } as Type;
}

function valuesOf(options: unknown): string[] | undefined {
  if (!Array.isArray(options)) return undefined;
  return options.map((option) => textOf(option?.value));
}
