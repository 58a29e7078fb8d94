import type { ClientCommandOf } from "@clew/contract/commands";
import type { Actor } from "@clew/domain/actor";
import type { ConversationState } from "@clew/domain/conversations/state";
import { accessOf } from "@clew/domain/decide";
import type { Run } from "@clew/domain/flows/engine/run";
import type { Value } from "@clew/domain/flows/expressions/expression";
import { mayView } from "@clew/domain/permissions/permissions";
import { addAudit } from "../audit/store.ts";
import type { Committed } from "../commands/committed.ts";
import type { Raw } from "../database/database.ts";
import { derivedId } from "../flows/derived-id.ts";
import { zoneOf } from "../hours/zone-of.ts";
import type { Handlers } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { actorOf } from "../stream/access.ts";
import { formActor } from "./acting.ts";
import { openerOf } from "./around-store.ts";
import { formAsker } from "./asking.ts";
import { fieldChecks } from "./checking.ts";
import { Definitions } from "./definitions.ts";
import { DraftsDoor } from "./drafts-door.ts";
import { filesNamed } from "./files.ts";
import { LiveForms } from "./live.ts";
import { addressLookups } from "./lookups.ts";
import { formOpener } from "./opening.ts";
import { Others } from "./others.ts";
import { ownForm } from "./own-form.ts";
import { entryOf, type FormParts, takesAnswers } from "./parts.ts";
import { remembering } from "./remembering.ts";
import { Rooms } from "./rooms.ts";
import { secretOpening } from "./secret-opening.ts";
import { formsStore, type StoredForm } from "./store.ts";
import { submissionsStore } from "./submissions-store.ts";
import { submitting } from "./submitting.ts";
import { wiping } from "./wiping.ts";

/** The most conversations whose drafts are read at a time. */
const AT_ONCE = 100;

