import { isLuhn } from "./luhn.ts";

/** What may be a card's number: 13 to 19 digits, spaces or dashes between them. */
const CANDIDATE = /(?<![\d])\d(?:[ -]?\d){12,18}(?![\d])/gu;

/** The text with the numbers of payment cards made unreadable but for their last four digits. */
export function maskCards(text: string): string {
  return text.replace(CANDIDATE, (found) => {
    const digits = found.replace(/\D/gu, "");
    if (!isLuhn(digits) || /^(\d)\1*$/.test(digits)) return found;
    let left = digits.length - 4;
    return found.replace(/\d/gu, (digit) => (left-- > 0 ? "•" : digit));
  });
}

/** Whether the text holds what looks like the number of a payment card. */
export function hasCard(text: string): boolean {
  return maskCards(text) !== text;
}
