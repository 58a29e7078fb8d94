import type { RecordFieldSettings, RecordObjectSettings } from "@clew/contract/flows/records";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { instantOf, isCalendarDate, timeOfDay } from "@clew/domain/flows/expressions/instants";

type Values = Readonly<Record<string, Value>>;
const LONGEST_TEXT = 20_000;

/** What is wrong with values for an object, by field; empty when they fit. A partial change is checked as it is. */
export function problemsOf(
  settings: RecordObjectSettings,
  values: Values,
  { whole }: { whole: boolean },
): Record<string, string> {
  const problems: Record<string, string> = {};
  const fields = new Map(settings.fields.map((field) => [field.key, field]));
  for (const [name, value] of Object.entries(values)) {
    const field = fields.get(name);
    if (!field) problems[name] = "unknown-field";
    else if (!fitsType(field.type, value)) problems[name] = field.type;
  }
  for (const { key, required } of settings.fields) {
    if (required && (whole || Object.hasOwn(values, key)) && isBlank(values[key] ?? null)) problems[key] ??= "required";
  }
  return problems;
}

/** Whether a field is kept sealed: all that are not declared to be open, so one that was taken away stays sealed too. */
export function isPrivateField(settings: RecordObjectSettings): (name: string) => boolean {
  const open = new Set(settings.fields.filter(({ privacy }) => (privacy ?? "open") === "open").map(({ key }) => key));
  return (name) => !open.has(name);
}

/** The fields whose values name records: the object that they name, by key. */
export function referencesOf(settings: RecordObjectSettings): Map<string, string> {
  return new Map(
    settings.fields.flatMap(({ key, type }) => {
      const object = /^id:([A-Z][A-Za-z0-9_]*)\??$/.exec(type)?.[1];
      return object ? [[key, object] as const] : [];
    }),
  );
}

function isBlank(value: Value): boolean {
  return value === null || value === "";
}

function fitsType(type: RecordFieldSettings["type"], value: Value): boolean {
  if (value === null) return true;
  const bare = type.replace(/\?$/, "");
  const list = /^list<(.+)>$/.exec(bare);
  if (list) return Array.isArray(value) && value.every((item: Value) => fitsType(list[1] ?? "text", item));
  switch (bare) {
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "boolean":
      return typeof value === "boolean";
    case "date":
      return typeof value === "string" && isCalendarDate(value);
    case "time":
      return typeof value === "string" && timeOfDay(value) !== null;
    case "datetime":
      return typeof value === "string" && instantOf(value) !== null;
    case "map":
    case "money":
    case "address":
    case "file":
    case "consent":
    case "signature":
      return typeof value === "object" && !Array.isArray(value);
    default:
      // Texts, choices, e-mails, phones, ids of other records. A choice of several is a list of texts.
      if (Array.isArray(value)) return bare === "choice" && value.every((item: Value) => typeof item === "string");
      return typeof value === "string" && value.length <= LONGEST_TEXT;
  }
}
