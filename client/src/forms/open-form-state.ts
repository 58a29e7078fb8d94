import type { FormEntry } from "@clew/contract/flows/entries";
import type { FieldView, FormView } from "@clew/contract/flows/form-live";
import type { FormUpload } from "./port.ts";

/**
 * A form as the one who has it open may see it. Fields are named by node and component, "ask.reason". A repeat is one
 * value, the list of its items, under its own name; its items' fields ("ask.borrowers/0/name") are named for focus,
 * problems and hints only.
 */
export type OpenFormState = {
  entry: FormEntry;
  /** What the page shows; null while it is not there yet. */
  page: FormView["page"];
  /** Values with one's own changes in them, sent or not; a secret's only in the browser where it was typed. */
  fields: Readonly<Record<string, FieldView>>;
  suggestions: FormView["suggestions"];
  people: FormView["people"];
  showTyping: boolean;
  live: FormEntry["live"];
  maySuggest: boolean;
  submitBy: "customer" | "agent";
  confirmPrefill: boolean;
  /** Nothing that is typed gets lost while it is offline. */
  connection: "ready" | "offline";
  /** "failed": it may be sent again, under the same id. */
  sending: "no" | "sending" | "failed";
  /** Files on their way to fields; a field takes over what is stored, and drops its way. */
  files: readonly FormUpload[];
  /** What the server found wrong with the answers, in words, by field. */
  problems: Readonly<Record<string, string>>;
  /** Words of the agent for a field, and the field they point at. */
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
