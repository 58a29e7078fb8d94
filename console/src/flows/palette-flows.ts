import { useParams } from "@tanstack/react-router";
import { useTry } from "../conversation/use-try.ts";
import { useDesk } from "../desk.tsx";
import { useFlowButtons, useStartRun } from "./runs.ts";

/** Flows that can be started on what is on the screen, for the palette: none where no conversation is open. */
export function usePaletteFlows(): { key: string; label: string; start(): void }[] {
  const desk = useDesk();
  const { id } = useParams({ strict: false });
  const buttons = useFlowButtons("session", "conversation");
  const start = useStartRun();
  const [, attempt] = useTry();
  const inConversation = typeof location !== "undefined" && /\/conversations\/[^/]+$/.test(location.pathname);
  if (!id || !inConversation) return [];
  async function begin(key: string, conversationId: string) {
    // Asked when it is wanted: the palette stands behind every screen, and most of them have no conversation.
    const cases = await desk.request("listRecords", {
      params: { object: "Case" },
      query: { conversation: conversationId, limit: "1" },
    });
    const caseId = cases.ok ? cases.value.items[0]?.id : undefined;
    return start(key, { conversationId, ...(caseId ? { caseId } : {}) });
  }
  return buttons.map(({ key, label }) => ({ key, label, start: () => void attempt(() => begin(key, id)) }));
}
