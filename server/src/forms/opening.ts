import type { ConversationState } from "@clew/domain/conversations/state";
import { unaskable } from "@clew/domain/flows/asking/askable";
import { LONGEST_FORM_MS } from "@clew/domain/flows/conversation/forms";
import type { FormDraft } from "@clew/domain/flows/cowork/draft";
import { countQuestions, fieldsNamed, questionOf } from "@clew/domain/flows/cowork/form";
import { prefilled } from "@clew/domain/flows/cowork/rules";
import type { FormOpening, OperationOf } from "@clew/domain/flows/engine/operation";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { derivedId } from "../flows/derived-id.ts";
import { askedBy, faultOf } from "../flows/doers/conversation.ts";
import type { Done, Wanted } from "../flows/operations.ts";
import { Refused } from "../problems/refused.ts";
import { twinOf } from "./around-store.ts";
import type { Definitions } from "./definitions.ts";
import type { DraftsDoor } from "./drafts-door.ts";
import { type FormParts, shownIn } from "./parts.ts";
import type { Remembered, remembering } from "./remembering.ts";
import type { FormHead, FormsStore } from "./store.ts";
import { titleOfFlow } from "./title.ts";

type Parts = Pick<FormParts, "database" | "execute" | "stateOf"> & {
  store: FormsStore;
  definitions: Definitions;
  remembered: ReturnType<typeof remembering>;
  door: DraftsDoor;
  /** Asks what is to be asked next in a conversation. */
  ask(conversationId: string): Promise<void>;
  /** The time zone of the house. */
  zone(): string;
};

/** Before a form expires it reminds, where its author says nothing: a sixth of its time, at most five minutes. */
const REMIND_BEFORE_MS = 300_000;

/**
 * Opens a form as a flow wants it. First its row with what is filled in already, then the conversation's word, both under
 * ids that follow from the operation's: broken off in between, the same call goes on from there.
 */
export function formOpener({ database, execute, stateOf, store, definitions, remembered, door, ask, zone }: Parts) {
  return async ({ form: wanted }: OperationOf<"form.open">, { id, row, run, now }: Wanted): Promise<Done> => {
    const version = wanted.version ?? definitions.live(wanted.flow, wanted.conversationId, now);
    const definition = version === null ? null : definitions.of({ key: wanted.flow, version });
    if (version === null || !definition) return { fault: "notFound", message: `There is no form ${wanted.flow}` };
    const state = await stateOf(wanted.conversationId);
    if (!state) return { fault: "notFound", message: "There is no such conversation" };

    const asked = state.snapshot.plain === true;
    const hidden = asked && (wanted.fallback === "none" ? "all of it" : unaskable(definition));
    if (hidden) return { fault: "forbidden", message: `This customer sees messages only, which cannot ask ${hidden}` };

    const formId = derivedId(id, "form");
    const flow = { key: wanted.flow, version };
    const { expiresAfter } = wanted;
    const settings = {
      live: wanted.live,
      suggest: wanted.suggest,
      confirmPrefill: wanted.confirmPrefill,
      submitBy: wanted.submitBy,
      acceptLate: wanted.acceptLate,
      grace: wanted.grace,
      locale: state.snapshot.language,
      zone: zone(),
      ...(asked ? { asked } : {}),
    };
    const head: FormHead = {
      ...{ id: formId, conversationId: wanted.conversationId, runId: row.id, flow, settings, openedAt: now },
      inputs: { ...wanted.inputs },
    };
    const wipeAt = now + (expiresAfter ?? LONGEST_FORM_MS) + wanted.grace;
    const fresh = await database.rawTransaction((raw) =>
      store.insert(raw, { ...head, node: run.frames.at(-1)?.node ?? "", wipeAt }),
    );
    if (fresh || (await door.read(formId))?.draft.seq === 0) {
      const known = await remembered(database.raw, state, definition, shownIn(settings, now));
      await fill(formId, wanted, { before: await expiredBefore(head, state), known });
    }
    try {
      await execute(
        {
          type: "form.open",
          ...askedBy({ id, run }, wanted.conversationId),
          conversationId: wanted.conversationId,
          form: {
            id: formId,
            flow,
            title: titleOfFlow(definition.flows.flow, settings.locale),
            questions: countQuestions(definition),
            live: wanted.live,
            ...(asked ? { asked } : {}),
            expiresAt: expiresAfter === null ? null : now + expiresAfter,
            remindAt: remindAt(wanted, now),
          },
          announce: wanted.announce,
          as: row.starter_id ? "agent" : "bot",
          ifOpen: wanted.ifOpen,
        },
        { who: "system" },
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await database.rawTransaction((raw) => store.remove(raw, formId));
      const { code, reason } = error.problem;
      if (code === "conflict" && wanted.ifOpen === "reuse" && reason) {
        const heldBy = await twinOf(database.raw, { formId: reason, run: row });
        return { value: heldBy ? { id: reason, heldBy } : { id: reason } };
      }
      return faultOf(error);
    }
    if (asked) await ask(wanted.conversationId);
    return { value: { id: formId } };
  };

  /** The same form that ran out of time: asked once more, it goes on from what was typed. */
  async function expiredBefore(head: FormHead, { snapshot }: ConversationState): Promise<FormDraft | null> {
    const before = snapshot.forms?.findLast(({ state, flow }) => state === "expired" && flow.key === head.flow.key);
    const stored = before ? await door.read(before.id) : null;
    return stored?.head.runId === head.runId ? stored.draft : null;
  }

  /** What the flow knows already; names that stand on several screens are filled in on each. */
  async function fill(
    formId: string,
    { prefill }: FormOpening,
    { before, known }: { before: FormDraft | null; known: readonly Remembered[] },
  ): Promise<void> {
    if (Object.keys(prefill).length === 0 && !before?.fields.size && known.length === 0) return;
    await door.change(formId, (form) => {
      const definition = definitions.of(form.head.flow);
      let { draft } = form;
      for (const { at, ...told } of known)
        draft = prefilled(draft, { ...told, source: "carried" }, { now: at, shown: shownIn(form.head.settings, at) });
      for (const { field, value } of before?.fields.values() ?? []) {
        const question = definition && questionOf(definition, field);
        const around = { now: form.head.openedAt, shown: shownIn(form.head.settings, form.head.openedAt) };
        if (question && value !== null) draft = prefilled(draft, { field, value, question, source: "carried" }, around);
      }
      const around = { now: form.head.openedAt, shown: shownIn(form.head.settings, form.head.openedAt) };
      for (const [name, value] of Object.entries(prefill)) {
        for (const field of definition && value !== null ? fieldsNamed(definition, name) : []) {
          const question = definition && questionOf(definition, field);
          if (question) draft = prefilled(draft, { field, value: value as Value, question, source: "prefill" }, around);
        }
      }
      return { draft, result: null };
    });
  }
}

function remindAt({ expiresAfter, remindAfter }: FormOpening, now: number): number | null {
  if (remindAfter !== null) return expiresAfter === null || remindAfter < expiresAfter ? now + remindAfter : null;
  return expiresAfter === null ? null : now + expiresAfter - Math.min(REMIND_BEFORE_MS, Math.round(expiresAfter / 6));
}
