import type { Finding } from "@clew/contract/flows/lint";
import { createContext, useContext } from "react";
import type { At } from "../model/json-at.ts";

/** Text of the JSON view that cannot be read. `about`: the definition when the text was last one with it. */
export type Unread = { text: string; why: string; about: unknown };

/** What all parts of the editor share: one definition, one choice in it, one list of findings. */
export type FlowEditing = {
  definition: unknown;
  findings: readonly Finding[];
  readOnly: boolean;
  /** The chosen line of the outline, by its key. */
  chosen: string;
  choose(key: string): void;
  change(definition: unknown, mark?: string): void;
  /** Writes one value; undefined takes the field away. */
  write(at: At, value: unknown): void;
  /** Brings the focus to the field that stands there, or the nearest one around it, once it is drawn. */
  seek(pointer: string): void;
  /** Text of the JSON view that cannot be read, kept over changes of the view. */
  unread: Unread | null;
  keepUnread(text: Unread | null): void;
  /** Said to screen readers. */
  say(sentence: string): void;
};

const Context = createContext<FlowEditing | null>(null);
export const FlowEditingProvider = Context.Provider;

export function useFlowEditing(): FlowEditing {
  const editing = useContext(Context);
  if (!editing) throw new Error("useFlowEditing() is called outside FlowEditingProvider");
  return editing;
}

/** The id of the element that shows the field at a pointer. */
export const fieldId = (pointer: string): string => `at${pointer}`;
