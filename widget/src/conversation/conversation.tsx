import { Log } from "../messages/log.tsx";
import type { AskAgainFor } from "../pre-chat/ask-again-for.ts";
import { afterAgentEnd } from "../return/returning.ts";
import { useBox } from "./box.ts";
import { Composer } from "./composer.tsx";
import { AfterEnd, AskAgain, Countdown, EndedFooter, withExtras } from "./parts.ts";
import { bootOf, useChatWindow } from "./window-state.ts";

/** The log with what one can do next below it: write, answer questions of the next session, or start anew. */
export function Conversation() {
  const chatWindow = useChatWindow();
  const { conversation, say, lapsed } = chatWindow;
  const dragging = useBox(false);
  /** What the customer wanted to send when questions came up first; null: no questions now. */
  const asking = useBox<AskAgainFor | null>(null);
  const shown = conversation.value;
  const readOnly = shown !== null && (shown.status === "closed" || shown.session?.nextMessage === "refused");
  const takesFiles = !readOnly && !lapsed.value && shown !== null && bootOf(chatWindow)?.attachments === true;
  const hasFiles = (event: DragEvent) => takesFiles && event.dataTransfer?.types.includes("Files") === true;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping files is a convenience; the button does the same
    <div
      class="conversation-body"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        dragging.value = true;
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) dragging.value = false;
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        dragging.value = false;
        const files = [...(event.dataTransfer?.files ?? [])];
        void withExtras((part) => part.addFiles(chatWindow, files));
      }}
    >
      <Log />
      {shown?.session?.countdown && <Countdown />}
      {readOnly ? (
        <EndedFooter />
      ) : afterAgentEnd(chatWindow) ? (
        <AfterEnd />
      ) : asking.value ? (
        <AskAgain asking={asking} />
      ) : (
        <Composer asking={asking} takesFiles={takesFiles} />
      )}
      {dragging.value && <p class="drop">{say("dropHere")}</p>}
    </div>
  );
}
