import { wordsOf } from "@clew/domain/flows/asking/words";
import { checksOf, type FieldCheck } from "@clew/domain/flows/cowork/checks";
import type { FormDraft } from "@clew/domain/flows/cowork/draft";
import { isMap } from "@clew/domain/flows/expressions/value";
import { textIn } from "@clew/domain/languages/fall-back";
import type { Clock } from "../clock.ts";
import type { Log } from "../stream/parts.ts";
import { askOtherSystem, type OtherSystems } from "./ask-other-system.ts";
import type { Definitions } from "./definitions.ts";
import { shownIn } from "./parts.ts";
import type { Rooms } from "./rooms.ts";
import type { StoredForm } from "./store.ts";

type Parts = OtherSystems & {
  definitions: Definitions;
  rooms: Rooms;
  clock: Clock;
  log: Log;
};
/** `unknown`: the other system did not answer, or not as agreed. */
type Judged = { fits: true } | { fits: false; message: string } | { fits: "unknown" };

/** So long an answer of the other system may be, in bytes. */
const MAX_BYTES = 16_384;

/**
 * Answers that another system judges, as the author of a form wants it: `POST <connector>/check` with the form, the field,
 * the value and the language is answered by `{"ok": true}` or `{"ok": false, "message": …}`, the message a text or one a
 * language. While one fills in, what it says appears at the field; a late word about an earlier value is dropped. Going on
 * and sending ask again, and what cannot be checked then keeps the form where it is.
 */
export function fieldChecks({ definitions, rooms, clock, log, ...others }: Parts) {
  /** Checks under way, by form and field; `again`: the value has changed since. */
  const running = new Map<string, { again: boolean }>();

  async function judge(form: StoredForm, { field, question, connector, value }: FieldCheck): Promise<Judged> {
    const { head } = form;
    const about = { field: question.id, kind: question.kind, value };
    const answer = await askOtherSystem(others, form, { connector, path: "/check", about, maxBytes: MAX_BYTES });
    const { ok, message } = answer;
    if (typeof ok !== "boolean") {
      log.warn({ form: head.id, field, connector }, "an answer could not be checked");
      return { fits: "unknown" };
    }
    if (ok) return { fits: true };
    const words = isMap(message ?? null) ? textIn(message as Record<string, string>, head.settings.locale) : message;
    const said = typeof words === "string" && words.trim() ? words.trim().slice(0, 300) : null;
    return { fits: false, message: said ?? wordsOf(head.settings.locale).notAccepted };
  }

  function checksIn(form: StoredForm, values?: Readonly<Record<string, unknown>>): FieldCheck[] {
    const definition = definitions.of(form.head.flow);
    if (!definition) return [];
    const { head, draft } = form;
    const shown = shownIn(head.settings, clock.now());
    return checksOf({ form: definition, inputs: head.inputs, draft, shown, ...(values ? { values } : {}) });
  }

  /** The newest value of a field, until it does not change any more. */
  async function follow(formId: string, field: string): Promise<void> {
    const name = `${formId} ${field}`;
    const own = { again: false };
    running.set(name, own);
    try {
      do {
        own.again = false;
        const form = rooms.get(formId)?.form;
        const check = form && checksIn(form).find((one) => one.field === field);
        const judged = check && (await judge(form, check));
        if (judged?.fits === false && !own.again) rooms.wrong(formId, field, judged.message);
      } while (own.again);
    } finally {
      running.delete(name);
    }
  }

  return {
    /** A draft has changed, and somebody has it open here. */
    changed({ form, before }: { form: StoredForm; before: FormDraft }): void {
      const { id } = form.head;
      const judgeable = new Set(checksIn(form).map(({ field }) => field));
      for (const field of form.draft.fields.values()) {
        if (before.fields.get(field.field) === field) continue;
        const name = `${id} ${field.field}`;
        const under = running.get(name);
        // What is empty or wrong by now needs no check, but a word about its earlier value comes late.
        if (under) under.again = true;
        else if (judgeable.has(field.field)) {
          follow(id, field.field).catch((error: unknown) => log.warn({ err: error }, "an answer could not be checked"));
        }
      }
    },

    /** What is wrong about answers, by field; of one screen where `node` names it. Empty: all fits. */
    async problemsOf(
      form: StoredForm,
      { values, node }: { values?: Readonly<Record<string, unknown>>; node?: string } = {},
    ): Promise<Record<string, string>> {
      const checks = checksIn(form, values).filter((check) => node === undefined || check.node === node);
      const words = wordsOf(form.head.settings.locale);
      const judged = await Promise.all(
        checks.map(async (check): Promise<[string, string][]> => {
          const { fits, ...rest } = await judge(form, check);
          if (fits === true) return [];
          return [[check.field, "message" in rest ? rest.message : words.notChecked]];
        }),
      );
      return Object.fromEntries(judged.flat());
    },
  };
}
export type FieldChecks = ReturnType<typeof fieldChecks>;
