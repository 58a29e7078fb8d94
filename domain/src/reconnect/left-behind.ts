import type { ConversationEvent } from "@clew/contract/events";
import type { Fact } from "@clew/contract/facts";
import type { FormField } from "@clew/contract/forms";
import type { LeftBehind, ReadLine } from "@clew/contract/reconnect";
import { NAME_KEYS } from "../conversations/inbox-item.ts";

/** What was said until `until`, as it may be read by whoever holds a link that has expired. Staff's own words stay theirs. */
export function linesLeft(events: readonly ConversationEvent[], until: number): ReadLine[] {
  return events.flatMap((event): ReadLine[] => {
    if (event.type !== "message.posted" || event.audience === "staff" || event.at > until) return [];
    const customer = event.by.who === "customer";
    return [
      {
        at: event.at,
        by: customer ? "customer" : "team",
        name: customer ? null : (event.by.name ?? null),
        text: withoutLinks(event.text),
        files: event.attachments.map(({ name }) => name),
      },
    ];
  });
}

/**
 * What the customer told before, to begin a new chat with: how they are called and what they chose. Addresses, numbers
 * and free words are asked again: whoever found the link learns no way to reach its owner.
 */
export function answersLeft(facts: readonly Fact[], fields: readonly FormField[]): LeftBehind["answers"] {
  const left: LeftBehind["answers"] = {};
  for (const { key, type, hidden, editable } of fields) {
    const fact = facts.findLast((one) => one.key === key);
    const plain = type === "choice" || type === "dependentChoice" || NAME_KEYS.includes(key);
    if (plain && !hidden && editable && fact?.how === "typed" && fact.value !== null) left[key] = fact.value;
  }
  return left;
}

/** Other links to come back with do not become readable by one that has expired. */
export function withoutLinks(text: string): string {
  return text.replaceAll(/\S*#clew-reconnect=\S*/g, "…");
}
