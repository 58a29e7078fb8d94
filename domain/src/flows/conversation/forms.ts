import type { FORM_CHANGES, FormEntry } from "@clew/contract/flows/entries";
import { Draft } from "../../conversations/draft.ts";
import type { ConversationState } from "../../conversations/state.ts";
import { type Circumstances, type Decision, refuse } from "../../decision.ts";
import type { FormCommand } from "./commands.ts";
import { sayIn } from "./runs.ts";

type Of<Name extends FormCommand["type"]> = Extract<FormCommand, { type: Name }>;
type How = (typeof FORM_CHANGES)[number];
const SYSTEM = { by: { who: "system" as const } };

/** A form never lives longer than this from now, in milliseconds, however often more time is asked for. */
export const LONGEST_FORM_MS = 30 * 24 * 3_600_000;

/** Opens a form in the conversation, with the words that announce it before. */
export function openForm(state: ConversationState, command: Of<"form.open">, circumstances: Circumstances): Decision {
  if (state.snapshot.status === "closed") return refuse("conversation-closed");
  const draft = new Draft(state, circumstances, state.snapshot.id);
  const same = openForms(state).filter(({ flow }) => flow.key === command.form.flow.key);
  const [known] = same;
  if (known && command.ifOpen === "reuse") return refuse("conflict", { reason: known.id });
  if (known && command.ifOpen === "fail") return refuse("conflict");
  if (command.ifOpen === "supersede")
    for (const form of same) changeForm(draft, form, "superseded", { state: "superseded" });
  if (command.announce) sayIn(draft, command.as, command.announce);
  const { session } = draft.state.snapshot;
  const agent = command.as === "agent" ? session?.agent : null;
  const form: FormEntry = {
    ...command.form,
    state: "open",
    revision: 1,
    openedAt: draft.now,
    remark: null,
    receipt: null,
  };
  draft.add(
    "form.opened",
    { form },
    {
      by: agent
        ? { who: "agent", id: agent.id, name: agent.name }
        : { who: command.as === "system" ? "system" : "bot" },
    },
  );
  return draft.done();
}

/** A sent form is open again, with a remark: by the flow or by the agent who serves. */
export function sendBack(
  state: ConversationState,
  { formId, text, fields }: Of<"form.send-back">,
  circumstances: Circumstances,
): Decision {
  const form = findForm(state, formId);
  if (!form) return refuse("not-found", { field: "/formId" });
  if (state.snapshot.status === "closed") return refuse("conversation-closed");
  if (form.state !== "submitted" && form.state !== "open") return refuse("form-closed", { reason: form.state });
  const draft = new Draft(state, circumstances, state.snapshot.id);
  const life = form.expiresAt === null ? null : form.expiresAt - form.openedAt;
  const again = {
    state: "open" as const,
    revision: form.state === "submitted" ? form.revision + 1 : form.revision,
    remark: { text, fields: [...fields] },
    expiresAt: life === null ? null : Math.max(form.expiresAt ?? 0, draft.now + life),
  };
  changeForm(draft, form, "sent-back", again, { text, marks: {} });
  return draft.done();
}

/** More time; never less than there is. */
export function extendForm(
  state: ConversationState,
  { formId, by }: Of<"form.extend">,
  circumstances: Circumstances,
): Decision {
  const form = findForm(state, formId);
  if (!form) return refuse("not-found", { field: "/formId" });
  if (form.state !== "open") return refuse("form-closed", { reason: form.state });
  if (form.expiresAt === null) return { state, events: [], effects: [] };
  const draft = new Draft(state, circumstances, state.snapshot.id);
  const until = Math.min(draft.now + by, form.openedAt + LONGEST_FORM_MS);
  if (until <= form.expiresAt) return { state, events: [], effects: [] };
  changeForm(
    draft,
    form,
    "extended",
    { expiresAt: until, remindAt: until - (form.expiresAt - (form.remindAt ?? form.expiresAt)) },
    { marks: {} },
  );
  return draft.done();
}

/** Given up: by the customer, the agent who serves, or the flow, with words for the other side. */
export function cancelForm(
  state: ConversationState,
  { formId, text }: Of<"form.cancel">,
  circumstances: Circumstances,
): Decision {
  const form = findForm(state, formId);
  if (!form) return refuse("not-found", { field: "/formId" });
  if (form.state === "cancelled") return { state, events: [], effects: [] };
  if (form.state !== "open") return refuse("form-closed", { reason: form.state });
  const draft = new Draft(state, circumstances, state.snapshot.id);
  const { who } = circumstances.actor;
  const cancelled = who === "customer" || who === "agent" ? who : "system";
  const remark = text ? { text, fields: [] } : null;
  changeForm(
    draft,
    form,
    "cancelled",
    { state: "cancelled", cancelled, remark },
    { ...(text ? { text } : {}), marks: {} },
  );
  return draft.done();
}

/** What time does to forms: those due are reminded of or expire. */
export function strikeForms(draft: Draft): void {
  for (const form of openForms(draft.state)) {
    if (form.expiresAt !== null && form.expiresAt <= draft.now)
      changeForm(draft, form, "expired", { state: "expired" });
    else if (form.remindAt !== null && form.remindAt <= draft.now)
      changeForm(draft, form, "reminded", { remindAt: null });
  }
}

/** When the next form is due to be reminded of or to expire; null: none is. */
export function formsDue(state: ConversationState): number | null {
  const due = openForms(state).flatMap(({ remindAt, expiresAt }) => [remindAt, expiresAt].filter((at) => at !== null));
  return due.length > 0 ? Math.min(...due) : null;
}

/** The conversation is closed: nothing can be sent any more. */
export function cancelAllForms(draft: Draft): void {
  for (const form of openForms(draft.state)) changeForm(draft, form, "cancelled", { state: "cancelled" });
}

/**
 * Somebody else signed in than who told about themselves: what was typed is not theirs to read. Forms that ran out of time
 * are given up as well, for their drafts are kept for a while.
 */
export function cancelForms(draft: Draft): void {
  const { forms = [] } = draft.state.snapshot;
  const held = forms.filter(
    ({ state, expiresAt }) =>
      state === "open" || (state === "expired" && draft.now - (expiresAt ?? 0) < LONGEST_FORM_MS),
  );
  for (const form of held)
    changeForm(draft, form, "cancelled", { state: "cancelled", cancelled: "sign-in", remark: null });
}

export function openForms({ snapshot }: ConversationState): FormEntry[] {
  return (snapshot.forms ?? []).filter(({ state }) => state === "open");
}

export function findForm({ snapshot }: ConversationState, formId: string): FormEntry | undefined {
  return snapshot.forms?.find(({ id }) => id === formId);
}

type With = { text?: string; marks?: Parameters<Draft["add"]>[2] };

export function changeForm(
  draft: Draft,
  form: FormEntry,
  how: How,
  changed: Partial<FormEntry>,
  given: With = {},
): void {
  const { text, marks = SYSTEM } = given;
  draft.add("form.changed", { form: { ...form, ...changed }, how, ...(text ? { text } : {}) }, marks);
}
