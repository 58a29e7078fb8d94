import type { ConversationEvent } from "@clew/contract/events";
import { LONGEST_FORM_MS } from "@clew/domain/flows/conversation/forms";
import type { Committed } from "../commands/committed.ts";
import type { Raw } from "../database/database.ts";
import { entryOf, type FormParts } from "./parts.ts";
import type { FormSettings, FormsStore } from "./store.ts";
import type { SubmissionsStore } from "./submissions-store.ts";

type Parts = Pick<FormParts, "database" | "stateOf" | "log"> & {
  store: FormsStore;
  submissions: SubmissionsStore;
  forget(formId: string): void;
};

/**
 * Takes what was typed and not sent, in time. When a form is opened its row says when at the latest; a look at the
 * conversation then says whether that time has really come, so that a lost word about its end does no harm.
 */
export function wiping({ database, stateOf, log, store, submissions, forget }: Parts) {
  async function look(raw: Raw, form: { id: string; conversation_id: string; settings: string }, now: number) {
    const state = await stateOf(form.conversation_id);
    const entry = state && entryOf(state, form.id);
    const { grace } = JSON.parse(form.settings) as FormSettings;
    if (entry?.state === "open") return store.wipeAt(raw, form.id, (entry.expiresAt ?? now + LONGEST_FORM_MS) + grace);
    // What was sent is kept for good, elsewhere; its drafts are the same, for the day it is sent back.
    if (entry?.state === "submitted") return store.wipeAt(raw, form.id, null);
    const until = entry?.state === "expired" && entry.expiresAt !== null ? entry.expiresAt + grace : now;
    if (until > now) return store.wipeAt(raw, form.id, until);
    await store.wipe(raw, form.id);
    forget(form.id);
  }

  return {
    async sweep(now: number): Promise<void> {
      await submissions.wipeSecrets(database.raw, now);
      const due = (await store.dueToWipe(database.raw, now)).sort((a, b) => (a.id < b.id ? -1 : 1));
      if (due.length === 0) return;
      // One commit for all: many forms may have been sent since the last round.
      await database.rawTransaction(async (raw) => {
        for (const form of due) await look(raw, form, now);
      });
    },

    /** Forms that have just ended are looked at in the next round. */
    committed({ done }: Committed): void {
      const ended = done.flatMap(({ events }) => events.flatMap(endedBy));
      if (ended.length === 0) return;
      const mark = (raw: Raw) => Promise.all(ended.sort().map((id) => store.wipeAt(raw, id, 0)));
      void database
        .rawTransaction(mark)
        .catch((error: unknown) =>
          log.warn({ err: error }, "drafts could not be marked for wiping; their row says when at the latest"),
        );
    },
  };
}

/** A form that is given up, and one that is sent back, which is to be watched over again. */
function endedBy(event: ConversationEvent): string[] {
  if (event.type !== "form.changed") return [];
  return event.how === "reminded" || event.how === "extended" ? [] : [event.form.id];
}
