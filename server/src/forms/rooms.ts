import type { FieldView, FormPage, FormPerson, FormSay, FormView } from "@clew/contract/flows/form-live";
import type { ConversationState } from "@clew/domain/conversations/state";
import type { FormDraft } from "@clew/domain/flows/cowork/draft";
import type { Form } from "@clew/domain/flows/cowork/form";
import { pageOf, placeOf } from "@clew/domain/flows/cowork/place";
import { fieldViews, type Reader, scopeFor, suggestionView } from "@clew/domain/flows/cowork/projection";
import type { FormRole } from "@clew/domain/flows/cowork/rules";
import { fieldsOf } from "@clew/domain/flows/screens/components";
import type { Clock } from "../clock.ts";
import type { Listener } from "../stream/listener.ts";
import type { Definitions } from "./definitions.ts";
import type { Others, PersonElsewhere, SaidElsewhere } from "./others.ts";
import { entryOf, shownIn } from "./parts.ts";
import type { StoredForm } from "./store.ts";

/** One connection to a form. `field`: where they are, since or last active at `at`. */
export type Member = {
  listener: Listener;
  role: FormRole;
  id: string;
  name: string;
  field: string | null;
  at: number;
};

/** A form that somebody has open here. `views` are the fields as each kind of reader was last told them. */
export type Room = {
  form: StoredForm;
  definition: Form;
  revision: number;
  members: Map<Listener, Member>;
  left: Map<string, number>;
  problems: Record<string, string>;
  views: Map<Reader, Map<string, FieldView>>;
  /** Where payments are made, by connector, as of when somebody last opened the form. */
  payments: Readonly<Record<string, string>>;
};

type Parts = { definitions: Definitions; clock: Clock; others: Others };
/** Somebody who has a form open, here or elsewhere. */
type Somebody = Pick<Member, "role" | "id" | "name" | "field" | "at">;

/**
 * Who has which form open in this process, and what they are told. Everybody is told only what they may see. What other
 * processes have to know of it goes to `others`, and what those say comes back by `heard`.
 */
