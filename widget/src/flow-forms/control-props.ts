import type { FieldComponent } from "@clew/contract/flows/components";
import type { PageField } from "@clew/domain/flows/screens/page";
import type { ComponentType } from "preact";

export type ControlProps<K extends FieldComponent["kind"] = FieldComponent["kind"]> = {
  component: Extract<FieldComponent, { kind: K }>;
  field: PageField;
  /** The field's full name, "ask.papers". */
  name: string;
  /** As given: not yet in normal form. */
  value: unknown;
  locked: boolean;
  change(value: unknown, now?: boolean): void;
  /** Attributes of what takes focus, and of the group around several. */
  attributes: Attributes;
};
/** `name`: the field's full name; `id`: the element that takes focus once an address was picked. */
export type LookupProps = { name: string; id: string; pick(parts: Readonly<Record<string, string>>): void };
/** Controls by kind of field. */
export type Controls = { readonly [K in FieldComponent["kind"]]?: ComponentType<ControlProps<K>> };
export type Attributes = {
  id: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: "true" | undefined;
  "aria-required"?: "true" | undefined;
  autocomplete?: string | undefined;
};
