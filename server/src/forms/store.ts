import type { Asking } from "@clew/domain/flows/asking/asking";
import type { DraftField, DraftSuggestion, FormDraft } from "@clew/domain/flows/cowork/draft";
import type { Values } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { batchOver } from "../database/batch.ts";
import type { Database, Raw } from "../database/database.ts";
import type { FlowTables } from "../flows/tables.ts";
import { seal, unseal } from "../identity/sealed.ts";

type FormRow = FlowTables["forms"];
type FieldRow = FlowTables["form_fields"];
type SuggestionRow = FlowTables["form_suggestions"];

/** How a form was opened, for as long as it lives. `locale` and `zone`: in which words its texts and dates are read. */
export type FormSettings = {
  live: "values" | "status" | "none";
  suggest: boolean;
  confirmPrefill: boolean;
  submitBy: "customer" | "agent";
  acceptLate: "untilCaseClosed" | "never";
  grace: number;
  locale: string;
  zone: string;
  /** Its questions are asked as messages. */
  asked?: boolean;
};

/** A form without its drafts. */
export type FormHead = {
  id: string;
  conversationId: string;
  runId: string;
  flow: { key: string; version: number };
  settings: FormSettings;
  inputs: Values;
  openedAt: number;
};
export type StoredForm = { head: FormHead; draft: FormDraft };

const FIELDS = {
  form_id: "text",
  field: "text",
  value: "text",
  seq: "bigint",
  set_by: "text",
  set_by_id: "text",
  set_at: "bigint",
  source: "text",
  status: "text",
  op_id: "text",
} as const;
const FIELDS_CHANGED = Object.keys(FIELDS)
  .slice(2)
  .map((name) => `${name} = excluded.${name}`)
  .join(", ");

