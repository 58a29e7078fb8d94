import type { FieldView } from "@clew/contract/flows/form-live";
import type { Page } from "@clew/domain/flows/screens/page";
import type { Shown } from "@clew/domain/flows/screens/present";
import { type ComponentChildren, type ComponentType, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { LookupProps } from "./control-props.ts";
import type { LiveForm, LiveFormState } from "./live-form.ts";
import type { FormWord, FormWords } from "./words.ts";

/** What every part of an open page needs. Fields are named as in `Page`, without their node. */
export type FormPlace = {
  form: LiveForm;
  state: LiveFormState;
  page: Page;
  shown: Shown;
  words: FormWords;
  say(word: FormWord, name?: string | number): string;
  /** The name of who serves, as the customer may read it. */
  agent: string;
  /** Ids of elements begin so: two forms may stand on one page. */
  prefix: string;
  server: string;
  given: Readonly<Record<string, unknown>>;
  /** Fields that were left, or all after a failed send: only those show what is wrong. */
  isJudged(id: string): boolean;
  change(id: string, value: unknown, now?: boolean): void;
  focus(id: string | null): void;
  viewOf(id: string): FieldView | undefined;
  full(id: string): string;
  /** Where a page has an address that is looked up. */
  AddressLookup: ComponentType<LookupProps> | undefined;
  /** The same place with something changed, for what stands inside. */
  Inside: ComponentType<{ value: FormPlace; children: ComponentChildren }>;
};

const Place = createContext<FormPlace | null>(null);
export const PlaceOf = Place.Provider as FormPlace["Inside"];

export function useForm(): FormPlace {
  const place = useContext(Place);
  if (!place) throw new Error("outside a form");
  return place;
}
