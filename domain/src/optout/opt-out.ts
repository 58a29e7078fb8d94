import type { OptOutPolicy } from "@clew/contract/channels";
import { allInLanguage } from "../languages/fall-back.ts";

/** Whether a customer's message asks, as a whole, to end the session. */
export function isOptOut(text: string, policy: OptOutPolicy, language: string): boolean {
  if (!policy.on) return false;
  const said = bare(text);
  return said !== "" && allInLanguage(policy.keywords, language).some((keyword) => bare(keyword) === said);
}

/**
 * A word as compared: without invisible characters, case, runs of white space and punctuation at its end. Upper case
 * first, so that "ß" meets "SS" and "ı" meets "I"; the dot that "İ" leaves behind is dropped, since keyboards differ.
 */
function bare(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .toUpperCase()
    .toLowerCase()
    .replace(/\u0307/gu, "")
    .replace(/[\p{P}\s]+$/u, "")
    .replace(/\s+/gu, " ")
    .trim();
}
