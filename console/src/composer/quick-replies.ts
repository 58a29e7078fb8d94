import type { QuickReply } from "@clew/contract/agents";
import type { Fact } from "@clew/contract/facts";
import { LINK_PLACE } from "@clew/contract/limits";
import { fold } from "../inbox/views.ts";

/** What the places in a quick reply are filled from. */
export type Filling = { customerName: string | null; agentName: string; facts: readonly Fact[] };

/** A quick reply with its places filled. `missing` names the places for which nothing is known; they stay as written. */
export type Expanded = { text: string; missing: string[] };

export function expand(text: string, filling: Filling): Expanded {
  const missing: string[] = [];
  const filled = text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, place: string) => {
    const value = known(place, filling);
    if (value !== null) return value;
    if (place === "reconnect.link") return LINK_PLACE;
    missing.push(place);
    return whole;
  });
  return { text: filled, missing };
}

function known(place: string, filling: Filling): string | null {
  if (place === "customer.name") return filling.customerName;
  if (place === "agent.name") return filling.agentName;
  if (!place.startsWith("fact.")) return null;
  const fact = filling.facts.find(({ key }) => key === place.slice("fact.".length));
  return fact === undefined || fact.value === null || fact.value === "" ? null : String(fact.value);
}

/** What follows the slash when the text up to the caret ends in a call for a quick reply, such as "/ref"; else null. */
export function slashQuery(text: string, caret: number): { query: string; from: number } | null {
  const found = /(?:^|\s)\/([\w-]{0,40})$/.exec(text.slice(0, caret));
  return found ? { query: found[1] ?? "", from: caret - (found[1] ?? "").length - 1 } : null;
}

/** The quick replies that fit, the best first. A queue's own replies are offered only in that queue. */
export function findReplies(replies: readonly QuickReply[], query: string, queueId: string | null): QuickReply[] {
  return replies
    .filter(({ queueIds }) => queueIds.length === 0 || (queueId !== null && queueIds.includes(queueId)))
    .map((reply) => ({ reply, score: Math.max(fuzzy(query, reply.shortcut) * 2, fuzzy(query, reply.title)) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.reply.shortcut.localeCompare(other.reply.shortcut))
    .map(({ reply }) => reply);
}

/**
 * How well letters in order are found in a text: 0 when they are not, up to 1 for the same text. A run of neighbours
 * and the start of a word count more than scattered letters.
 */
export function fuzzy(query: string, text: string): number {
  const wanted = fold(query);
  const found = fold(text);
  if (wanted === "") return 0.1;
  if (found === wanted) return 1;
  let score = 0;
  let from = 0;
  let run = 0;
  for (const letter of wanted) {
    const at = found.indexOf(letter, from);
    if (at < 0) return 0;
    run = at === from && from > 0 ? run + 1 : 1;
    score += at === 0 || /[\s-]/.test(found[at - 1] ?? "") ? 3 : run > 1 ? 2 : 0.5;
    from = at + 1;
  }
  return Math.min(0.99, score / (3 * wanted.length)) * (0.7 + 0.3 * (wanted.length / found.length));
}
