import type { FormEntry } from "@clew/contract/flows/entries";
import type { FieldStatus, FieldView, FormAct, FormSay, FormView } from "@clew/contract/flows/form-live";
import { addressSearches } from "./address-searches.ts";
import { allComponents, isSecret } from "./components.ts";
import { type OpenFormState, openFormState } from "./open-form-state.ts";
import type { FormMessage, FormPort } from "./port.ts";
import { formSending } from "./sending.ts";

export type { OpenFormState };

/** A change of one's own that the server has not confirmed yet. `base`: the place of the field's change it was made on. */
type Own = { op: string; value: unknown; status: FieldStatus; base: number; sent: boolean };
/** `until`: the form is over, and what was typed may be read so long. `shows`: whether typing is to be shown, as asked. */
type Kept = { view: FormView; own: [field: string, Own][]; shows?: boolean | null; until?: number | undefined };

/** Keys are sent so long after the last one, in milliseconds. Choices, and what a field was left with, go at once. */
const PAUSE_MS = 200;
/** After too much in a second what is left is sent again so much later. */
const AGAIN_MS = 1_000;
/** What was typed into a form that is over before it was sent stays on the device so long. */
const LEFT_MS = 86_400_000;
/** More time, where the form does not say how much it had. */
const MORE_MS = 1_800_000;

/**
 * An open form over the connection there is. Nothing typed gets lost: what the server has not confirmed is kept on this
 * device and sent again, under the same ids, after every break. Secrets stay in memory and leave it when the form is sent;
 * what was paid leaves it at once, for nobody should have to pay twice.
 *
 * States of the connection to the form: away → joining (asked for the form) → there (it has come), and away again with
 * every break. `close()` lets go of it.
 */
