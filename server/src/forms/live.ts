import type { FormAct, FormSay, FormView } from "@clew/contract/flows/form-live";
import type { ClientMessage } from "@clew/contract/stream";
import type { ConversationState } from "@clew/domain/conversations/state";
import { accessOf } from "@clew/domain/decide";
import type { FormDraft } from "@clew/domain/flows/cowork/draft";
import { asksPayment, questionOf } from "@clew/domain/flows/cowork/form";
import { placeOf } from "@clew/domain/flows/cowork/place";
import {
  type Acting,
  answerSuggestion,
  type FormRole,
  isLeased,
  MOST_ACTS_A_SECOND,
  type Outcome,
  setField,
  suggest,
  withdrawn,
} from "@clew/domain/flows/cowork/rules";
import { paymentPages } from "../connectors/payment-pages.ts";
import type { Caller } from "../http/handlers.ts";
import { Refused } from "../problems/refused.ts";
import { maySee } from "../stream/access.ts";
import type { Listener } from "../stream/listener.ts";
import type { FieldChecks } from "./checking.ts";
import type { Definitions } from "./definitions.ts";
import type { DraftsDoor } from "./drafts-door.ts";
import type { Lookups } from "./lookups.ts";
import type { SaidElsewhere } from "./others.ts";
import { ownForm } from "./own-form.ts";
import { turnPage } from "./pages.ts";
import { entryOf, type FormParts, shownIn, takesAnswers } from "./parts.ts";
import { type Member, type Room, type Rooms, readerOf } from "./rooms.ts";
import type { FormsStore, StoredForm } from "./store.ts";

type Parts = Pick<FormParts, "database" | "stateOf" | "configuration" | "clock" | "log"> & {
  definitions: Definitions;
  door: DraftsDoor;
  rooms: Rooms;
  store: FormsStore;
  /** Somebody reaches for a form of another conversation: that is kept for those who watch over the house. */
  trespass(caller: Caller, formId: string): Promise<void>;
  /** The process's own word that drafts have changed, for other processes. */
  wakeOthers(): void;
  /** What other systems say of answers. */
  checks: FieldChecks;
  lookups: Lookups;
};
type FormMessage = Omit<Extract<ClientMessage, { type: "form" }>, "type">;
type Own = { change: FormDraft | null; say: FormSay | null; told?: FormSay };

