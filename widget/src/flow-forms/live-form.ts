import type { FormFile, FormFiles, FormUpload } from "@clew/client/forms";
import type { FormEntry } from "@clew/contract/flows/entries";
import type { FieldStatus, FieldSuggestion, FieldView, FormPage, FormPerson } from "@clew/contract/flows/form-live";

export type { FormFile, FormUpload };

/**
 * A form as the one who has it open may see it. Fields are named by node and component, "ask.reason". A repeat is one
 * value, the list of its items, under its own name; its items' fields ("ask.borrowers/0/name") are named for focus,
 * problems and hints only.
 */
export type LiveFormState = {
  entry: FormEntry;
  /** What the page shows; null while it is not there yet. */
  page: FormPage | null;
  /** Values with one's own changes in them, sent or not; a secret's only in the browser where it was typed. */
  fields: Readonly<Record<string, FieldView>>;
  suggestions: readonly FieldSuggestion[];
  people: readonly FormPerson[];
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

/** An open form: what it is, and what one can do to it. Made by the client for widget and console, in memory for tests. */
export type LiveForm = {
  readonly state: {
    get(): LiveFormState;
    /** Calls after each change; the result stops it. */
    subscribe(listener: () => void): () => void;
  };
  /** A whole value; null empties. `status` is all that is told of a secret. `at` once: choices; otherwise after a pause. */
  set(field: string, value: unknown, how: { status: FieldStatus; now: boolean }): void;
  focus(field: string | null): void;
  page(to: "next" | "back"): void;
  /** Sends the whole form, with the answers of the page that is shown. */
  submit(): void;
  answerSuggestion(field: string, accept: boolean): void;
  showTyping(on: boolean): void;
  /** More time. */
  extend(): void;
  cancel(): void;
  readonly files: FormFiles;
  /** What staff can do; absent for customers. */
  staff?: {
    suggest(field: string, value: unknown): void;
    point(field: string): void;
    hint(field: string, text: string): void;
  };
};
