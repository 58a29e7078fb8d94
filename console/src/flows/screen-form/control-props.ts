import type { FieldComponent } from "@clew/contract/flows/components";
import type { PageField } from "@clew/domain/flows/screens/page";
import type { Due } from "@clew/domain/flows/screens/payment-kind";
import type { Answers } from "./page.ts";

export type ControlProps<Kind extends FieldComponent["kind"] = FieldComponent["kind"]> = {
  component: Extract<FieldComponent, { kind: Kind }>;
  field: PageField;
  value: unknown;
  label: string;
  hint: string;
  placeholder: string;
  /** The words that are agreed to. */
  text: string;
  /** What is to be paid; null: nothing. */
  due: Due | null;
  problem?: string;
  set(value: unknown): void;
  onFile?(file: File): Promise<Answers | null>;
};

/** What all controls have around them. */
export type Frame = { label: string; description?: string; error?: string; withAsterisk: boolean; size: "xs" };
