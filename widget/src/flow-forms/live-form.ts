import type { FormFile, FormFiles, FormUpload, OpenFormState } from "@clew/client/forms";
import type { FieldStatus, FoundAddress } from "@clew/contract/flows/form-live";

export type { FormFile, FormUpload };

export type LiveFormState = OpenFormState;

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
  /** Sending waits for a file, or does no more: a page that goes meanwhile tells afterwards that it was not sent. */
  wait?(on: boolean): void;
  answerSuggestion(field: string, accept: boolean): void;
  showTyping(on: boolean): void;
  /** Addresses to what was typed; absent for staff. */
  lookup?(field: string, text: string): Promise<readonly FoundAddress[]>;
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
