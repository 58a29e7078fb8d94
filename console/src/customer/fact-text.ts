import type { AnswerValue } from "@clew/contract/forms";
import { t } from "../strings/strings.ts";

/** A fact's value for reading. Blank was asked and left empty; that is not the same as never asked. */
export function factText(value: AnswerValue): string {
  if (value === null || value === "") return t("fact.blank");
  if (typeof value === "boolean") return value ? t("fact.yes") : t("fact.no");
  return String(value);
}

/** A key as a label when no form names it: "orderNumber" → "Order number". */
export function labelOf(key: string): string {
  const words = key
    .replace(/_/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
