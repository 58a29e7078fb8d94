import type { RecordObject, StoredRecord } from "@clew/contract/flows/records";
import type { KnownRecord } from "./store.ts";

/** A record as somebody reads it. Secret fields nobody reads; private ones are hidden when `hidden`. */
export function viewOf({ settings }: RecordObject, record: KnownRecord, { hidden }: { hidden: boolean }): StoredRecord {
  const masked: string[] = [];
  const values: Record<string, unknown> = {};
  for (const { key, privacy = "open" } of settings.fields) {
    const value = record.values[key] ?? null;
    const closed = privacy === "secret" || (privacy === "private" && hidden);
    if (closed && value !== null) masked.push(key);
    values[key] = closed ? null : value;
  }
  const { id, object, number, version, conversationId, sessionId, caseId, createdAt, updatedAt } = record;
  return {
    ...{ id, object, number, title: titleOf(settings, values), version, values, masked },
    ...{ conversationId, sessionId, caseId, createdAt, updatedAt },
  };
}

/** What a record is called: its title field, else the names that it has; empty when there is nothing to call it by. */
function titleOf({ title }: RecordObject["settings"], values: Readonly<Record<string, unknown>>): string {
  const text = (name: string) => (typeof values[name] === "string" ? (values[name] as string).trim() : "");
  const named = title ? text(title) : "";
  return named || [text("firstName"), text("lastName")].filter(Boolean).join(" ") || text("email");
}

/** What is looked for: a number may be written with the sign before it. */
export function wantedBy(search: string | undefined): string {
  return (search ?? "").trim().replace(/^#/, "").toLowerCase();
}

/** Whether a search finds the record: by its number, or by any text of it that its reader sees. */
export function matches(record: StoredRecord, wanted: string): boolean {
  if (wanted === "") return true;
  return (
    String(record.number) === wanted ||
    Object.values(record.values).some((value) => typeof value === "string" && value.toLowerCase().includes(wanted))
  );
}