export function liveForm(port: FormPort, entry: FormEntry) {
  const { conversationId, clock } = port;
  const formId = entry.id;
  const own = new Map<string, Own>();
  const secrets = new Map<string, unknown>();
  const listeners = new Set<() => void>();
  let view: FormView | null = null;
  let joined = false;
  let loaded = false;
  let until: number | undefined;
  let closed = false;
  let cancelPause = () => {};
  let focused: string | null = null;
  /** Whether typing is to be shown, as asked and not yet heard back: a connection may take it along as it breaks. */
  let shows: boolean | null = null;
  let state = openFormState(entry, port.files.list());

  function put(part: Partial<OpenFormState>): void {
    state = { ...state, ...part };
    for (const listener of [...listeners]) listener();
  }

  /** Fields with one's own changes in them, whether the server has them or not. */
  function drawn(): Record<string, FieldView> {
    const fields = Object.fromEntries((view?.fields ?? []).map((field) => [field.field, field]));
    for (const [field, { value, status }] of own) {
      const known = fields[field];
      const { problem: _, ...rest } = known ?? { field, visible: true, seq: 0, at: clock.now() };
      fields[field] = { ...rest, value, status, by: port.side === "customer" ? "customer" : "agent", source: "typed" };
    }
    for (const [field, value] of secrets) {
      const known = fields[field];
      if (known) fields[field] = { ...known, value };
    }
    return fields;
  }
  function show(part: Partial<OpenFormState> = {}): void {
    if (!view) {
      put(part);
      return;
    }
    const { page, suggestions, people, showTyping, live, maySuggest, submitBy, confirmPrefill } = view;
    put({
      ...{ page, suggestions, people, showTyping, live, maySuggest, submitBy, confirmPrefill, fields: drawn() },
      ...part,
    });
  }
  function keep(): void {
    if (port.side !== "customer" || !view) return;
    const kept: Kept = { view, own: [...own].filter(([field]) => !secrets.has(field)), shows, until };
    port.keep(formId, kept);
  }

  // ---- to the server ----

  const act = (asked: FormAct) => port.send({ type: "form", conversationId, formId, act: asked });
  const searches = addressSearches({ act, newId: port.newId, joined: () => joined });
  const seqOf = (field: string) => view?.fields.find((one) => one.field === field)?.seq ?? 0;

  function flush(): void {
    cancelPause();
    if (!joined) return;
    for (const [field, one] of own) {
      if (one.sent) continue;
      one.sent = true;
      const told =
        secrets.has(field) && !isPaid(one.value) ? { status: one.status } : { value: one.value, status: one.status };
      act({ act: "set", op: one.op, field, base: one.base, ...told });
    }
  }
  /** All that is not confirmed, once more: the server knows by their ids what it has. */
  function again(): void {
    for (const one of own.values()) one.sent = false;
    flush();
    if (focused !== null) act({ act: "focus", field: focused });
  }
  function join(): void {
    const { connected, entry: now } = port.read();
    if (loaded && connected && now?.state === "open" && !joined) act({ act: "join" });
  }

  const sending = formSending(port, { formId, revision: () => state.entry.revision, put });

  // ---- from the server ----

  function hear(message: FormMessage): void {
    if (message.formId === formId) said(message.say);
  }

  function said(say: FormSay): void {
    switch (say.say) {
      case "view": {
        // Asked for while it was still open.
        if (state.entry.state !== "open") break;
        const turned = view?.page?.node !== say.view.page?.node;
        view = say.view;
        const first = !joined;
        // What others do to it is also told where nothing can be sent.
        joined = port.read().connected;
        if (shows === view.showTyping) shows = null;
        if (joined && shows !== null) showTyping(shows);
        show({ connection: joined ? "ready" : "offline", ...(turned ? { problems: {} } : {}) });
        if (first && joined) again();
        keep();
        break;
      }
      case "field":
        if (!view) break;
        view = {
          ...view,
          seq: say.seq,
          fields: [...view.fields.filter(({ field }) => field !== say.view.field), say.view],
        };
        show();
        keep();
        break;
      case "ack": {
        const found = [...own].find(([, one]) => one.op === say.op);
        if (found) {
          own.delete(found[0]);
          if (found[1].value === null || isPaid(found[1].value)) secrets.delete(found[0]);
          // The field's own word may come later than the confirmation: until then it stands as it was typed.
          if (view && !secrets.has(found[0])) settle(found[0], found[1], say.seq);
          keep();
        }
        break;
      }
      case "reject":
        rejected(say);
        break;
      case "suggestion":
        if (view) {
          const others = view.suggestions.filter(({ field }) => field !== say.suggestion.field);
          view = { ...view, suggestions: [...others, say.suggestion] };
        }
        show();
        break;
      case "suggestion-gone":
        if (view) view = { ...view, suggestions: view.suggestions.filter(({ field }) => field !== say.field) };
        show();
        break;
      case "people":
        if (view) view = { ...view, people: say.people };
        show();
        break;
      case "show-typing":
        shows = null;
        if (view) view = { ...view, showTyping: say.on };
        show();
        keep();
        break;
      case "point":
        put({ pointed: say.field });
        break;
      case "hint":
        put({ hints: { ...state.hints, [say.field]: say.text }, pointed: say.field });
        break;
      case "found":
        searches.found(say);
        break;
      case "refused":
        refused(say.problem.code);
        break;
    }
  }

  /** Told before anything that was typed is: what is to be hidden must not be seen for a moment. */
  function showTyping(on: boolean): void {
    shows = on;
    if (view) view = { ...view, showTyping: on };
    show();
    keep();
    if (joined) act({ act: "show-typing", on });
  }

  function settle(field: string, { value, status }: Own, seq: number): void {
    if (!view) return;
    const known = view.fields.find((one) => one.field === field);
    if (!known || known.seq >= seq) {
      show();
      return;
    }
    const by = port.side === "customer" ? ("customer" as const) : ("agent" as const);
    const now: FieldView = { ...known, value, status, seq, by, source: "typed", at: clock.now() };
    view = { ...view, fields: view.fields.map((one) => (one === known ? now : one)) };
    show();
  }

  function rejected({ op, code, problems, current }: Extract<FormSay, { say: "reject" }>): void {
    const found = [...own].find(([, one]) => one.op === op);
    // What came too late stays to be read.
    if (found && code !== "closed") {
      own.delete(found[0]);
      if (current && view)
        view = { ...view, fields: [...view.fields.filter(({ field }) => field !== current.field), current] };
      keep();
    }
    show(code === "invalid" && problems ? { problems } : {});
  }

  function refused(code: string): void {
    if (code === "rate-limited") {
      cancelPause = clock.after(AGAIN_MS, () => {
        for (const one of own.values()) one.sent = false;
        flush();
      });
    } else if (code === "forbidden" && joined) {
      // Another window of this browser has let go of the form.
      joined = false;
      join();
    } else {
      joined = false;
      put({ connection: "offline" });
    }
  }

  function changed(): void {
    if (closed) return;
    const { connected, entry: now, sent } = port.read();
    if (!connected) {
      joined = false;
      if (state.connection === "ready") put({ connection: "offline" });
    }
    const files = port.files.list();
    if (files !== state.files) put({ files });
    if (now && now !== state.entry) {
      const before = state.entry;
      if (now.revision !== before.revision || (now.state === "open" && before.state !== "open")) joined = false;
      put({ entry: now });
      if (now.state !== "open") finish();
    }
    sending.follow(sent);
    join();
  }

  /** The form is over. What was typed and not sent can still be read here for a while, unless it is nobody's business. */
  function finish(): void {
    const { state: how, cancelled } = state.entry;
    for (const { id } of state.files) port.files.drop(id);
    for (const field of secrets.keys()) own.delete(field);
    secrets.clear();
    until ??= clock.now() + LEFT_MS;
    if (how === "submitted" || cancelled === "customer" || cancelled === "sign-in" || until <= clock.now()) {
      own.clear();
      view = null;
      put({ page: null, fields: {} });
      port.keep(formId, null);
    } else {
      show();
      keep();
    }
  }

  const stops = [port.onMessage(hear), port.onChange(changed)];
  const nothing = () => null;
  void port
    .kept(formId)
    .then((found) => found, nothing)
    .then((found) => {
      const kept = found as Kept | null | undefined;
      if (closed) return;
      loaded = true;
      if (kept) {
        ({ view, shows = null, until } = kept);
        for (const [field, one] of kept.own) own.set(field, { ...one, sent: false });
        show();
        if (state.entry.state !== "open") finish();
      }
      join();
    });
  changed();

  const secretFields = () =>
    new Set(
      allComponents(state.page?.components ?? []).flatMap((component) =>
        isSecret(component) ? [`${state.page?.node}.${component.id}`] : [],
      ),
    );

  return {
    state: {
      get: () => state,
      subscribe(listener: () => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    set(field: string, value: unknown, { status, now }: { status: FieldStatus; now: boolean }): void {
      if (secretFields().has(field)) secrets.set(field, value);
      const base = own.get(field)?.base ?? seqOf(field);
      own.set(field, { op: port.newId(), value, status, base, sent: false });
      const { [field]: _, ...problems } = state.problems;
      show({ problems });
      cancelPause();
      if (now) flush();
      else cancelPause = clock.after(PAUSE_MS, flush);
      keep();
    },
    focus(field: string | null): void {
      flush();
      focused = field;
      if (joined) act({ act: "focus", field });
    },
    page(to: "next" | "back"): void {
      flush();
      if (joined) act({ act: "page", op: port.newId(), to });
    },
    submit(): void {
      if (state.sending === "sending") return;
      flush();
      const values = Object.fromEntries([...[...own].map(([field, { value }]) => [field, value]), ...secrets]);
      sending.submit(values, secrets.size > 0);
    },
    wait: sending.wait,
    answerSuggestion(field: string, accept: boolean): void {
      if (!joined) return;
      act({ act: "answer-suggestion", op: port.newId(), field, accept });
      if (accept) own.delete(field);
    },
    showTyping,
    extend(): void {
      const { expiresAt, openedAt } = state.entry;
      const by = expiresAt === null ? MORE_MS : Math.max(60_000, expiresAt - openedAt);
      port.give({ type: "form.extend", id: port.newId(), conversationId, formId, by });
    },
    cancel(): void {
      port.give({ type: "form.cancel", id: port.newId(), conversationId, formId });
    },
    files: port.files,
    ...(port.side === "staff"
      ? {
          staff: {
            suggest: (field: string, value: unknown) => act({ act: "suggest", op: port.newId(), field, value }),
            point: (field: string) => act({ act: "point", field }),
            hint: (field: string, text: string) => act({ act: "hint", field, text }),
          },
        }
      : { lookup: searches.lookup }),
    /** Nobody looks at it any more; what is not confirmed stays kept on this device. */
    close(): void {
      flush();
      closed = true;
      cancelPause();
      if (joined) act({ act: "leave" });
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}
export type OpenForm = ReturnType<typeof liveForm>;
const isPaid = (value: unknown) => !!(value as { token?: string } | null)?.token;
