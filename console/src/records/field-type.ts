import type { RecordFieldSettings } from "@clew/contract/flows/records";

export type FieldKind =
  | { kind: "text" | "number" | "boolean" | "date" | "time" | "datetime" | "json" }
  | { kind: "record"; object: string };

/** How a field is edited. Structured values that no plain control can hold are shown as JSON. */
export function kindOf({ type }: Pick<RecordFieldSettings, "type">): FieldKind {
  const bare = type.replace(/\?$/, "");
  const object = /^id:([A-Z][A-Za-z0-9_]*)$/.exec(bare)?.[1];
  if (object) return { kind: "record", object };
  if (bare === "number" || bare === "boolean" || bare === "date" || bare === "time" || bare === "datetime")
    return { kind: bare };
  if (/^(list<|record:|map$|money$|address$|file$|consent$|signature$)/.test(bare)) return { kind: "json" };
  return { kind: "text" };
}

/** "useOfFunds" as "Use of funds", where the admin gave no label. */
export function labelOf({ key, label }: Pick<RecordFieldSettings, "key"> & { label?: unknown }): string {
  if (typeof label === "string") return label;
  if (typeof label === "object" && label !== null && "en" in label) return String(label.en);
  const words = key.replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return (words[0] ?? "").toUpperCase() + words.slice(1);
}

/** A value for reading: texts as they are, the rest as JSON. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A moment as the browser's control wants it (local, without a zone), and back as ISO 8601. */
export function toLocal(iso: unknown): string {
  const at = typeof iso === "string" ? new Date(iso) : null;
  if (!at || Number.isNaN(at.getTime())) return "";
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
export function fromLocal(text: string): string | null {
  return text === "" ? null : new Date(text).toISOString();
}
