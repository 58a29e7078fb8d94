import { createHash } from "node:crypto";
import type { ReceiptAnswer } from "@clew/contract/flows/entries";
import { FORM_SECRET_MS } from "@clew/contract/limits";
import type { Actor } from "@clew/domain/actor";
import type { ConversationState } from "@clew/domain/conversations/state";
import { accessOf } from "@clew/domain/decide";
import type { SentFrom } from "@clew/domain/flows/conversation/commands";
import type { DraftField } from "@clew/domain/flows/cowork/draft";
import { type Form, questionOf } from "@clew/domain/flows/cowork/form";
import { isBothSides, withoutSecrets } from "@clew/domain/flows/cowork/rules";
import { asksConsent, type Consent, checkSubmission, type Sent } from "@clew/domain/flows/cowork/submission";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { privacyOf } from "@clew/domain/flows/screens/privacy";
import { mayView } from "@clew/domain/permissions/permissions";
import type { Uploader } from "../attachments/attachments.ts";
import type { CheckedForm, FormSubmit, Forms } from "../commands/forms.ts";
import type { Raw } from "../database/database.ts";
import { Refused } from "../problems/refused.ts";
import { isCaseClosed, stateIn } from "./around-store.ts";
import type { Definitions } from "./definitions.ts";
import { filesNamed, withStored } from "./files.ts";
import { ownForm } from "./own-form.ts";
import { entryOf, type FormParts, isWithinGrace, shownIn } from "./parts.ts";
import type { FormsStore, StoredForm } from "./store.ts";
import type { Submission, SubmissionsStore } from "./submissions-store.ts";

type Parts = Pick<FormParts, "clock" | "ids" | "configuration"> & {
  store: FormsStore;
  submissions: SubmissionsStore;
  definitions: Definitions;
  files: FormParts["files"];
  trespass(raw: Raw, actor: Actor, formId: string): Promise<void>;
  /** What was wrong with an attempt to send. */
  failed(formId: string, problems: Record<string, string>): void;
};
type Kept = {
  submission: Submission;
  drafts: { formId: string; fields: DraftField[]; seq: number; sent: string[] };
  /** Files of the answers, and when they were sent. */
  files: string[];
  at: number;
};

/** The sending of a form, in the transaction of the conversation's door. The form's row is locked from here on. */
export function submitting(parts: Parts): Forms {
  const { store, submissions, definitions, clock, configuration } = parts;

  async function check(raw: Raw, command: FormSubmit, actor: Actor): Promise<CheckedForm> {
    const { conversationId, formId } = command;
    const state = await stateIn(raw, conversationId);
    if (!state || !mayView(actor, accessOf(state, { configuration: configuration() }))) throw new Refused("not-found");
    await store.seqs(raw, [formId], true);
    const found = (await store.load(raw, [formId])).get(formId);
    const stored = await ownForm(found, conversationId, () => parts.trespass(raw, actor, formId));
    const form = definitions.of(stored.head.flow);
    if (!form) throw new Refused("not-found");
    mustMaySend(actor, state, stored, { form, values: command.values });
    const now = clock.now();
    // A form opened in this very batch is in no state that could be read; whether it is open is the rule's to say.
    const entry = entryOf(state, formId);
    if (entry && entry.state !== "open" && !isWithinGrace(entry, stored.head.settings, now))
      throw new Refused("form-closed", { reason: entry.state });
    const late = entry?.state === "expired";
    if (late && (await isCaseClosed(raw, stored.head.runId))) throw new Refused("form-closed", { reason: "expired" });
    const shown = shownIn(stored.head.settings, now);
    const filled = { draft: stored.draft, values: command.values };
    const ids = filesNamed(form, filled);
    const uploader = uploaderOf(actor);
    const files = uploader ? await parts.files.storedIn(raw, { ids, conversationId, uploader }) : [];
    const sent = checkSubmission({
      formId,
      form,
      inputs: stored.head.inputs,
      ...withStored(form, filled, files),
      shown,
      newId: () => parts.ids.next(),
    });
    if ("problems" in sent) {
      parts.failed(formId, sent.problems);
      throw new Refused("invalid", { detail: "answers do not fit", fields: sent.problems });
    }
    const by = actor.who === "customer" ? ("customer" as const) : ("agent" as const);
    const consents = sent.consents.map(({ text, keep, ...consent }) => ({
      ...consent,
      hash: hashOf(text),
      ...whence(keep, command.from),
    }));
    const answers = sent.receipt.map((answer) => withConsent(answer, consents));
    const receipt = { id: command.id, at: now, by, ...(late ? { late } : {}), answers };
    const submission = { ...submissionOf({ command, actor, sent, receipt, now }), consents };
    const drafts = draftsOf(stored, form, sent, { now, by });
    const kept = filesNamed(form, { draft: { ...stored.draft, fields: new Map() }, values: byField(sent.answers) });
    return { receipt, late, submission: { submission, drafts, files: kept, at: now } };
  }

  function submissionOf({
    command,
    actor,
    sent,
    receipt,
    now,
  }: {
    command: FormSubmit;
    actor: Actor;
    sent: Sent;
    receipt: CheckedForm["receipt"];
    now: number;
  }): Omit<Submission, "consents"> {
    return {
      id: command.id,
      formId: command.formId,
      revision: command.revision,
      answers: sent.answers,
      outputs: { values: sent.outputs, labels: sent.labels, receipt },
      participant: { who: actor.who, id: "id" in actor ? actor.id : null },
      at: now,
      secrets: sent.secrets.map((secret) => ({ ...secret, wipeAt: now + FORM_SECRET_MS })),
    };
  }

  return {
    check,
    async keep(raw: Raw, kept: unknown): Promise<void> {
      const { submission, drafts, files, at } = kept as Kept;
      await submissions.insert(raw, submission);
      await store.replace(raw, drafts);
      await parts.files.claim(raw, { ids: files, at, staffOnly: false });
    },
  };
}

