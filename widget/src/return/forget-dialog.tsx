import { useChatWindow } from "../conversation/window-state.ts";
import { Dialog } from "./dialog.tsx";

/** Asks before this browser loses everything of the chat. */
export function ForgetDialog() {
  const { say, dialog, chat } = useChatWindow();
  return (
    <Dialog title={say("forgetTitle")} text={say("forgetText")}>
      <div class="return-buttons in-line">
        <button
          type="button"
          class="secondary"
          onClick={() => {
            dialog.value = null;
          }}
        >
          {say("cancel")}
        </button>
        <button
          type="button"
          class="primary danger"
          onClick={() => {
            dialog.value = null;
            void chat.signOut();
          }}
        >
          {say("forgetDo")}
        </button>
      </div>
    </Dialog>
  );
}
