import type { RecordObject } from "@clew/contract/flows/records";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Raw } from "../database/database.ts";
import { derivedId } from "../flows/derived-id.ts";
import { fits, sorted } from "../flows/doers/session-records.ts";
import type { Heard } from "../flows/event.ts";
import type { Done, LocalDoers } from "../flows/operations.ts";
import type { KnownRecord, RecordStore } from "./store.ts";
import { isPrivateField, problemsOf, referencesOf } from "./values.ts";

type Values = Record<string, Value>;
type Parts = {
  store: RecordStore;
  objectNamed(name: string): RecordObject | null;
};

/** Records as flows read and write them, in the transaction of the run. */
export function recordDoers(
  parts: Parts,
): Pick<Required<LocalDoers>, "records.get" | "records.create" | "records.update"> {
  const { store } = parts;

  /** The object, if it is there and flows may do this with it. */
  function permitted(name: string, to: "read" | "write"): RecordObject | Extract<Done, { fault: unknown }> {
    const known = parts.objectNamed(name);
    if (!known) return { fault: "forbidden", message: `There is no object ${name}` };
    const { flows = "write" } = known.settings;
    if (flows === "none" || (to === "write" && flows === "read"))
      return { fault: "forbidden", message: `Flows may not ${to} ${known.settings.plural}` };
    return known;
  }

  return {
    async "records.get"(raw, { object, where, sort, limit, fields }) {
      const known = permitted(object, "read");
      if ("fault" in known) return known;
      const needsContact = [...where, ...sort].some(([field]) => field.startsWith("contact."));
      const found = await search(raw, object, where, { contact: needsContact });
      if (found.length === 0) return { outcome: "notFound" };
      const first = sorted(found, sort).slice(0, limit);
      const records = needsContact ? first : await Promise.all(first.map((record) => withContact(raw, record)));
      return { value: fields === null ? records : records.map((record) => picked(record, fields)) };
    },

    async "records.create"(raw, { object, values, link }, { id, run, row, now }) {
      const known = permitted(object, "write");
      if ("fault" in known) return known;
      const wrong = await refusal(raw, known, values, { whole: true });
      if (wrong) return wrong;
      const record: KnownRecord = {
        id,
        object,
        number: await store.nextNumber(raw, object),
        version: 1,
        values,
        conversationId: link.includes("conversation") ? run.conversationId : null,
        sessionId: link.includes("session") ? run.sessionId : null,
        caseId: link.includes("case") ? row.record_id : null,
        createdAt: now,
        updatedAt: now,
      };
      await store.insert(raw, record, isPrivateField(known.settings));
      return { value: await asValue(raw, record), tell: [{ type: "record-changed", object, recordId: id }] };
    },

    async "records.update"(raw, { object, id, where, maxRows, ifVersion, values }, wanting) {
      const { now } = wanting;
      const known = permitted(object, "write");
      if ("fault" in known) return known;
      const wrong = await refusal(raw, known, values, { whole: false });
      if (wrong) return wrong;
      const wanted = id === null ? (await search(raw, object, where)).map((record) => String(record.id)) : [id];
      if (wanted.length > maxRows) return { fault: "limit", message: `More than ${maxRows} records would change` };
      const records: KnownRecord[] = [];
      for (const one of wanted) {
        const record = await store.find(raw, object, one, { locked: true });
        if (!record) continue;
        if (ifVersion !== null && record.version !== ifVersion)
          return { fault: "conflict", message: `${object} has changed since it was read` };
        records.push(record);
      }
      if (records.length === 0)
        return id === null ? { outcome: "notFound" } : { fault: "notFound", message: `There is no such ${object}` };
      const isPrivate = isPrivateField(known.settings);
      for (const record of records) {
        const next = {
          ...record,
          version: record.version + 1,
          values: { ...record.values, ...values },
          updatedAt: now,
        };
        await store.update(raw, next, isPrivate);
      }
      const [first] = records;
      const after = first ? await store.find(raw, object, first.id) : null;
      return {
        value: after ? await asValue(raw, after) : null,
        heard: records.flatMap((record) => caseChanged(record, Object.keys(values), wanting)),
        tell: records.map(({ id: recordId }) => ({ type: "record-changed", object, recordId })),
      };
    },
  };

  async function refusal(
    raw: Raw,
    { name, settings }: RecordObject,
    values: Values,
    how: { whole: boolean },
  ): Promise<Done | null> {
    const problems = await problemsWithReferences(store, raw, { settings, values, ...how });
    const [field] = Object.keys(problems);
    return field ? { fault: "validation", message: `${name}.${field} does not fit: ${problems[field]}` } : null;
  }

  /** What the index knows narrows the search; the rest is compared in memory, with the one meaning of the operators. */
  async function search(
    raw: Raw,
    object: string,
    where: Parameters<typeof fits>[1],
    { contact = where.some(([field]) => field.startsWith("contact.")) } = {},
  ): Promise<Values[]> {
    const equal = (field: string) => where.find(([name, operator]) => name === field && operator === "eq")?.[2];
    const id = equal("id");
    if (id !== undefined) {
      const record = typeof id === "string" ? await store.find(raw, object, id) : null;
      const value = record ? await asValue(raw, record, { contact }) : null;
      return value && fits(value, where) ? [value] : [];
    }
    const [conversationId, caseId, number] = [equal("conversationId"), equal("caseId"), equal("number")];
    const records = await store.list(raw, object, {
      ...(typeof conversationId === "string" ? { conversationId } : {}),
      ...(typeof caseId === "string" ? { caseId } : {}),
      ...(typeof number === "number" ? { number } : {}),
    });
    const values = await Promise.all(records.map((record) => asValue(raw, record, { contact })));
    return values.filter((value) => fits(value, where));
  }

  async function asValue(raw: Raw, record: KnownRecord, { contact = true } = {}): Promise<Values> {
    const { values, createdAt, updatedAt, ...rest } = record;
    const value: Values = {
      ...values,
      ...rest,
      createdAt: new Date(createdAt).toISOString(),
      updatedAt: new Date(updatedAt).toISOString(),
    };
    return contact ? withContact(raw, value) : value;
  }

  async function withContact(raw: Raw, value: Values): Promise<Values> {
    const { contactId } = value;
    const contact = typeof contactId === "string" ? await store.find(raw, "Contact", contactId) : null;
    return contact ? { ...value, contact: await asValue(raw, contact, { contact: false }) } : value;
  }
}

