import type { FormEntry } from "@clew/contract/flows/entries";
import type { FieldView, FormView } from "@clew/contract/flows/form-live";
import type { FormUpload } from "./port.ts";

/** The form as the one who has it open may see it; the shape that the renderers draw. */
export type OpenFormState = {
  entry: FormEntry;
  page: FormView["page"];
  fields: Readonly<Record<string, FieldView>>;
  suggestions: FormView["suggestions"];
  people: FormView["people"];
  showTyping: boolean;
  live: FormEntry["live"];
  maySuggest: boolean;
  submitBy: "customer" | "agent";
  confirmPrefill: boolean;
  connection: "ready" | "offline";
  sending: "no" | "sending" | "failed";
  files: readonly FormUpload[];
  problems: Readonly<Record<string, string>>;
  hints: Readonly<Record<string, string>>;
  pointed: string | null;
};

/** A form of which nothing has come yet but its entry. */
export function openFormState(entry: FormEntry, files: readonly FormUpload[]): OpenFormState {
  return {
    entry,
    page: null,
    fields: {},
    suggestions: [],
    people: [],
    showTyping: true,
    live: entry.live,
    maySuggest: false,
    submitBy: "customer",
    confirmPrefill: false,
    connection: "offline",
    sending: "no",
    files,
    problems: {},
    hints: {},
    pointed: null,
  };
}
