import type { FormEntry } from "@clew/contract/flows/entries";
import type { Actor } from "@clew/domain/actor";
import type { Command } from "@clew/domain/commands";
import type { ConversationState } from "@clew/domain/conversations/state";
import { type AskedForm, nextQuestion } from "@clew/domain/flows/asking/next-question";
import { questionText } from "@clew/domain/flows/asking/question-text";
import { askAgain, askRefused, type Heard, takeAnswer } from "@clew/domain/flows/asking/take-answer";
import { wordsOf } from "@clew/domain/flows/asking/words";
import { type FlowEvent, FORM_ASKED_AGAIN } from "@clew/domain/flows/conversation/told";
import { derivedId } from "../flows/derived-id.ts";
import { Refused } from "../problems/refused.ts";
import type { FieldChecks } from "./checking.ts";
import type { Definitions } from "./definitions.ts";
import type { DraftsDoor } from "./drafts-door.ts";
import { type FormParts, shownIn } from "./parts.ts";
import type { StoredForm } from "./store.ts";

type Parts = Pick<FormParts, "stateOf" | "clock"> & {
  definitions: Definitions;
  door: DraftsDoor;
  execute(command: Command, actor: Actor): Promise<unknown>;
  checks: FieldChecks;
  /** Throws `Refused` where another system has something against the answers. */
  mustFit(form: StoredForm): Promise<void>;
};
type Told = Pick<FlowEvent, "number" | "conversationId">;

const SYSTEM: Actor = { who: "system" };

/**
 * Asks the questions of forms as messages, where the customer's client shows nothing else. One form of a conversation at a
 * time, the one opened first. The form itself is as any other: answers are its drafts, at the end it is sent by its customer.
 * How far the asking has come stands with the drafts, and each message has an id that follows from that: whatever is done
 * twice, after a crash or in two processes, is said once.
 */
