import type { AnswerValue, FormField } from "@clew/contract/forms";
import type { Values } from "./check-answer.ts";

export type FieldProps = {
  /** Of the form, where two may be on the screen. */
  form: string;
  field: FormField;
  values: Values;
  language: string;
  /** What is wrong, in words; null while nothing is. */
  fault: string | null;
  /** Shown and not to be changed: the page has filled it in. */
  fixed: boolean;
  words: { optional: string; choose: string; rating(step: number): string };
  change(key: string, value: AnswerValue): void;
  leave(key: string): void;
};

type Attributes = {
  id: string;
  name: string;
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
  "aria-required": "true" | undefined;
};
export type ControlProps = FieldProps & { attributes: Attributes };
