import type { FieldView, FormPage } from "@clew/contract/flows/form-live";
import type { LiveForm, LiveFormState } from "./live-form.ts";

type Told = { act: string; [more: string]: unknown };

/** A form that lives in memory, with everything done to it kept in order: for the page of states and for tests. */
export function memoryForm(
  initial: Partial<LiveFormState> & Pick<LiveFormState, "entry">,
  pages: readonly FormPage[],
  staff = false,
) {
  let state: LiveFormState = {
    page: pages[0] ?? null,
    fields: {},
    suggestions: [],
    people: [],
    showTyping: true,
    live: initial.entry.live,
    maySuggest: true,
    submitBy: "customer",
    confirmPrefill: false,
    connection: "ready",
    sending: "no",
    files: [],
    problems: {},
    hints: {},
    pointed: null,
    ...initial,
  };
  let seq = 0;
  const listeners = new Set<() => void>();
  const done: Told[] = [];
  const put = (changes: Partial<LiveFormState>) => {
    state = { ...state, ...changes };
    for (const listener of [...listeners]) listener();
  };
  const write = (field: string, value: unknown, more: Partial<FieldView> = {}) => {
    seq += 1;
    const view: FieldView = {
      field,
      status: "filled",
      visible: true,
      value,
      by: "customer",
      source: "typed",
      seq,
      at: 0,
      ...more,
    };
    put({ fields: { ...state.fields, [field]: view } });
  };
  const without = (field: string) => state.suggestions.filter((each) => each.field !== field);
  const form: LiveForm = {
    state: {
      get: () => state,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    set(field, value, how) {
      done.push({ act: "set", field, value, ...how });
      write(field, value, { status: how.status });
      const { [field]: _, ...problems } = state.problems;
      put({ problems });
    },
    focus: (field) => void done.push({ act: "focus", field }),
    page(to) {
      done.push({ act: "page", to });
      const at = pages.findIndex(({ node }) => node === state.page?.node);
      put({ page: pages[at + (to === "next" ? 1 : -1)] ?? state.page });
    },
    submit() {
      done.push({ act: "submit" });
      put({ sending: "sending" });
    },
    answerSuggestion(field, accept) {
      done.push({ act: "answer-suggestion", field, accept });
      const found = state.suggestions.find((each) => each.field === field);
      put({ suggestions: without(field) });
      if (accept && found) write(field, found.value, { source: "suggestion" });
    },
    showTyping(on) {
      done.push({ act: "show-typing", on });
      put({ showTyping: on });
    },
    async lookup(_field, text) {
      const value = { line1: `${text} 1`, postcode: "1010", city: "Wien", country: "AT" };
      return ["1010 Wien, Österreich", "1010 Wien, im Hof, zweite Stiege, dritter Stock"].map((rest) => ({
        label: `${text} 1, ${rest}`,
        value,
      }));
    },
    extend: () => void done.push({ act: "extend" }),
    cancel() {
      done.push({ act: "cancel" });
      put({ entry: { ...state.entry, state: "cancelled" } });
    },
    files: {
      add(field, { name, size, type }) {
        const id = `file-${name}`;
        put({
          files: [...state.files, { id, field, name, share: 1, state: "stored", file: { id, name, size, type } }],
        });
      },
      retry: (id) => void done.push({ act: "retry-file", id }),
      drop: (id) => put({ files: state.files.filter((file) => file.id !== id) }),
    },
    ...(staff
      ? {
          staff: {
            suggest: (field: string, value: unknown) => void done.push({ act: "suggest", field, value }),
            point: (field: string) => void done.push({ act: "point", field }),
            hint: (field: string, text: string) => void done.push({ act: "hint", field, text }),
          },
        }
      : {}),
  };
  return { form, done, put, write };
}