export class Rooms {
  readonly #parts: Parts;
  readonly #rooms = new Map<string, Room>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  has(formId: string): boolean {
    return this.#rooms.has(formId);
  }

  get(formId: string): Room | undefined {
    return this.#rooms.get(formId);
  }

  ids(): string[] {
    return [...this.#rooms.keys()];
  }

  of(conversationId: string): Room[] {
    return [...this.#rooms.values()].filter(({ form }) => form.head.conversationId === conversationId);
  }

  join(form: StoredForm, state: ConversationState, member: Member, payments: Room["payments"] = {}): void {
    const { id } = form.head;
    const definition = this.#parts.definitions.of(form.head.flow);
    if (!definition) return;
    let room = this.#rooms.get(id);
    if (!room) {
      const nothing = { members: new Map(), left: new Map(), problems: {}, views: new Map() };
      room = { form, definition, revision: 1, payments, ...nothing };
      this.#rooms.set(id, room);
    }
    room.form = form;
    room.payments = payments;
    room.revision = entryOf(state, id)?.revision ?? room.revision;
    room.members.set(member.listener, member);
    // What the others were told before may be older than what this one is told now.
    this.#tellFields(room);
    member.listener.say(form.head.conversationId, id, { say: "view", view: this.view(room, readerOf(member.role)) });
    this.tellPeople(room);
  }

  leave(formId: string, listener: Listener): void {
    const room = this.#rooms.get(formId);
    if (!room?.members.delete(listener)) return;
    if (room.members.size > 0) this.tellPeople(room);
    else {
      this.#rooms.delete(formId);
      this.#parts.others.tellPeople(formId, []);
    }
  }

  leaveAll(listener: Listener, conversationId?: string): void {
    for (const [id, { form }] of this.#rooms)
      if (conversationId === undefined || form.head.conversationId === conversationId) this.leave(id, listener);
  }

  /** The draft has become another, here or in another process: everybody is told what of it they may see. */
  changed(form: StoredForm, before: FormDraft): void {
    const room = this.#rooms.get(form.head.id);
    if (!room) return;
    room.form = form;
    const after = form.draft;
    if (before.sent.join() !== after.sent.join()) {
      room.problems = {};
      this.tellAll(room);
      return;
    }
    for (const field of after.fields.values()) {
      // By its place: what another process changed was read anew, all of it.
      if (before.fields.get(field.field)?.seq !== field.seq) delete room.problems[field.field];
    }
    this.#tellFields(room);
    for (const field of new Set([...before.suggestions.keys(), ...after.suggestions.keys()])) {
      if (JSON.stringify(before.suggestions.get(field)) === JSON.stringify(after.suggestions.get(field))) continue;
      this.#tellEach(room, (reader) => {
        const suggestion = suggestionView({ form: room.definition, draft: after }, field, reader);
        return suggestion ? { say: "suggestion", suggestion } : { say: "suggestion-gone", field };
      });
    }
    if (before.showTyping !== after.showTyping) {
      this.#tellEach(room, () => ({ say: "show-typing", on: after.showTyping }));
      this.#tellEach(room, (reader) => (reader === "staff" ? this.#wholeFor(room, reader) : null));
    }
  }

  /** An attempt to send it failed: what is wrong is shown to both sides at the fields. */
  failed(formId: string, problems: Record<string, string>): void {
    this.#wrong(formId, problems, true);
  }

  /** What is wrong about one answer beside what can be seen here. */
  wrong(formId: string, field: string, problem: string): void {
    this.#wrong(formId, { [field]: problem }, false);
  }

  #wrong(formId: string, problems: Record<string, string>, whole: boolean): void {
    const room = this.#rooms.get(formId);
    const seq = room?.form.draft.seq ?? null;
    this.#parts.others.tellProblems(formId, { seq, whole, problems });
    if (room) this.#show(room, problems, whole);
  }

  #show(room: Room, problems: Record<string, string>, whole: boolean): void {
    room.problems = whole ? { ...problems } : { ...room.problems, ...problems };
    this.#tellFields(room);
  }

  /** What another process says of a form that is open here. Its draft is as far as theirs was. */
  heard(said: SaidElsewhere): void {
    const room = this.#rooms.get(said.formId);
    if (!room) return;
    if (said.about === "people") this.sayPeople(room);
    else if (said.about === "customers") this.#sayToCustomers(room, said.say);
    else {
      const { seq, problems, whole } = said;
      // What was changed since is another answer.
      const isOf = (field: string) => seq === null || (room.form.draft.fields.get(field)?.seq ?? 0) <= seq;
      this.#show(room, Object.fromEntries(Object.entries(problems).filter(([field]) => isOf(field))), whole);
    }
  }

  /** The whole form anew to everybody: another page, another revision. */
  tellAll(room: Room): void {
    this.#tellFields(room, false);
    this.#tellEach(room, (reader) => this.#wholeFor(room, reader));
  }

  tellPeople(room: Room): void {
    this.#parts.others.tellPeople(
      room.form.head.id,
      once([...room.members.values()]).map((person) => ({ ...personOf(person), at: person.at })),
    );
    this.sayPeople(room);
  }

  /** To those who are here: who is there by now. */
  sayPeople(room: Room): void {
    const people = this.people(room);
    for (const { listener } of room.members.values())
      listener.say(room.form.head.conversationId, room.form.head.id, { say: "people", people });
  }

  /** To those who fill the form in. */
  tellCustomers(formId: string, say: FormSay): void {
    const room = this.#rooms.get(formId);
    if (room) this.#sayToCustomers(room, say);
    this.#parts.others.tellCustomers(formId, say);
  }

  #sayToCustomers(room: Room, say: FormSay): void {
    this.#tellEach(room, (reader) => (reader === "customer" ? say : null));
  }

  view(
    room: Pick<Room, "form" | "definition" | "problems" | "revision" | "members" | "payments">,
    reader: Reader,
  ): FormView {
    const { head, draft } = room.form;
    const seen = this.#seen(room);
    const shown = seen.shown;
    const none = reader === "staff" && head.settings.live === "none";
    const page = none ? null : pageOf(seen.place, scopeFor(seen, reader), shown);
    const payments = page && reader === "customer" ? paymentsOn(page, room.payments) : null;
    return {
      formId: head.id,
      seq: draft.seq,
      revision: room.revision,
      page: page && payments ? { ...page, payments } : page,
      fields: [...fieldViews(seen, reader).values()],
      suggestions: [...draft.suggestions.keys()].flatMap((field) => suggestionView(seen, field, reader) ?? []),
      people: this.people(room),
      showTyping: draft.showTyping,
      live: head.settings.live,
      maySuggest: head.settings.suggest,
      submitBy: head.settings.submitBy,
      confirmPrefill: head.settings.confirmPrefill,
    };
  }

  /** The same of a form that need not be open here. */
  viewOf(
    form: StoredForm,
    room: Room | undefined,
    { reader, revision, payments }: { reader: Reader; revision: number; payments: Room["payments"] },
  ): FormView {
    const definition = this.#parts.definitions.of(form.head.flow);
    if (!definition) throw new Error(`form ${form.head.id} has no flow`);
    return this.view({ definition, problems: {}, members: new Map(), ...room, form, revision, payments }, reader);
  }

  /** Each person once, however many windows they have the form open in. */
  people({ form, members }: Pick<Room, "form" | "members">): FormPerson[] {
    const elsewhere = this.#parts.others.peopleOf(form.head.id);
    return once([...members.values(), ...elsewhere.map(somebodyOf)]).map(personOf);
  }

  /** Where customers are in the form, here or elsewhere, and since when. */
  customersIn({ form, members }: Room): { field: string; at: number }[] {
    const all: Somebody[] = [...members.values(), ...this.#parts.others.peopleOf(form.head.id).map(somebodyOf)];
    return all.flatMap(({ role, field, at }) => (role === "customer" && field !== null ? [{ field, at }] : []));
  }

  #seen(room: Pick<Room, "form" | "definition" | "problems">) {
    const { form, definition, problems } = room;
    const { settings, inputs, openedAt } = form.head;
    const shown = shownIn(settings, this.#parts.clock.now());
    const place = placeOf(definition, inputs, form.draft, shown);
    return { form: definition, draft: form.draft, place, live: settings.live, shown, openedAt, problems };
  }

  #wholeFor(room: Room, reader: Reader): FormSay {
    return { say: "view", view: this.view(room, reader) };
  }

  #tellFields(room: Room, aloud = true): void {
    const seen = this.#seen(room);
    for (const reader of ["customer", "staff"] as const) {
      const before = room.views.get(reader);
      const after = fieldViews(seen, reader);
      room.views.set(reader, after);
      if (!before || !aloud) continue;
      for (const [field, view] of after) {
        if (JSON.stringify(before.get(field)) === JSON.stringify(view)) continue;
        this.#tellEach(room, (one) => (one === reader ? { say: "field", seq: room.form.draft.seq, view } : null));
      }
    }
  }

  #tellEach(room: Room, sayFor: (reader: Reader) => FormSay | null): void {
    const { conversationId, id } = room.form.head;
    for (const { listener, role } of room.members.values()) {
      const say = sayFor(readerOf(role));
      if (say) listener.say(conversationId, id, say);
    }
  }
}

/** Of the payment pages there are those that this page of the form needs; null: none. */
function paymentsOn({ components }: FormPage, pages: Room["payments"]): Record<string, string> | null {
  const found = fieldsOf(components).flatMap((question): [string, string][] => {
    const page = question.kind === "payment" ? pages[question.connector] : undefined;
    return question.kind === "payment" && page !== undefined ? [[question.connector, page]] : [];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}

function once(all: readonly Somebody[]): Somebody[] {
  const people = new Map<string, Somebody>();
  for (const one of all) {
    const name = `${one.role} ${one.id}`;
    const known = people.get(name);
    if (!known || (one.field !== null && one.at >= known.at) || known.field === null) people.set(name, one);
  }
  return [...people.values()];
}

function personOf({ role, id, name, field }: Somebody): FormPerson {
  return { who: role, id, ...(name ? { name } : {}), field };
}

function somebodyOf({ who, id = "", name = "", field, at }: PersonElsewhere): Somebody {
  return { role: who, id, name, field, at };
}

export function readerOf(role: FormRole): Reader {
  return role === "customer" ? "customer" : "staff";
}
