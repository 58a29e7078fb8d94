import { useEffect } from "preact/hooks";
import { useBox } from "../conversation/box.ts";
import { useChatWindow } from "../conversation/window-state.ts";
import { plainText } from "./markdown.ts";

/** Speaks each new message of the other side once, by name, and nothing of what is only scrolled or loaded. */
export function Announcer() {
  const { chat, say } = useChatWindow();
  const words = useBox("");
  useEffect(
    () =>
      chat.onSignal((signal) => {
        if (signal.type !== "event" || signal.event.type !== "message.posted" || signal.event.by.who === "customer")
          return;
        const { by, text, attachments } = signal.event;
        const files = attachments.map((attachment) => attachment.name).join(", ");
        words.value = say("saidBy", { name: by.name ?? say("team"), text: `${plainText(text)} ${files}`.trim() });
      }),
    [chat, say, words],
  );
  return (
    <p class="hidden" aria-live="polite" role="status">
      {words.value}
    </p>
  );
}
