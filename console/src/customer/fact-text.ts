import type { AnswerValue, FormField } from "@clew/contract/forms";
import { t } from "../strings/strings.ts";

/** A fact's value for reading. Blank was asked and left empty; that is not the same as never asked. */
export function factText(value: AnswerValue): string {
  if (value === null || value === "") return t("fact.blank");
  if (typeof value === "boolean") return value ? t("fact.yes") : t("fact.no");
  return String(value);
}

/** A fact's value in the words of its question: a choice by its label. */
export function choiceText(value: AnswerValue, field: FormField | undefined): string {
  const choice = field?.choices?.find((each) => each.value === value);
  return choice ? (choice.label.en ?? Object.values(choice.label)[0] ?? String(value)) : factText(value);
}

/** A fact's label: that of its question, or its key as words when no form names it: "orderNumber" → "Order number". */
export function labelOf(key: string, field?: FormField): string {
  const label = field?.label.en ?? Object.values(field?.label ?? {})[0];
  if (label) return label;
  const words = key
    .replace(/_/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
