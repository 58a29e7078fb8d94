import type { ConversationEvent } from "@clew/contract/events";
import { useQuery } from "@tanstack/react-query";
import { useDesk } from "../desk.tsx";
import { ask } from "../queries.ts";

/** As many events as one answer of the server brings at most. */
const PAGE = "200";

/** Every event of a conversation up to `number`, page by page; asked for again when there are more. */
export function useAllEvents(conversationId: string, number: number) {
  const desk = useDesk();
  return useQuery({
    queryKey: ["readEvents", conversationId, number],
    placeholderData: (before: ConversationEvent[] | undefined) => before,
    queryFn: async () => {
      const events: ConversationEvent[] = [];
      for (let more = true; more; ) {
        const query = { after: String(events.at(-1)?.number ?? 0), limit: PAGE };
        const answer = desk.request("readEvents", { params: { id: conversationId }, query });
        const page = await ask("readEvents", answer);
        events.push(...page.events);
        more = page.more && page.events.length > 0;
      }
      return events;
    },
  });
}
