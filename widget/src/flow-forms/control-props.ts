import type { FieldComponent } from "@clew/contract/flows/components";
import type { PageField } from "@clew/domain/flows/screens/page";

export type ControlProps<K extends FieldComponent["kind"] = FieldComponent["kind"]> = {
  component: Extract<FieldComponent, { kind: K }>;
  field: PageField;
  /** As given: not yet in normal form. */
  value: unknown;
  locked: boolean;
  change(value: unknown, now?: boolean): void;
  /** Attributes of what takes focus, and of the group around several. */
  attributes: Attributes;
};
export type Attributes = {
  id: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: "true" | undefined;
  "aria-required"?: "true" | undefined;
  autocomplete?: string | undefined;
};
