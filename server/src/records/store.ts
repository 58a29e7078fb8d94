import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Query, Raw } from "../database/database.ts";
import type { FlowTables } from "../flows/tables.ts";
import { seal, unseal } from "../identity/sealed.ts";

type Row = FlowTables["records"];
type Values = Record<string, Value>;

/** A record as rules and flows see it: its fields with the private ones, and what all records have. Times in milliseconds. */
export type KnownRecord = {
  id: string;
  object: string;
  number: number;
  version: number;
  values: Values;
  conversationId: string | null;
  sessionId: string | null;
  caseId: string | null;
  createdAt: number;
  updatedAt: number;
};

/** A field that is stored open, and the text that it must hold. `folded`: but for case. */
export type TextOfField = { field: string; text: string; folded: boolean };
/** Where a list goes on: behind this record. */
export type Behind = Pick<KnownRecord, "id" | "updatedAt">;

/** The field that contacts are looked up by, and as much of it as its index holds, in characters: see records_by_email. */
const EMAIL = "email";
const INDEXED = 320;

/** SQL of records, within whatever transaction they belong to. `key` seals private fields. */
export function recordStore(engine: "sqlite" | "postgres", key: Uint8Array) {
  const lock = engine === "postgres" ? " FOR UPDATE" : "";
  /** A field's value as SQL. Its name fits NAME_PATTERN: nothing in it ends the quotes. */
  const fieldText = (field: string) =>
    engine === "postgres" ? `(fields::json ->> '${field}')` : `json_extract(fields, '$."${field}"')`;
  const indexed = (value: string) => `substr(lower(${value}), 1, ${INDEXED})`;

  function read(row: Row): KnownRecord {
    const open = JSON.parse(row.fields) as Values;
    const sealed = row.sealed === null ? {} : (JSON.parse(unseal(key, row.sealed)) as Values);
    return {
      id: row.id,
      object: row.object,
      number: Number(row.number),
      version: row.version,
      values: { ...open, ...sealed },
      conversationId: row.conversation_id,
      sessionId: row.session_id,
      caseId: row.case_id,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
  }

  function columns({ values }: KnownRecord, isPrivate: (field: string) => boolean): [string, string | null] {
    const of = (wanted: boolean) =>
      Object.fromEntries(Object.entries(values).filter(([name]) => isPrivate(name) === wanted));
    const hidden = of(true);
    return [JSON.stringify(of(false)), Object.keys(hidden).length > 0 ? seal(key, JSON.stringify(hidden)) : null];
  }

  return {
    async find(raw: Raw, object: string, id: string, { locked = false } = {}): Promise<KnownRecord | null> {
      const [row] = await raw.all<Row>(`SELECT * FROM records WHERE id = ? AND object = ?${locked ? lock : ""}`, [
        id,
        object,
      ]);
      return row ? read(row) : null;
    },

    async any(raw: Raw, id: string): Promise<KnownRecord | null> {
      const [row] = await raw.all<Row>("SELECT * FROM records WHERE id = ?", [id]);
      return row ? read(row) : null;
    },

    /**
     * Records of an object, last changed first; by conversation, case or number where they are named. `search`: only those
     * that may hold the word, as text of a field or as number; what is sealed the store cannot see, so it stays among them.
     */
    async list(
      raw: Raw,
      object: string,
      by: {
        conversationId?: string;
        caseId?: string;
        number?: number;
        texts?: readonly TextOfField[];
        search?: string;
        before?: number;
        behind?: Behind;
        limit: number;
      },
    ): Promise<KnownRecord[]> {
      const conditions = ["object = ?"];
      const parameters: unknown[] = [object];
      const add = (column: string, value: unknown, operator = "=") => {
        if (value === undefined) return;
        conditions.push(`${column} ${operator} ?`);
        parameters.push(value);
      };
      add("conversation_id", by.conversationId);
      add("case_id", by.caseId);
      add("number", by.number);
      add("updated_at", by.before, "<");
      for (const { field, text, folded } of by.texts ?? []) {
        conditions.push(folded ? `lower(${fieldText(field)}) = ?` : `${fieldText(field)} = ?`);
        parameters.push(folded ? text.toLowerCase() : text);
        if (field !== EMAIL) continue;
        conditions.push(`${indexed(fieldText(field))} = ${indexed("?")}`);
        parameters.push(text);
      }
      if (by.search && ASCII.test(by.search)) {
        const isNumber = /^\d{1,15}$/.test(by.search);
        conditions.push(`(sealed IS NOT NULL OR lower(fields) LIKE ? ESCAPE '!'${isNumber ? " OR number = ?" : ""})`);
        parameters.push(patternOf(by.search), ...(isNumber ? [Number(by.search)] : []));
      }
      if (by.behind) {
        // The first condition says nothing new: by it the index is entered where the page begins.
        conditions.push("updated_at <= ? AND (updated_at < ? OR id > ?)");
        parameters.push(by.behind.updatedAt, by.behind.updatedAt, by.behind.id);
      }
      const rows = await raw.all<Row>(
        `SELECT * FROM records WHERE ${conditions.join(" AND ")} ORDER BY updated_at DESC, id LIMIT ?`,
        [...parameters, by.limit],
      );
      return rows.map(read);
    },

    /** The next number of an object, from 1001: counted in the same transaction, so none is left out and none comes twice. */
    async nextNumber(raw: Raw, object: string): Promise<number> {
      const name = `record ${object}`;
      await raw.run("INSERT INTO counters (name, value) VALUES (?, 1000) ON CONFLICT (name) DO NOTHING", [name]);
      const [row] = await raw.all<{ value: number }>(
        "UPDATE counters SET value = value + 1 WHERE name = ? RETURNING value",
        [name],
      );
      return Number(row?.value ?? 0);
    },

    /** False when there is a record with this id already. */
    async insert(raw: Raw, record: KnownRecord, isPrivate: (field: string) => boolean): Promise<boolean> {
      const [fields, sealed] = columns(record, isPrivate);
      const { changes } = await raw.run(
        "INSERT INTO records (id, object, number, version, fields, sealed, conversation_id, session_id, case_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        [
          record.id,
          record.object,
          record.number,
          record.version,
          fields,
          sealed,
          record.conversationId,
          record.sessionId,
          record.caseId,
          record.createdAt,
          record.updatedAt,
        ],
      );
      return changes > 0;
    },

    /** Writes all records of an object anew, after its fields have become private, open, or are no more. */
    async reseal(query: Query, object: string, isPrivate: (field: string) => boolean): Promise<void> {
      const rows = await query.selectFrom("records").selectAll().where("object", "=", object).execute();
      for (const row of rows) {
        const [fields, sealed] = columns(read(row), isPrivate);
        await query.updateTable("records").set({ fields, sealed }).where("id", "=", row.id).execute();
      }
    },

    async update(raw: Raw, record: KnownRecord, isPrivate: (field: string) => boolean): Promise<void> {
      const [fields, sealed] = columns(record, isPrivate);
      await raw.run(
        "UPDATE records SET version = ?, fields = ?, sealed = ?, conversation_id = ?, session_id = ?, case_id = ?, updated_at = ? WHERE id = ?",
        [
          record.version,
          fields,
          sealed,
          record.conversationId,
          record.sessionId,
          record.caseId,
          record.updatedAt,
          record.id,
        ],
      );
    },
  };
}
export type RecordStore = ReturnType<typeof recordStore>;

/** Beyond these letters case is folded in more than one way: a search for others goes through all. */
const ASCII = /^[ -~]+$/;

/** Finds a text in JSON, in lower case, wherever it stands. */
function patternOf(search: string): string {
  const written = JSON.stringify(search.toLowerCase()).slice(1, -1);
  return `%${written.replace(/[!%_]/g, "!$&")}%`;
}
