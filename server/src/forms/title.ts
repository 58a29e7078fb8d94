import type { Flow } from "@clew/contract/flows/definition";
import { textIn } from "@clew/domain/languages/fall-back";

/** What a form is called, in the reader's language. */
export function titleOfFlow({ key, title }: Pick<Flow, "key" | "title">, locale: string): string {
  if (title === undefined) return key;
  return typeof title === "string" ? title : textIn(title, locale);
}
