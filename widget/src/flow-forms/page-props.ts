import type { FormPage } from "@clew/contract/flows/form-live";
import type { Shown } from "@clew/domain/flows/screens/present";
import type { LiveForm, LiveFormState } from "./live-form.ts";
import type { FormWord, FormWords } from "./words.ts";

export type PageProps = {
  form: LiveForm;
  state: LiveFormState;
  open: FormPage;
  shown: Shown;
  words: FormWords;
  say(word: FormWord, name?: string | number): string;
  agent: string;
  server: string;
  /** Told of the heading when the page is there. */
  heading(element: HTMLElement | null): void;
};