/** Forms as a whole: opened by flows, filled in by people together, sent through the door of conversations. */
export function createForms(parts: FormParts) {
  const { database, clock, ids, log, key, execute, stateOf, configuration } = parts;
  const store = formsStore(database, key);
  const submissions = submissionsStore(store);
  const definitions = new Definitions(parts.library);
  const door = new DraftsDoor({ database, store });
  const others = new Others({ clock, log, say: parts.tellOthers });
  const rooms = new Rooms({ definitions, clock, others });
  /** Keeps that somebody reached for a form of another conversation. */
  const trespass = (raw: Raw, actor: Actor, formId: string) =>
    addAudit(raw, {
      ...{ id: ids.next(), at: clock.now(), action: "refused", noun: "form", nounId: formId },
      agentId: actor.who === "agent" ? actor.id : null,
      change: { by: "id" in actor ? `${actor.who} ${actor.id}` : actor.who },
    });
  const checks = fieldChecks({ definitions, rooms, clock, ids, log, http: parts.http });
  const lookups = addressLookups({ ids, log, http: parts.http });
  const live = new LiveForms({
    ...{ database, stateOf, configuration, clock, log, door, rooms, store, checks, lookups, definitions },
    trespass: (caller, formId) => trespass(database.raw, actorOf(caller), formId),
    wakeOthers: parts.wakeOthers,
  });
  const wipe = wiping({ database, stateOf, log, store, submissions, forget: (formId) => door.forget(formId) });
  const zone = () => zoneOf(configuration());
  const mustFit = async (form: StoredForm, values: Readonly<Record<string, unknown>>) => {
    const problems = await checks.problemsOf(form, { values });
    if (Object.keys(problems).length === 0) return;
    rooms.failed(form.head.id, problems);
    throw new Refused("invalid", { detail: "answers were not accepted", fields: problems });
  };
  const asker = formAsker({ definitions, door, execute, stateOf, clock, checks, mustFit: (form) => mustFit(form, {}) });

  return {
    doers: {
      "form.open": formOpener({
        ...{ database, execute, stateOf, store, definitions, door, zone, ask: asker.ask },
        remembered: remembering({ submissions, definitions }),
      }),
      "form.act": formActor({ execute, stateOf, definitions, door, rooms }),
    },

    /** For the door of conversations. */
    submitting: submitting({
      ...{ clock, ids, configuration, store, submissions, definitions, trespass, files: parts.files },
      failed: (formId, problems) => rooms.failed(formId, problems),
    }),

    /** For the stream. */
    live,

    handlers: {
      readForm: ({ caller, params }) => live.read(caller, params.id as string, params.formId as string),
      openFormSecret: secretOpening({
        ...{ database, clock, ids, configuration, stateOf, submissions, definitions, door },
        trespass: (actor, formId) => trespass(database.raw, actor, formId),
      }),
    } satisfies Handlers,

    /** What came of a form, as the run that waits for it takes it. */
    async answersOf(raw: Raw, formId: string, data: Readonly<Record<string, unknown>>): Promise<Value> {
      const { outcome, by, revision, closed } = data as {
        outcome: string;
        by?: string;
        revision?: number;
        closed?: boolean;
      };
      if (outcome !== "submitted") return { outcome, by: by ?? null, ...(closed ? { closed } : {}) };
      const sent = await submissions.outputs(raw, formId, revision ?? Number.MAX_SAFE_INTEGER);
      if (!sent) return { outcome, answers: {}, labels: {}, receipt: null };
      const { id, at, by: sender } = sent.receipt;
      const receipt = { id, number: id, at: new Date(at).toISOString(), by: sender, revision: revision ?? 1 };
      return { outcome, answers: sent.values, labels: sent.labels, receipt };
    },

    openerOf,

    /** Before a form is sent: outside calls are no business of the transaction that takes it. */
    async checkElsewhere(command: ClientCommandOf<"form.submit">, actor: Actor): Promise<void> {
      const { formId, conversationId, values } = command;
      const [form, state] = await Promise.all([door.read(formId), stateOf(conversationId)]);
      // What is not open, or not theirs, the door refuses; what was sent it answers as before.
      if (!state || form?.head.conversationId !== conversationId) return;
      if (!mayView(actor, accessOf(state, { configuration: configuration() }))) return;
      if (!takesAnswers(entryOf(state, formId), form.head, clock.now())) return;
      await mustFit(form, values);
    },

    /** Before more is done to a form: it has to be one of the conversation's own, or who reaches for it is noted. */
    async mustBeOf(about: { conversationId: string; formId: string }, actor: Actor): Promise<void> {
      const { conversationId, formId } = about;
      const state = await stateOf(conversationId);
      if (!state || !mayView(actor, accessOf(state, { configuration: configuration() }))) return;
      if (entryOf(state, formId)) return;
      await ownForm(await door.read(formId), conversationId, () => trespass(database.raw, actor, formId));
    },

    answered: asker.answered,

    /** The files that drafts of forms in these conversations name. */
    async filesNamedIn(conversationIds: readonly string[]): Promise<ReadonlySet<string>> {
      const named = new Set<string>();
      for (let from = 0; from < conversationIds.length; from += AT_ONCE) {
        const ids = await store.filledIn(database.raw, conversationIds.slice(from, from + AT_ONCE));
        for (const { head, draft } of (await store.load(database.raw, ids)).values()) {
          const form = definitions.of(head.flow);
          for (const id of form ? filesNamed(form, { draft, values: {} }) : []) named.add(id);
        }
      }
      return named;
    },

    /** The run that opened them is cancelled: so are its forms, with the words of who did it. */
    async cancelOf({ id: runId, cancelled }: Pick<Run, "id" | "cancelled">): Promise<void> {
      for (const { id, conversation_id: conversationId } of await store.ofRun(database.raw, runId)) {
        const command = {
          type: "form.cancel",
          id: derivedId(id, `cancelled with ${runId}`),
          conversationId,
          formId: id,
          ...(cancelled?.text ? { text: cancelled.text } : {}),
        } as const;
        await execute(command, { who: "system" }).catch((error: unknown) => {
          // Sent, given up or expired before: there is nothing left to cancel.
          if (!(error instanceof Refused)) throw error;
        });
      }
    },

    committed(committed: Committed): void {
      wipe.committed(committed);
      for (const { after } of committed.done) if (after) live.conversationChanged(after);
    },
    changedElsewhere(states: readonly ConversationState[]): void {
      for (const state of states) live.conversationChanged(state);
    },
    woken(): void {
      live.poll().catch((error: unknown) => log.warn({ err: error }, "drafts of other servers could not be read"));
    },
    /** What another process has told of an open form. */
    heard(text: string): void {
      const hear = async () => {
        const said = others.hear(text);
        if (said) await live.heard(said);
      };
      hear().catch((error: unknown) => log.warn({ err: error }, "what another server said was not understood"));
    },
    async sweep(now: number): Promise<void> {
      for (const room of others.sweep(now).map((formId) => rooms.get(formId))) if (room) rooms.sayPeople(room);
      await wipe.sweep(now);
    },
    async idle(): Promise<void> {
      await door.idle();
      await others.idle();
    },
  };
}
export type ServedForms = ReturnType<typeof createForms>;
