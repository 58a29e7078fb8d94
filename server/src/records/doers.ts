import type { RecordObject } from "@clew/contract/flows/records";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { fits, picked, sorted } from "@clew/domain/flows/records/fits";
import type { Raw } from "../database/database.ts";
import { derivedId } from "../flows/derived-id.ts";
import type { Heard } from "../flows/event.ts";
import type { Done, LocalDoers } from "../flows/operations.ts";
import type { Behind, KnownRecord, RecordStore, TextOfField } from "./store.ts";
import { isPrivateField, problemsOf, referencesOf } from "./values.ts";

type Values = Record<string, Value>;

/** Records read at a time, and looked through at most by one look-up. */
const PAGE = 2_000;
const MOST_SEEN = 50_000;
/** Types whose values are always texts. */
const TEXTS = new Set(["text", "email", "phone", "choice", "date", "time"]);
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
      if (!found) return tooMany(object);
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
      const found = id === null ? await search(raw, object, where) : [{ id }];
      if (!found) return tooMany(object);
      const wanted = found.map((record) => String(record.id));
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

  /**
   * What the store knows narrows the search: links, numbers, and texts of fields that it keeps open. The rest is compared in
   * memory, with the one meaning of the operators, through all records there are. Null: that would be too many.
   */
  async function search(
    raw: Raw,
    object: string,
    where: Parameters<typeof fits>[1],
    { contact = where.some(([field]) => field.startsWith("contact.")) } = {},
  ): Promise<Values[] | null> {
    const equal = (field: string) => where.find(([name, operator]) => name === field && operator === "eq")?.[2];
    const id = equal("id");
    if (id !== undefined) {
      const record = typeof id === "string" ? await store.find(raw, object, id) : null;
      const value = record ? await asValue(raw, record, { contact }) : null;
      return value && fits(value, where) ? [value] : [];
    }
    const [conversationId, caseId, number] = [equal("conversationId"), equal("caseId"), equal("number")];
    const found: Values[] = [];
    let behind: Behind | null = null;
    for (let seen = 0; ; ) {
      const records = await store.list(raw, object, {
        ...(typeof conversationId === "string" ? { conversationId } : {}),
        ...(typeof caseId === "string" ? { caseId } : {}),
        ...(typeof number === "number" ? { number } : {}),
        ...(behind ? { behind } : {}),
        texts: textsOf(where, parts.objectNamed(object)),
        limit: PAGE,
      });
      const values = await Promise.all(records.map((record) => asValue(raw, record, { contact })));
      found.push(...values.filter((value) => fits(value, where)));
      behind = records.at(-1) ?? null;
      seen += records.length;
      if (records.length < PAGE) return found;
      if (seen >= MOST_SEEN) return null;
    }
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

/** Nothing found among very many is no answer: a condition on a text, a number or a link narrows it. */
function tooMany(object: string): Done {
  return { fault: "limit", message: `More than ${MOST_SEEN} records of ${object} would have to be looked through` };
}

/** Conditions on texts that the store can look at itself. Letters beyond ASCII are folded in more than one way. */
function textsOf(where: Parameters<typeof fits>[1], object: RecordObject | null): TextOfField[] {
  if (!object) return [];
  const isPrivate = isPrivateField(object.settings);
  const types = new Map(object.settings.fields.map(({ key, type }) => [key, type]));
  return where.flatMap(([field, operator, text]): TextOfField[] => {
    const type = types.get(field)?.replace(/\?$/, "") ?? "";
    if (typeof text !== "string" || !TEXTS.has(type) || isPrivate(field)) return [];
    if (operator === "eq") return [{ field, text, folded: false }];
    return operator === "eqi" && /^[ -~]*$/.test(text) ? [{ field, text, folded: true }] : [];
  });
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
