import { useRecords } from "../records/record-queries.ts";
import type { StartOn } from "./runs.ts";

/** On what a flow is started from a conversation: on it, and on the case of it that was changed last, if it has any. */
export function useStartPlace(conversationId: string): StartOn {
  const { data } = useRecords("Case", { conversation: conversationId });
  const caseId = data?.pages[0]?.items[0]?.id;
  return { conversationId, ...(caseId ? { caseId } : {}) };
}
