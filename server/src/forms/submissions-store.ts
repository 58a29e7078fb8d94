import type { FormReceipt } from "@clew/contract/flows/entries";
import type { Value } from "@clew/domain/flows/expressions/expression";
import type { Raw } from "../database/database.ts";
import type { FormsStore } from "./store.ts";

/** A form that was sent: what is kept for good. `outputs` is what its flow makes of the answers. */
export type Submission = {
  id: string;
  formId: string;
  revision: number;
  answers: Record<string, Value>;
  outputs: { values: Value; labels: Record<string, string>; receipt: Omit<FormReceipt, "revision"> };
  consents: readonly {
    field: string;
    textId: string;
    textVersion: number;
    hash: string;
    ip?: string;
    userAgent?: string;
  }[];
  participant: { who: string; id: string | null };
  at: number;
  secrets: readonly { id: string; field: string; value: string; wipeAt: number }[];
};

type Sent = Pick<Submission, "answers" | "participant" | "at"> & { flow: { key: string; version: number } };
type SentRow = { answers: string; participant: string; at: number; flow_key: string; flow_version: number };

/** SQL of what was sent. Everything is sealed. */
export function submissionsStore({ sealed, open }: FormsStore) {
  return {
    async insert(raw: Raw, one: Submission): Promise<void> {
      await raw.run(
        "INSERT INTO form_submissions (id, form_id, revision, answers, outputs, consents, participant, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
          one.id,
          one.formId,
          one.revision,
          sealed(one.answers),
          sealed(one.outputs as unknown as Value),
          JSON.stringify(one.consents),
          JSON.stringify(one.participant),
          one.at,
        ],
      );
      for (const { id, field, value, wipeAt } of one.secrets)
        await raw.run("INSERT INTO form_secrets (id, submission_id, field, value, wipe_at) VALUES (?, ?, ?, ?, ?)", [
          id,
          one.id,
          field,
          sealed(value),
          wipeAt,
        ]);
    },

    async outputs(raw: Raw, formId: string, revision: number): Promise<Submission["outputs"] | null> {
      const [row] = await raw.all<{ outputs: string }>(
        "SELECT outputs FROM form_submissions WHERE form_id = ? AND revision <= ? ORDER BY revision DESC LIMIT 1",
        [formId, revision],
      );
      return row ? (open(row.outputs) as unknown as Submission["outputs"]) : null;
    },

    /** What was sent in a conversation, with who sent it. */
    async ofConversation(raw: Raw, conversationId: string): Promise<Sent[]> {
      const rows = await raw.all<SentRow>(
        "SELECT s.answers, s.participant, s.at, f.flow_key, f.flow_version FROM form_submissions s JOIN forms f ON f.id = s.form_id WHERE f.conversation_id = ? ORDER BY s.at DESC LIMIT 50",
        [conversationId],
      );
      return rows.map(({ answers, participant, at, flow_key: key, flow_version: version }) => ({
        flow: { key, version },
        answers: open(answers) as Record<string, Value>,
        participant: JSON.parse(participant) as Submission["participant"],
        at,
      }));
    },

    /** What was given in confidence in a field, as the form was sent last; null when it is no longer kept. */
    async secret(
      raw: Raw,
      { formId, field, now }: { formId: string; field: string; now: number },
    ): Promise<{ value: Value; wipeAt: number } | null> {
      const [row] = await raw.all<{ value: string; wipe_at: number }>(
        "SELECT x.value, x.wipe_at FROM form_secrets x JOIN form_submissions s ON s.id = x.submission_id WHERE s.form_id = ? AND x.field = ? AND x.wipe_at > ? AND s.revision = (SELECT MAX(revision) FROM form_submissions WHERE form_id = ?)",
        [formId, field, now, formId],
      );
      return row ? { value: open(row.value), wipeAt: row.wipe_at } : null;
    },

    async wipeSecrets(raw: Raw, now: number): Promise<void> {
      await raw.run("DELETE FROM form_secrets WHERE wipe_at <= ?", [now]);
    },
  };
}
export type SubmissionsStore = ReturnType<typeof submissionsStore>;
