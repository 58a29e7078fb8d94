import { isDeepStrictEqual } from "node:util";
import type { TimelineItem } from "@clew/client";
import type { ConversationSnapshot } from "@clew/contract/conversations";
import type { ConversationEvent } from "@clew/contract/events";
import type { CommittedLog } from "./log.ts";
import { brief, type Verdict } from "./verdict.ts";
import type { Words } from "./words.ts";

/** What a person sees of one conversation. */
export type Shown = {
  who: string;
  side: "customer" | "staff";
  conversation: ConversationSnapshot | null;
  timeline: readonly TimelineItem[];
};

/**
 * Compares what people see with the log: a stretch of it without holes that ends at the number shown, each event once, in
 * order, as it was said; behind it only what the person wrote themselves.
 */
export class Views {
  readonly #log: CommittedLog;
  readonly #words: Words;
  readonly #verdict: Verdict;
  /** Events that were compared before; clients keep the objects. */
  readonly #right = new WeakSet<ConversationEvent>();

  constructor(log: CommittedLog, words: Words, verdict: Verdict) {
    this.#log = log;
    this.#words = words;
    this.#verdict = verdict;
  }

  judge({ who, side, conversation, timeline }: Shown): void {
    const keys = new Set<string>();
    const logs = side === "customer" ? this.#log.forCustomer : this.#log.events;
    const log = conversation ? (logs.get(conversation.id) ?? []) : [];
    let expected: number | null = null;
    let unsent = false;
    for (const item of timeline) {
      if (keys.has(item.key)) this.#verdict.found("SI5", `${who} is shown ${item.key} twice`);
      keys.add(item.key);
      if (item.number === null) {
        unsent = true;
        if (item.kind !== "message" && item.kind !== "note") continue;
        if (!this.#words.all.has(item.text)) this.#verdict.found("SI6", `${who} is shown "${item.text}" of nobody`);
        continue;
      }
      if (unsent) this.#verdict.found("SI5", `${who} is shown ${item.number} after what is not sent yet`);
      if (!item.event) continue;
      if (expected !== null && item.number !== expected)
        this.#verdict.found("SI5", `${who} is shown ${item.number} where ${expected} comes next`);
      this.#judgeEvent(who, item.event, log);
      expected = nextVisible(log, item.number);
    }
    if (!conversation) return;
    if (conversation.number > log.length)
      this.#verdict.found("SI6", `${who} stands at ${conversation.number} of a log of ${log.length}`);
    if (expected !== null && expected <= conversation.number)
      this.#verdict.found("SI5", `${who} stands at ${conversation.number} without being shown ${expected}`);
  }

  #judgeEvent(who: string, event: ConversationEvent, log: readonly ConversationEvent[]): void {
    if (this.#right.has(event)) return;
    const stored = log[event.number - 1];
    if (!stored) this.#verdict.found("SI6", `${who} is shown ${brief(event)}, which is not in the log`);
    else if (!isDeepStrictEqual(event, stored))
      this.#verdict.found("SI5", `${who} is shown ${brief(event)} where the log says ${brief(stored)}`);
    else this.#right.add(event);
  }
}

/** The number of the next event that a timeline shows. */
function nextVisible(log: readonly ConversationEvent[], after: number): number {
  let next = after + 1;
  while (log[next - 1]?.type === "hidden") next += 1;
  return next;
}