/** Acts of people on open forms, over the stream. Each is durable before anybody is told of it. */
export class LiveForms {
  readonly #parts: Parts;
  readonly #paces = new WeakMap<Listener, { at: number; acts: number }>();
  /** Forms that may still be filled in, as their conversations say; known while somebody has them open. */
  readonly #open = new Map<string, boolean>();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { door, rooms, wakeOthers } = parts;
    door.holdWhile((formId) => rooms.has(formId));
    door.onCommitted(({ form, before }) => {
      rooms.changed(form, before);
      if (rooms.has(form.head.id)) parts.checks.changed({ form, before });
      wakeOthers();
    });
  }

  async act(listener: Listener, { conversationId, formId, act }: FormMessage): Promise<void> {
    if (act.act === "join") return this.#join(listener, conversationId, formId);
    this.#pace(listener);
    const room = this.#parts.rooms.get(formId);
    const member = room?.members.get(listener);
    if (!room || !member || room.form.head.conversationId !== conversationId) {
      // Whoever reaches for a form of another conversation is noted, whatever they want of it.
      await this.#admit(listener.caller, conversationId, formId);
      throw new Refused("forbidden");
    }
    const now = this.#parts.clock.now();
    switch (act.act) {
      case "leave":
        return this.#parts.rooms.leave(formId, listener);
      case "focus":
        return this.#focus(room, member, act.field);
      case "point":
      case "hint":
        if (member.role !== "agent") throw new Refused("forbidden");
        this.#parts.rooms.tellCustomers(formId, sayOf(act));
        return;
      case "lookup":
        return this.#parts.lookups.ask(room, member, act);
      default:
        if (member.field !== null) member.at = now;
        return this.#change(room, member, act);
    }
  }

  /** The form as a caller may see it; `Refused` for all others. */
  async read(caller: Caller, conversationId: string, formId: string): Promise<FormView> {
    const { form, state, role, payments } = await this.#admit(caller, conversationId, formId);
    const { rooms } = this.#parts;
    const revision = entryOf(state, formId)?.revision ?? 1;
    return rooms.viewOf(form, rooms.get(formId), { reader: readerOf(role), revision, payments });
  }

  left(listener: Listener, conversationId: string | null): void {
    this.#parts.rooms.leaveAll(listener, conversationId ?? undefined);
  }

  /** A conversation changed: who serves it, and which of its forms are open. */
  conversationChanged(state: ConversationState): void {
    const { rooms, clock, configuration, door } = this.#parts;
    for (const room of rooms.of(state.snapshot.id)) {
      const { head } = room.form;
      const entry = entryOf(state, head.id);
      this.#open.set(head.id, takesAnswers(entry, head, clock.now()));
      for (const member of [...room.members.values()]) {
        const role = maySee(member.listener.caller, state, configuration())
          ? roleOf(member.listener.caller, state, configuration)
          : null;
        if (role === null) {
          rooms.leave(head.id, member.listener);
          member.listener.say(state.snapshot.id, head.id, {
            say: "refused",
            problem: new Refused("not-found").problem,
          });
        } else member.role = role;
      }
      rooms.tellPeople(room);
      this.#withdraw(room, state);
      if (!entry || entry.revision === room.revision) continue;
      room.revision = entry.revision;
      door.forget(head.id);
      void this.#reread(head.id);
    }
  }

  /** What other processes changed of forms that are open here. */
  async poll(): Promise<void> {
    const { rooms, store, database } = this.#parts;
    const ids = rooms.ids();
    if (ids.length === 0) return;
    const seqs = await store.seqs(database.raw, ids);
    for (const id of ids) {
      const room = rooms.get(id);
      if (room && (seqs.get(id) ?? 0) > room.form.draft.seq) await this.#reread(id, false);
    }
  }

  /** What another process says of a form; what it says of answers is about the draft as it had it. */
  async heard(said: SaidElsewhere): Promise<void> {
    const { rooms } = this.#parts;
    const known = rooms.get(said.formId)?.form.draft.seq;
    if (known === undefined) return;
    if (said.about === "problems" && (said.seq ?? 0) > known) await this.#reread(said.formId, false);
    rooms.heard(said);
  }

  async #reread(formId: string, whole = true): Promise<void> {
    const { door, rooms, log } = this.#parts;
    try {
      const form = await door.read(formId);
      const room = rooms.get(formId);
      if (!form || !room || form.draft.seq < room.form.draft.seq) return;
      const before = room.form.draft;
      if (form.draft.seq > before.seq) rooms.changed(form, before);
      if (whole) rooms.tellAll(room);
    } catch (error) {
      log.warn({ err: error }, "a form could not be read again");
    }
  }

  async #join(listener: Listener, conversationId: string, formId: string): Promise<void> {
    const { caller } = listener;
    const { form, state, role, payments } = await this.#admit(caller, conversationId, formId);
    const now = this.#parts.clock.now();
    const entry = entryOf(state, formId);
    if (!takesAnswers(entry, form.head, now)) throw new Refused("form-closed", { reason: entry?.state ?? "expired" });
    this.#open.set(formId, true);
    const { rooms } = this.#parts;
    const name = nameOf(caller, this.#parts.configuration);
    rooms.join(form, state, { listener, role, ...name, field: null, at: now }, payments);
    const room = rooms.get(formId);
    if (room) this.#withdraw(room, state);
  }

  /** What an agent suggested who serves no longer, and nobody has answered, is nobody's suggestion any more. */
  #withdraw({ form: { head, draft } }: Room, state: ConversationState): void {
    const { door, configuration, log } = this.#parts;
    const { agentId } = accessOf(state, { configuration: configuration() });
    const isGone = (id: string) => id !== agentId && configuration().agents.has(id);
    if (withdrawn(draft, isGone) === draft) return;
    door
      .change(head.id, (stored) => ({ draft: withdrawn(stored.draft, isGone), result: null }))
      .catch((error: unknown) => log.warn({ err: error }, "suggestions could not be withdrawn"));
  }

  async #admit(caller: Caller, conversationId: string, formId: string) {
    const { door, stateOf, configuration, trespass } = this.#parts;
    const [found, state] = await Promise.all([door.read(formId), stateOf(conversationId)]);
    if (!maySee(caller, state, configuration())) throw new Refused("not-found");
    const form = await ownForm(found, conversationId, () => trespass(caller, formId));
    const role = roleOf(caller, state, configuration);
    if (role === null) throw new Refused("forbidden");
    return { form, state, role, payments: await this.#payments(form) };
  }

  /** Few forms ask for a payment: for the others nothing is read. */
  async #payments({ head }: StoredForm): Promise<Room["payments"]> {
    const { definitions, database } = this.#parts;
    const form = definitions.of(head.flow);
    return form && asksPayment(form) ? await paymentPages(database.query) : {};
  }

  #focus(room: Room, member: Member, field: string | null): void {
    const now = this.#parts.clock.now();
    if (member.role === "customer" && member.field !== null && member.field !== field) room.left.set(member.field, now);
    const moved = member.field !== field;
    member.field = field;
    member.at = now;
    if (moved) this.#parts.rooms.tellPeople(room);
  }

  async #change(room: Room, member: Member, act: FormAct): Promise<void> {
    const { door } = this.#parts;
    const { conversationId, id } = room.form.head;
    const op = "op" in act ? act.op : "";
    if (!this.#open.get(id)) {
      member.listener.say(conversationId, id, { say: "reject", op, code: "closed" });
      return;
    }
    if (act.act === "page" && act.to === "next" && mayTurn(member.role, room.form.head.settings.submitBy)) {
      const problems = await this.#refusedElsewhere(room);
      if (Object.keys(problems).length > 0) {
        member.listener.say(conversationId, id, { say: "reject", op: act.op, code: "invalid", problems });
        return;
      }
    }
    const own = await door.change(id, (form): { draft: FormDraft; result: Own } => {
      const result = this.#done(room, member, form, act);
      return { draft: result.change ?? form.draft, result };
    });
    if (own?.say) member.listener.say(conversationId, id, own.say);
    if (own?.told) {
      for (const other of room.members.values())
        if (other.role === "agent") other.listener.say(conversationId, id, own.told);
    }
  }

  /** What other systems have against the answers of the page that is shown, all that was typed so far included. */
  async #refusedElsewhere({ definition, form: { head } }: Room): Promise<Record<string, string>> {
    const { door, checks, clock } = this.#parts;
    const form = await door.change(head.id, (stored) => ({ draft: stored.draft, result: stored }));
    if (!form) return {};
    const { step } = placeOf(definition, head.inputs, form.draft, shownIn(head.settings, clock.now()));
    return step ? checks.problemsOf(form, { node: step.node }) : {};
  }

  #done(room: Room, member: Member, form: StoredForm, act: FormAct): Own {
    const { draft, head } = form;
    const shown = shownIn(head.settings, this.#parts.clock.now());
    switch (act.act) {
      case "show-typing":
        if (member.role !== "customer" || draft.showTyping === act.on) return { change: null, say: null };
        return { change: { ...draft, seq: draft.seq + 1, showTyping: act.on }, say: null };
      case "page": {
        if (!mayTurn(member.role, head.settings.submitBy))
          return { change: null, say: { say: "reject", op: act.op, code: "not-yours" } };
        const turned = turnPage(room.definition, form, act.to, shown);
        if ("problems" in turned)
          return { change: null, say: { say: "reject", op: act.op, code: "invalid", problems: turned.problems } };
        return { change: turned.draft, say: { say: "ack", op: act.op, seq: turned.draft.seq } };
      }
      case "set":
      case "suggest":
      case "answer-suggestion":
        return this.#fieldAct(room, member, form, act);
      default:
        return { change: null, say: null };
    }
  }

  #fieldAct(
    room: Room,
    member: Member,
    form: StoredForm,
    act: Extract<FormAct, { act: "set" | "suggest" | "answer-suggestion" }>,
  ): Own {
    const { draft, head } = form;
    const now = this.#parts.clock.now();
    const focus = this.#parts.rooms.customersIn(room);
    const acting: Acting = {
      role: member.role,
      id: member.id,
      name: member.name,
      now,
      question: questionOf(room.definition, act.field),
      leased: isLeased(act.field, { focus, left: room.left, fields: draft.fields }, now),
      maySuggest: head.settings.suggest,
      shown: shownIn(head.settings, now),
    };
    const outcome: Outcome =
      act.act === "set"
        ? setField(draft, act, acting)
        : act.act === "suggest"
          ? suggest(draft, act, acting)
          : answerSuggestion(draft, act, acting);
    if ("known" in outcome) return { change: null, say: { say: "ack", op: act.op, seq: outcome.known } };
    if ("reject" in outcome) {
      const current = outcome.current ? room.views.get(readerOf(member.role))?.get(outcome.current) : undefined;
      return {
        change: null,
        say: { say: "reject", op: act.op, code: outcome.reject, ...(current ? { current } : {}) },
      };
    }
    return {
      change: outcome.draft,
      say: { say: "ack", op: act.op, seq: outcome.draft.seq },
      ...(outcome.told ? { told: { say: "reject", op: act.op, code: "conflict" } as const } : {}),
    };
  }

  #pace(listener: Listener): void {
    const now = this.#parts.clock.now();
    const pace = this.#paces.get(listener);
    if (!pace || now - pace.at >= 1_000) this.#paces.set(listener, { at: now, acts: 1 });
    else if (++pace.acts > MOST_ACTS_A_SECOND) throw new Refused("rate-limited", { retryAfter: 1 });
  }
}

/** Who turns the pages: whoever sends the form. */
function mayTurn(role: FormRole, submitBy: "customer" | "agent"): boolean {
  return role === "customer" || (role === "agent" && submitBy === "agent");
}

/** As what somebody works on forms of a conversation; null: not at all. */
export function roleOf(
  caller: Caller,
  state: ConversationState,
  configuration: FormParts["configuration"],
): FormRole | null {
  if (caller.who === "customer") return "customer";
  if (caller.who !== "staff") return null;
  if (accessOf(state, { configuration: configuration() }).agentId === caller.agentId) return "agent";
  return caller.role === "agent" ? null : "supervisor";
}

function nameOf(caller: Caller, configuration: FormParts["configuration"]): { id: string; name: string } {
  if (caller.who === "customer") return { id: caller.customerId, name: caller.name ?? "" };
  if (caller.who !== "staff") return { id: "", name: "" };
  return { id: caller.agentId, name: configuration().agents.get(caller.agentId)?.publicName ?? caller.name };
}

function sayOf(act: Extract<FormAct, { act: "point" | "hint" }>): FormSay {
  return act.act === "point" ? { say: "point", field: act.field } : { say: "hint", field: act.field, text: act.text };
}