/** SQL of forms and their drafts. What customers typed is sealed with the `key`. */
export function formsStore({ engine }: Pick<Database, "engine">, key: Uint8Array) {
  const rows = batchOver(engine);
  const sealed = (value: Value) => seal(key, JSON.stringify(value));
  const open = (text: string) => JSON.parse(unseal(key, text)) as Value;

  const fieldOf = (row: FieldRow): DraftField => ({
    field: row.field,
    value: row.value === null ? null : open(row.value),
    seq: row.seq,
    by: row.set_by as DraftField["by"],
    byId: row.set_by_id,
    at: row.set_at,
    source: row.source as DraftField["source"],
    status: row.status as DraftField["status"],
    op: row.op_id,
  });
  const suggestionOf = (row: SuggestionRow): DraftSuggestion => ({
    field: row.field,
    value: open(row.value),
    by: { id: row.by_id, name: row.by_name ?? "" },
    at: row.at,
  });

  const rowOf = (formId: string, one: DraftField) => [
    ...[formId, one.field, one.value === null ? null : sealed(one.value), one.seq, one.by, one.byId, one.at],
    ...[one.source, one.status, one.op],
  ];

  const store = {
    /** False when the form is there already. */
    async insert(raw: Raw, head: FormHead & { node: string; wipeAt: number }): Promise<boolean> {
      const { changes } = await raw.run(
        "INSERT INTO forms (id, conversation_id, run_id, node, flow_key, flow_version, settings, inputs, page, seq, show_typing, opened_at, wipe_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]', 0, 1, ?, ?) ON CONFLICT (id) DO NOTHING",
        [
          head.id,
          head.conversationId,
          head.runId,
          head.node,
          head.flow.key,
          head.flow.version,
          JSON.stringify(head.settings),
          sealed(head.inputs),
          head.openedAt,
          head.wipeAt,
        ],
      );
      return changes > 0;
    },

    /** Forms whole, in one read each of rows, fields and suggestions. `lock`: until the transaction ends. */
    async load(raw: Raw, ids: readonly string[], lock = false): Promise<Map<string, StoredForm>> {
      const heads = await rows.byIds<FormRow>(raw, { select: "SELECT * FROM forms", column: "id", lock }, ids);
      const known = heads.map(({ id }) => id);
      const fields = await rows.byIds<FieldRow>(raw, { select: "SELECT * FROM form_fields", column: "form_id" }, known);
      const suggestions = await rows.byIds<SuggestionRow>(
        raw,
        { select: "SELECT * FROM form_suggestions", column: "form_id" },
        known,
      );
      return new Map(
        heads.map((row): [string, StoredForm] => [
          row.id,
          {
            head: {
              id: row.id,
              conversationId: row.conversation_id,
              runId: row.run_id,
              flow: { key: row.flow_key, version: row.flow_version },
              settings: JSON.parse(row.settings) as FormSettings,
              inputs: open(row.inputs) as Values,
              openedAt: row.opened_at,
            },
            draft: {
              seq: row.seq,
              fields: new Map(
                fields.filter(({ form_id }) => form_id === row.id).map((one) => [one.field, fieldOf(one)]),
              ),
              suggestions: new Map(
                suggestions.filter(({ form_id }) => form_id === row.id).map((one) => [one.field, suggestionOf(one)]),
              ),
              ...standing(row.page),
              showTyping: row.show_typing === 1,
            },
          },
        ]),
      );
    },

    /** How far the drafts of forms have come; locked on PostgreSQL until the transaction ends. */
    async seqs(raw: Raw, ids: readonly string[], lock = false): Promise<Map<string, number>> {
      const heads = await rows.byIds<{ id: string; seq: number }>(
        raw,
        { select: "SELECT id, seq FROM forms", column: "id", lock },
        ids,
      );
      return new Map(heads.map(({ id, seq }) => [id, seq]));
    },

    /** Drafts as they have become: heads, the fields that changed, suggestions made and gone. */
    async save(raw: Raw, changes: readonly { id: string; before: FormDraft; after: FormDraft }[]): Promise<void> {
      await rows.update(
        raw,
        { table: "forms", columns: { id: "text", page: "text", seq: "bigint", show_typing: "integer" } },
        changes.map(({ id, after }) => [id, standingOf(after), after.seq, after.showTyping ? 1 : 0]),
      );
      const changed = changes.flatMap(({ id, before, after }) =>
        [...after.fields.values()].filter((one) => before.fields.get(one.field) !== one).map((one) => ({ id, one })),
      );
      await rows.insert(
        raw,
        {
          table: "form_fields",
          columns: FIELDS,
          conflict: `ON CONFLICT (form_id, field) DO UPDATE SET ${FIELDS_CHANGED}`,
        },
        changed.map(({ id, one }) => rowOf(id, one)),
      );
      for (const { id, before, after } of changes) {
        for (const field of before.fields.keys()) {
          if (!after.fields.has(field))
            await raw.run("DELETE FROM form_fields WHERE form_id = ? AND field = ?", [id, field]);
        }
        for (const [field, one] of after.suggestions) {
          if (before.suggestions.get(field) === one) continue;
          await raw.run(
            "INSERT INTO form_suggestions (form_id, field, value, by_id, by_name, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (form_id, field) DO UPDATE SET value = excluded.value, by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at",
            [id, field, sealed(one.value), one.by.id, one.by.name, one.at],
          );
        }
        for (const field of before.suggestions.keys()) {
          if (!after.suggestions.has(field))
            await raw.run("DELETE FROM form_suggestions WHERE form_id = ? AND field = ?", [id, field]);
        }
      }
    },

    /** Drafts as they were sent, in place of what was there. */
    async replace(
      raw: Raw,
      { formId, fields, seq, sent }: { formId: string; fields: readonly DraftField[]; seq: number; sent: string[] },
    ): Promise<void> {
      await raw.run("DELETE FROM form_fields WHERE form_id = ?", [formId]);
      await raw.run("DELETE FROM form_suggestions WHERE form_id = ?", [formId]);
      await raw.run("UPDATE forms SET seq = ?, page = ? WHERE id = ?", [seq, JSON.stringify(sent), formId]);
      await rows.insert(
        raw,
        { table: "form_fields", columns: FIELDS },
        fields.map((one) => rowOf(formId, one)),
      );
    },

    /** What is typed but not sent, gone for good. */
    async wipe(raw: Raw, formId: string): Promise<void> {
      await raw.run("DELETE FROM form_fields WHERE form_id = ?", [formId]);
      await raw.run("DELETE FROM form_suggestions WHERE form_id = ?", [formId]);
      await raw.run("UPDATE forms SET seq = seq + 1, page = '[]', wipe_at = NULL WHERE id = ?", [formId]);
    },

    async remove(raw: Raw, formId: string): Promise<void> {
      await raw.run("DELETE FROM form_fields WHERE form_id = ?", [formId]);
      await raw.run("DELETE FROM forms WHERE id = ?", [formId]);
    },

    async wipeAt(raw: Raw, formId: string, at: number | null): Promise<void> {
      await raw.run("UPDATE forms SET wipe_at = ? WHERE id = ?", [at, formId]);
    },

    async dueToWipe(raw: Raw, now: number): Promise<{ id: string; conversation_id: string; settings: string }[]> {
      return raw.all(
        "SELECT id, conversation_id, settings FROM forms WHERE wipe_at IS NOT NULL AND wipe_at <= ? LIMIT 200",
        [now],
      );
    },

    /** Forms of these conversations in whose drafts something stands. */
    async filledIn(raw: Raw, conversationIds: readonly string[]): Promise<string[]> {
      const marks = conversationIds.map(() => "?").join(", ");
      const found = await raw.all<{ id: string }>(
        `SELECT id FROM forms WHERE conversation_id IN (${marks}) AND EXISTS (SELECT 1 FROM form_fields WHERE form_id = forms.id)`,
        conversationIds,
      );
      return found.map(({ id }) => id);
    },

    async ofRun(raw: Raw, runId: string): Promise<{ id: string; conversation_id: string }[]> {
      return raw.all("SELECT id, conversation_id FROM forms WHERE run_id = ?", [runId]);
    },

    sealed,
    open,
  };
  return store;
}
export type FormsStore = ReturnType<typeof formsStore>;

/** Where a form stands, as `page` holds it: the screens passed, and how far the asking has come where it is asked. */
function standing(page: string | null): Pick<FormDraft, "sent" | "asking"> {
  const held = JSON.parse(page ?? "[]") as string[] | { sent: string[]; asking: Asking };
  return Array.isArray(held) ? { sent: held } : held;
}

function standingOf({ sent, asking }: FormDraft): string {
  return JSON.stringify(asking ? { sent, asking } : sent);
}
