import type { FieldType, FormField } from "@clew/contract/forms";
import {
  type Icon,
  IconAbc,
  IconAlignLeft,
  IconAt,
  IconBinaryTree,
  IconCalendar,
  IconCheckbox,
  IconHash,
  IconList,
  IconPhone,
  IconStar,
} from "@tabler/icons-react";
import { a } from "../strings/words.ts";
import { keyFromLabel } from "./field-key.ts";

/** Every kind of question, in the order in which they are offered. */
export const FIELD_TYPES: readonly { type: FieldType; icon: Icon }[] = [
  { type: "text", icon: IconAbc },
  { type: "longText", icon: IconAlignLeft },
  { type: "email", icon: IconAt },
  { type: "number", icon: IconHash },
  { type: "phone", icon: IconPhone },
  { type: "checkbox", icon: IconCheckbox },
  { type: "choice", icon: IconList },
  { type: "dependentChoice", icon: IconBinaryTree },
  { type: "date", icon: IconCalendar },
  { type: "rating", icon: IconStar },
];

export const hasChoices = (type: FieldType) => type === "choice" || type === "dependentChoice";
export const hasText = (type: FieldType) =>
  type === "text" || type === "longText" || type === "phone" || type === "email";

/** A question as it is before anybody has filled it in. */
export function newField(type: FieldType, all: readonly FormField[]): FormField {
  const key = keyFromLabel(
    a(`type.${type}`),
    all.map((field) => field.key),
  );
  const field: FormField = { key, type, label: {}, required: false, hidden: false, editable: true };
  if (!hasChoices(type)) return field;
  const parent = all.findLast((other) => hasChoices(other.type))?.key;
  return {
    ...field,
    choices: [],
    ...(type === "dependentChoice" && parent !== undefined ? { dependsOn: parent } : {}),
  };
}
