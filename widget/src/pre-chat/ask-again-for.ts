import type { Fault } from "../forms/check-answer.ts";

/** Keys of the questions to answer before `text` can be sent; null: all of the form. */
export type AskAgainFor = {
  text: string;
  attachments: string[];
  keys: readonly string[] | null;
  refused?: Readonly<Record<string, Fault>>;
};
