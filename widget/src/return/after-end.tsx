import { useChatWindow } from "../conversation/window-state.ts";
import { endReason } from "../ended/reason.ts";
import { remember } from "../loader/remembered.ts";
import { afterAgentEnd } from "./returning.ts";

/** The agent has ended: before one writes on, the channel wants a word, or a choice. */
export function AfterEnd() {
  const chatWindow = useChatWindow();
  const { say, conversation, wroteAgain, chat, host } = chatWindow;
  const session = conversation.value?.session;
  const asks = afterAgentEnd(chatWindow) === "ask";
  const reason = session?.end ? endReason(session.end) : null;
  const goOn = () => {
    wroteAgain.value = session?.id ?? null;
    remember(host.options.channel, { wroteAgain: wroteAgain.value });
  };
  return (
    <section class="after-end" aria-labelledby="clew-after-end">
      <p id="clew-after-end">
        {reason && <strong>{say(reason.say, { name: reason.name ?? "" })}. </strong>}
        {asks && say("freshTitle")}
      </p>
      <div class="after-end-buttons">
        {asks && (
          <button type="button" class="secondary" onClick={() => void chat.clear("end")}>
            {say("startFresh")}
          </button>
        )}
        <button type="button" class="primary" onClick={goOn}>
          {say(asks ? "keepChat" : "writeAgain")}
        </button>
      </div>
    </section>
  );
}
