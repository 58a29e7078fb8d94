import type { FormField } from "@clew/contract/forms";
import type { LeftBehind, ReadLine } from "@clew/contract/reconnect";
import type { ConversationState } from "@clew/domain/conversations/state";
import { answersLeft, linesLeft } from "@clew/domain/reconnect/left-behind";
import type { Raw } from "../database/database.ts";
import { eventsBefore } from "../event-log/read.ts";

const PAGE = 500;
/** The newest lines are shown; who wants more asks the team. */
const MOST_LINES = 200;

/** What a link that has expired still shows of its conversation. Only what was said `until` then: it saw no more. */
export async function readLeftBehind(
  raw: Raw,
  { snapshot: { id, number, facts } }: ConversationState,
  { until, fields }: { until: number; fields: readonly FormField[] },
): Promise<Omit<LeftBehind, "until">> {
  let lines: ReadLine[] = [];
  for (let before = number + 1; before > 1 && lines.length < MOST_LINES; ) {
    const page = await eventsBefore(raw, id, before, PAGE);
    lines = [...linesLeft(page, until), ...lines];
    before = page[0]?.number ?? 0;
  }
  return { lines: lines.slice(-MOST_LINES), answers: answersLeft(facts, fields) };
}