/** What is wrong with values, by field; a record that a field names has to be there. */
export async function problemsWithReferences(
  store: RecordStore,
  raw: Raw,
  { settings, values, whole }: { settings: RecordObject["settings"]; values: Values; whole: boolean },
): Promise<Record<string, string>> {
  const problems = problemsOf(settings, values, { whole });
  for (const [field, object] of referencesOf(settings)) {
    const id = values[field];
    if (typeof id === "string" && !problems[field] && !(await store.find(raw, object, id)))
      problems[field] = "not-found";
  }
  return problems;
}

/** What flows hear of a case: which fields have changed. */
export function caseChanged(
  { id: caseId, object, conversationId }: KnownRecord,
  changed: readonly string[],
  { id, now }: { id: string; now: number },
): Heard[] {
  if (object !== "Case") return [];
  const data = { caseId, changed: [...changed] };
  return [
    {
      id: derivedId(id, caseId),
      type: "case.changed",
      key: caseId,
      data,
      at: now,
      conversationId,
      sessionId: null,
      channel: null,
      inputs: data,
    },
  ];
}

function picked(record: Values, fields: readonly string[]): Values {
  const roots = new Set(["id", "version", ...fields.map((field) => field.split(".")[0] ?? field)]);
  return Object.fromEntries(Object.entries(record).filter(([name]) => roots.has(name)));
}
