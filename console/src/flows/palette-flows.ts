import { useParams } from "@tanstack/react-router";
import { useTry } from "../conversation/use-try.ts";
import { type StartOn, useFlowButtons, useStartRun } from "./runs.ts";

/** Flows that can be started on what is on the screen, for the palette: none where no conversation is open. */
export function usePaletteFlows(): { key: string; label: string; start(): void }[] {
  const { id } = useParams({ strict: false });
  const buttons = useFlowButtons("session", "conversation");
  const start = useStartRun();
  const [, attempt] = useTry();
  const inConversation = typeof location !== "undefined" && /\/conversations\/[^/]+$/.test(location.pathname);
  if (!id || !inConversation) return [];
  const on: StartOn = { conversationId: id };
  return buttons.map(({ key, label }) => ({ key, label, start: () => void attempt(() => start(key, on)) }));
}
