import type { EventOf } from "@clew/contract/events";
import { useState } from "preact/hooks";
import { useChatWindow } from "../conversation/window-state.ts";

/** What a flow offers to be pressed, below its words, until somebody says something. */
export function QuickReplies({ event }: { event: EventOf<"message.posted"> }) {
  const { chat, conversation } = useChatWindow();
  const [pressed, setPressed] = useState(false);
  // What would begin another session may ask questions first: that is for the composer.
  if (pressed || conversation.value?.session?.nextMessage !== "joins-session") return null;
  return (
    <div class="replies">
      {event.replies?.map(({ label, text }) => (
        <button
          type="button"
          class="reply"
          dir="auto"
          key={label}
          onClick={({ currentTarget }) => {
            // The button goes; who works by keyboard stays in the conversation.
            currentTarget.closest<HTMLElement>(".log")?.focus();
            setPressed(true);
            void chat.send(text, { id: answerTo(event) });
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/**
 * The id of the one answer that a message gets by pressing: from whichever tab it comes, and however often, it is the same,
 * so that the first is stored and no other. It begins with the time of the message, because ids are to rise.
 */
export function answerTo({ at, commandId = "" }: Pick<EventOf<"message.posted">, "at" | "commandId">): string {
  const time = at.toString(16).padStart(12, "0");
  const last = Number.parseInt(commandId.slice(-1), 16) ^ 1;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${commandId.slice(15, -1)}${last.toString(16)}`;
}
