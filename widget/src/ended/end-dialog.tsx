import { useEffect, useRef } from "preact/hooks";
import { useChatWindow } from "../conversation/window-state.ts";

/** Asks before a session is ended, and says that minimising is something else. */
export function EndDialog() {
  const { say, dialog, chat, conversation, notice, lapsed } = useChatWindow();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = box.current?.getRootNode() as ShadowRoot;
    box.current?.querySelector("button")?.focus();
    return () => root.querySelector<HTMLElement>("[data-opens='menu']")?.focus();
  }, []);
  const close = () => {
    dialog.value = null;
  };
  const asynchronous = conversation.value?.kind === "asynchronous";
  return (
    <div class="veil">
      <div
        class="dialog"
        ref={box}
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="clew-end-title"
        aria-describedby="clew-end-text"
      >
        <h2 id="clew-end-title">{say("endTitle")}</h2>
        <p id="clew-end-text">{say(asynchronous ? "endAsync" : "endSession")}</p>
        <div class="dialog-buttons">
          <button type="button" class="secondary" onClick={close}>
            {say("cancel")}
          </button>
          <button
            type="button"
            class="secondary"
            onClick={() => {
              close();
              chat.setWindowOpen(false);
            }}
          >
            {say("minimise")}
          </button>
          <button
            type="button"
            class="primary danger"
            disabled={lapsed.value}
            onClick={async () => {
              close();
              const result = await chat.end();
              if (!result.ok) notice.value = { text: say("wentWrong"), tone: "error" };
            }}
          >
            {say("endChat")}
          </button>
        </div>
      </div>
    </div>
  );
}