export function formAsker({ stateOf, clock, definitions, door, execute, checks, mustFit }: Parts) {
  /** The form as it stands; null when nothing is known of its flow. */
  async function read(formId: string): Promise<AskedForm | null> {
    const stored = await door.read(formId);
    return stored && askedOf(stored);
  }

  function askedOf({ head, draft }: StoredForm): AskedForm | null {
    const form = definitions.of(head.flow);
    const { settings, inputs } = head;
    return form && { form, inputs, draft, shown: shownIn(settings, clock.now()), confirms: settings.confirmPrefill };
  }

  async function ask(conversationId: string): Promise<void> {
    const state = await stateOf(conversationId);
    const entry = state && beingAsked(state);
    const asked = entry && (await read(entry.id));
    if (!asked) return;
    const { next } = nextQuestion(asked);
    if (next.ask === "nothing") await send(state, entry, asked);
    else await pose(state, entry, asked);
  }

  /** Says the question that is open, once; the number of its message. Null: the conversation takes no more words. */
  async function pose(state: ConversationState, entry: FormEntry, asked: AskedForm): Promise<number | null> {
    const { next, draft } = nextQuestion(asked);
    const { heard = 0, before = null } = draft.asking ?? {};
    const text = questionText({ ...asked, draft }, next, { before, first: heard === 0 });
    return text === null ? null : say(state, entry, `ask ${heard} ${before ?? ""}`, text);
  }

  async function say(
    state: ConversationState,
    entry: FormEntry,
    purpose: string,
    text: string,
  ): Promise<number | null> {
    const { id: conversationId } = state.snapshot;
    const id = derivedId(entry.id, `${entry.revision} ${purpose}`);
    return give({ type: "flow.say", id, conversationId, as: "bot", text, bot: entry.title }, SYSTEM);
  }

  /** The number of the first event that came of it; null where it was refused. */
  async function give(command: Command, actor: Actor): Promise<number | null> {
    try {
      return ((await execute(command, actor)) as { number: number }).number;
    } catch (error) {
      if (error instanceof Refused && error.problem.retry !== "later") return null;
      throw error;
    }
  }

  async function send(state: ConversationState, entry: FormEntry, asked: AskedForm): Promise<void> {
    const { id: formId, revision } = entry;
    const { id: conversationId } = state.snapshot;
    const id = derivedId(
      formId,
      `send ${revision} ${asked.draft.asking?.heard ?? 0} ${asked.draft.asking?.tries ?? 0}`,
    );
    try {
      const stored = await door.read(formId);
      if (stored) await mustFit(stored);
      await execute(
        { type: "form.submit", id, conversationId, formId, revision, values: {}, receipt: null },
        customerOf(state),
      );
      await say(state, entry, "sent", wordsOf(asked.shown.locale).sent);
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.retry === "later") throw error;
      const { code, fields } = error.problem;
      // Sent elsewhere, given up or expired meanwhile.
      if (code !== "invalid") return;
      if (fields && Object.keys(fields).length > 0 && (asked.draft.asking?.tries ?? 0) < 3) {
        await door.change(formId, ({ draft }) => ({ draft: askRefused(draft, fields), result: null }));
        await ask(conversationId);
      } else await stop(state, entry, { by: SYSTEM, text: wordsOf(asked.shown.locale).gaveUp });
    }
  }

  async function stop(
    state: ConversationState,
    entry: FormEntry,
    { by, text }: { by: Actor; text: string },
  ): Promise<void> {
    const { id: conversationId } = state.snapshot;
    const id = derivedId(entry.id, `stop ${entry.revision}`);
    await give({ type: "form.cancel", id, conversationId, formId: entry.id }, by);
    await say(state, entry, "stopped", text);
  }

  /** What the customer wrote is taken as an answer if the question stood before it. */
  async function take(id: string, told: FlowEvent, state: ConversationState, entry: FormEntry): Promise<boolean> {
    const asked = await read(entry.id);
    if (!asked) return false;
    if ((asked.draft.asking?.heard ?? 0) < told.number) {
      const posed = await pose(state, entry, asked);
      if (posed === null || posed > told.number) return false;
      const text = typeof told.data.text === "string" ? told.data.text : "";
      const toAgent = told.data.toAgent === true;
      const heard = { text, number: told.number, op: id, customerId: state.snapshot.customer.id, toAgent };
      const refused = await refusedElsewhere(entry.id, heard);
      await door.change(entry.id, (stored) => {
        const now = askedOf(stored);
        const known = !now || (stored.draft.asking?.heard ?? 0) >= told.number;
        return { draft: known ? stored.draft : takeAnswer(now, { ...heard, refused }), result: null };
      });
    }
    await goOn(told, state, entry);
    return true;
  }

  /** What another system has against the answer that these words are; null: nothing, or there is none to ask. */
  async function refusedElsewhere(formId: string, heard: Heard): Promise<string | null> {
    const stored = await door.read(formId);
    const asked = stored && askedOf(stored);
    if (!asked) return null;
    const { next } = nextQuestion(asked);
    const draft = takeAnswer(asked, heard);
    if (next.ask !== "field" || draft.fields.get(next.field)?.op !== heard.op) return null;
    const problems = await checks.problemsOf({ ...stored, draft }, { node: next.node });
    return problems[next.field] ?? null;
  }

  /** Time runs out: the question that is open is put once more. */
  async function remind(told: FlowEvent, state: ConversationState): Promise<void> {
    const entry = beingAsked(state);
    const asked = entry?.id === told.key ? await read(entry.id) : null;
    if (!entry || !asked) return;
    const { next } = nextQuestion(asked);
    const before = wordsOf(asked.shown.locale).reminder;
    const text = questionText(asked, next, { before, first: false });
    if (text !== null) await say(state, entry, `remind ${told.number}`, text);
  }

  /** What ended without the customer's doing is told where its form would have shown it. */
  async function tellEnd(told: FlowEvent, state: ConversationState): Promise<void> {
    const entry = state.snapshot.forms?.find(({ id, asked }) => id === told.key && asked);
    const { outcome, by, text } = told.data as { outcome: string; by: string; text?: string };
    const asked = entry && (await read(entry.id));
    if (!entry || !asked) return;
    const words = wordsOf(asked.shown.locale);
    if (outcome === "expired") await say(state, entry, "over", words.expired);
    // What the asking itself gives up is told there.
    else if (outcome === "cancelled" && by !== "customer" && (by !== "system" || text))
      await say(state, entry, "over", text ?? words.cancelled);
  }

  /** Does what the last answer asked for. Done again after a crash, it is the same. */
  async function goOn(told: Told, state: ConversationState, entry: FormEntry): Promise<void> {
    const asked = await read(entry.id);
    if (!asked || asked.draft.asking?.heard !== told.number) return;
    const words = wordsOf(asked.shown.locale);
    switch (asked.draft.asking.then) {
      case "cancel":
        return stop(state, entry, { by: customerOf(state), text: words.cancelled });
      case "give-up":
        return stop(state, entry, { by: SYSTEM, text: words.gaveUp });
      case "send":
        return send(state, entry, asked);
      default:
        return ask(state.snapshot.id);
    }
  }

  return {
    ask,

    /** Whether what happened in a conversation was an answer; nobody else hears of it then. `id` is the effect's own. */
    async answered(id: string, told: FlowEvent, state: ConversationState): Promise<boolean> {
      if (told.type === FORM_ASKED_AGAIN) {
        const { how, text = "", fields } = told.data as { how: string; text?: string; fields: string[] };
        if (how === "reminded") {
          await remind(told, state);
          return true;
        }
        const again = { number: told.number, text, fields };
        await door.change(told.key, (stored) => {
          const asked = askedOf(stored);
          return { draft: asked ? askAgain(asked, again) : stored.draft, result: null };
        });
        await ask(told.conversationId);
        return true;
      }
      // One that has ended makes room for the next.
      if (told.type === "form") {
        await tellEnd(told, state);
        await ask(told.conversationId);
      }
      const entry = told.type === "message.received" ? beingAsked(state) : null;
      return entry ? take(id, told, state, entry) : false;
    },
  };
}

/** The form whose questions are being asked: of those that are open the first. */
function beingAsked({ snapshot }: ConversationState): FormEntry | null {
  const asked = (snapshot.forms ?? []).filter((form) => form.asked && form.state === "open");
  return asked.sort((a, b) => a.openedAt - b.openedAt)[0] ?? null;
}

function customerOf({ snapshot }: ConversationState): Actor {
  const { id, name } = snapshot.customer;
  return { who: "customer", id, name };
}