/** What was sent is what is drafted from now on: should the form be sent back, it goes on from there. */
function draftsOf(
  { head, draft }: StoredForm,
  form: Form,
  { answers, screens }: Sent,
  { now, by }: { now: number; by: "customer" | "agent" },
): Kept["drafts"] {
  const seq = draft.seq + 1;
  const fields = Object.entries(answers).flatMap(([node, values]) =>
    Object.entries(values).flatMap(([id, value]): DraftField[] => {
      const field = `${node}.${id}`;
      const question = questionOf(form, field);
      if (!question || value === null || privacyOf(question) === "secret") return [];
      const { source = "typed", by: writer = by, byId = null } = draft.fields.get(field) ?? {};
      const kept = withoutSecrets(question, value);
      return [{ field, value: kept, seq, by: writer, byId, at: now, source, status: "valid", op: null }];
    }),
  );
  // The last page is open for corrections; those before have been passed.
  return { formId: head.id, fields, seq, sent: screens.slice(0, -1) };
}

function byField(answers: Sent["answers"]): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([node, values]) =>
      Object.entries(values).map(([id, value]): [string, Value] => [`${node}.${id}`, value]),
    ),
  );
}

function uploaderOf(actor: Actor): Uploader | null {
  if (actor.who === "system") return null;
  return { who: actor.who === "agent" ? "staff" : actor.who, id: actor.id };
}

/** What is not theirs to fill in, agents do not send either. */
function mustMaySend(
  actor: Actor,
  state: ConversationState,
  { head }: StoredForm,
  { form, values }: { form: Form; values: FormSubmit["values"] },
): void {
  if (actor.who === "customer") return;
  const serves = actor.who === "agent" && state.snapshot.session?.agent?.id === actor.id;
  if (!serves || head.settings.submitBy !== "agent" || asksConsent(form)) throw new Refused("forbidden");
  const questions = Object.keys(values).map((field) => questionOf(form, field));
  if (!questions.every((question) => question && isBothSides(question))) throw new Refused("forbidden");
}

/** Both sides keep which words were agreed to, not only that somebody agreed. */
function withConsent(answer: ReceiptAnswer, consents: Submission["consents"]): ReceiptAnswer {
  const given = consents.find(({ field }) => field === answer.field);
  if (!given) return answer;
  const { field: _field, textVersion: version, ...kept } = given;
  return { ...answer, consent: { ...kept, version } };
}

/** What a consent keeps of the sending; nothing where it came by no connection of the customer's. */
function whence(keep: Consent["keep"], from: SentFrom | undefined): Partial<SentFrom> {
  return Object.fromEntries(keep.flatMap((name) => (from?.[name] ? [[name, from[name]]] : [])));
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
